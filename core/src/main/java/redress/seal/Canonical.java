package redress.seal;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Canonical JSON text of plain values (maps, lists, strings, whole numbers, booleans, null), byte for byte the same for
 * equal values. Follows RFC 8785 for these types: members sorted by UTF-16 code units, no white space, shortest
 * escapes. Whole numbers beyond 2<sup>53</sup> − 1 have no form of their own there and are refused, as are halves of
 * surrogate pairs: they are no characters.
 */
public final class Canonical {
  private static final long MOST = (1L << 53) - 1;

  /**
   * The canonical text of {@code value}. Throws IllegalArgumentException for a value that has no canonical form here.
   */
  public static String json(@Nullable Object value) {
    var out = new StringBuilder();
    write(value, out);
    return out.toString();
  }

  /**
   * The canonical text of what {@code json} says. Throws IllegalArgumentException when it is no JSON, names a member
   * twice or holds a number that is not whole.
   */
  public static String of(String json) {
    return new Rewriting(json).done();
  }

  /** A string as it stands in canonical text, with its quotes. */
  public static String quoted(String text) {
    var out = new StringBuilder(text.length() + 2);
    quote(text, out);
    return out.toString();
  }

  private static void write(@Nullable Object value, StringBuilder out) {
    switch (value) {
      case null -> out.append("null");
      case String text -> quote(text, out);
      case Boolean yes -> out.append(yes);
      case Long number -> number(number, out);
      case Integer number -> out.append(number);
      case Enum<?> constant -> quote(constant.name(), out);
      case List<?> list -> list(list, out);
      case Map<?, ?> map -> map(map, out);
      default -> throw new IllegalArgumentException("no canonical form for " + value.getClass());
    }
  }

  private static void list(List<?> list, StringBuilder out) {
    out.append('[');
    for (int i = 0; i < list.size(); i++) {
      if (i > 0) out.append(',');
      write(list.get(i), out);
    }
    out.append(']');
  }

  private static void map(Map<?, ?> map, StringBuilder out) {
    var sorted = new TreeMap<String, @Nullable Object>();
    map.forEach((key, value) -> sorted.put(String.valueOf(key), value));
    out.append('{');
    boolean first = true;
    for (var member : sorted.entrySet()) {
      if (!first) out.append(',');
      first = false;
      quote(member.getKey(), out);
      out.append(':');
      write(member.getValue(), out);
    }
    out.append('}');
  }

  static void number(long number, StringBuilder out) {
    if (number > MOST || number < -MOST) throw new IllegalArgumentException("no canonical form for " + number);
    out.append(number);
  }

  static void quote(String text, StringBuilder out) {
    out.append('"');
    int plain = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (Character.isSurrogate(c)) {
        if (isHalf(text, i)) throw new IllegalArgumentException("no canonical form for half a character");
        i++;
      } else if (c < 0x20 || c == '"' || c == '\\') {
        out.append(text, plain, i);
        escape(c, out);
        plain = i + 1;
      }
    }
    out.append(text, plain, text.length()).append('"');
  }

  private static boolean isHalf(String text, int i) {
    return i + 1 == text.length() || !Character.isSurrogatePair(text.charAt(i), text.charAt(i + 1));
  }

  private static void escape(char c, StringBuilder out) {
    switch (c) {
      case '"' -> out.append("\\\"");
      case '\\' -> out.append("\\\\");
      case '\b' -> out.append("\\b");
      case '\f' -> out.append("\\f");
      case '\n' -> out.append("\\n");
      case '\r' -> out.append("\\r");
      case '\t' -> out.append("\\t");
      default -> out.append("\\u00").append(Character.forDigit(c >> 4, 16)).append(Character.forDigit(c & 15, 16));
    }
  }

  private Canonical() {}
}
