package redress.replay;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStreamReader;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.jspecify.annotations.Nullable;
import redress.check.Facts;
import redress.check.Match;
import redress.check.Matching;
import redress.check.Owed;
import redress.check.Paid;

/**
 * The log of a town's traffic fines (de Leoni and Mannhardt, 4TU.ResearchData), read as promises to pay: what is owed
 * is
 * the last amount of the fine or its penalty and every expense; what was paid are the steps of the running total.
 */
public final class Fines {
  /** How the file begins. */
  public static final String SIGN = "case_id,activity,";

  private static final String CURRENCY = "EUR";
  private static final String TOWN = "town";
  /** What the column says of a fine that was not dismissed; anything else is the authority that dismissed it. */
  private static final Set<String> KEPT = Set.of("", "NIL");
  private static final Comparator<Step> IN_ORDER = Comparator.comparing(Step::day).thenComparingInt(Step::order);

  private Fines() {}

  /** What becomes of a fine. Unpaid ones are told apart by whether a collector was sent. */
  public enum End {
    EXACT, UNDER, OVER, COLLECTION, OPEN
  }

  /** One line of the log: what happened to a fine, and the amounts it names (minor units; null: none). */
  private record Step(String fine, String activity, LocalDate day, int order, boolean dismissed, @Nullable Long amount,
      @Nullable Long expense, @Nullable Long total) {}

  /** A fine with how it ended, whether it was appealed against or dismissed, and what the matcher says of it. */
  public record Fine(String id, End end, boolean appealed, boolean dismissed, Match match) {}

  /** All fines of a log. */
  public record Ledger(int events, List<Fine> fines) {
    /** How many ended how. */
    public Map<End, Long> ends() {
      var ends = new EnumMap<End, Long>(End.class);
      for (var end : End.values()) ends.put(end, fines.stream().filter(fine -> fine.end() == end).count());
      return ends;
    }

    /** How many were paid in several parts. */
    public long inParts() {
      return fines.stream().filter(fine -> fine.match().parts().size() > 1).count();
    }
  }

  /**
   * Reads a log and matches every fine of it.
   *
   * @throws IOException when it cannot be read
   * @throws IllegalArgumentException when it is no such log; the message names the line
   */
  public static Ledger read(Path file) throws IOException {
    var steps = new LinkedHashMap<String, List<Step>>();
    int events = 0;
    var format = CSVFormat.RFC4180.builder().setHeader().setSkipHeaderRecord(true).setIgnoreEmptyLines(true).get();
    try (var in = Archive.open(file); var rows = CSVParser.parse(new InputStreamReader(in, UTF_8), format)) {
      for (var row : rows) {
        var step = step(row);
        steps.computeIfAbsent(step.fine(), _ -> new ArrayList<>()).add(step);
        events++;
      }
    }
    return new Ledger(events, steps.entrySet().stream().map(it -> fine(it.getKey(), it.getValue())).toList());
  }

  private static Step step(CSVRecord row) {
    try {
      return new Step(row.get("case_id"), row.get("activity"), LocalDate.parse(row.get("timestamp")),
          Integer.parseInt(row.get(".order")), !KEPT.contains(row.get("dismissal")), cents(row, "amount"),
          cents(row, "expense"), cents(row, "totalpaymentamount"));
    } catch (RuntimeException e) {
      throw new IllegalArgumentException("line " + (row.getRecordNumber() + 1) + ": " + e.getMessage(), e);
    }
  }

  private static @Nullable Long cents(CSVRecord row, String column) {
    var text = row.get(column);
    return text.isEmpty() ? null : new BigDecimal(text).movePointRight(2).longValueExact();
  }

  private static Fine fine(String id, List<Step> unordered) {
    var steps = unordered.stream().sorted(IN_ORDER).toList();
    var match = Matching.of(List.of(owed(id, steps)), paid(steps), Instant.MAX).matches().getFirst();
    boolean collected = steps.stream().anyMatch(step -> step.activity().equals("Send for Credit Collection"));
    boolean appealed = steps.stream().anyMatch(step -> step.activity().contains("Appeal"));
    var end = switch (match.verdict()) {
      case EXACT -> End.EXACT;
      case UNDER -> End.UNDER;
      case OVER -> End.OVER;
      case MISSING, PENDING -> collected ? End.COLLECTION : End.OPEN;
    };
    return new Fine(id, end, appealed, steps.stream().anyMatch(Step::dismissed), match);
  }

  private static Owed owed(String id, List<Step> steps) {
    long amount = 0;
    long expenses = 0;
    for (var step : steps) {
      boolean sets = step.activity().equals("Create Fine") || step.activity().equals("Add penalty");
      if (sets && step.amount() != null) amount = step.amount();
      if (step.expense() != null) expenses = Math.addExact(expenses, step.expense());
    }
    return new Owed(id, Math.addExact(amount, expenses), CURRENCY, TOWN, true, List.of(), Set.of(), null, null);
  }

  /**
   * The log has running totals: what each payment adds to them is what was paid. Of several payments of one day all may
   * carry the day's total; then the first has it all and the others nothing.
   */
  private static List<Paid> paid(List<Step> steps) {
    var paid = new ArrayList<Paid>();
    long total = 0;
    for (var step : steps) {
      if (!step.activity().equals("Payment") || step.total() == null) continue;
      var at = step.day().atStartOfDay(ZoneOffset.UTC).toInstant();
      paid.add(new Paid(step.fine() + "/" + step.order(), "", step.fine(), step.total() - total, CURRENCY, TOWN,
          Facts.State.SUCCEEDED, at, 0));
      total = step.total();
    }
    return paid;
  }
}
