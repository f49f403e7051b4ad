package redress.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.servlet.http.HttpServletRequest;
import java.net.URLEncoder;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import redress.dispute.Status;
import redress.door.Fault;
import redress.policy.Role;
import redress.view.Reader;

/**
 * What somebody looks for in a list of disputes, as the form of its page holds it: amounts as people write them, days
 * instead of instants. What is not asked for is not there.
 */
public record Sieve(Map<String, String> asked) {
  private static final List<String> NAMES = List.of("show", "status", "reason", "currency", "amountFrom", "amountTo",
      "dueBefore", "q", "sort", "cursor");
  private static final String OPEN = "OPEN";
  private static final String ALL = "ALL";

  public Sieve {
    asked = Map.copyOf(asked);
  }

  /** What the request's parameters ask for. */
  static Sieve of(HttpServletRequest request) {
    var asked = new LinkedHashMap<String, String>();
    for (var name : NAMES) {
      var said = request.getParameter(name);
      if (said != null && !said.isBlank()) asked.put(name, said.strip());
    }
    return new Sieve(asked);
  }

  /** What was asked for under this name; empty for nothing. */
  public String get(String name) {
    return asked.getOrDefault(name, "");
  }

  /** Whether it is asked for under this name. */
  public boolean is(String name, String value) {
    return get(name).equals(value);
  }

  /** What is shown: open ones, all, or those of one view state. A buyer sees all unless it asks otherwise. */
  public String show(Reader reader) {
    return get("show").isEmpty() ? reader.caller().role() == Role.BUYER ? ALL : OPEN : get("show");
  }

  /** Whether more than one of the tabs was chosen. */
  public boolean isNarrow() {
    return asked.keySet().stream().anyMatch(it -> !List.of("show", "sort", "cursor").contains(it));
  }

  /** What stands behind the question mark when this value is asked for instead, from the first page on. */
  public String with(String name, String value) {
    var all = new LinkedHashMap<String, String>();
    for (var it : NAMES) {
      var said = it.equals(name) ? value : it.equals("cursor") ? "" : get(it);
      if (!said.isEmpty()) all.put(it, said);
    }
    return encoded(all);
  }

  /** What stands behind the question mark of the first page. */
  public String first() {
    return with("cursor", "");
  }

  private static String encoded(Map<String, String> all) {
    return all.entrySet().stream().map(it -> it.getKey() + "=" + URLEncoder.encode(it.getValue(), UTF_8))
        .collect(Collectors.joining("&"));
  }

  /** The same as the API's query; amounts are in the one currency there is unless another is named. */
  Map<String, String> query(Reader reader, Collection<String> currencies) {
    var query = new LinkedHashMap<>(asked);
    query.remove("show");
    var show = show(reader);
    if (show.equals(OPEN)) query.put("stage", open());
    else if (!show.equals(ALL)) query.put("viewState", show);
    query.putIfAbsent("sort", reader.caller().role() == Role.BUYER ? "-filedAt" : "due");
    if (query.containsKey("amountFrom") || query.containsKey("amountTo")) {
      var currency = currency(currencies);
      query.put("currency", currency);
      for (var name : List.of("amountFrom", "amountTo")) {
        query.computeIfPresent(name, (_, said) -> Long.toString(Posted.minor(said, currency, name)));
      }
    }
    query.computeIfPresent("dueBefore", (_, day) -> endOf(day, reader));
    return query;
  }

  private String currency(Collection<String> currencies) {
    var named = get("currency");
    if (!named.isEmpty()) {
      try {
        return java.util.Currency.getInstance(named).getCurrencyCode();
      } catch (IllegalArgumentException unknown) {
        throw Fault.FIELD_VALUE.away("currency");
      }
    }
    if (currencies.size() != 1) throw Fault.FIELD_MISSING.away("currency");
    return currencies.iterator().next();
  }

  private static String open() {
    return Arrays.stream(Status.Phase.values()).filter(it -> it != Status.Phase.CLOSED).map(Enum::name)
        .collect(Collectors.joining(","));
  }

  /** The instant at which a day is over where the reader is. */
  private static String endOf(String day, Reader reader) {
    try {
      return LocalDate.parse(day).plusDays(1).atStartOfDay(reader.zone()).toInstant().toString();
    } catch (DateTimeException e) {
      throw Fault.FIELD_VALUE.away("dueBefore");
    }
  }
}
