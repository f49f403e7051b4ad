package redress.lab.judge;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import redress.check.Facts;
import redress.dispute.DisputeId;

/** The simulated provider's own books: what it really paid, whatever it told anybody. */
public final class Books {
  private final List<Payout> records = new ArrayList<>();
  private final Map<String, Payout> byReference = new HashMap<>();
  private final Reserves reserves = new Reserves();
  private long chargedBack;

  /** One payment to a buyer as the provider wrote it down. */
  public static final class Payout {
    public final String reference;
    public final @Nullable DisputeId dispute;
    public final int refund;
    public final int obligation;
    public final long minor;
    public final String currency;
    public final String payee;
    public final Instant since;
    public @Nullable Instant arrival;
    private Facts.State state;
    private @Nullable Instant undone;

    Payout(String reference, @Nullable DisputeId dispute, int refund, int obligation, long minor, String currency,
        String payee, Instant since, Facts.State state, @Nullable Instant arrival) {
      this.reference = reference;
      this.dispute = dispute;
      this.refund = refund;
      this.obligation = obligation;
      this.minor = minor;
      this.currency = currency;
      this.payee = payee;
      this.since = since;
      this.state = state;
      this.arrival = arrival;
    }

    public Facts.State state() {
      return state;
    }

    /** Changes what became of it; an undone one remembers since when. */
    public void become(Facts.State next, Instant at) {
      if (next == Facts.State.REVERSED || next == Facts.State.FAILED) undone = at;
      state = next;
    }

    /** Whether the buyer had this money, or had it on its way with an arrival date, at {@code instant}. */
    public boolean stoodAt(Instant instant) {
      if (since.isAfter(instant)) return false;
      return undone == null ? state != Facts.State.FAILED : !undone.isBefore(instant);
    }

    /** Whether the money counts as paid or may still be. */
    public boolean isLive() {
      return state == Facts.State.SUCCEEDED || state == Facts.State.PROCESSING;
    }
  }

  /** What lies beside the provider, for enforcement. */
  public Reserves reserves() {
    return reserves;
  }

  /** Everything in the books, oldest first. */
  public List<Payout> records() {
    return records;
  }

  /** What the payer's bank took back (minor units). */
  public long chargedBack() {
    return chargedBack;
  }

  /** The payer's bank takes money back. */
  public void chargeBack(long minor) {
    chargedBack = Math.addExact(chargedBack, minor);
  }

  /** The record with this reference, or null: never heard of. */
  public @Nullable Payout find(String reference) {
    return byReference.get(reference);
  }

  /** Pays once for each reference: the same reference again gives the same record, a new one pays again. */
  public Payout pay(String reference, @Nullable DisputeId dispute, int refund, int obligation, long minor,
      String currency,
      String payee, Instant at, Facts.State state, @Nullable Instant arrival) {
    var known = byReference.get(reference);
    if (known != null) return known;
    var record = new Payout(reference, dispute, refund, obligation, minor, currency, payee, at, state, arrival);
    if (state == Facts.State.FAILED) record.become(state, at);
    records.add(record);
    byReference.put(reference, record);
    return record;
  }
}
