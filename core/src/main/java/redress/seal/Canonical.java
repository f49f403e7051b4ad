package redress.seal;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Canonical JSON text of plain values (maps, lists, strings, whole numbers, booleans, null), byte for byte the same for
 * equal values. Follows RFC 8785 for these types: members sorted by UTF-16 code units, no white space, shortest
 * escapes.
 */
public final class Canonical {

  /**
   * The canonical text of {@code value}. Throws IllegalArgumentException for a type that has no canonical form here.
   */
  public static String json(@Nullable Object value) {
    var out = new StringBuilder();
    write(value, out);
    return out.toString();
  }

  private static void write(@Nullable Object value, StringBuilder out) {
    switch (value) {
      case null -> out.append("null");
      case String text -> quote(text, out);
      case Boolean yes -> out.append(yes);
      case Long number -> out.append(number);
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

  private static void quote(String text, StringBuilder out) {
    out.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"' -> out.append("\\\"");
        case '\\' -> out.append("\\\\");
        case '\b' -> out.append("\\b");
        case '\f' -> out.append("\\f");
        case '\n' -> out.append("\\n");
        case '\r' -> out.append("\\r");
        case '\t' -> out.append("\\t");
        default -> {
          if (c < 0x20) out.append("\\u%04x".formatted((int) c));
          else out.append(c);
        }
      }
    }
    out.append('"');
  }

  private Canonical() {}
}
