package redress.statement;

import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.YearMonth;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoField;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import redress.statement.Mapping.Rule;
import redress.statement.Mapping.Sign;

/** Reads the rows of one table by its mapping: what stands before the header, the rows, and what stands behind them. */
final class TableReader {
  private static final int MOST_COLUMNS = 64;
  private static final String AT = "@at";
  private static final String MINOR = "@minor";

  private final Mapping mapping;
  private final Ledger ledger;
  private final Tallies tallies;
  private final IdentityHashMap<Rule, Matching> matching = new IdentityHashMap<>();
  private @Nullable Columns columns;
  private int width;
  private @Nullable YearMonth month;
  private long last;

  TableReader(Mapping mapping, Ledger ledger) {
    this.mapping = mapping;
    this.ledger = ledger;
    this.tallies = new Tallies(mapping.totals());
    for (var rule : mapping.rules()) matching.put(rule, new Matching(rule.is()));
    if (mapping.header().isEmpty()) {
      columns = new Columns(IntStream.range(0, MOST_COLUMNS).mapToObj(i -> "#" + i).toList());
      width = mapping.shape().size();
    }
  }

  void row(Row row) throws IOException {
    last = row.line();
    if (row.isBlank()) return;
    var known = columns;
    if (known == null) {
      if (row.names(mapping.header())) {
        columns = new Columns(row.cells());
        width = (int) row.cells().stream().filter(cell -> !cell.isEmpty()).count();
      } else beside(row);
    } else if (isBeside(row)) beside(row);
    else movement(row, known);
  }

  /** A line that belongs to no row: a remark, a total, a rule of dashes, the header once more. */
  private boolean isBeside(Row row) {
    var first = row.cell(0);
    if (first.startsWith("#") || first.startsWith("---")) return true;
    int full = row.full();
    // A total has few cells and a movement many: a look at the words of every row would cost more than all the rest.
    if (full * 2 < width && ((full == 1 && !first.isEmpty()) || tallies.knows(text(row)))) return true;
    return !mapping.header().isEmpty() && first.equals(mapping.header().getFirst()) && row.names(mapping.header());
  }

  private void beside(Row row) {
    var text = text(row);
    tallies.stated(row.line(), text);
    var year = mapping.year();
    if (year == null) return;
    var found = year.matcher(text);
    if (found.find()) month = YearMonth.of(Integer.parseInt(found.group(1)), Integer.parseInt(found.group(2)));
  }

  private static String text(Row row) {
    return String.join(" ", row.cells()).strip();
  }

  private void movement(Row row, Columns known) throws IOException {
    if (says(row, known, rule -> rule.skip() ? rule : null) != null) return;
    var draft = new Draft(row.line());
    tallies.count(row, known);
    try {
      draft.currency = Amounts.currency(mapping.currency().isEmpty() ? mapping.currencyCode()
          : known.first(row, mapping.currency()), where(mapping.currency()));
      var sign = says(row, known, Rule::sign);
      draft.minor = signed(minor(row, known, draft.currency), sign);
      draft.at = at(row, known);
      fill(draft, row, known);
      tallies.add(row, known, mapping, draft);
    } catch (Bad bad) {
      ledger.broken(row.line(), bad);
      return;
    }
    ledger.take(draft);
  }

  private void fill(Draft draft, Row row, Columns known) throws Bad {
    draft.fee = fee(row, known, draft.currency);
    draft.providerId = known.first(row, mapping.providerId());
    draft.reference = known.first(row, mapping.reference());
    draft.called = known.first(row, mapping.called());
    draft.alias = known.first(row, mapping.alias());
    draft.counterparty = known.all(row, mapping.counterparty());
    draft.memo = known.all(row, mapping.memo());
    draft.own = own(draft, row, known);
    var kind = says(row, known, Rule::kind);
    if (kind != null) draft.kind = kind;
    var state = says(row, known, Rule::state);
    if (state != null) draft.state = state;
  }

  /** An id that names nothing makes no row the same as another. */
  private String own(Draft draft, Row row, Columns known) {
    var parts = mapping.own().stream().filter(column -> !column.startsWith("@")).map(column -> known.cell(row, column))
        .toList();
    if (parts.stream().allMatch(part -> Draft.named(part).isEmpty())) return "";
    var own = new StringBuilder(String.join("|", parts));
    if (mapping.own().contains(AT)) own.append('|').append(draft.at);
    if (mapping.own().contains(MINOR)) own.append('|').append(draft.minor);
    return own.toString();
  }

  private <T> @Nullable T says(Row row, Columns known, Function<Rule, @Nullable T> what) {
    for (var rule : mapping.rules()) {
      var said = what.apply(rule);
      if (said == null) continue;
      var fitting = Objects.requireNonNull(matching.get(rule));
      for (var column : rule.column()) if (fitting.fits(known.cell(row, column))) return said;
    }
    return null;
  }

  private long minor(Row row, Columns known, String currency) throws Bad {
    if (!mapping.amount().isEmpty()) {
      var text = only(mapping.amountPattern(), known.first(row, mapping.amount()));
      long minor = Amounts.minor(text, currency, mapping.decimal(), where(mapping.amount()));
      return mapping.inverted() ? -minor : minor;
    }
    var in = known.first(row, mapping.in());
    var out = known.first(row, mapping.out());
    if (in.isEmpty() && out.isEmpty()) throw new Bad("AMOUNT", where(mapping.in()) + ": an amount");
    long came = in.isEmpty() ? 0 : Amounts.minor(in, currency, mapping.decimal(), where(mapping.in()));
    long went = out.isEmpty() ? 0 : Amounts.minor(out, currency, mapping.decimal(), where(mapping.out()));
    return came - went;
  }

  private long fee(Row row, Columns known, String currency) throws Bad {
    var kept = known.first(row, mapping.feeCurrency());
    if (!kept.isEmpty() && !Amounts.currency(kept, where(mapping.feeCurrency())).equals(currency)) return 0;
    long fee = 0;
    for (var column : mapping.fee()) {
      var text = only(mapping.feePattern(), Draft.named(known.cell(row, column)));
      if (!text.isEmpty()) fee += Amounts.minor(text, currency, mapping.decimal(), "column " + column);
    }
    return mapping.feeInverted() ? -fee : fee;
  }

  /** The part of a cell that holds the amount; nothing where the pattern finds none. */
  private static String only(@Nullable Pattern pattern, String text) {
    if (pattern == null) return text;
    var found = pattern.matcher(text);
    return found.find() ? found.group(1) : "";
  }

  private static long signed(long minor, @Nullable Sign sign) {
    return switch (sign) {
      case IN -> Math.abs(minor);
      case OUT -> -Math.abs(minor);
      case null -> minor;
    };
  }

  private static String where(List<String> columns) {
    return columns.isEmpty() ? "currencyCode" : "column " + columns.getFirst();
  }

  private Instant at(Row row, Columns known) throws Bad {
    var text = known.all(row, mapping.at()).replace('：', ':');
    if (text.indexOf('\t') >= 0 || text.contains("  ")) text = text.replaceAll("\\s+", " ");
    if (month != null) text = inYear(text, month);
    for (var form : mapping.dates()) {
      var found = parsed(text, form);
      if (found != null) return found;
    }
    throw new Bad("DATE", where(mapping.at()) + ": a date");
  }

  /** Month and day of a statement's month, or of the year before when the month is yet to come. */
  private static String inYear(String text, YearMonth month) {
    var parts = text.split("/", -1);
    if (parts.length != 2 || !parts[0].matches("\\d{1,2}")) return text;
    return (Integer.parseInt(parts[0]) > month.getMonthValue() ? month.getYear() - 1 : month.getYear()) + "/" + text;
  }

  private @Nullable Instant parsed(String text, DateTimeFormatter form) {
    try {
      var read = form.parse(text);
      if (read.isSupported(ChronoField.INSTANT_SECONDS)) return Instant.from(read);
      var here =
          read.isSupported(ChronoField.NANO_OF_DAY) ? LocalDateTime.from(read) : LocalDate.from(read).atStartOfDay();
      return here.atZone(mapping.zone()).toInstant();
    } catch (DateTimeException e) {
      return null;
    }
  }

  /** The file is over: what it states is held against what was found. */
  void end() throws IOException {
    if (columns == null) throw new Refusal("FILE_BROKEN", "The row that names the columns is missing.");
    tallies.compare(ledger, last);
  }
}
