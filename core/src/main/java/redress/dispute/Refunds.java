package redress.dispute;

import static redress.dispute.Decision.no;
import static redress.dispute.Decision.yes;
import static redress.dispute.Obligation.State.*;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import redress.check.Checks;
import redress.check.FindingCode;
import redress.dispute.Command.*;
import redress.dispute.Event.*;

/** Money to the buyer: where it is drawn from, and what a provider's answer changes. */
final class Refunds {

  /** What could be drawn for one payment: hold first, then what is available, then reserves. */
  private record Draw(long hold, long available, long deposit, long fund) {
    long sum() {
      return hold + available + deposit + fund;
    }
  }

  /**
   * Requests {@code minor} for an obligation. What cannot be paid in full is a failed refund; enforcement pays what
   * exists.
   */
  static void request(Story story, int obligation, long minor, boolean enforcement) {
    if (minor <= 0) return;
    boolean compensation = isCompensation(story, obligation);
    long most = compensation ? minor : Math.min(minor, story.payment().refundable());
    var draw = draw(story, most, compensation, enforcement);
    boolean enough = draw.sum() == minor || (enforcement && draw.sum() > 0);
    if (!enough) {
      if (!enforcement) Problems.raise(story, FindingCode.REFUND_FAILED, obligation, Row.BLOCKED);
      return;
    }
    story.add(new RefundRequested(new Refund(story.dispute().refunds().size() + 1, obligation, draw.sum(),
        Executor.PLATFORM, Refund.State.REQUESTED, compensation, enforcement, draw.hold(), draw.available(),
        draw.deposit(), draw.fund(), null, "", false)));
  }

  /** What an enforcement could pay now towards {@code missing}. */
  static long payable(Story story, int obligation, long missing) {
    return draw(story, coverable(story, obligation, missing), isCompensation(story, obligation), true).sum();
  }

  /** What of {@code missing} may be paid at all, wherever the money comes from: never more than was captured. */
  static long coverable(Story story, int obligation, long missing) {
    return isCompensation(story, obligation) ? missing : Math.min(missing, story.payment().refundable());
  }

  private static Draw draw(Story story, long minor, boolean compensation, boolean enforcement) {
    long hold = compensation && !enforcement ? 0 : Math.min(minor, story.held());
    long left = minor - hold;
    long available = Math.clamp(story.payment().available(), 0, left);
    left -= available;
    long deposit = compensation || enforcement ? Math.min(left, story.dispute().tally().deposit()) : 0;
    left -= deposit;
    long fund = enforcement ? Math.min(left, story.dispute().tally().fund()) : 0;
    return new Draw(hold, available, deposit, fund);
  }

  private static boolean isCompensation(Story story, int obligation) {
    return story.dispute().obligation(obligation).map(o -> o.kind() == Obligation.Kind.COMPENSATION).orElse(false);
  }

  /** What a provider says of a refund. Answers that repeat or come too late change nothing. */
  static Decision answered(Matter m, Act act, RecordRefund said) {
    var refund = m.dispute().refund(said.refund()).orElse(null);
    if (refund == null) return no(Refusal.NO_SUCH_REFUND, "refund");
    boolean person = act.by().role() != redress.policy.Role.SYSTEM;
    boolean known = said.state() == Refund.State.SUCCEEDED || said.state() == Refund.State.FAILED;
    if (person && (refund.state() != Refund.State.UNKNOWN || !known)) return no(Refusal.NO_SUCH_REFUND, "state");
    var next = next(refund.state(), said.state());
    boolean same = next == refund.state() && java.util.Objects.equals(said.arrival(), refund.arrival());
    if (next == null || same) return yes();
    var story = new Story(m, act.at());
    moved(story, refund, next, said.arrival());
    return story.told();
  }

  /** The state that follows when a provider says {@code said}, or null when that cannot follow. */
  static Refund.@Nullable State next(Refund.State was, Refund.State said) {
    return switch (was) {
      case REQUESTED -> said == Refund.State.REVERSED ? Refund.State.FAILED : said;
      case PROCESSING, UNKNOWN -> switch (said) {
        case SUCCEEDED, FAILED, PROCESSING -> said;
        case REVERSED -> Refund.State.FAILED;
        case UNKNOWN -> was;
        case REQUESTED -> null;
      };
      case SUCCEEDED -> said == Refund.State.FAILED || said == Refund.State.REVERSED ? Refund.State.REVERSED : null;
      case FAILED, REVERSED -> null;
    };
  }

  /** Moves a refund and does what follows where the dispute stands. */
  static void moved(Story story, Refund refund, Refund.State next, @Nullable Instant arrival) {
    var after = refund.in(next, next == Refund.State.PROCESSING ? arrival : null);
    if (story.dispute().stage() instanceof Stage.Closed) {
      if (next == Refund.State.REVERSED) Closing.reversed(story, after);
      square(story);
      return;
    }
    story.add(new RefundMoved(0, after, refund.state(), false));
    var status = story.dispute().status();
    boolean matters = status.isSettled() || status == Status.EXCEPTION;
    square(story);
    if (!matters || story.dispute().settlement() == null) {
      Problems.chargebackMayClose(story);
      return;
    }
    switch (next) {
      case SUCCEEDED -> paid(story, after);
      case PROCESSING -> underway(story, after);
      case FAILED -> failed(story, after);
      case REVERSED -> reversed(story, after);
      case REQUESTED, UNKNOWN -> {}
    }
    Problems.chargebackMayClose(story);
  }

  private static void paid(Story story, Refund refund) {
    Problems.solved(story, FindingCode.REFUND_UNKNOWN, refund.obligation());
    if (refund.enforcement()) {
      Problems.enforced(story, refund.obligation());
      return;
    }
    done(story, refund.obligation());
    Problems.resume(story, Row.CURE);
  }

  private static void done(Story story, int obligation) {
    var o = story.dispute().obligation(obligation).orElse(null);
    if (o == null || o.state() != PENDING || story.dispute().live(obligation) < o.worth()) return;
    story.add(new ObligationMoved(Row.PERFORM, obligation, REPORTED_DONE, o.due(), Words.NONE));
    Settling.progress(story, obligation);
  }

  private static void underway(Story story, Refund refund) {
    if (refund.arrival() == null || refund.enforcement()) return;
    Problems.solved(story, FindingCode.REFUND_UNKNOWN, refund.obligation());
    done(story, refund.obligation());
    Problems.resume(story, Row.CURE);
  }

  private static void failed(Story story, Refund refund) {
    Problems.solved(story, FindingCode.REFUND_UNKNOWN, refund.obligation());
    if (refund.enforcement()) {
      Problems.enforcementFailed(story, refund.obligation());
      return;
    }
    if (again(story, refund)) return;
    owedAgain(story, refund.obligation());
    if (owed(story, refund.obligation())) {
      Problems.raise(story, FindingCode.REFUND_FAILED, refund.obligation(), Row.BLOCKED);
    } else {
      Problems.resume(story, Row.CURE);
    }
  }

  /** The route it was paid by is tried a second time, once for each promise and while there is time for it. */
  private static boolean again(Story story, Refund failed) {
    var o = story.dispute().obligation(failed.obligation()).orElse(null);
    if (o == null || o.state() != PENDING || o.due() == null || !o.due().isAfter(story.at())) return false;
    boolean first = story.dispute().refunds().stream()
        .noneMatch(r -> r.id() != failed.id() && r.obligation() == failed.obligation());
    if (!first || !story.dispute().status().isSettled()) return false;
    request(story, o.id(), o.worth(), false);
    return true;
  }

  private static void reversed(Story story, Refund refund) {
    owedAgain(story, refund.obligation());
    if (owed(story, refund.obligation())) {
      Problems.raise(story, FindingCode.REFUND_REVERSED, refund.obligation(), Row.BLOCKED);
    }
  }

  private static boolean owed(Story story, int obligation) {
    return story.dispute().obligation(obligation).isPresent();
  }

  /** A promise that counted as paid is owed again. */
  static void owedAgain(Story story, int obligation) {
    var o = story.dispute().obligation(obligation).orElse(null);
    if (o != null && o.state() != WAIVED_BY_CREDITOR) {
      story.add(new ObligationMoved(0, obligation, OVERDUE, null, Words.NONE));
    }
  }

  /** A payment made outside, proved by the provider's own record: it counts like any other. */
  static void outside(Story story, Checks.Proof proof) {
    int obligation = proof.obligation();
    story.add(new OutsideRefundFound(new Refund(story.dispute().refunds().size() + 1, obligation, proof.minor(),
        Executor.MERCHANT, Refund.State.SUCCEEDED, isCompensation(story, obligation), false, 0, 0, 0, 0, null,
        proof.entry().reference(), false)));
    if (story.payment().refunded() + story.payment().chargedBack() > story.payment().captured()) {
      Problems.note(story, FindingCode.OVERPAID, obligation);
    }
    square(story);
  }

  /**
   * Once it is known what reached the buyer: what is above the captured amount, whoever paid it, is claimed back from
   * the buyer, and no more when one of the payments came back.
   */
  static void square(Story story) {
    if (story.dispute().inFlight()) return;
    var payment = story.payment();
    long excess = Math.max(0, payment.refunded() + payment.chargedBack() - payment.captured());
    long more = excess - payment.overpaid();
    if (more != 0) story.add(new Overpaid(more));
    if (more > 0) Problems.note(story, FindingCode.OVERPAID, 0);
  }

  private Refunds() {}
}
