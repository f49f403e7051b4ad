package redress.check;

import static redress.check.FindingCode.*;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Verification as pure functions: facts in, verdict out. Amounts are minor units. */
public final class Checks {

  /** The verdict of one confirmation. Not available: nobody answered, and it stays pending. */
  public record Verdict(boolean available, @Nullable FindingCode finding) {
    static final Verdict PASSED = new Verdict(true, null);
    static final Verdict UNAVAILABLE = new Verdict(false, null);

    static Verdict failed(FindingCode why) {
      return new Verdict(true, why);
    }
  }

  /** Who agreed must be who paid, verified to at least {@code level}; from the registered party, never assumed. */
  public static Verdict identity(Facts.Identity facts, int level) {
    if (!facts.available()) return Verdict.UNAVAILABLE;
    boolean same = facts.agreedAccount() != null && facts.agreedAccount().equals(facts.payerAccount());
    return same && facts.level() >= level ? Verdict.PASSED : Verdict.failed(IDENTITY_MISMATCH);
  }

  /**
   * The payment exists at its provider, is captured, has the registered amount and currency, knows no chargeback that
   * we do
   * not know, and what is still promised ({@code needed}) can still be refunded.
   */
  public static Verdict transaction(Facts.Transaction facts, long captured, String currency, long chargedBack,
      long needed,
      long refundable) {
    if (!facts.available()) return Verdict.UNAVAILABLE;
    if (!facts.found()) return Verdict.failed(TRANSACTION_NOT_FOUND);
    boolean unchanged = facts.captured() && facts.amount() == captured && currency.equals(facts.currency())
        && facts.chargedBack() <= chargedBack;
    return unchanged && needed <= refundable ? Verdict.PASSED : Verdict.failed(TRANSACTION_CHANGED);
  }

  /**
   * A promise to pay as the audit expects it: how much, in which currency, to whom; whether it is due, whether the
   * merchant says it is done, the refunds already known for it, and since when it stands: what was paid before and does
   * not name it was paid for something else.
   */
  public record Expected(int obligation, long minor, String currency, String payee, boolean due, boolean claimed,
      List<Known> refunds, @Nullable Instant since) {
    public Expected {
      refunds = List.copyOf(refunds);
    }

    Owed owed() {
      var orders = refunds.stream().filter(Known::live)
          .map(known -> new Owed.Order(known.reference(), known.minor())).toList();
      return new Owed(Integer.toString(obligation), minor, currency, payee, claimed, orders, Set.of(), since, null);
    }
  }

  /**
   * A refund we know: its number, its reference at the provider, its amount, and whether it counts as paid or on its
   * way.
   */
  public record Known(int refund, String reference, long minor, boolean live) {}

  /** Something found, about an obligation (0: about the dispute). */
  public record Found(FindingCode code, int obligation) {}

  /** A provider's record that proves a payment made outside for an obligation, with how much of it. */
  public record Proof(Facts.Entry entry, int obligation, long minor) {}

  /**
   * What an audit of payments comes to: findings, promises proved kept, payments found outside, and whether everything
   * could be judged.
   */
  public record Audit(List<Found> findings, Set<Integer> kept, List<Proof> outside, boolean judged) {}

  /** Compares each promise with the provider's own records, as {@link Matching} does; a record counts once. */
  public static Audit payments(List<Expected> promises, List<Facts.Entry> records) {
    var findings = new LinkedHashSet<Found>();
    var kept = new HashSet<Integer>();
    var outside = new ArrayList<Proof>();
    boolean judged = true;
    var paid = IntStream.range(0, records.size()).mapToObj(i -> paid(i, records.get(i), promises)).toList();
    // The verdict is about now: what is not due is told apart below.
    var matches = Matching.of(promises.stream().map(Expected::owed).toList(), paid, Instant.MAX).matches();
    for (int i = 0; i < promises.size(); i++) {
      var one = new OnePromise(promises.get(i), matches.get(i), records);
      one.judge();
      findings.addAll(one.findings);
      outside.addAll(one.outside);
      if (one.kept) kept.add(promises.get(i).obligation());
      judged &= one.judged;
    }
    return new Audit(List.copyOf(findings), kept, outside, judged);
  }

  /** A refund of ours that does not count for any of these promises names itself, so that it stands for none. */
  private static Paid paid(int number, Facts.Entry entry, List<Expected> promises) {
    boolean known = promises.stream().flatMap(promise -> promise.refunds().stream())
        .anyMatch(refund -> refund.live() && refund.reference().equals(entry.reference()));
    var names = entry.refund() != 0 && !known ? "refund " + entry.refund()
        : entry.obligation() == 0 ? "" : Integer.toString(entry.obligation());
    return new Paid(Integer.toString(number), entry.reference(), names, entry.minor(), entry.currency(), entry.payee(),
        entry.state(), entry.arrival(), 0);
  }

  /** What the match of one promise means for the audit. */
  private static final class OnePromise {
    private final Expected promise;
    private final Match match;
    private final List<Facts.Entry> records;
    private final List<Found> findings = new ArrayList<>();
    private final List<Proof> outside = new ArrayList<>();
    private boolean underway;
    private boolean judged = true;
    private boolean kept;

    OnePromise(Expected promise, Match match, List<Facts.Entry> records) {
      this.promise = promise;
      this.match = match;
      this.records = records;
    }

    void judge() {
      for (var refund : promise.refunds()) if (refund.live()) ours(refund);
      if (match.has(Match.Kind.DUPLICATE)) find(DUPLICATE_REFUND);
      // As long as a refund of ours is out nobody knows what is missing, and nothing else is counted.
      if (!underway) for (var part : match.parts()) if (part.rule() != Match.Rule.REFERENCE) theirs(part);
      long paid = underway ? ordered() : match.paid();
      if (paid > promise.minor()) find(OVERPAID);
      if (paid >= promise.minor()) kept = true;
      else if (!underway) missing();
    }

    private long ordered() {
      return match.parts().stream().filter(part -> part.counts() && part.rule() == Match.Rule.REFERENCE)
          .mapToLong(Match.Part::minor).sum();
    }

    private void ours(Known refund) {
      var found = match.parts().stream().filter(part -> part.record().reference().equals(refund.reference())).toList();
      if (found.isEmpty()) {
        if (promise.due()) find(REFUND_RECORD_MISSING);
        else judged = false;
        underway = true;
      } else {
        weigh(found.getFirst(), refund.minor());
      }
    }

    private void weigh(Match.Part part, long expected) {
      switch (part.record().state()) {
        case SUCCEEDED -> {
          if (!part.counts()) underway = wrong(part);
          else if (part.minor() < expected && match.paid() < promise.minor()) find(REFUND_AMOUNT_MISMATCH);
        }
        case PROCESSING -> {
          underway = true;
          if (part.record().at() == null) judged = false;
          else find(REFUND_IN_TRANSIT);
        }
        case FAILED, REVERSED -> underway = true;
        case UNKNOWN -> {
          underway = true;
          judged = false;
        }
      }
    }

    /** A payment made outside: named for this promise, or standing for what is still missing. */
    private void theirs(Match.Part part) {
      switch (part.record().state()) {
        case SUCCEEDED -> {
          var entry = records.get(Integer.parseInt(part.record().id()));
          if (part.counts()) outside.add(new Proof(entry, promise.obligation(), part.minor()));
          else wrong(part);
        }
        case PROCESSING, UNKNOWN -> judged = false;
        case FAILED, REVERSED -> {}
      }
    }

    private boolean wrong(Match.Part part) {
      find(part.record().currency().equals(promise.currency()) ? REFUND_WRONG_PAYEE : REFUND_WRONG_CURRENCY);
      return true;
    }

    private void missing() {
      if (!promise.due()) judged = false;
      else if (match.paid() > 0) find(REFUND_AMOUNT_MISMATCH);
      else if (findings.stream().noneMatch(f -> f.code().blocks())) find(REFUND_RECORD_MISSING);
    }

    private void find(FindingCode code) {
      findings.add(new Found(code, promise.obligation()));
    }
  }

  private Checks() {}
}
