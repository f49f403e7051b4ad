package redress.command;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import redress.command.Visitor.Reply;

/** What came of a replay, counted as it goes. */
final class Tally {
  private static final int MOST_TOLD = 20;

  private final Map<String, Integer> outcomes = new TreeMap<>();
  private final Map<String, Integer> refusals = new TreeMap<>();
  private final List<String> failures = new ArrayList<>();
  private final List<String> odd = new ArrayList<>();
  private long rows;
  private int oddRows;
  private int lives;
  private int failed;
  private int merchantLate;
  private int buyerLate;
  private int reopened;
  private long paid;

  synchronized void row() {
    rows++;
  }

  synchronized void odd(Complaints.Odd row) {
    rows++;
    oddRows++;
    if (odd.size() < MOST_TOLD) odd.add(row.file().getFileName() + ":" + row.line() + ": " + row.why());
  }

  synchronized void refused(String code) {
    refusals.merge(code, 1, Integer::sum);
  }

  synchronized void failed(Script script, String why) {
    lives++;
    failed++;
    if (failures.size() < MOST_TOLD) {
      failures.add("line " + script.from().line() + ", complaint " + script.from().id() + " (" + script.kind()
          + (script.late() ? ", late" : "") + "): " + why);
    }
  }

  synchronized void ended(Reply view) {
    lives++;
    var outcome = view.text("/outcome");
    outcomes.merge(outcome.isEmpty() ? "open, as in the data" : outcome, 1, Integer::sum);
    if (view.body().at("/wasOverdue/merchant").asBoolean(false)) merchantLate++;
    if (view.body().at("/wasOverdue/buyer").asBoolean(false)) buyerLate++;
    if (view.body().at("/staff/reopenings").asInt(0) > 0) reopened++;
    paid += view.body().at("/amounts/paid").asLong(0);
  }

  synchronized long rows() {
    return rows;
  }

  synchronized int done() {
    return lives + refused() + oddRows;
  }

  synchronized int lives() {
    return lives;
  }

  synchronized int refused() {
    return refusals.values().stream().mapToInt(Integer::intValue).sum();
  }

  synchronized int odd() {
    return oddRows;
  }

  synchronized int failures() {
    return failed;
  }

  /** Lives with a recorded outcome. */
  synchronized int outcomes() {
    return outcomes.entrySet().stream().filter(it -> !it.getKey().startsWith("open")).mapToInt(Map.Entry::getValue)
        .sum();
  }

  synchronized void print(PrintWriter out) {
    out.println();
    out.println("How the lives ended");
    outcomes.forEach((outcome, count) -> line(out, outcome, count));
    refusals.forEach((code, count) -> line(out, "refused: " + code, count));
    out.println("On the way");
    line(out, "merchant was overdue", merchantLate);
    line(out, "buyer was overdue", buyerLate);
    line(out, "reopened during verification", reopened);
    out.printf("  %-34s %,10d.%02d USD (amounts are generated)%n", "refunded", paid / 100, paid % 100);
    tell(out, "Odd rows, left out", odd, oddRows);
    tell(out, "Lives that went otherwise than the data says", failures, failed);
  }

  private static void line(PrintWriter out, String what, long count) {
    out.printf("  %-34s %,10d%n", what, count);
  }

  private static void tell(PrintWriter out, String what, List<String> some, int all) {
    if (all == 0) return;
    out.println(what + ": " + all);
    some.forEach(one -> out.println("  " + one));
    if (all > some.size()) out.println("  … and " + (all - some.size()) + " more");
  }
}
