package redress.dispute;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One dispute as the rules need it: the sum of its events, small enough to be rewritten with each. {@code version} is
 * the number of its events, {@code lastAt} the instant of the last (UTC).
 */
public record Dispute(int version, Instant lastAt, @Nullable Filing filing, Stage stage, Round round,
    Mediation mediation, @Nullable Settlement settlement, List<Obligation> obligations, List<Refund> refunds,
    List<Finding> findings, FollowUp followUp, Tally tally) {

  /** An id under which nothing has been filed yet. */
  public static final Dispute NONE =
      new Dispute(0, Instant.EPOCH, null, new Stage.NotFiled(), Round.NONE, Mediation.NONE,
          null, List.of(), List.of(), List.of(), FollowUp.NONE, Tally.NONE);

  public Dispute {
    obligations = List.copyOf(obligations);
    refunds = List.copyOf(refunds);
    findings = List.copyOf(findings);
  }

  /** The current round of negotiation: its number (from 1), its end, the open offers and what each side has used up. */
  public record Round(int number, Instant startedAt, Instant totalDue, @Nullable Offer buyerOffer,
      @Nullable Offer merchantOffer, int buyerOffers, int merchantOffers, boolean buyerDeclined,
      boolean merchantDeclined, @Nullable Instant firstReplyDue) {
    static final Round NONE = new Round(0, Instant.EPOCH, Instant.EPOCH, null, null, 0, 0, false, false, null);

    /** The open offer of {@code side}, or null. */
    public @Nullable Offer offer(Side side) {
      return side == Side.BUYER ? buyerOffer : merchantOffer;
    }

    int made(Side side) {
      return side == Side.BUYER ? buyerOffers : merchantOffers;
    }

    /** Whether an offer of {@code side} was declined in this round. */
    boolean declined(Side side) {
      return side == Side.BUYER ? buyerDeclined : merchantDeclined;
    }
  }

  /**
   * What mediation remembers over the whole dispute: when it was first queued, whose it is, what was used up, the
   * ruling if there is one, the next instants of its alerts, and everyone who ever mediated or verified here.
   */
  public record Mediation(@Nullable Instant queuedAt, String mediator, int requests, int proposals, boolean returned,
      @Nullable Ruling ruling, boolean appealed, String verifier, @Nullable Instant firstActionDue,
      @Nullable Instant targetDue, @Nullable Instant maxDue, Set<String> mediators, Set<String> verifiers) {
    static final Mediation NONE =
        new Mediation(null, "", 0, 0, false, null, false, "", null, null, null, Set.of(), Set.of());

    public Mediation {
      mediators = Set.copyOf(mediators);
      verifiers = Set.copyOf(verifiers);
    }
  }

  /** What is counted over the whole life. Money is minor units. */
  public record Tally(int offers, int proposals, int requests, int evidence, int questions, int feedback,
      int reopenings,
      boolean reopenedAfterClose, int exceptions, int reversalsAfterClose, boolean buyerLate, boolean merchantLate,
      boolean chargedBack, long deposit, long fund, int settlements) {
    static final Tally NONE = new Tally(0, 0, 0, 0, 0, 0, 0, false, 0, 0, false, false, false, 0, 0, 0);
  }

  /** What the dispute is about. Throws IllegalStateException when nothing was filed. */
  public Filing about() {
    if (filing == null) throw new IllegalStateException("nothing was filed here");
    return filing;
  }

  /** The settlement or ruling in force. Throws IllegalStateException when there is none. */
  public Settlement settled() {
    if (settlement == null) throw new IllegalStateException("nothing is settled here");
    return settlement;
  }

  /** The status it is published under. */
  public Status status() {
    return stage.status();
  }

  /** The obligation with this number. */
  public Optional<Obligation> obligation(int id) {
    return obligations.stream().filter(o -> o.id() == id).findFirst();
  }

  /** The refund with this number. */
  public Optional<Refund> refund(int id) {
    return refunds.stream().filter(r -> r.id() == id).findFirst();
  }

  /** The finding with this number. */
  public Optional<Finding> finding(int id) {
    return findings.stream().filter(f -> f.id() == id).findFirst();
  }

  /** Whether any refund of this dispute may still be paid by its provider. */
  public boolean inFlight() {
    return refunds.stream().anyMatch(r -> r.state().isInFlight());
  }

  /** What is paid or in flight over all rounds, without compensation (minor units). */
  public long spent() {
    long sum = 0;
    for (var refund : refunds) if (refund.isLive() && !refund.compensation()) sum = Math.addExact(sum, refund.minor());
    return sum;
  }

  /** What is paid to the buyer for one obligation, live refunds only (minor units). */
  public long live(int obligation) {
    long sum = 0;
    for (var r : refunds) if (r.obligation() == obligation && r.isLive()) sum = Math.addExact(sum, r.minor());
    return sum;
  }

  /** Whether a refund for this obligation is on its way. */
  public boolean inFlight(int obligation) {
    return refunds.stream().anyMatch(r -> r.obligation() == obligation && r.state().isInFlight());
  }

  /** The findings that stop it now. */
  public List<Finding> blocking() {
    var open = new ArrayList<Finding>();
    for (var finding : findings) if (finding.blocksNow()) open.add(finding);
    return open;
  }

  /** Whether {@code side} was ever late. */
  public boolean wasOverdue(Side side) {
    return side == Side.BUYER ? tally.buyerLate() : tally.merchantLate();
  }
}
