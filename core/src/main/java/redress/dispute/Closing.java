package redress.dispute;

import static redress.dispute.Decision.no;
import static redress.dispute.Obligation.State.*;
import static redress.dispute.Refusal.*;

import redress.check.FindingCode;
import redress.dispute.Command.*;
import redress.dispute.Event.*;
import redress.policy.Deadline;

/** The end, and what may come after it: T34–T36. */
final class Closing {

  /** The hold ends, reserves go back, and the dispute is over. */
  static Story close(Story story, int row, Outcome outcome) {
    long held = story.held();
    if (held > 0) story.add(new HoldReleased(held));
    var tally = story.dispute().tally();
    if (tally.deposit() > 0) story.add(new FundsReturned(Pot.DEPOSIT, tally.deposit()));
    if (tally.fund() > 0) story.add(new FundsReturned(Pot.FUND, tally.fund()));
    return story.add(new Closed(row, outcome, story.due(Deadline.REOPEN_AFTER_CLOSE)));
  }

  /**
   * T29: the ruling's outcome; else the first true one of unpaid, enforced, lapsed, waived, fulfilled. What a lead ends
   * with a problem open is never fulfilled.
   */
  static Outcome outcome(Dispute dispute) {
    var ruling = dispute.mediation().ruling();
    if (dispute.settled().isRuling()) return ruling == null ? Outcome.DECIDED_FOR_BUYER : ruling.outcome();
    if (any(dispute, BROKEN)) return Outcome.SETTLED_UNPAID;
    if (any(dispute, ENFORCED)) return Outcome.SETTLED_ENFORCED;
    if (any(dispute, LAPSED)) return Outcome.SETTLED_LAPSED;
    if (any(dispute, WAIVED_BY_CREDITOR)) return Outcome.SETTLED_WAIVED;
    return dispute.blocking().isEmpty() ? Outcome.SETTLED_FULFILLED : Outcome.SETTLED_UNPAID;
  }

  private static boolean any(Dispute dispute, Obligation.State state) {
    return dispute.obligations().stream().anyMatch(o -> o.state() == state);
  }

  /**
   * What was not kept and can no longer be paid is broken: the buyer keeps a claim to it. What is still held, because
   * the way back to the buyer stayed closed, is set aside for that claim; the rest is claimed from the merchant.
   */
  static void breakPromises(Story story, int row) {
    for (var o : story.dispute().obligations()) {
      if (o.state().isOver() || (o.state() == REPORTED_DONE && !o.kind().isPayment())) continue;
      story.add(new ObligationMoved(row, o.id(), BROKEN, null, Words.NONE));
      long missing = o.worth() - story.dispute().live(o.id());
      if (missing > 0) story.add(new PromiseBroken(o.id(), missing, Math.clamp(story.held(), 0, missing)));
    }
  }

  /** T34, T36. A refund in flight must be known before a chargeback ends the dispute. */
  static Decision chargeback(Matter m, Act act, OpenChargeback chargeback) {
    if (chargeback.minor() <= 0) return no(AMOUNT_MISSING, "amount");
    if (chargeback.minor() > m.payment().captured()) return no(AMOUNT_TOO_HIGH, "amount");
    var story = new Story(m, act.at());
    boolean closed = Talking.isClosed(m);
    long hold = Math.clamp(story.held(), 0, chargeback.minor());
    long available = Math.clamp(m.payment().available(), 0, chargeback.minor() - hold);
    story.add(new ChargebackOpened(closed ? Row.AFTER_CLOSE : Row.CHARGEBACK, chargeback.minor(), hold, available,
        chargeback.minor() - hold - available));
    if (m.payment().refunded() + m.payment().chargedBack() + chargeback.minor() > m.payment().captured()) {
      Problems.note(story, FindingCode.OVERPAID, 0);
    }
    Refunds.square(story);
    if (closed) return story.told();
    Negotiation.supersede(story);
    if (!m.dispute().inFlight()) {
      Mediation.drop(story);
      return close(story, Row.CHARGEBACK, Outcome.SUPERSEDED_BY_CHARGEBACK).told();
    }
    Problems.note(story, FindingCode.CHARGEBACK_OPENED, 0);
    if (!(m.dispute().stage() instanceof Stage.Excepted)) {
      Mediation.drop(story);
      story.add(new ExceptionOpened(Row.CHARGEBACK, m.dispute().status(), true));
    }
    return story.told();
  }

  /** T35: once, within the window, with a new fact; not after a ruling or a chargeback. */
  static Decision reopen(Matter m, Act act, Reopen reopen) {
    if (!(m.dispute().stage() instanceof Stage.Closed closed)) return no(NOT_REOPENABLE);
    boolean allowed = switch (closed.outcome()) {
      case DECIDED_FOR_BUYER, DECIDED_FOR_MERCHANT, DECIDED_SPLIT, SUPERSEDED_BY_CHARGEBACK -> false;
      case SETTLED_FULFILLED, SETTLED_ENFORCED, SETTLED_WAIVED, SETTLED_LAPSED, SETTLED_UNPAID, WITHDRAWN,
          EXPIRED_BUYER_SILENT -> true;
    };
    var tally = m.dispute().tally();
    boolean ruled = m.dispute().settlement() != null && m.dispute().settlement().isRuling();
    if (!allowed || ruled || tally.reopenedAfterClose() || tally.chargedBack()
        || tally.reopenings() >= m.rules().limits().reopenings() || act.at().isAfter(closed.reopenBy())) {
      return no(NOT_REOPENABLE);
    }
    var filing = m.dispute().about();
    if (m.payment().isDisputed(filing.id(), filing.items())) return no(ITEMS_DISPUTED);
    var text = Talking.text(reopen.newFact(), m.rules().limits().messageChars(), "newFact");
    if (text != null) return text;
    var story = Negotiation.round(new Story(m, act.at()), Row.REOPEN, true);
    holdAgain(story, filing.minor());
    return story.add(new MessageSent(reopen.newFact(), java.util.List.of())).told();
  }

  /** T36: a refund came back after the end. At most twice, and only where nothing else is open, the dispute goes on. */
  static void reversed(Story story, Refund refund) {
    story.add(new RefundMoved(Row.AFTER_CLOSE, refund, Refund.State.SUCCEEDED, true));
    var dispute = story.dispute();
    var filing = dispute.about();
    boolean goesOn = !dispute.tally().chargedBack() && dispute.settlement() != null
        && dispute.obligation(refund.obligation()).isPresent()
        && dispute.tally().reversalsAfterClose() < story.now().rules().limits().reversalsAfterClose()
        && !story.payment().isDisputed(filing.id(), filing.items());
    if (!goesOn) return;
    story.add(new ExceptionOpened(Row.AFTER_CLOSE, Status.CLOSED, false));
    holdAgain(story, refund.minor());
    Refunds.owedAgain(story, refund.obligation());
    Problems.note(story, FindingCode.REFUND_REVERSED, refund.obligation());
  }

  /** Whether a result is to be recorded because of this event: the end, and T36, which makes the old record untrue. */
  static boolean isFinal(Event event) {
    return switch (event) {
      case Closed _ -> true;
      case RefundMoved _,ChargebackOpened _ -> event.row() == Row.AFTER_CLOSE;
      case Event _ -> false;
    };
  }

  private static void holdAgain(Story story, long wanted) {
    var filing = story.dispute().about();
    long most = Math.min(wanted, story.payment().refundable());
    long hold = Math.clamp(story.payment().available(), 0, most);
    story.add(new ItemsDisputed(filing.items()));
    story.add(new HoldPlaced(hold, wanted - hold));
  }

  private Closing() {}
}
