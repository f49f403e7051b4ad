package redress.verb;

import java.util.Arrays;
import java.util.List;

/**
 * One field of a request: its name, what it holds, whether it must be there, its greatest value or length (0: no
 * bound), and the values it can have when they can be listed.
 */
public record Field(String name, Kind kind, boolean required, long max, List<String> choices, String about) {

  /** What a field holds. */
  public enum Kind {
    TEXT, ID, NUMBER, CHOICE, DURATION, INSTANT, FLAG, IDS, CHOICES, TERMS, ASKED, PROMISES, FILE
  }

  /** The greatest amount that can be named, in minor units: a thousand million millions less one. */
  public static final long MOST = 999_999_999_999_999L;
  private static final int LONGEST_TEXT = 10_000;
  private static final int LONGEST_ID = 100;
  private static final int MOST_IDS = 100;

  public Field {
    choices = List.copyOf(choices);
  }

  public static Field text(String name, String about) {
    return new Field(name, Kind.TEXT, false, LONGEST_TEXT, List.of(), about);
  }

  public static Field id(String name, String about) {
    return new Field(name, Kind.ID, false, LONGEST_ID, List.of(), about);
  }

  public static Field ids(String name, String about) {
    return new Field(name, Kind.IDS, false, MOST_IDS, List.of(), about);
  }

  public static Field amount(String name, String about) {
    return new Field(name, Kind.NUMBER, false, MOST, List.of(), about + " In minor units of the currency.");
  }

  public static Field number(String name, long max, String about) {
    return new Field(name, Kind.NUMBER, false, max, List.of(), about);
  }

  public static Field choice(String name, Class<? extends Enum<?>> type, String about) {
    return new Field(name, Kind.CHOICE, false, 0, names(type), about);
  }

  public static Field choices(String name, Class<? extends Enum<?>> type, String about) {
    return new Field(name, Kind.CHOICES, false, MOST_IDS, names(type), about);
  }

  public static Field duration(String name, String about) {
    return new Field(name, Kind.DURATION, false, 0, List.of(), about + " An ISO 8601 duration.");
  }

  public static Field instant(String name, String about) {
    return new Field(name, Kind.INSTANT, false, 0, List.of(), about + " An ISO 8601 instant in UTC.");
  }

  public static Field flag(String name, String about) {
    return new Field(name, Kind.FLAG, false, 0, List.of(), about);
  }

  public static Field of(String name, Kind kind, String about) {
    return new Field(name, kind, false, 0, List.of(), about);
  }

  /** Whether it holds money. */
  public boolean isAmount() {
    return kind == Kind.NUMBER && max == MOST;
  }

  /** The same field, which must be there. */
  public Field needed() {
    return new Field(name, kind, true, max, choices, about);
  }

  /** The same field with another bound. */
  public Field upTo(long most) {
    return new Field(name, kind, required, most, choices, about);
  }

  /** The same field, with these of its values only. */
  public Field except(String... values) {
    return new Field(name, kind, required, max,
        choices.stream().filter(choice -> !List.of(values).contains(choice)).toList(), about);
  }

  private static List<String> names(Class<? extends Enum<?>> type) {
    return Arrays.stream(type.getEnumConstants()).map(Enum::name).toList();
  }
}
