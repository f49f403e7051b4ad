package redress.connect;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import redress.check.Facts;

/** A refund in the wallet's books: what was ordered, when each step falls due, and the last step booked. */
record WalletRefund(RefundOrder order, String memo, Instant orderedAt, @Nullable Instant arrivesAt,
    @Nullable Instant failsAt, @Nullable Instant reversesAt, String reason, Step booked) {

  /** What can happen to a refund, in the lines' own words. */
  enum Step { NOTHING, ORDERED, ARRIVED, FAILED, REVERSED }

  /** The refund of {@code order}, as this mood lets it run. */
  static WalletRefund of(RefundOrder order, String memo, Mood mood, Instant at) {
    var fail = mood.is(Behaviour.Fail.class);
    if (fail.isPresent()) {
      var known = at.plus(fail.get().after());
      return new WalletRefund(order, memo, at, null, known, null, fail.get().reason(), Step.NOTHING);
    }
    var arrives = mood.is(Behaviour.Slow.class).map(slow -> at.plus(slow.delay())).orElse(at);
    var reverses = mood.is(Behaviour.ReverseLater.class).map(later -> arrives.plus(later.delay())).orElse(null);
    return new WalletRefund(order, memo, at, arrives, null, reverses, "", Step.NOTHING);
  }

  /** The step to be booked next at {@code at}, or NOTHING. */
  Step next(Instant at) {
    return switch (booked) {
      case NOTHING -> Step.ORDERED;
      case ORDERED -> passed(failsAt, at) ? Step.FAILED : passed(arrivesAt, at) ? Step.ARRIVED : Step.NOTHING;
      case ARRIVED -> passed(reversesAt, at) ? Step.REVERSED : Step.NOTHING;
      case FAILED, REVERSED -> Step.NOTHING;
    };
  }

  /** When {@code step} happens. */
  Instant when(Step step) {
    var instant = switch (step) {
      case NOTHING, ORDERED -> orderedAt;
      case ARRIVED -> arrivesAt;
      case FAILED -> failsAt;
      case REVERSED -> reversesAt;
    };
    if (instant == null) throw new IllegalStateException(order.reference() + " never gets " + step);
    return instant;
  }

  WalletRefund booked(Step step) {
    return new WalletRefund(order, memo, orderedAt, arrivesAt, failsAt, reversesAt, reason, step);
  }

  Answer answer() {
    return switch (booked) {
      case NOTHING, ORDERED -> new Answer.Processing(failsAt == null ? when(Step.ARRIVED) : failsAt);
      case ARRIVED -> new Answer.Done(when(Step.ARRIVED));
      case FAILED -> new Answer.Refused(reason);
      case REVERSED -> new Answer.Reversed(when(Step.REVERSED));
    };
  }

  RefundRecord asRecord() {
    var state = switch (booked) {
      case NOTHING, ORDERED -> Facts.State.PROCESSING;
      case ARRIVED -> Facts.State.SUCCEEDED;
      case FAILED -> Facts.State.FAILED;
      case REVERSED -> Facts.State.REVERSED;
    };
    return new RefundRecord(order.reference(), order.minor(), order.currency(), order.payee(), memo, state, arrivesAt);
  }

  private static boolean passed(@Nullable Instant due, Instant at) {
    return due != null && !at.isBefore(due);
  }
}
