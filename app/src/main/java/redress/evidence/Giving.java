package redress.evidence;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import redress.dispute.Command.SubmitEvidence;
import redress.dispute.DisputeId;
import redress.dispute.Event.EvidenceSubmitted;
import redress.evidence.Declined.Why;
import redress.store.Custody;
import redress.store.Disputes;
import redress.store.Disputes.Happened;
import redress.store.Uploads;
import redress.store.Uploads.Giver;
import redress.store.Uploads.State;
import redress.store.Uploads.Upload;

/**
 * How a draft becomes evidence: it is taken in hand, the desk is asked, and what the desk said is written down. Where
 * nobody heard what the desk said, the event tells.
 */
public final class Giving {
  private static final Set<String> EVIDENCE = Set.of(EvidenceSubmitted.class.getSimpleName());

  private final Uploads uploads;
  private final Custody custody;
  private final Disputes disputes;
  private final Uploading uploading;
  private final Clock clock;

  public Giving(Uploads uploads, Custody custody, Disputes disputes, Uploading uploading, Clock clock) {
    this.uploads = uploads;
    this.custody = custody;
    this.disputes = disputes;
    this.uploading = uploading;
    this.clock = clock;
  }

  /** A command that is ready for the desk, and the draft it gives. */
  public record Claim(SubmitEvidence command, Upload draft) {}

  /**
   * Takes the draft that is named in hand, under an idempotency key (empty: none), with which the same can be asked
   * again. Declines a draft that is not there, not complete, or given already.
   */
  public Claim claim(DisputeId dispute, Giver giver, SubmitEvidence wanted, String key) {
    var draft = settled(uploading.finished(uploading.own(dispute, giver, wanted.upload())));
    boolean mine = switch (draft.state()) {
      case COMING -> throw new Declined(Why.NOT_COMPLETE, "" + draft.received());
      case READY -> uploads.claim(draft, key, clock.instant());
      case GIVING, GIVEN -> !key.isEmpty() && key.equals(draft.key());
    };
    if (!mine) throw new Declined(draft.state() == State.GIVEN ? Why.GIVEN : Why.BUSY, "");
    return new Claim(wanted.of(draft.id(), draft.content().sha256()), draft);
  }

  /** It has become evidence, or, as the desk said no, a draft again. */
  public void settle(Claim claim, boolean happened) {
    if (happened) found(claim.draft());
    else uploads.release(claim.draft(), clock.instant());
  }

  /** What became of a draft of which nobody has heard for too long. */
  private Upload settled(Upload draft) {
    boolean lost = draft.state() == State.GIVING
        && draft.touchedAt().isBefore(clock.instant().minus(Bounds.GIVING));
    if (!lost) return draft;
    look(draft);
    return uploading.own(draft.dispute(), draft.giver(), draft.id());
  }

  /** Looks up what became of everything that nobody has heard of for too long. */
  void look(Instant now) {
    uploads.stuck(now.minus(Bounds.GIVING)).forEach(this::look);
  }

  private void look(Upload draft) {
    if (!found(draft)) uploads.release(draft, clock.instant());
  }

  private boolean found(Upload draft) {
    var event = pieces(draft.dispute()).stream()
        .filter(it -> it.event() instanceof EvidenceSubmitted given && given.upload().equals(draft.id())).findFirst();
    event.ifPresent(it -> given(draft, it));
    return event.isPresent();
  }

  private void given(Upload draft, Happened it) {
    if (!(it.event() instanceof EvidenceSubmitted piece)) throw new IllegalStateException("no evidence: " + it);
    custody.add(draft.dispute(), piece.id(),
        new Custody.Entry(Custody.Act.GAVE, it.at(), it.role(), it.subject(), it.person()));
    uploads.given(draft, piece.id(), clock.instant());
  }

  /** Every piece of evidence of a dispute, whoever may see it. */
  public List<Happened> pieces(DisputeId dispute) {
    return disputes.events(dispute, EVIDENCE, 0, Integer.MAX_VALUE);
  }

  /** The file that this giver gave, or is giving, under an idempotency key. */
  public Optional<Upload> under(DisputeId dispute, Giver giver, String key) {
    return key.isEmpty() ? Optional.empty() : uploads.under(dispute, giver, key);
  }
}
