package redress.seal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Canonical text is that of RFC 8785, whether it is made of values or of other JSON text. */
class CanonicalTest {

  @Test void members_are_sorted_by_utf16_as_the_example_of_rfc_8785_says() {
    assertThat(Canonical.of("""
        {
          "\\u20ac": "Euro Sign",
          "\\r": "Carriage Return",
          "\\ufb33": "Hebrew Letter Dalet With Dagesh",
          "1": "One",
          "\\ud83d\\ude00": "Emoji: Grinning Face",
          "\\u0080": "Control",
          "\\u00f6": "Latin Small Letter O With Diaeresis"
        }
        """)).isEqualTo("{\"\\r\":\"Carriage Return\",\"1\":\"One\",\"\u0080\":\"Control\","
        + "\"\u00f6\":\"Latin Small Letter O With Diaeresis\",\"\u20ac\":\"Euro Sign\","
        + "\"\ud83d\ude00\":\"Emoji: Grinning Face\",\"\ufb33\":\"Hebrew Letter Dalet With Dagesh\"}");
  }

  @Test void strings_and_literals_are_written_as_the_example_of_rfc_8785_says() {
    assertThat(Canonical.of("""
        {"string": "\\u20ac$\\u000F\\u000aA'\\u0042\\u0022\\u005c\\\\\\"\\/", "literals": [null, true, false]}"""))
        .isEqualTo("{\"literals\":[null,true,false],\"string\":\"€$\\u000f\\nA'B\\\"\\\\\\\\\\\"/\"}");
  }

  @Test void every_control_character_has_its_shortest_escape() {
    var all = new StringBuilder();
    for (char c = 0; c < 0x20; c++) all.append(c);
    assertThat(Canonical.quoted(all + "\u007f")).isEqualTo("\"\\u0000\\u0001\\u0002\\u0003\\u0004\\u0005\\u0006\\u0007"
        + "\\b\\t\\n\\u000b\\f\\r\\u000e\\u000f\\u0010\\u0011\\u0012\\u0013\\u0014\\u0015\\u0016\\u0017\\u0018\\u0019"
        + "\\u001a\\u001b\\u001c\\u001d\\u001e\\u001f\u007f\"");
  }

  @Test void whole_numbers_are_exact_or_refused() {
    assertThat(Canonical.of("[0, -1, 9007199254740991,-9007199254740991]"))
        .isEqualTo("[0,-1,9007199254740991,-9007199254740991]");
    assertThatThrownBy(() -> Canonical.json(9007199254740992L)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Canonical.json(Long.MIN_VALUE)).isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{", "[1,]", "{\"a\":1,}", "{\"a\" 1}", "{a:1}", "nul", "01", "1.0", "1e3", "-", "+1",
      "NaN",
      "9007199254740992", "99999999999999999999", "\"\\x\"", "\"\\u00g0\"", "\"a", "\"\n\"", "1 2", "{\"a\":1,\"a\":2}",
      "{\"b\":1,\"a\":2,\"b\":3}", "\"\\ud83d\"", "\"\\ude00\\ud83d\"", "[",
      "]"}) void what_is_no_json_of_ours_is_refused(String text) {
    assertThatThrownBy(() -> Canonical.of(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test void nothing_is_too_deep_to_be_refused() {
    var deep = "[".repeat(100_000);
    assertThatThrownBy(() -> Canonical.of(deep)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test void half_a_character_is_refused() {
    for (var half : List.of("\ud83d", "a\ude00", "\ude00\ud83d", "\ud83da")) {
      assertThatThrownBy(() -> Canonical.quoted(half)).isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> Canonical.json(Map.of(half, 1))).isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test void the_same_value_in_any_order_and_dress_has_one_text() {
    var chance = new Random(7);
    for (int i = 0; i < 2_000; i++) {
      var value = value(chance, 4);
      var canonical = Canonical.json(value);
      assertThat(Canonical.of(canonical)).isEqualTo(canonical);
      assertThat(Canonical.of(dressed(value, chance))).isEqualTo(canonical);
    }
  }

  private static Object value(Random chance, int deep) {
    return switch (chance.nextInt(deep == 0 ? 3 : 5)) {
      case 0 -> chance.nextLong(-(1L << 53) + 1, 1L << 53);
      case 1 -> chance.nextBoolean();
      case 2 -> text(chance);
      case 3 -> {
        var list = new ArrayList<Object>();
        for (int i = chance.nextInt(4); i > 0; i--) list.add(value(chance, deep - 1));
        yield list;
      }
      default -> {
        var map = new HashMap<String, Object>();
        for (int i = chance.nextInt(5); i > 0; i--) map.put(text(chance), value(chance, deep - 1));
        yield map;
      }
    };
  }

  private static String text(Random chance) {
    var all = new StringBuilder();
    for (int i = chance.nextInt(5); i > 0; i--) {
      int code = chance.nextInt(4) == 0 ? chance.nextInt(0x10ffff) : chance.nextInt(0x80);
      if (code < 0xd800 || code > 0xdfff) all.appendCodePoint(code);
    }
    return all.toString();
  }

  /** The value as JSON with blanks, members in any order, and any character escaped. */
  private static String dressed(Object value, Random chance) {
    var blank = " \n\t\r".substring(0, chance.nextInt(3));
    return blank + switch (value) {
      case List<?> list -> "[" + String.join(",", list.stream().map(it -> dressed(it, chance)).toList()) + blank + "]";
      case Map<?, ?> map -> {
        var members = new ArrayList<String>();
        new LinkedHashMap<Object, Object>(map)
            .forEach((name, it) -> members.add(dressed(name, chance) + blank + ":" + dressed(it, chance)));
        Collections.shuffle(members, chance);
        yield "{" + String.join(blank + ",", members) + blank + "}";
      }
      case String text -> {
        var out = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
          char c = text.charAt(i);
          if (c < 0x20 || c == '"' || c == '\\' || chance.nextBoolean()) out.append("\\u%04X".formatted((int) c));
          else out.append(c);
        }
        yield out.append('"').toString();
      }
      default -> value.toString();
    } + blank;
  }
}
