package redress.verb;

import jakarta.servlet.http.HttpServletRequest;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import redress.door.Fault;
import redress.store.Text;

/** The parameters after the question mark, read strictly against those that may be there. */
public final class Query {
  private static final int DEFAULT_LIMIT = 20;
  private static final int MOST_ROWS = 100;

  private final Map<String, String> said;
  private final Map<String, Field> known;

  public Query(HttpServletRequest request, Map<String, Field> known) {
    this(once(request), known);
  }

  /** The same where {@code said} names each parameter and its value. */
  public Query(Map<String, String> said, Map<String, Field> known) {
    this.said = Map.copyOf(said);
    this.known = known;
    for (var name : said.keySet()) {
      if (!known.containsKey(name)) throw Fault.QUERY_INVALID.away(Body.printable(name));
    }
  }

  private static Map<String, String> once(HttpServletRequest request) {
    var said = new LinkedHashMap<String, String>();
    try {
      request.getParameterMap().forEach((name, values) -> {
        if (values.length > 1) throw Fault.QUERY_INVALID.away(Body.printable(name));
        said.put(name, values[0]);
      });
      return said;
    } catch (IllegalStateException undecipherable) {
      throw Fault.QUERY_INVALID.away();
    }
  }

  /** A text, null when absent. */
  public @Nullable String text(String name) {
    var field = known.get(name);
    if (field == null) throw new IllegalStateException("no parameter " + name);
    var value = said.get(name);
    if (value == null) return null;
    boolean readable = Text.canBeKept(value) && value.indexOf(0xfffd) < 0;
    if (value.isBlank() || !readable || value.length() > 200) throw Fault.QUERY_INVALID.away(name);
    if (!field.choices().isEmpty() && !field.choices().containsAll(List.of(value.split(",", -1)))) {
      throw Fault.QUERY_INVALID.away(name);
    }
    return value;
  }

  /** Values parted by commas; none when absent. */
  public List<String> texts(String name) {
    var value = text(name);
    return value == null ? List.of() : Arrays.asList(value.split(",", -1));
  }

  /** An instant in UTC, null when absent. */
  public @Nullable Instant instant(String name) {
    var value = text(name);
    if (value == null) return null;
    try {
      return Instant.parse(value);
    } catch (DateTimeException e) {
      throw Fault.QUERY_INVALID.away(name);
    }
  }

  /** How many rows are wanted: 1 to 100, 20 when absent. */
  public int limit() {
    var value = text("limit");
    if (value == null) return DEFAULT_LIMIT;
    if (!value.matches("\\d{1,3}")) throw Fault.QUERY_INVALID.away("limit");
    int limit = Integer.parseInt(value);
    if (limit < 1 || limit > MOST_ROWS) throw Fault.QUERY_INVALID.away("limit");
    return limit;
  }

  /** A whole number from 0 on, 0 when absent. */
  public int number(String name) {
    var value = text(name);
    if (value == null) return 0;
    if (!value.matches("\\d{1,9}")) throw Fault.QUERY_INVALID.away(name);
    return Integer.parseInt(value);
  }

  /** An amount in minor units, null when absent. */
  public @Nullable Long amount(String name) {
    var value = text(name);
    if (value == null) return null;
    if (!value.matches("\\d{1,15}")) throw Fault.QUERY_INVALID.away(name);
    return Long.valueOf(value);
  }
}
