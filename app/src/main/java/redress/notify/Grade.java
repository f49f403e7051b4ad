package redress.notify;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * How many years of school an English text asks for: 0.39 · words per sentence + 11.8 · syllables per word − 15.59
 * (Kincaid et al., Derivation of New Readability Formulas, 1975). Instants, amounts, addresses and ids are read as one
 * short word. A syllable is a run of vowels, y among them; a silent e at the end, and that of -ed except after t and d,
 * is none.
 */
public final class Grade {
  private static final Pattern DATE =
      Pattern.compile("\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d \\(UTC[^)]*\\)|\\d{1,2} [A-Z][a-z]{2} \\d\\d:\\d\\d");
  private static final Pattern NAME = Pattern.compile("https?:\\S+|dsp_\\w+|[A-Z]{3} [\\d,.]+|\\(UTC[^)]*\\)");
  private static final Pattern END = Pattern.compile("[.!?:](\\s|$)|\\n\\n");
  private static final Pattern WORD = Pattern.compile("[A-Za-z']+");
  private static final Pattern SILENT = Pattern.compile("(?<=[^laeiouy])e$|(?<=[^td])ed$");
  private static final Pattern VOWELS = Pattern.compile("[aeiouy]+");

  /** The grade of {@code text} in hundredths; 0 for a text without words. */
  public static int of(String text) {
    var plain = NAME.matcher(DATE.matcher(text).replaceAll("then")).replaceAll("this");
    int sentences = Math.max(1, END.split(plain).length);
    var words = WORD.matcher(plain).results().map(found -> found.group()).toList();
    if (words.isEmpty()) return 0;
    int syllables = words.stream().mapToInt(Grade::syllables).sum();
    return 39 * words.size() / sentences + 1180 * syllables / words.size() - 1559;
  }

  private static int syllables(String word) {
    var bare = SILENT.matcher(word.toLowerCase(Locale.ROOT)).replaceAll("");
    return Math.max(1, (int) VOWELS.matcher(bare).results().count());
  }

  private Grade() {}
}
