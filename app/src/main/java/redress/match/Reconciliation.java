package redress.match;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import redress.check.Match;
import redress.check.Matching;
import redress.check.Owed;
import redress.check.Paid;
import redress.dispute.Dispute;
import redress.dispute.DisputeId;
import redress.dispute.Errand;
import redress.dispute.Executor;
import redress.dispute.Obligation;
import redress.dispute.Status;
import redress.store.Books;
import redress.store.Books.Promised;
import redress.store.Books.Slice;
import redress.store.Errands;
import redress.store.Matches;
import redress.store.Matches.Found;
import redress.store.Matches.Loose;
import redress.store.Movement;
import redress.store.Records.Kept;

/**
 * A run of the matcher over everything that was ever promised. It changes only what it finds otherwise than before, so
 * that it can be run at any time; where the answer about an open dispute changes, its audit looks again.
 */
public final class Reconciliation {
  /** How long after it is due a payment may take to show in a book. */
  public static final Duration GRACE = Duration.ofDays(3);

  private static final Set<Status> LOOKING = Set.of(Status.AUDITING, Status.CONCLUDING, Status.EXCEPTION);

  private final Books books;
  private final Matches matches;
  private final Errands errands;
  private final Function<@Nullable String, Instant> clock;

  /** {@code clock} tells the time (UTC) by a test clock, or by the system's for null. */
  public Reconciliation(Books books, Matches matches, Errands errands, Function<@Nullable String, Instant> clock) {
    this.books = books;
    this.matches = matches;
    this.errands = errands;
    this.clock = clock;
  }

  /** How many promises there are of each verdict, how many records nothing explains, and how many answers are new. */
  public record Report(Map<Match.Verdict, Long> verdicts, long unexplained, long changed) {
    /** How many of this verdict. */
    public long of(Match.Verdict verdict) {
      return verdicts.getOrDefault(verdict, 0L);
    }

    /** How many promises were looked at. */
    public long owed() {
      return verdicts.values().stream().mapToLong(Long::longValue).sum();
    }

    Report plus(Report other) {
      var sum = new HashMap<>(verdicts);
      other.verdicts.forEach((verdict, count) -> sum.merge(verdict, count, Long::sum));
      return new Report(sum, unexplained + other.unexplained, changed + other.changed);
    }
  }

  /** Matches everything, a range of homes at a time. */
  public Report run() {
    var report = new Report(Map.of(), 0, 0);
    for (var range : books.ranges()) report = report.plus(run(range));
    return report;
  }

  private Report run(Books.Range range) {
    var slice = books.slice(range);
    var found = new ArrayList<Found>();
    var loose = new ArrayList<Loose>();
    var now = clock.apply(null);
    match(slice, found, loose);
    var changed = matches.write(range, found, loose, now);
    lookAgain(slice, changed);
    var verdicts = found.stream().collect(Collectors.groupingBy(Found::verdict, Collectors.counting()));
    return new Report(verdicts, loose.size(), changed.size());
  }

  private void match(Slice slice, List<Found> found, List<Loose> loose) {
    var payments = new LinkedHashMap<String, List<Promised>>();
    var byDispute = new HashMap<String, String>();
    for (var promised : slice.promised()) {
      payments.computeIfAbsent(promised.payment(), _ -> new ArrayList<>()).add(promised);
      byDispute.put(promised.id().toString(), promised.payment());
    }
    var records = new HashMap<String, List<Kept>>();
    for (var record : slice.records()) {
      var payment = record.payment().isEmpty() ? byDispute.get(record.dispute()) : record.payment();
      if (payment != null) records.computeIfAbsent(payment, _ -> new ArrayList<>()).add(record);
    }
    payments.forEach((payment, promised) -> match(new OnePayment(promised, records.getOrDefault(payment, List.of()),
        slice.stated()), found, loose));
  }

  private void match(OnePayment payment, List<Found> found, List<Loose> loose) {
    var owed = payment.owed();
    var result = Matching.of(owed, payment.paid(), clock.apply(payment.clock()));
    for (var match : result.matches()) found.add(payment.found(match));
    for (var stray : result.strays()) loose.add(payment.loose(stray));
  }

  /** A late record concerns only the dispute it changes: there the audit is made again. */
  private void lookAgain(Slice slice, Set<DisputeId> changed) {
    for (var promised : slice.promised()) {
      if (!changed.contains(promised.id()) || !LOOKING.contains(promised.dispute().status())) continue;
      var now = clock.apply(promised.clock());
      errands.add(promised.id(), "ask-audit", now, new Errand.Audit(now));
    }
  }

  /** The promises and records of one payment, as the matcher takes them and as its answers are kept. */
  private static final class OnePayment {
    private final List<Promised> promised;
    private final Map<String, Kept> records;
    private final Map<String, String> stated;

    OnePayment(List<Promised> promised, List<Kept> records, Map<String, String> stated) {
      this.promised = promised;
      this.records = records.stream().collect(Collectors.toMap(Kept::id, Function.identity(), (one, _) -> one));
      this.stated = stated;
    }

    @Nullable String clock() {
      return promised.getFirst().clock();
    }

    List<Owed> owed() {
      return promised.stream().flatMap(it -> it.dispute().obligations().stream().filter(o -> isOwed(it.dispute(), o))
          .map(o -> owed(it, o))).toList();
    }

    private static boolean isOwed(Dispute dispute, Obligation o) {
      boolean gone = o.state() == Obligation.State.WAIVED_BY_CREDITOR || o.state() == Obligation.State.LAPSED;
      return !gone && (o.kind().isPayment() || dispute.live(o.id()) > 0);
    }

    private Owed owed(Promised it, Obligation o) {
      var orders = it.dispute().refunds().stream().filter(refund -> refund.obligation() == o.id() && refund.isLive())
          .map(refund -> new Owed.Order(refund.reference(it.id()), refund.minor())).toList();
      boolean claimed = o.promise().executor() == Executor.MERCHANT || o.state() != Obligation.State.PENDING;
      var due = o.due() != null ? o.due() : it.dispute().settled().t0();
      return new Owed(name(it.id(), o.id()), o.worth(), it.currency(), it.payer(), claimed, orders,
          Optional.ofNullable(stated.get(o.reference().id())).map(Set::of).orElse(Set.of()),
          it.dispute().round().startedAt(), due.plus(GRACE));
    }

    private static String name(DisputeId dispute, int obligation) {
      return dispute + "-o" + obligation;
    }

    List<Paid> paid() {
      return records.values().stream().map(this::paid).toList();
    }

    private Paid paid(Kept it) {
      return new Paid(it.id(), it.reference(), names(it), -it.minor(), it.currency(), payee(it), it.state(), it.at(),
          it.fee());
    }

    /** What names a dispute and no promise of it is for the only one that dispute has; of several the rules choose. */
    private String names(Kept it) {
      if (it.obligation() > 0) return it.dispute() + "-o" + it.obligation();
      // A refund of ours is found by its reference, or was none of these promises'.
      if (it.refund() > 0) return it.reference();
      if (it.dispute().isEmpty()) return "";
      var own = promised.stream().filter(p -> p.id().toString().equals(it.dispute())).flatMap(p -> p.dispute()
          .obligations().stream().filter(o -> isOwed(p.dispute(), o)).map(o -> name(p.id(), o.id()))).toList();
      return own.size() == 1 ? own.getFirst() : own.isEmpty() ? it.dispute() : "";
    }

    /** A refund goes back to whoever paid; a transfer to the account it names. */
    private String payee(Kept it) {
      var first = promised.getFirst();
      boolean back = it.kind() == Movement.Kind.REFUND || it.counterparty().isEmpty()
          || it.counterparty().equals(first.account());
      return back ? first.payer() : "another account";
    }

    Found found(Match match) {
      var name = match.owed().id();
      int end = name.lastIndexOf("-o");
      var it =
          promised.stream().filter(p -> p.id().toString().equals(name.substring(0, end))).findFirst().orElseThrow();
      var parts = match.parts().stream().map(part -> {
        var record = kept(part.record());
        return new Matches.Part(record.id(), record.statement(), record.line(), part.minor(), part.rule(),
            part.counts());
      }).toList();
      return new Found(it.id(), Integer.parseInt(name.substring(end + 2)), it.payment(), it.merchant(), it.book(),
          match.verdict(), match.owed().minor(), match.paid(), it.currency(), it.live(),
          new Matches.Why(parts, match.remarks()));
    }

    private Kept kept(Paid paid) {
      return Objects.requireNonNull(records.get(paid.id()), "a record that was never there");
    }

    Loose loose(Paid stray) {
      return new Loose(kept(stray).home(), stray.id(), promised.getFirst().payment());
    }
  }
}
