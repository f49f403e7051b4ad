package redress.statement;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import org.jspecify.annotations.Nullable;
import redress.statement.Mapping.Total;

/** What a table states of itself in lines beside it, and what its rows come to. */
final class Tallies {
  private final List<Tally> all = new ArrayList<>();

  private static final class Tally {
    final Total total;
    long line = -1;
    @Nullable String count;
    @Nullable String sum;
    long counted;
    long summed;
    String currency = "";
    private final @Nullable Matching fitting;

    Tally(Total total) {
      this.total = total;
      this.fitting = total.is() == null ? null : new Matching(total.is());
    }

    boolean isAbout(Row row, Columns columns) {
      return fitting == null || total.column() == null || fitting.fits(columns.cell(row, total.column()));
    }
  }

  Tallies(List<Total> totals) {
    for (var total : totals) all.add(new Tally(total));
  }

  boolean knows(String text) {
    return all.stream().anyMatch(tally -> tally.total.says().matcher(text).find());
  }

  /** A line beside the table. */
  void stated(long line, String text) {
    for (var tally : all) {
      var found = tally.total.says().matcher(text);
      if (!found.find()) continue;
      tally.line = line;
      tally.count = group(found, "count");
      tally.sum = group(found, "sum");
    }
  }

  private static @Nullable String group(Matcher found, String name) {
    return found.namedGroups().containsKey(name) ? found.group(name) : null;
  }

  /** A row, whether it can be read or not. */
  void count(Row row, Columns columns) {
    for (var tally : all) if (tally.isAbout(row, columns)) tally.counted++;
  }

  /** A row that can be read. */
  void add(Row row, Columns columns, Mapping mapping, Draft draft) throws Bad {
    for (var tally : all) {
      if (!tally.isAbout(row, columns)) continue;
      var column = tally.total.sum();
      tally.currency = draft.currency;
      long minor = column == null ? draft.minor
          : Amounts.minor(columns.cell(row, column), draft.currency, mapping.decimal(), "column " + column);
      tally.summed += Math.abs(minor);
    }
  }

  private static String name(Total total) {
    if (total.sum() != null) return total.sum();
    return total.is() == null ? "all rows" : "rows of " + total.is();
  }

  /** Reports what does not agree. */
  void compare(Ledger ledger, long last) {
    for (var tally : all) {
      if (tally.line < 0) continue;
      var of = name(tally.total);
      long line = Math.min(tally.line, last);
      try {
        if (tally.count != null) ledger.total(line, "COUNT", of, Long.parseLong(tally.count), tally.counted);
        if (tally.sum != null) {
          var currency = tally.currency.isEmpty() ? "CNY" : tally.currency;
          ledger.total(line, "SUM", of, Math.abs(Amounts.minor(tally.sum, currency, '.', of)), tally.summed);
        }
      } catch (NumberFormatException | Bad e) {
        ledger.unreadable(line, of + ": a total");
      }
    }
  }
}
