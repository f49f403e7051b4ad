package redress.dispute;

import static redress.dispute.Obligation.Kind.*;

import java.util.List;

/** What would put things right, with the promises it stands for, in the order in which they are kept. */
public enum Remedy {
  // @formatter:off
  FULL_REFUND              (REFUND),
  PARTIAL_REFUND           (REFUND),
  RETURN_AND_REFUND        (RETURN_ITEM, ACKNOWLEDGE_RETURN, REFUND),
  RETURN_AND_PARTIAL_REFUND(RETURN_ITEM, ACKNOWLEDGE_RETURN, REFUND),
  REPLACEMENT              (SHIP_REPLACEMENT),
  RETURN_AND_REPLACEMENT   (RETURN_ITEM, ACKNOWLEDGE_RETURN, SHIP_REPLACEMENT),
  RESHIP_MISSING           (SHIP_REPLACEMENT),
  REPAIR_OR_REDO           (PERFORM_SERVICE),
  REFUND_AND_REPLACEMENT   (REFUND, SHIP_REPLACEMENT),
  COMPENSATION             (Obligation.Kind.COMPENSATION),
  CANCEL_SUBSCRIPTION      (CANCEL_BILLING),
  EXPLANATION_ONLY         ();
  // @formatter:on

  /** The promises that this remedy must contain. */
  @SuppressWarnings("ImmutableEnumChecker") // List.of is immutable
  public final List<Obligation.Kind> promises;

  Remedy(Obligation.Kind... promises) {
    this.promises = List.of(promises);
  }
}
