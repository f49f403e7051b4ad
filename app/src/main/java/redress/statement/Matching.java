package redress.statement;

import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;

/** Whether cells match a pattern, remembered for as many different cells as a column of kinds or states has. */
final class Matching {
  private static final int MOST = 500;

  private final Pattern pattern;
  private final Map<String, Boolean> known = new HashMap<>();

  Matching(Pattern pattern) {
    this.pattern = pattern;
  }

  boolean fits(String cell) {
    var before = known.get(cell);
    if (before != null) return before;
    boolean fits = pattern.matcher(cell).matches();
    if (known.size() < MOST) known.put(cell, fits);
    return fits;
  }
}
