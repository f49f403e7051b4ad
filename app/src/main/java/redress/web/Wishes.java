package redress.web;

import static redress.dispute.Remedy.*;

import java.util.List;
import redress.dispute.Reason;
import redress.dispute.Remedy;

/** What buyers usually ask for, by what went wrong. Advice, not a rule: anything can be asked for. */
final class Wishes {
  private Wishes() {}

  // @formatter:off
  static List<Remedy> usual(Reason reason) {
    return switch (reason) {
      case ITEM_NOT_RECEIVED     -> List.of(FULL_REFUND, REPLACEMENT, PARTIAL_REFUND);
      case NOT_AS_DESCRIBED,
           DEFECTIVE_OR_DAMAGED  -> List.of(RETURN_AND_REFUND, PARTIAL_REFUND, RETURN_AND_REPLACEMENT, FULL_REFUND);
      case MISSING_ITEMS         -> List.of(RESHIP_MISSING, PARTIAL_REFUND, RETURN_AND_REFUND);
      case COUNTERFEIT           -> List.of(FULL_REFUND, RETURN_AND_REFUND);
      case SERVICE_NOT_PROVIDED  -> List.of(FULL_REFUND, PARTIAL_REFUND, REPAIR_OR_REDO);
      case SERVICE_NOT_WORKING   -> List.of(REPAIR_OR_REDO, FULL_REFUND, PARTIAL_REFUND);
      case REFUND_NOT_RECEIVED   -> List.of(FULL_REFUND, PARTIAL_REFUND);
      case DUPLICATE_CHARGE      -> List.of(FULL_REFUND, PARTIAL_REFUND, EXPLANATION_ONLY);
      case WRONG_AMOUNT          -> List.of(PARTIAL_REFUND, FULL_REFUND, EXPLANATION_ONLY);
      case CANCELED_SUBSCRIPTION -> List.of(CANCEL_SUBSCRIPTION, FULL_REFUND, PARTIAL_REFUND);
      case OTHER, UNAUTHORISED   -> List.of(FULL_REFUND, PARTIAL_REFUND, RETURN_AND_REFUND, EXPLANATION_ONLY);
    };
  }
  // @formatter:on
}
