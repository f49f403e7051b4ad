package redress.document;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import redress.check.Saying;
import redress.check.Saying.Amount;
import redress.check.Saying.Place;
import redress.check.Saying.Sum;

/** Reads text line by line. A label without an amount speaks for the line below it; so does a currency for them all. */
final class Lines {
  private static final int LONGEST = 2_000;
  private static final int MOST_LINES = 20_000;
  private static final int MOST_SAYINGS = 5_000;
  private static final int HEAD = 40;
  private static final Pattern SPACES = Pattern.compile("[ \t]{2,}");
  private static final Pattern CREDIT_NOTE =
      Pattern.compile("(?i)credit (?:note|memo)|gutschrift|rechnungskorrektur|stornorechnung|红字|贷项");

  private final Set<String> wanted;
  private final List<Saying> sayings = new ArrayList<>();
  private final Set<String> declared = new HashSet<>();
  private Sum above = Sum.ANY;
  private boolean credit;
  private boolean cut;
  private int lines;

  Lines(Set<String> wanted) {
    this.wanted = wanted;
  }

  /** Reads the next line; what is beyond its bounds is left out, and {@link #isCut} tells. */
  void read(String whole, int page, int number) {
    if (isFull() || ++lines > MOST_LINES) {
      cut = true;
      return;
    }
    cut |= whole.length() > LONGEST;
    var line = SPACES.matcher(whole.length() > LONGEST ? whole.substring(0, LONGEST) : whole).replaceAll(" ");
    if (line.isBlank()) return;
    if (lines <= HEAD && CREDIT_NOTE.matcher(line).find()) credit = true;
    Currencies.DECLARED.matcher(line).results().forEach(it -> declared.add(Currencies.name(it.group(1))));
    var place = new Place("", page, number);
    if (line.chars().anyMatch(c -> c >= '0' && c <= '9')) {
      sums(line, place);
      sayings.addAll(Days.of(line, place));
      sayings.addAll(Names.of(line, place, wanted));
    } else {
      above = Sums.label(line);
    }
  }

  private void sums(String line, Place place) {
    var sums = Sums.of(line, place);
    var label = Sums.label(line);
    // What is written below its label stands there alone.
    boolean below = label == Sum.ANY && above != Sum.ANY && line.length() <= HEAD && sums.size() == 1;
    for (var sum : sums) sayings.add(called(sum, below ? above : label));
    above = sums.isEmpty() ? label : Sum.ANY;
  }

  private static Amount called(Amount it, Sum sum) {
    return new Amount(it.at(), it.digits(), it.decimals(), it.currency(), sum);
  }

  boolean isCut() {
    return cut;
  }

  boolean isFull() {
    return sayings.size() >= MOST_SAYINGS;
  }

  /** All that was said, in the order of the lines. */
  List<Saying> sayings() {
    var currency = declared.size() == 1 ? declared.iterator().next() : "";
    return sayings.stream().map(it -> it instanceof Amount amount ? told(amount, currency) : it).toList();
  }

  private Saying told(Amount it, String currency) {
    var sum = credit && (it.sum() == Sum.TOTAL || it.sum() == Sum.DUE) ? Sum.CREDIT : it.sum();
    return new Amount(it.at(), it.digits(), it.decimals(), it.currency().isEmpty() ? currency : it.currency(), sum);
  }
}
