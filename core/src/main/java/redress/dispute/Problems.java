package redress.dispute;

import static redress.dispute.Decision.no;
import static redress.dispute.Obligation.State.*;
import static redress.dispute.Refusal.*;

import org.jspecify.annotations.Nullable;
import redress.check.FindingCode;
import redress.check.FindingCode.Otherwise;
import redress.dispute.Command.*;
import redress.dispute.Event.*;
import redress.policy.Deadline;

/**
 * T30–T33: findings, the exception they open, and the ways out of it: cure, refutation, enforcement, or back to people.
 */
final class Problems {
  private static final String BY_RULE = "system";

  /**
   * Records a finding; a blocking one stops a settled dispute by {@code row}. What is already known is not found twice.
   */
  static void raise(Story story, FindingCode code, int obligation, int row) {
    if (isKnown(story.dispute(), code, obligation)) return;
    add(story, code, obligation);
    var status = story.dispute().status();
    if (code.blocks() && status.isSettled()) story.add(new ExceptionOpened(row, status, false));
  }

  /** Records a finding that by itself stops nothing. */
  static void note(Story story, FindingCode code, int obligation) {
    if (!isKnown(story.dispute(), code, obligation)) add(story, code, obligation);
  }

  private static void add(Story story, FindingCode code, int obligation) {
    story.add(new FindingRaised(new Finding(story.dispute().findings().size() + 1, code, obligation, story.at(),
        Finding.State.OPEN, code.blocks() ? story.due(Deadline.EXCEPTION_CURE) : null)));
  }

  private static boolean isKnown(Dispute dispute, FindingCode code, int obligation) {
    for (var f : dispute.findings()) {
      boolean stands = f.state().isOpen() || (f.state() == Finding.State.SIGNED && !code.blocks());
      if (!stands || f.obligation() != obligation) continue;
      boolean samePromise = obligation != 0 && enforceable(code) && enforceable(f.code());
      if (f.code() == code || samePromise) return true;
    }
    return false;
  }

  private static boolean enforceable(FindingCode code) {
    return code.otherwise == Otherwise.ENFORCE;
  }

  /** T32 by whom the finding says, once per finding and promise, within the cure time. */
  static Decision cure(Matter m, Act act, Cure cure) {
    var finding = open(m, cure.finding());
    if (finding == null) return no(NO_SUCH_FINDING, "finding");
    var guard = mayEnd(m);
    if (guard != null) return no(guard);
    if (!isCurer(finding.code(), act.by())) return no(NOT_YOURS);
    boolean party = act.by().side().isPresent();
    boolean late = party && act.at().isAfter(m.rules().due(Deadline.EXCEPTION_CURE, finding.at()));
    boolean again = m.dispute().findings().stream().anyMatch(f -> f.state() == Finding.State.CURED
        && f.code() == finding.code() && f.obligation() == finding.obligation());
    if (late || again || finding.state() == Finding.State.ENFORCING) return no(NOT_CURABLE);
    return end(m, act, finding, Finding.State.CURED, cure.proof());
  }

  private static boolean isCurer(FindingCode code, Actor by) {
    return switch (code.curer) {
      case NOBODY -> false;
      case BUYER -> by.side().filter(side -> side == Side.BUYER).isPresent();
      case MERCHANT -> by.side().filter(side -> side == Side.MERCHANT).isPresent();
      case VERIFIER -> by.role() == redress.policy.Role.VERIFIER;
      case LEAD -> by.role() == redress.policy.Role.MEDIATOR_LEAD;
    };
  }

  /** T32: a verifier shows with proof that there was no problem. */
  static Decision refute(Matter m, Act act, RefuteFinding refute) {
    var finding = open(m, refute.finding());
    if (finding == null) return no(NO_SUCH_FINDING, "finding");
    var guard = mayEnd(m);
    if (guard != null) return no(guard);
    // As long as nobody knows, that nobody knows is true; who has found out records what became of the refund.
    boolean unknown = finding.code() == FindingCode.REFUND_UNKNOWN && m.dispute().inFlight(finding.obligation());
    return unknown ? no(MONEY_IN_FLIGHT) : end(m, act, finding, Finding.State.REFUTED, refute.proof());
  }

  private static Decision end(Matter m, Act act, Finding finding, Finding.State state, Words proof) {
    var text = Talking.text(proof, m.rules().limits().messageChars(), "proof");
    if (text != null) return text;
    boolean asked = m.dispute().stage() instanceof Stage.Excepted x && x.payout() != null;
    if (asked || (enforceable(finding.code()) && m.dispute().inFlight(finding.obligation())))
      return no(MONEY_IN_FLIGHT);
    var story = new Story(m, act.at());
    if (act.by().role().isStaff()) {
      var conflict = Permits.conflict(m.dispute(), act.by());
      if (conflict != null) return no(conflict);
      if (act.by().role() == redress.policy.Role.VERIFIER) verifier(story, act.by());
    }
    story.add(new FindingEnded(Row.CURE, finding.id(), state, proof));
    mended(story, finding, proof);
    return resume(story, Row.CURE).told();
  }

  /** What the end of a finding means for its promise: it counts as done, and the audit looks again. */
  private static void mended(Story story, Finding finding, Words proof) {
    var o = story.dispute().obligation(finding.obligation()).orElse(null);
    if (o == null) return;
    boolean acknowledged = o.kind() == Obligation.Kind.ACKNOWLEDGE_RETURN;
    if (finding.code() == FindingCode.RETURN_NOT_DELIVERED) Settling.arrived(story, o.id());
    else if (acknowledged) Settling.received(story, o.id());
    else if (finding.code() == FindingCode.REFUND_UNKNOWN && o.state() == PENDING) {
      story.add(new ObligationMoved(0, o.id(), PENDING, story.due(Deadline.OBLIGATION_REFUND), Words.NONE));
    } else if (enforceable(finding.code()) && (o.state() == PENDING || o.state() == OVERDUE)) {
      story.add(new ObligationMoved(0, o.id(), REPORTED_DONE, null, proof));
      Settling.progress(story, o.id());
    }
  }

  /** T31 by a verifier, up to a limit, once the cure time is over. */
  static Decision enforce(Matter m, Act act, Enforce enforce) {
    var finding = open(m, enforce.finding());
    if (finding == null) return no(NO_SUCH_FINDING, "finding");
    var guard = mayEnd(m);
    if (guard != null) return no(guard);
    var conflict = Permits.conflict(m.dispute(), act.by());
    if (conflict != null) return no(conflict);
    var story = verifier(new Story(m, act.at()), act.by());
    boolean ready = finding.state() == Finding.State.ENFORCING && step(story, finding, act.by().subject(),
        Math.min(act.by().limit(), m.rules().limits().verifierLimit()));
    return ready ? resume(story, Row.ENFORCE).told() : no(NOT_ENFORCEABLE);
  }

  /** The rule's own attempts, for everything whose cure time is over. */
  static void enforceAll(Story story) {
    for (var finding : story.dispute().findings()) {
      if (finding.state() != Finding.State.ENFORCING || !(story.dispute().stage() instanceof Stage.Excepted)) continue;
      if (mayEnd(story.now()) == null) step(story, finding, BY_RULE, story.now().rules().limits().payoutLimit());
    }
  }

  /** One attempt to get what is missing. False: nothing can be done now. */
  private static boolean step(Story story, Finding finding, String by, long limit) {
    var o = story.dispute().obligation(finding.obligation()).orElse(null);
    if (!(story.dispute().stage() instanceof Stage.Excepted x) || x.payout() != null || o == null) return false;
    if (story.dispute().inFlight(o.id()) || x.ask() != null) return false;
    // At its end nothing is begun any more that the end would have to wait for.
    if (x.enforceUntil() != null && !story.at().isBefore(x.enforceUntil())) return false;
    if (o.kind() == Obligation.Kind.ACKNOWLEDGE_RETURN) return acknowledgedByRule(story, finding, o);
    long missing = o.worth() - story.dispute().live(o.id());
    if (missing <= 0) {
      if (o.worth() == 0 && !o.state().isOver())
        story.add(new ObligationMoved(Row.ENFORCE, o.id(), BROKEN, null, Words.NONE));
      story.add(new FindingEnded(Row.ENFORCE, finding.id(), Finding.State.RESOLVED, Words.NONE));
      return true;
    }
    long pay = Refunds.payable(story, o.id(), missing);
    long wanted = Refunds.coverable(story, o.id(), missing) - pay;
    var pot = x.next(o.id());
    if (wanted > 0 && pot != null) {
      story
          .add(new FundsAsked(Row.ENFORCE, new Stage.Excepted.Ask(story.dispute().version() + 1, o.id(), pot, wanted)));
    } else if (pay == 0) story.add(new EnforcementShort(Row.ENFORCE, o.id(), missing));
    else if (pay > limit) story.add(new PayoutAsked(Row.ENFORCE, o.id(), pay, by, story.due(Deadline.PAYOUT_APPROVE)));
    else Refunds.request(story, o.id(), missing, true);
    return true;
  }

  /** A reserve answers with what it set aside, maybe nothing: the enforcement goes on with what there is then. */
  static Decision reserve(Matter m, Act act, ReserveFunds funds) {
    if (!(m.dispute().stage() instanceof Stage.Excepted x) || x.chargeback()) return no(NO_EXCEPTION);
    var ask = x.ask();
    if (ask == null || ask.number() != funds.ask() || ask.pot() != funds.pot()) return no(NOT_ENFORCEABLE, "ask");
    if (funds.minor() < 0 || funds.minor() > ask.minor()) return no(AMOUNT_TOO_HIGH, "minor");
    var story = new Story(m, act.at()).add(new FundsReserved(funds.pot(), funds.minor()));
    enforceAll(story);
    return resume(story, Row.ENFORCE).told();
  }

  /** A return that was delivered and never acknowledged counts as received. */
  private static boolean acknowledgedByRule(Story story, Finding finding, Obligation o) {
    story.add(new FindingEnded(Row.ENFORCE, finding.id(), Finding.State.ENFORCED, Words.NONE));
    Settling.received(story, o.id());
    story.add(new ObligationMoved(Row.ENFORCE, o.id(), ENFORCED, null, Words.NONE));
    return true;
  }

  /** T31: a second person approves; what exists by then is paid. */
  static Decision approve(Matter m, Act act) {
    var payout = payout(m);
    if (payout == null) return no(NO_PAYOUT_PENDING);
    if (payout.askedBy().equals(act.by().subject())) return no(SAME_PERSON);
    var conflict = Permits.conflict(m.dispute(), act.by());
    if (conflict != null) return no(conflict);
    var story = new Story(m, act.at());
    story.add(new PayoutApproved(Row.ENFORCE, payout.obligation(), payout.minor()));
    var o = m.dispute().obligation(payout.obligation()).orElseThrow();
    long missing = Math.min(payout.minor(), o.worth() - m.dispute().live(o.id()));
    Refunds.request(story, o.id(), missing, true);
    if (!story.dispute().inFlight(o.id())) story.add(new EnforcementShort(Row.ENFORCE, o.id(), missing));
    return story.told();
  }

  /** T31: not this payout; it is tried again the next day. */
  static Decision reject(Matter m, Act act, RejectPayout reject) {
    var payout = payout(m);
    if (payout == null) return no(NO_PAYOUT_PENDING);
    if (payout.askedBy().equals(act.by().subject())) return no(SAME_PERSON);
    var conflict = Permits.conflict(m.dispute(), act.by());
    if (conflict != null) return no(conflict);
    var text = Talking.text(reject.reason(), m.rules().limits().messageChars(), "reason");
    if (text != null) return text;
    return new Story(m, act.at()).add(new PayoutRejected(Row.ENFORCE, payout.obligation(), reject.reason())).told();
  }

  /** T33: the two sides negotiate again; never a ruling, never while a payout is on its way. */
  static Decision reopen(Matter m, Act act, ReopenNegotiation reopen) {
    var guard = mayLeave(m, act.by());
    if (guard != null) return no(guard);
    if (m.dispute().settled().isRuling()) return no(RULING_STANDS);
    if (m.dispute().tally().reopenings() >= m.rules().limits().reopenings()) return no(ROUNDS_USED_UP);
    var text = Talking.text(reopen.reason(), m.rules().limits().messageChars(), "reason");
    if (text != null) return text;
    return Negotiation.round(verifier(new Story(m, act.at()), act.by()), Row.AWAY, true).told();
  }

  /** T33: to mediation; a ruling goes once to those who decide appeals. */
  static Decision mediate(Matter m, Act act, SendToMediation send) {
    var guard = mayLeave(m, act.by());
    if (guard != null) return no(guard);
    if (m.dispute().settled().isRuling() && !appealable(m.dispute())) return no(RULING_STANDS);
    var text = Talking.text(send.reason(), m.rules().limits().messageChars(), "reason");
    if (text != null) return text;
    var story = verifier(new Story(m, act.at()), act.by());
    away(story, send.reason());
    return story.told();
  }

  /** The last resort: after so many problems a lead ends it. */
  static Decision endException(Matter m, Act act, EndException end) {
    if (!(m.dispute().stage() instanceof Stage.Excepted x) || x.chargeback()) return no(NO_EXCEPTION);
    if (!isLastResort(m)) return no(NOT_THE_LAST_RESORT);
    if (m.dispute().inFlight()) return no(MONEY_IN_FLIGHT);
    var conflict = Permits.conflict(m.dispute(), act.by());
    if (conflict != null) return no(conflict);
    var text = Talking.text(end.reason(), m.rules().limits().messageChars(), "reason");
    if (text != null) return text;
    var story = new Story(m, act.at());
    Closing.breakPromises(story, Row.CURE);
    Verifying.countAsKept(story);
    switch (m.dispute().followUp().answer()) {
      case null -> note(story, FindingCode.BUYER_NOT_REACHED, 0);
      case SATISFIED -> {}
      case DISSATISFIED, NOT_RECEIVED -> note(story, FindingCode.BUYER_DISSATISFIED, 0);
    }
    return Closing.close(story, Row.CURE, Closing.outcome(story.dispute())).told();
  }

  /** T33 when the cure time of a finding is over: what the finding says. */
  static void cureOver(Story story, Finding finding) {
    switch (finding.code().otherwise) {
      case ENFORCE -> {
        story.add(new FindingWaits(finding.id(), Finding.State.ENFORCING, story.due(Deadline.ENFORCEMENT_RETRY)));
        if (story.dispute().stage() instanceof Stage.Excepted x && x.enforceUntil() == null) {
          story.add(new EnforcementStarted(Row.ENFORCE, finding.obligation(), story.due(Deadline.ENFORCEMENT_MAX)));
        }
      }
      case MEDIATION -> {
        if (story.dispute().inFlight() || payout(story.now()) != null) alert(story, finding);
        else if (!story.dispute().settled().isRuling() || appealable(story.dispute())) away(story, Words.NONE);
        else unprovable(story);
      }
      case GO_ON, LEAD_DAILY, CHARGEBACK -> alert(story, finding);
    }
  }

  /** The next daily attempt; the audit that it asks for tells whether anything is still missing. */
  static void retry(Story story, Finding finding) {
    story.add(new FindingWaits(finding.id(), Finding.State.ENFORCING, story.due(Deadline.ENFORCEMENT_RETRY)));
  }

  /** T31: after so long what is missing is broken; a refund on its way is waited for. */
  static void enforcementOver(Story story) {
    if (story.dispute().inFlight()) {
      story.add(new Alerted(Deadline.ENFORCEMENT_MAX, 0, story.due(Deadline.LEAD_ALERT)));
      return;
    }
    Closing.breakPromises(story, Row.ENFORCE);
    Closing.close(story, Row.ENFORCE, Outcome.SETTLED_UNPAID);
  }

  private static void alert(Story story, Finding finding) {
    story.add(new Alerted(Deadline.EXCEPTION_CURE, finding.id(), story.due(Deadline.LEAD_ALERT)));
  }

  private static void away(Story story, Words reason) {
    if (story.dispute().settled().isRuling()) Deciding.open(story, Row.AWAY);
    else Mediation.queue(story, Row.AWAY, reason);
  }

  /** A ruling that could not be verified a second time: what is unproved lapses, and it ends as it was ruled. */
  private static void unprovable(Story story) {
    for (var o : story.dispute().obligations()) {
      if (!o.state().isOver()) story.add(new ObligationMoved(Row.AWAY, o.id(), LAPSED, null, Words.NONE));
    }
    Closing.close(story, Row.AWAY, Closing.outcome(story.dispute()));
  }

  private static boolean appealable(Dispute dispute) {
    return !dispute.mediation().appealed() && dispute.mediation().ruling() != null;
  }

  /** Findings about a promise that is settled otherwise end with it. */
  static void settled(Story story, int obligation, Finding.State state) {
    for (var f : story.dispute().findings()) {
      if (f.state().isOpen() && f.obligation() == obligation) story.add(new FindingEnded(0, f.id(), state, Words.NONE));
    }
    resume(story, Row.CURE);
  }

  /** This finding is not true any more. */
  static void solved(Story story, FindingCode code, int obligation) {
    for (var f : story.dispute().findings()) {
      if (f.state().isOpen() && f.code() == code && f.obligation() == obligation) {
        story.add(new FindingEnded(0, f.id(), Finding.State.RESOLVED, Words.NONE));
      }
    }
  }

  /** The books prove the payment. A buyer's word against them stands until its cure time is over. */
  static void proved(Story story, int obligation) {
    for (var f : story.dispute().findings()) {
      boolean word = f.code() == FindingCode.REFUND_NOT_ARRIVED && f.state() == Finding.State.OPEN;
      if (f.state().isOpen() && f.obligation() == obligation && enforceable(f.code()) && !word) {
        story.add(new FindingEnded(0, f.id(), Finding.State.RESOLVED, Words.NONE));
      }
    }
  }

  /** An enforced payment arrived. What is still missing is tried again daily. */
  static void enforced(Story story, int obligation) {
    var o = story.dispute().obligation(obligation).orElse(null);
    if (o == null || story.dispute().live(obligation) < o.worth()) return;
    story.add(new ObligationMoved(Row.ENFORCE, obligation, ENFORCED, null, Words.NONE));
    for (var f : story.dispute().findings()) {
      if (f.state().isOpen() && f.obligation() == obligation && enforceable(f.code())) {
        story.add(new FindingEnded(Row.ENFORCE, f.id(), Finding.State.ENFORCED, Words.NONE));
      }
    }
    resume(story, Row.ENFORCE);
  }

  /** An enforced payment failed: at once again a few times, then daily. */
  static void enforcementFailed(Story story, int obligation) {
    long failed = story.dispute().refunds().stream().filter(r -> r.obligation() == obligation && r.enforcement()
        && r.state() == Refund.State.FAILED).count();
    if (failed >= story.now().rules().limits().enforcementTries()) return;
    enforceAll(story);
  }

  /** T32: when nothing blocks any more, back to where it was, and everything is checked again. */
  static Story resume(Story story, int row) {
    var dispute = story.dispute();
    if (!(dispute.stage() instanceof Stage.Excepted x) || x.chargeback() || x.payout() != null) return story;
    if (isLastResort(story.now()) || !dispute.blocking().isEmpty()) return story;
    boolean unconfirmed = dispute.settled().v0() == null;
    boolean performing = x.from() == Status.PERFORMING || x.from() == Status.CONFIRMING;
    if (unconfirmed) {
      story.add(new Resumed(Row.CURE, Status.CONFIRMING, story.due(Deadline.SETTLEMENT_CONFIRM)));
    } else if (performing && dispute.obligations().stream().anyMatch(Settling::isOpen)) {
      story.add(new Resumed(Row.CURE, Status.PERFORMING, null));
    } else {
      Settling.audit(story, row);
    }
    return story;
  }

  /** T34: once no refund is on its way, the chargeback ends it. */
  static void chargebackMayClose(Story story) {
    if (story.dispute().stage() instanceof Stage.Excepted x && x.chargeback() && !story.dispute().inFlight()) {
      Closing.close(story, Row.CHARGEBACK, Outcome.SUPERSEDED_BY_CHARGEBACK);
    }
  }

  /** Remembers who verifies, so that nobody both mediates and verifies. */
  static Story verifier(Story story, Actor by) {
    return by.subject().equals(story.dispute().mediation().verifier()) ? story
        : story.add(new VerifierActed(by.subject()));
  }

  /** Whether so many problems were met that only a lead may end it. */
  static boolean isLastResort(Matter m) {
    return m.dispute().tally().exceptions() >= m.rules().limits().exceptions();
  }

  private static @Nullable Refusal mayEnd(Matter m) {
    if (!(m.dispute().stage() instanceof Stage.Excepted x)) return NO_EXCEPTION;
    if (x.chargeback()) return CHARGEBACK_RUNS;
    return isLastResort(m) ? NOT_CURABLE : null;
  }

  private static @Nullable Refusal mayLeave(Matter m, Actor by) {
    var guard = mayEnd(m);
    if (guard != null) return guard;
    if (m.dispute().inFlight() || payout(m) != null) return MONEY_IN_FLIGHT;
    return Permits.conflict(m.dispute(), by);
  }

  private static @Nullable Finding open(Matter m, int id) {
    return m.dispute().finding(id).filter(f -> f.blocksNow() && f.code() != FindingCode.CHARGEBACK_OPENED).orElse(null);
  }

  private static Stage.Excepted.@Nullable Payout payout(Matter m) {
    return m.dispute().stage() instanceof Stage.Excepted x ? x.payout() : null;
  }

  private Problems() {}
}
