package redress.dispute;

import static redress.dispute.Decision.no;
import static redress.dispute.Decision.yes;
import static redress.dispute.Obligation.Kind.*;
import static redress.dispute.Obligation.State.*;
import static redress.dispute.Refusal.*;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import redress.check.Checks;
import redress.check.FindingCode;
import redress.dispute.Command.*;
import redress.dispute.Event.*;
import redress.policy.Deadline;

/** T5, T6, T21–T24: a settlement is formed, its information confirmed, and its promises are kept. */
final class Settling {
  private static final int PER_SETTLEMENT = 10;

  /** T0: terms are fixed and hashed; what comes next is the confirmation. */
  static Story form(Story story, int row, Settlement.Origin origin, Terms terms) {
    var filing = story.dispute().about();
    int number = story.dispute().tally().settlements() + 1;
    var settlement = new Settlement(number, origin, terms, terms.hash(filing.id(), filing.currency()), filing.buyer(),
        story.at(), null, null, false);
    var obligations = new ArrayList<Obligation>();
    for (var promise : terms.promises()) {
      int after = promise.after() == 0 ? 0 : number * PER_SETTLEMENT + promise.after();
      obligations.add(new Obligation(number * PER_SETTLEMENT + obligations.size() + 1, promise, after, PENDING, null,
          Words.NONE));
    }
    return story.add(new SettlementFormed(row, settlement, obligations, story.due(Deadline.SETTLEMENT_CONFIRM),
        origin != Settlement.Origin.RULING));
  }

  /** T22, T23. */
  static Decision identity(Matter m, Act act, ConfirmIdentity said) {
    if (!(m.dispute().stage() instanceof Stage.Confirming c)) return no(NOT_CONFIRMING);
    if (c.identity() != Confirmation.State.PENDING) return yes();
    var verdict = Checks.identity(said.facts(), m.rules().limits().verificationLevel());
    return confirmed(m, act, Confirmation.IDENTITY, verdict);
  }

  /** T22, T23. */
  static Decision transaction(Matter m, Act act, ConfirmTransaction said) {
    if (!(m.dispute().stage() instanceof Stage.Confirming c)) return no(NOT_CONFIRMING);
    if (c.transaction() != Confirmation.State.PENDING) return yes();
    return confirmed(m, act, Confirmation.TRANSACTION_RECORD, compare(m, said.facts()));
  }

  /** The payment as its provider tells it now, against what we know and what is still promised. */
  static Checks.Verdict compare(Matter m, redress.check.Facts.Transaction facts) {
    long needed = 0;
    for (var o : m.dispute().obligations()) {
      if (!o.state().isOver() && o.kind() != COMPENSATION) needed += Math.max(0, o.worth() - m.dispute().live(o.id()));
    }
    var payment = m.payment();
    return Checks.transaction(facts, payment.captured(), payment.currency(), payment.chargedBack(), needed,
        payment.refundable());
  }

  private static Decision confirmed(Matter m, Act act, Confirmation which, Checks.Verdict verdict) {
    if (!verdict.available()) return yes();
    var story = new Story(m, act.at());
    var finding = verdict.finding();
    if (finding == null) return confirmAll(story.add(new Confirmed(which, Confirmation.State.PASSED))).told();
    story.add(new Confirmed(which, Confirmation.State.FAILED));
    Problems.raise(story, finding, 0, Row.CONFIRM_FAILED);
    return story.told();
  }

  /** T22: how and when the merchant performs. */
  static Decision statement(Matter m, Act act, SubmitStatement said) {
    if (!(m.dispute().stage() instanceof Stage.Confirming c)) return no(NOT_CONFIRMING);
    if (c.statement() != Confirmation.State.PENDING) return no(STATEMENT_NOT_NEEDED);
    var text = Talking.text(said.text(), m.rules().limits().statementChars(), "text");
    if (text != null) return text;
    return confirmAll(new Story(m, act.at()).add(new StatementSubmitted(said.text()))).told();
  }

  private static Story confirmAll(Story story) {
    var passed = Confirmation.State.PASSED;
    if (story.dispute().stage() instanceof Stage.Confirming c && c.identity() == passed && c.transaction() == passed
        && c.statement() != Confirmation.State.PENDING) {
      start(story);
    }
    return story;
  }

  /** T22, T23 at the deadline: only the statement may be missing. */
  static void confirmOver(Story story, Stage.Confirming c) {
    var passed = Confirmation.State.PASSED;
    if (c.identity() != passed || c.transaction() != passed) {
      Problems.raise(story, FindingCode.CONFIRMATION_UNAVAILABLE, 0, Row.CONFIRM_FAILED);
      return;
    }
    story.add(new Overdue(Side.MERCHANT, Deadline.SETTLEMENT_CONFIRM));
    Problems.note(story, FindingCode.MERCHANT_STATEMENT_MISSING, 0);
    start(story);
  }

  /**
   * V0: promises get their dates, the platform pays what it is to pay, and what takes longer than a day is performed.
   */
  private static void start(Story story) {
    var v0 = story.at();
    story.add(new InformationConfirmed(Row.CONFIRMED, v0));
    for (var o : story.dispute().obligations()) {
      if (o.state() == PENDING && o.due() == null && isFree(story.dispute(), o)) begin(story, o, v0);
    }
    if (!story.dispute().status().isSettled()) return;
    var firstDay = story.now().rules().due(Deadline.VERIFICATION_DAY1, v0);
    boolean longer = story.dispute().obligations().stream().anyMatch(o -> isOpen(o)
        && (o.due() == null || o.due().isAfter(firstDay)));
    if (longer) story.add(new PerformingStarted(Row.CONFIRMED));
    else audit(story, Row.CONFIRMED);
  }

  /** Whether nothing has to be kept before this promise, or that is done with. */
  private static boolean isFree(Dispute dispute, Obligation o) {
    return o.after() == 0 || dispute.obligation(o.after()).filter(Settling::isDone).isPresent();
  }

  private static boolean isDone(Obligation o) {
    return o.state() == VERIFIED || o.state() == REPORTED_DONE || o.state() == WAIVED_BY_CREDITOR;
  }

  /** A promise starts: it gets its due instant, and if the platform pays it, the payment is requested. */
  private static void begin(Story story, Obligation o, Instant start) {
    story.add(new ObligationMoved(0, o.id(), PENDING, due(story, o, start), Words.NONE));
    if (o.kind().isPayment() && o.promise().executor() == Executor.PLATFORM) {
      Refunds.request(story, o.id(), o.worth() - story.dispute().live(o.id()), false);
    }
  }

  private static Instant due(Story story, Obligation o, Instant start) {
    var rules = story.now().rules();
    if (o.promise().within() != null) return start.plus(o.promise().within());
    return switch (o.kind()) {
      case ACKNOWLEDGE_RETURN -> businessDays(start, rules.length(Deadline.RETURN_ACKNOWLEDGE),
          story.dispute().about().buyerZone());
      case REFUND, COMPENSATION, RETURN_ITEM, SHIP_REPLACEMENT, PERFORM_SERVICE, CANCEL_BILLING, OTHER ->
          rules.due(deadline(o), start);
    };
  }

  /** The deadline that a promise of this kind runs under. */
  static Deadline deadline(Obligation o) {
    return switch (o.kind()) {
      case REFUND, COMPENSATION -> Deadline.OBLIGATION_REFUND;
      case RETURN_ITEM -> o.state() == SHIPPED ? Deadline.RETURN_TRANSIT : Deadline.RETURN_SHIP;
      case ACKNOWLEDGE_RETURN -> Deadline.RETURN_ACKNOWLEDGE;
      case SHIP_REPLACEMENT, PERFORM_SERVICE, CANCEL_BILLING, OTHER -> Deadline.REPLACEMENT_SHIP;
    };
  }

  /**
   * {@code length} in whole days, Saturdays and Sundays of the zone not counted (EB: two business days after delivery).
   */
  static Instant businessDays(Instant start, Duration length, ZoneId zone) {
    var day = start.atZone(zone);
    long left = length.toDays();
    while (left > 0) {
      day = day.plusDays(1);
      boolean weekend = day.getDayOfWeek() == DayOfWeek.SATURDAY || day.getDayOfWeek() == DayOfWeek.SUNDAY;
      if (!weekend) left--;
    }
    return day.toInstant();
  }

  /** T24: the merchant says that it kept a promise, with a reference that the audit looks for. */
  static Decision report(Matter m, Act act, ReportPerformance report) {
    var o = m.dispute().obligation(report.obligation()).orElse(null);
    if (o == null || !isRunning(m)) return no(NO_SUCH_OBLIGATION, "obligation");
    boolean its = o.kind().debtor() == Side.MERCHANT && o.kind() != ACKNOWLEDGE_RETURN
        && o.promise().executor() != Executor.PLATFORM;
    if (!its || o.state() != PENDING || o.due() == null) return no(NOT_REPORTABLE, "obligation");
    var text = Talking.text(report.reference(), m.rules().limits().statementChars(), "reference");
    if (text != null) return text;
    var story = new Story(m, act.at());
    story.add(new ObligationMoved(Row.PERFORM, o.id(), REPORTED_DONE, o.due(), report.reference()));
    return progress(story, o.id()).told();
  }

  /** T24: the buyer sent the item back; now the carrier's clock runs. */
  static Decision ship(Matter m, Act act, ShipReturn ship) {
    var o = m.dispute().obligation(ship.obligation()).orElse(null);
    if (o == null || !isRunning(m) || o.kind() != RETURN_ITEM || o.state() != PENDING) {
      return no(NO_SUCH_OBLIGATION, "obligation");
    }
    var text = Talking.text(ship.tracking(), m.rules().limits().statementChars(), "tracking");
    if (text != null) return text;
    var story = new Story(m, act.at());
    return story
        .add(new ObligationMoved(Row.PERFORM, o.id(), SHIPPED, story.due(Deadline.RETURN_TRANSIT), ship.tracking()))
        .told();
  }

  /** T24: what the carrier scanned. */
  static Decision shipment(Matter m, Act act, ReportShipment report) {
    var o = m.dispute().obligation(report.obligation()).orElse(null);
    if (o == null || !isRunning(m)) return no(NO_SUCH_OBLIGATION, "obligation");
    var story = new Story(m, act.at());
    boolean delivered = report.shipment() == Shipment.DELIVERED;
    if (o.kind() == RETURN_ITEM && o.state() == SHIPPED) {
      if (delivered) arrived(story, o.id());
      else Problems.raise(story, FindingCode.RETURN_NOT_DELIVERED, o.id(), Row.BLOCKED);
      return story.told();
    }
    boolean sent =
        o.kind() == SHIP_REPLACEMENT && (o.state() == PENDING || o.state() == REPORTED_DONE) && o.due() != null;
    if (!sent || !delivered) return no(NO_SUCH_OBLIGATION, "obligation");
    story.add(new ObligationMoved(Row.PERFORM, o.id(), VERIFIED, null, Words.NONE));
    return progress(story, o.id()).told();
  }

  /** The return was delivered: the merchant has to acknowledge it. */
  static void arrived(Story story, int returned) {
    story.add(new ObligationMoved(Row.PERFORM, returned, REPORTED_DONE, null, Words.NONE));
    for (var o : story.dispute().obligations()) {
      if (o.after() == returned && o.state() == PENDING) begin(story, o, story.at());
    }
  }

  /** T24: the merchant received the item: as sent, or it is disputed. */
  static Decision acknowledge(Matter m, Act act, AcknowledgeReturn ack) {
    var o = m.dispute().obligation(ack.obligation()).orElse(null);
    boolean waits = o != null && o.kind() == ACKNOWLEDGE_RETURN && o.state() == PENDING && isRunning(m);
    var returned = o == null ? null : m.dispute().obligation(o.after()).orElse(null);
    boolean sent = returned != null && (returned.state() == SHIPPED || returned.state() == REPORTED_DONE);
    if (!waits || !sent) return no(NO_SUCH_OBLIGATION, "obligation");
    var story = new Story(m, act.at());
    if (ack.condition() == Condition.AS_SENT) return received(story, ack.obligation()).told();
    Problems.raise(story, FindingCode.RETURN_DISPUTED, ack.obligation(), Row.BLOCKED);
    return story.told();
  }

  /** The return is done with: what waited for it starts. */
  static Story received(Story story, int acknowledgement) {
    int returned = story.dispute().obligation(acknowledgement).map(Obligation::after).orElse(0);
    story.add(new ObligationMoved(Row.PERFORM, returned, VERIFIED, null, Words.NONE));
    story.add(new ObligationMoved(Row.PERFORM, acknowledgement, VERIFIED, null, Words.NONE));
    return progress(story, acknowledgement);
  }

  /** T24: a creditor lets the other side off; never while money for it is on its way. */
  static Decision waive(Matter m, Act act, WaiveObligation waive) {
    var o = m.dispute().obligation(waive.obligation()).orElse(null);
    var status = m.dispute().status();
    boolean when = status.isSettled() || status == Status.EXCEPTION;
    if (o == null || !when || o.kind() == ACKNOWLEDGE_RETURN) return no(NO_SUCH_OBLIGATION, "obligation");
    if (o.kind().debtor() == act.by().side().orElseThrow()) return no(NOT_YOURS, "obligation");
    if (o.state() != PENDING && o.state() != SHIPPED && o.state() != OVERDUE)
      return no(NO_SUCH_OBLIGATION, "obligation");
    boolean asked = m.dispute().stage() instanceof Stage.Excepted x && x.payout() != null
        && x.payout().obligation() == o.id();
    if (m.dispute().inFlight(o.id()) || asked) return no(MONEY_IN_FLIGHT);
    var story = new Story(m, act.at());
    story.add(new ObligationMoved(Row.PERFORM, o.id(), WAIVED_BY_CREDITOR, null, Words.NONE));
    if (o.kind() == RETURN_ITEM) waiveReturn(story, o.id());
    Problems.settled(story, o.id(), Finding.State.RESOLVED);
    return progress(story, o.id()).told();
  }

  /** The merchant does without the item: there is nothing to acknowledge, and what waited for it starts. */
  private static void waiveReturn(Story story, int returned) {
    for (var o : story.dispute().obligations()) {
      if (o.after() != returned || o.kind() != ACKNOWLEDGE_RETURN || o.state() != PENDING) continue;
      story.add(new ObligationMoved(Row.PERFORM, o.id(), WAIVED_BY_CREDITOR, null, Words.NONE));
      unlock(story, o.id());
    }
  }

  /** After a promise moved: what waited for it starts; when nothing is left to perform, the audit begins. */
  static Story progress(Story story, int moved) {
    if (story.dispute().obligation(moved).filter(Settling::isDone).isPresent()) unlock(story, moved);
    boolean performing = story.dispute().status() == Status.PERFORMING;
    if (performing && story.dispute().obligations().stream().noneMatch(Settling::isOpen)) audit(story, Row.PERFORM);
    return story;
  }

  private static void unlock(Story story, int done) {
    if (story.dispute().settled().v0() == null) return;
    for (var o : story.dispute().obligations()) {
      if (o.after() == done && o.state() == PENDING && o.due() == null) begin(story, o, story.at());
    }
  }

  /** A0: the three days begin. */
  static void audit(Story story, int row) {
    story.add(new AuditingStarted(row, story.at(), story.due(Deadline.VERIFICATION_DAY1)));
  }

  /** T24: a due date passed. A return never sent lapses with what depends on it; everything else is a finding. */
  static void overdue(Story story, Obligation o) {
    if (o.kind() == RETURN_ITEM && o.state() == PENDING) {
      story.add(new Overdue(Side.BUYER, Deadline.RETURN_SHIP));
      lapse(story, o.id());
      Problems.note(story, FindingCode.RETURN_NOT_SENT, o.id());
      progress(story, o.id());
    } else if (o.kind() == RETURN_ITEM) {
      story.add(new ObligationMoved(Row.PERFORM, o.id(), SHIPPED, null, Words.NONE));
      Problems.raise(story, FindingCode.RETURN_NOT_DELIVERED, o.id(), Row.BLOCKED);
    } else if (story.dispute().inFlight(o.id())) {
      story.add(new ObligationMoved(Row.PERFORM, o.id(), PENDING, null, Words.NONE));
      Problems.raise(story, FindingCode.REFUND_UNKNOWN, o.id(), Row.BLOCKED);
    } else {
      story.add(new ObligationMoved(Row.PERFORM, o.id(), OVERDUE, null, Words.NONE));
      story.add(new Overdue(Side.MERCHANT, deadline(o)));
      Problems.raise(story, FindingCode.OBLIGATION_OVERDUE, o.id(), Row.BLOCKED);
    }
  }

  private static void lapse(Story story, int id) {
    story.add(new ObligationMoved(Row.PERFORM, id, LAPSED, null, Words.NONE));
    for (var o : story.dispute().obligations()) {
      if (o.after() == id && !o.state().isOver()) lapse(story, o.id());
    }
  }

  /** Whether the promise still waits to be performed. */
  static boolean isOpen(Obligation o) {
    return o.state() == PENDING || o.state() == SHIPPED || o.state() == OVERDUE;
  }

  private static boolean isRunning(Matter m) {
    return m.dispute().status().isSettled() && m.dispute().settled().v0() != null;
  }

  private Settling() {}
}
