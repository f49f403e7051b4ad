package redress.notify;

import redress.dispute.Confirmation;
import redress.dispute.Matter;
import redress.dispute.Notice;
import redress.dispute.Stage;

/** Which notices ask their reader for something, and whether that is still wanted when they are written. */
final class Asking {

  /** False when {@code notice} asks for what is there already or not wanted any more; true for all that only tell. */
  static boolean stands(Matter matter, Notice notice) {
    var stage = matter.dispute().stage();
    return switch (notice) {
      case STATEMENT_WANTED -> stage instanceof Stage.Confirming s && s.statement() == Confirmation.State.PENDING;
      case EVIDENCE_REQUESTED -> stage instanceof Stage.AwaitingEvidence;
      case PROPOSAL_MADE -> stage instanceof Stage.Proposed;
      case DECISION_TO_APPROVE -> stage instanceof Stage.Mediating s && s.waiting() != null;
      case PAYOUT_TO_APPROVE -> stage instanceof Stage.Excepted s && s.payout() != null;
      default -> true;
    };
  }

  private Asking() {}
}
