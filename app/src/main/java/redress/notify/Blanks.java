package redress.notify;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/** A text with blanks, each {@code {name}}, taken apart once. What is filled in is never read as a blank again. */
final class Blanks {
  private static final Pattern BLANK = Pattern.compile("\\{([a-z.]+)}");

  private final List<String> names = new ArrayList<>();
  /** What stands before each blank, and after the last. */
  private final List<String> between = new ArrayList<>();

  Blanks(String text) {
    int from = 0;
    for (var blank = BLANK.matcher(text); blank.find(); from = blank.end()) {
      between.add(text.substring(from, blank.start()));
      names.add(blank.group(1));
    }
    between.add(text.substring(from));
  }

  /** The names of the blanks. */
  Set<String> names() {
    return new TreeSet<>(names);
  }

  /** Whether a brace stands outside of them. */
  boolean hasStrayBraces() {
    return between.stream().anyMatch(text -> text.contains("{") || text.contains("}"));
  }

  /** The text with its blanks filled in. */
  String fill(UnaryOperator<String> values) {
    return fill(names.stream().map(values).toList());
  }

  /** The same, empty where there is nothing to put into one of the blanks. */
  Optional<String> fillAll(UnaryOperator<String> values) {
    var found = new ArrayList<String>(names.size());
    for (var name : names) {
      var value = values.apply(name);
      if (value.isEmpty()) return Optional.empty();
      found.add(value);
    }
    return Optional.of(fill(found));
  }

  private String fill(List<String> values) {
    var text = new StringBuilder(between.getFirst());
    for (int i = 0; i < values.size(); i++) text.append(values.get(i)).append(between.get(i + 1));
    return text.toString();
  }
}
