package redress.document;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import redress.check.Saying.Day;
import redress.check.Saying.Place;
import redress.check.Saying.When;

/** Finds the days of a line, in the usual forms of China, Europe and America; a day without its year is none. */
final class Days {
  private static final List<String> MONTHS =
      List.of("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec");
  private static final String YEAR = "(20\\d{2})";
  private static final String MONTH = "(jan|feb|mar|mär|apr|may|mai|jun|jul|aug|sep|oct|okt|nov|dec|dez)[a-zäöü]{0,8}";

  private static final Pattern YEAR_FIRST =
      Pattern.compile("(?<![\\d.-])" + YEAR + "([-/.]|年\\s?)(\\d{1,2})(?:\\2|月\\s?)(\\d{1,2})(?![\\d])");
  private static final Pattern YEAR_LAST =
      Pattern.compile("(?<![\\d.-])(\\d{1,2})([./-])(\\d{1,2})\\2" + YEAR + "(?!\\d)");
  private static final Pattern MONTH_FIRST = Pattern.compile(
      "(?i)\\b" + MONTH + "\\.? (\\d{1,2})(?: ?(?:st|nd|rd|th))?,? ?" + YEAR + "(?!\\d)");
  private static final Pattern DAY_FIRST = Pattern.compile(
      "(?i)(?<![\\d.-])(\\d{1,2})(?: ?(?:st|nd|rd|th))?\\.?[ -](?:of )?" + MONTH + "[ .,-]{1,2}" + YEAR + "(?!\\d)");

  private static final Pattern ISSUED =
      Pattern.compile("(?i)invoice date|date of issue|issued|rechnungsdatum|开票日期|nr\\.?\\s+\\S+\\s+vom");
  private static final Pattern DUE = Pattern.compile("(?i)\\bdue\\b|fällig|zahlbar|到期|截止");
  private static final Pattern DELIVERED = Pattern.compile("(?i)deliver|shipped|liefer|发货|签收");

  private final Place place;
  private final When when;
  private final List<Day> found = new ArrayList<>();

  private Days(Place place, When when) {
    this.place = place;
    this.when = when;
  }

  /** The days of this line, by form. */
  static List<Day> of(String line, Place place) {
    var days = new Days(place, label(line));
    YEAR_FIRST.matcher(line).results().forEach(it -> days.take(it.group(1), it.group(3), it.group(4)));
    YEAR_LAST.matcher(line).results().forEach(it -> {
      boolean dotted = it.group(2).equals(".");
      days.take(it.group(4), it.group(3), it.group(1), dotted ? it.group(3) : it.group(1),
          dotted ? it.group(1) : it.group(3));
    });
    MONTH_FIRST.matcher(line).results().forEach(it -> days.take(it.group(3), number(it.group(1)), it.group(2)));
    DAY_FIRST.matcher(line).results().forEach(it -> days.take(it.group(3), number(it.group(2)), it.group(1)));
    return days.found;
  }

  private static When label(String line) {
    if (ISSUED.matcher(line).find()) return When.ISSUED;
    if (DUE.matcher(line).find()) return When.DUE;
    return DELIVERED.matcher(line).find() ? When.DELIVERED : When.ANY;
  }

  private static String number(String month) {
    var name = month.toLowerCase(Locale.ROOT).replace("mär", "mar").replace("mai", "may").replace("okt", "oct")
        .replace("dez", "dec");
    return Integer.toString(MONTHS.indexOf(name) + 1);
  }

  private void take(String year, String month, String day) {
    take(year, month, day, month, day);
  }

  /** With a second way to read it, where the form leaves open what comes first. */
  private void take(String year, String month, String day, String orMonth, String orDay) {
    var one = day(year, month, day);
    var other = day(year, orMonth, orDay);
    if (one == null && other == null) return;
    var said = one == null ? other : one;
    var or = other == null ? one : other;
    if (said != null && or != null) found.add(new Day(place, said, or, when));
  }

  private static @Nullable LocalDate day(String year, String month, String day) {
    try {
      return LocalDate.of(Integer.parseInt(year), Integer.parseInt(month), Integer.parseInt(day));
    } catch (DateTimeException e) {
      return null;
    }
  }
}
