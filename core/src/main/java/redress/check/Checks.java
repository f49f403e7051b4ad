package redress.check;

import static redress.check.FindingCode.*;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
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
   * merchant
   * says it is done, and the refunds already known for it.
   */
  public record Expected(int obligation, long minor, String currency, String payee, boolean due, boolean claimed,
      List<Known> refunds) {
    public Expected {
      refunds = List.copyOf(refunds);
    }
  }

  /**
   * A refund we know: its number, its reference at the provider, its amount, and whether it counts as paid or on its
   * way.
   */
  public record Known(int refund, String reference, long minor, boolean live) {}

  /** Something found, about an obligation (0: about the dispute). */
  public record Found(FindingCode code, int obligation) {}

  /** A provider's record that proves a payment made outside for an obligation. */
  public record Proof(Facts.Entry entry, int obligation) {}

  /**
   * What an audit of payments comes to: findings, promises proved kept, payments found outside, refunds that the
   * provider's
   * books show in another state than ours, and whether everything could be judged.
   */
  public record Audit(List<Found> findings, Set<Integer> kept, List<Proof> outside, List<Facts.Entry> moved,
      boolean judged) {}

  /** Compares each promise with the provider's own records; a record counts once. */
  public static Audit payments(List<Expected> promises, List<Facts.Entry> records) {
    var findings = new ArrayList<Found>();
    var kept = new HashSet<Integer>();
    var outside = new ArrayList<Proof>();
    var moved = new ArrayList<Facts.Entry>();
    var used = new HashSet<Facts.Entry>();
    for (var record : records) if (isKnown(promises, record)) used.add(record);
    boolean judged = true;
    for (var promise : promises) {
      var one = new OnePromise(promise, records, used);
      one.judge();
      findings.addAll(one.findings);
      outside.addAll(one.outside);
      moved.addAll(one.moved);
      if (one.kept) kept.add(promise.obligation());
      judged &= one.judged;
    }
    return new Audit(findings, kept, outside, moved, judged);
  }

  /** Whether the record is of a refund that counts for one of these promises already. */
  private static boolean isKnown(List<Expected> promises, Facts.Entry record) {
    return promises.stream().flatMap(promise -> promise.refunds().stream())
        .anyMatch(known -> known.reference().equals(record.reference()));
  }

  /** The comparison of one promise with the records. */
  private static final class OnePromise {
    private final Expected promise;
    private final List<Facts.Entry> records;
    private final Set<Facts.Entry> used;
    private final List<Found> findings = new ArrayList<>();
    private final List<Proof> outside = new ArrayList<>();
    private final List<Facts.Entry> moved = new ArrayList<>();
    private long proved;
    private boolean underway;
    private boolean judged = true;
    private boolean kept;

    OnePromise(Expected promise, List<Facts.Entry> records, Set<Facts.Entry> used) {
      this.promise = promise;
      this.records = records;
      this.used = used;
    }

    void judge() {
      for (var refund : promise.refunds()) if (refund.live()) ours(refund);
      if (proved < promise.minor() && !underway) theirs();
      if (proved > promise.minor()) find(OVERPAID);
      if (proved >= promise.minor()) kept = true;
      else if (!underway) missing();
    }

    private void ours(Known refund) {
      var matching = records.stream().filter(r -> r.reference().equals(refund.reference())).toList();
      if (matching.size() > 1) find(DUPLICATE_REFUND);
      if (matching.isEmpty()) {
        if (promise.due()) find(REFUND_RECORD_MISSING);
        else judged = false;
        underway = true;
        return;
      }
      weigh(matching.getFirst(), refund.minor());
    }

    private void weigh(Facts.Entry record, long expected) {
      switch (record.state()) {
        case SUCCEEDED -> {
          moved.add(record);
          if (isRight(record, expected)) proved += record.minor();
          else underway = true;
        }
        case PROCESSING -> {
          moved.add(record);
          underway = true;
          if (record.arrival() == null) judged = false;
          else find(REFUND_IN_TRANSIT);
        }
        case FAILED, REVERSED -> {
          moved.add(record);
          underway = true;
        }
        case UNKNOWN -> {
          underway = true;
          judged = false;
        }
      }
    }

    private boolean isRight(Facts.Entry record, long expected) {
      if (!record.currency().equals(promise.currency())) return wrong(REFUND_WRONG_CURRENCY);
      if (!record.payee().equals(promise.payee())) return wrong(REFUND_WRONG_PAYEE);
      if (record.minor() < expected) return wrong(REFUND_AMOUNT_MISMATCH);
      return true;
    }

    private boolean wrong(FindingCode code) {
      find(code);
      return false;
    }

    /** Payments made outside: named for this promise, or of exactly what is still missing. */
    private void theirs() {
      long known = proved;
      for (var record : records) {
        if (record.refund() != 0 || used.contains(record)) continue;
        boolean named = record.obligation() == promise.obligation();
        boolean fits = record.obligation() == 0 && promise.claimed() && record.minor() == promise.minor() - known;
        if (!named && !fits) continue;
        used.add(record);
        if (record.state() != Facts.State.SUCCEEDED) {
          if (record.state() == Facts.State.PROCESSING || record.state() == Facts.State.UNKNOWN) judged = false;
          continue;
        }
        if (!record.currency().equals(promise.currency())) find(REFUND_WRONG_CURRENCY);
        else if (!record.payee().equals(promise.payee())) find(REFUND_WRONG_PAYEE);
        else {
          outside.add(new Proof(record, promise.obligation()));
          proved += record.minor();
        }
      }
    }

    private void missing() {
      if (!promise.due()) judged = false;
      else if (proved > 0) find(REFUND_AMOUNT_MISMATCH);
      else if (findings.stream().noneMatch(f -> f.code().blocks())) find(REFUND_RECORD_MISSING);
    }

    private void find(FindingCode code) {
      findings.add(new Found(code, promise.obligation()));
    }
  }

  private Checks() {}
}
