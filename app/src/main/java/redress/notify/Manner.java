package redress.notify;

import redress.dispute.Matter;
import redress.dispute.Notice;
import redress.dispute.Stage;

/** How pressing a notice is: what may wait until morning, and what may be left out. */
public enum Manner {
  /**
   * Quiet hours do not hold it back: a period that its reader has rights in begins with it (the dates after T0, the
   * time to appeal), or the bank takes over.
   */
  PRESSING,
  /** It waits until the quiet hours are over. */
  USUAL,
  /** It only says that there is something to read: not by SMS, and whoever does not want it does not get it. */
  NEWS;

  /** That of {@code notice}. */
  public static Manner of(Notice notice) {
    return switch (notice) {
      case SETTLED, DECIDED, CHARGEBACK -> PRESSING;
      case MESSAGE, EVIDENCE_ADDED, OFFER_WITHDRAWN, MEDIATOR_ASSIGNED, RETURN_SHIPPED, FOLLOW_UP_ANSWERED,
          PROBLEM_SOLVED, SUPPORT_ANSWERED, FEEDBACK_ANSWERED -> NEWS;
      case FILED, OFFER_MADE, OFFER_DECLINED, OFFER_EXPIRED, DUE_SOON, FIRST_REPLY_MISSED, MEDIATION_STARTED,
          EVIDENCE_REQUESTED, PROPOSAL_MADE, PROPOSAL_ENDED, BACK_TO_NEGOTIATION, APPEALED, APPEAL_DECIDED,
          DECISION_TO_APPROVE, VERIFICATION_DATES, STATEMENT_WANTED, RETURN_DELIVERED, OBLIGATION_CHANGED, REFUND_SENT,
          REFUND_ARRIVED, REFUND_FAILED, FOLLOW_UP, PROBLEM_FOUND, PAYOUT_TO_APPROVE, ENFORCED, NEGOTIATION_REOPENED,
          CLOSED, SUPPORT_ASKED, STAFF_ALERT -> USUAL;
    };
  }

  /** Whether the dispute has moved on so far that {@code notice}, late as it is, would only mislead. */
  static boolean isStale(Matter matter, Notice notice) {
    boolean closed = matter.dispute().stage() instanceof Stage.Closed;
    return switch (notice) {
      case CLOSED, CHARGEBACK, REFUND_SENT, REFUND_ARRIVED, REFUND_FAILED, ENFORCED, DECIDED, APPEAL_DECIDED,
          SUPPORT_ASKED, SUPPORT_ANSWERED, FEEDBACK_ANSWERED, STAFF_ALERT, MESSAGE, EVIDENCE_ADDED -> false;
      case OFFER_MADE, OFFER_DECLINED, OFFER_EXPIRED, OFFER_WITHDRAWN, FIRST_REPLY_MISSED, MEDIATION_STARTED,
          MEDIATOR_ASSIGNED, EVIDENCE_REQUESTED, PROPOSAL_MADE, PROPOSAL_ENDED, BACK_TO_NEGOTIATION ->
          closed || matter.dispute().settlement() != null;
      case FILED, DUE_SOON, APPEALED, DECISION_TO_APPROVE, SETTLED, VERIFICATION_DATES, STATEMENT_WANTED,
          RETURN_SHIPPED, RETURN_DELIVERED, OBLIGATION_CHANGED, FOLLOW_UP, FOLLOW_UP_ANSWERED, PROBLEM_FOUND,
          PROBLEM_SOLVED, PAYOUT_TO_APPROVE, NEGOTIATION_REOPENED -> closed;
    };
  }
}
