package redress.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.servlet.http.HttpServletRequest;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Currency;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import redress.connect.Decimals;
import redress.dispute.Obligation;
import redress.dispute.Remedy;
import redress.dispute.Side;
import redress.door.Caller;
import redress.door.Fault;
import redress.seal.Digest;
import redress.store.Json;
import redress.store.Key;
import redress.verb.Body;
import redress.verb.Field;
import redress.verb.Verbs;

/**
 * A form somebody sent, as the fields that programs send: what was left empty is not there, amounts are read as people
 * write them, in {@code currency}.
 */
final class Posted {
  private static final int LONGEST_KEY = 100;

  private final HttpServletRequest form;
  private final String currency;

  /** @param currency the ISO 4217 code its amounts are in */
  Posted(HttpServletRequest form, String currency) {
    this.form = form;
    this.currency = currency;
  }

  /**
   * What makes a form that is sent twice, by a finger or a network, one thing said once; null when it does not say.
   */
  static @Nullable Key key(HttpServletRequest form, Caller caller) {
    var key = form.getParameter("key");
    if (key == null || key.isEmpty() || key.length() > LONGEST_KEY) return null;
    var said = new StringBuilder(form.getRequestURI());
    new TreeMap<>(form.getParameterMap())
        .forEach((name, values) -> said.append('\n').append(name).append('=').append(String.join(",", values)));
    return new Key(caller.principal(), key, Digest.sha256(said.toString()));
  }

  /** The body a program would have sent. Turns away what cannot be read, naming the field. */
  Body body(Map<String, Field> fields) {
    return body(said(fields), fields);
  }

  /** The fields of that body, by their names. Turns away what cannot be read, naming the field. */
  Map<String, Object> said(Map<String, Field> fields) {
    return object("", fields);
  }

  /** The body that holds what was {@code said}. */
  static Body body(Map<String, ?> said, Map<String, Field> fields) {
    return Body.of(Json.MAPPER.writeValueAsString(said).getBytes(UTF_8), fields);
  }

  private Map<String, Object> object(String path, Map<String, Field> fields) {
    var object = new LinkedHashMap<String, Object>();
    boolean money = false;
    for (var field : fields.values()) {
      var value = value(path + field.name(), field);
      if (value == null) continue;
      object.put(field.name(), value);
      money |= field.isAmount();
    }
    if (money && fields.containsKey("currency")) object.put("currency", currency);
    return object;
  }

  private @Nullable Object value(String name, Field field) {
    return switch (field.kind()) {
      case TEXT, ID, CHOICE, DURATION, INSTANT, FILE -> written(name);
      case NUMBER -> number(name, field);
      case FLAG -> written(name) == null ? null : true;
      case IDS, CHOICES -> several(name);
      case TERMS -> nonEmpty(terms(name + "."));
      case ASKED -> asked(name);
      case PROMISES -> null;
    };
  }

  /** What was asked about the chosen remedy; the form has fields for other remedies too, which then say nothing. */
  private Map<String, Object> terms(String path) {
    var fields = new LinkedHashMap<>(Verbs.TERMS);
    var said = written(path + "remedy");
    for (var remedy : Remedy.values()) {
      if (!remedy.name().equals(said)) continue;
      if (!remedy.promises.contains(Obligation.Kind.REFUND)) fields.remove("amount");
      if (remedy.promises.stream().noneMatch(Posted::hasWorth)) fields.remove("valueIfBroken");
    }
    return object(path, fields);
  }

  /** Whether a promise in kind is worth money when it is broken. */
  static boolean hasWorth(Obligation.Kind kind) {
    return switch (kind) {
      case SHIP_REPLACEMENT, PERFORM_SERVICE, CANCEL_BILLING, OTHER -> true;
      case REFUND, COMPENSATION, RETURN_ITEM, ACKNOWLEDGE_RETURN -> false;
    };
  }

  private static @Nullable Object nonEmpty(Map<String, Object> object) {
    return object.isEmpty() ? null : object;
  }

  private @Nullable String written(String name) {
    var said = form.getParameter(name);
    return said == null || said.isBlank() ? null : said.replace("\r\n", "\n").strip();
  }

  private @Nullable List<String> several(String name) {
    var said = form.getParameterValues(name);
    return said == null ? null : List.of(said).stream().filter(it -> !it.isBlank()).toList();
  }

  private @Nullable Object asked(String name) {
    var requests = new ArrayList<Object>();
    for (var side : Side.values()) {
      var types = several(name + "." + side);
      if (types != null && !types.isEmpty()) requests.add(Map.of("side", side.name(), "types", types));
    }
    return requests.isEmpty() ? null : requests;
  }

  private @Nullable Long number(String name, Field field) {
    var said = written(name);
    return said == null ? null : whole(said, field.isAmount() ? digits(currency) : 0, name);
  }

  /** An amount as people write it, in minor units of {@code currency}. Turns away what cannot be read. */
  static long minor(String said, String currency, String name) {
    return whole(said, digits(currency), name);
  }

  private static int digits(String currency) {
    return Math.max(0, Currency.getInstance(currency).getDefaultFractionDigits());
  }

  private static long whole(String said, int digits, String name) {
    // Full-width digits, spaces and separators of thousands are how people write.
    var plain = Normalizer.normalize(said, Normalizer.Form.NFKC).replaceAll("[\\s,'’]", "");
    try {
      return Decimals.whole(plain, digits);
    } catch (ArithmeticException | NumberFormatException unreadable) {
      throw Fault.AMOUNT_UNREADABLE.away(name);
    }
  }
}
