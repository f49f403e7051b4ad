package redress.notify;

import java.util.stream.Stream;
import redress.dispute.Confirmation;
import redress.dispute.Dispute;
import redress.dispute.Matter;
import redress.dispute.Notice;
import redress.dispute.Side;
import redress.dispute.Stage;

/** Which notices ask their reader for something, and whether that is still wanted when they are written. */
final class Asking {

  /** False when {@code notice} asks for what is there already or not wanted any more; true for all that only tell. */
  static boolean stands(Matter matter, Notice notice, int about) {
    var stage = matter.dispute().stage();
    return switch (notice) {
      case OFFER_MADE -> isOpen(matter.dispute().round(), about);
      case STATEMENT_WANTED -> stage instanceof Stage.Confirming s && s.statement() == Confirmation.State.PENDING;
      case EVIDENCE_REQUESTED -> stage instanceof Stage.AwaitingEvidence;
      case PROPOSAL_MADE -> stage instanceof Stage.Proposed;
      case DECISION_TO_APPROVE -> stage instanceof Stage.Mediating s && s.waiting() != null;
      case PAYOUT_TO_APPROVE -> stage instanceof Stage.Excepted s && s.payout() != null;
      default -> true;
    };
  }

  private static boolean isOpen(Dispute.Round round, int offer) {
    return Stream.of(Side.values()).map(round::offer).anyMatch(open -> open != null && open.id() == offer);
  }

  private Asking() {}
}
