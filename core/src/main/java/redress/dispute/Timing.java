package redress.dispute;

import static redress.dispute.Decision.yes;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import redress.dispute.Command.Pass;
import redress.dispute.Command.RecordReminder;
import redress.dispute.Event.*;
import redress.policy.Deadline;
import redress.policy.RuleSet;

/** Time as a party that speaks: which deadlines run, and what each does when it passes. */
final class Timing {

  /** The live deadlines, the next first. */
  static List<Timer> timers(Matter m) {
    var timers = new ArrayList<Timer>();
    switch (m.dispute().stage()) {
      case Stage.Negotiating n -> negotiating(timers, m.dispute(), n);
      case Stage.Queued _ -> mediation(timers, m.dispute());
      case Stage.Mediating s -> {
        add(timers, Deadline.DECISION_APPROVE, 0, s.approveBy(), null);
        mediation(timers, m.dispute());
      }
      case Stage.AwaitingEvidence s -> {
        add(timers, Deadline.EVIDENCE_REQUEST, 0, s.due(), supplier(s));
        mediation(timers, m.dispute());
      }
      case Stage.Proposed s -> {
        add(timers, Deadline.PROPOSAL_VALIDITY, s.proposal(), s.due(), null);
        mediation(timers, m.dispute());
      }
      case Stage.Decided s -> add(timers, Deadline.APPEAL_WINDOW, 0, s.appealBy(), null);
      case Stage.Appealed s -> add(timers, Deadline.APPEAL_DECIDE, 0, s.due(), null);
      case Stage.Confirming s -> add(timers, Deadline.SETTLEMENT_CONFIRM, 0, s.due(),
          s.statement() == Confirmation.State.PENDING ? Side.MERCHANT : null);
      case Stage.Performing _ -> promises(timers, m.dispute());
      case Stage.Auditing s -> verifying(timers, m.dispute(), Deadline.VERIFICATION_DAY1, s.ends(), null);
      case Stage.FollowingUp s -> verifying(timers, m.dispute(), Deadline.VERIFICATION_DAY2, s.ends(),
          m.dispute().followUp().answer() == null ? Side.BUYER : null);
      case Stage.Concluding s -> verifying(timers, m.dispute(), Deadline.VERIFICATION_DAY3, s.ends(), null);
      case Stage.Excepted s -> excepted(timers, m, s);
      case Stage.NotFiled _,Stage.Closed _ -> {}
    }
    timers.sort(null);
    return timers;
  }

  private static void negotiating(List<Timer> timers, Dispute d, Stage.Negotiating n) {
    var key = n.awaited() == Side.MERCHANT ? Deadline.MERCHANT_REPLY : Deadline.BUYER_REPLY;
    add(timers, key, 0, n.replyDue(), n.awaited());
    add(timers, Deadline.NEGOTIATION_TOTAL, 0, d.round().totalDue(), null);
    add(timers, Deadline.MERCHANT_FIRST_REPLY, 0, d.round().firstReplyDue(), Side.MERCHANT);
    for (var side : Side.values()) {
      var offer = d.round().offer(side);
      if (offer != null) add(timers, Deadline.OFFER_VALIDITY, offer.id(), offer.expires(), side.other());
    }
  }

  private static void mediation(List<Timer> timers, Dispute d) {
    add(timers, Deadline.MEDIATION_FIRST_ACTION, 0, d.mediation().firstActionDue(), null);
    add(timers, Deadline.MEDIATION_TARGET, 0, d.mediation().targetDue(), null);
    add(timers, Deadline.MEDIATION_MAX, 0, d.mediation().maxDue(), null);
  }

  /** Whose evidence is still missing; null when it is nobody's or both sides'. */
  private static @Nullable Side supplier(Stage.AwaitingEvidence waiting) {
    var owing = waiting.requests().stream().filter(it -> !it.supplied().containsAll(it.types()))
        .map(EvidenceRequest::side).distinct().toList();
    return owing.size() == 1 ? owing.getFirst() : null;
  }

  private static void promises(List<Timer> timers, Dispute d) {
    for (var o : d.obligations()) {
      boolean waits = o.state() == Obligation.State.PENDING || o.state() == Obligation.State.SHIPPED;
      if (waits) add(timers, Settling.deadline(o), o.id(), o.due(), o.kind().debtor());
    }
  }

  private static void verifying(List<Timer> timers, Dispute d, Deadline day, Instant ends, @Nullable Side asked) {
    add(timers, day, 0, ends, asked);
    promises(timers, d);
  }

  private static void excepted(List<Timer> timers, Matter m, Stage.Excepted s) {
    boolean last = Problems.isLastResort(m);
    if (!last && !s.chargeback()) {
      promises(timers, m.dispute());
      add(timers, Deadline.ENFORCEMENT_MAX, 0, s.enforceUntil(), null);
      if (s.payout() != null)
        add(timers, Deadline.PAYOUT_APPROVE, s.payout().obligation(), s.payout().approveBy(), null);
      for (var f : m.dispute().blocking()) {
        var key = f.state() == Finding.State.ENFORCING ? Deadline.ENFORCEMENT_RETRY : Deadline.EXCEPTION_CURE;
        add(timers, key, f.id(), f.next(), curer(f));
      }
    }
    if (timers.isEmpty())
      add(timers, Deadline.LEAD_ALERT, 0, nextAlert(m.rules(), s.since(), m.dispute().lastAt()), null);
  }

  /** Day by day since the exception began, so that nobody can put the alert off by saying something. */
  private static Instant nextAlert(RuleSet rules, Instant since, Instant now) {
    var every = rules.length(Deadline.LEAD_ALERT);
    return since.plus(every.multipliedBy(Duration.between(since, now).dividedBy(every) + 1));
  }

  private static void alertAgain(Story story, Stage.Excepted stage) {
    story.add(new Alerted(Deadline.LEAD_ALERT, 0, nextAlert(story.now().rules(), stage.since(), story.at())));
  }

  private static @Nullable Side curer(Finding f) {
    return switch (f.code().curer) {
      case BUYER -> Side.BUYER;
      case MERCHANT -> Side.MERCHANT;
      case NOBODY, VERIFIER, LEAD -> null;
    };
  }

  private static void add(List<Timer> timers, Deadline deadline, int about, @Nullable Instant due,
      @Nullable Side side) {
    if (due != null) timers.add(new Timer(deadline, about, due, side));
  }

  /**
   * A deadline passes. Recognised by its own instant: one that no longer stands, or is not the next, passes in silence.
   */
  static Decision pass(Matter m, Act act, Pass pass) {
    var timers = timers(m);
    if (timers.isEmpty() || act.at().isBefore(pass.due())) return yes();
    var next = timers.getFirst();
    boolean stands =
        next.deadline() == pass.deadline() && next.about() == pass.about() && next.due().equals(pass.due());
    if (!stands) return yes();
    var story = new Story(m, act.at());
    var lateness = Duration.between(pass.due(), act.at());
    boolean late = lateness.compareTo(m.rules().breachAfter()) > 0;
    if (late) story.add(new Breached(pass.deadline(), pass.due(), lateness));
    passed(story, next, late ? act.at() : pass.due());
    return story.told();
  }

  // @formatter:off
  private static void passed(Story story, Timer timer, Instant start) {
    var stage = story.dispute().stage();
    switch (timer.deadline()) {
      case OFFER_VALIDITY         -> Negotiation.offerExpired(story, timer.about());
      case MERCHANT_REPLY         -> Negotiation.merchantSilent(story);
      case BUYER_REPLY            -> Negotiation.buyerSilent(story, (Stage.Negotiating) stage);
      case NEGOTIATION_TOTAL      -> Negotiation.talksOver(story);
      case MERCHANT_FIRST_REPLY, MEDIATION_FIRST_ACTION, MEDIATION_TARGET -> story.add(new TargetMissed(timer.deadline()));
      case MEDIATION_MAX          -> Mediation.tookTooLong(story);
      case EVIDENCE_REQUEST       -> story.add(new EvidenceClosed(Row.REQUEST_END, false));
      case PROPOSAL_VALIDITY      -> story.add(new ProposalEnded(Row.PROPOSAL_END, timer.about(), Offer.State.EXPIRED, Words.NONE));
      case LEAD_ALERT             -> alertAgain(story, (Stage.Excepted) stage);
      case DECISION_APPROVE, APPEAL_DECIDE, PAYOUT_APPROVE
                                  -> story.add(new Alerted(timer.deadline(), timer.about(), story.due(Deadline.LEAD_ALERT)));
      case APPEAL_WINDOW          -> Deciding.windowOver(story);
      case SETTLEMENT_CONFIRM     -> Settling.confirmOver(story, (Stage.Confirming) stage);
      case OBLIGATION_REFUND, RETURN_SHIP, RETURN_TRANSIT, RETURN_ACKNOWLEDGE, REPLACEMENT_SHIP
                                  -> Settling.overdue(story, story.dispute().obligation(timer.about()).orElseThrow());
      case VERIFICATION_DAY1      -> Verifying.dayOneOver(story, start);
      case VERIFICATION_DAY2      -> Verifying.dayTwoOver(story, start);
      case VERIFICATION_DAY3      -> Verifying.dayThreeOver(story);
      case EXCEPTION_CURE         -> Problems.cureOver(story, story.dispute().finding(timer.about()).orElseThrow());
      case ENFORCEMENT_RETRY      -> Problems.retry(story, story.dispute().finding(timer.about()).orElseThrow());
      case ENFORCEMENT_MAX        -> Problems.enforcementOver(story);
      case FILING_WINDOW, VERIFICATION_START, REOPEN_AFTER_CLOSE, RETENTION -> { }
    }
  }
  // @formatter:on

  /** A reminder reached the awaited side, or it did not; only the reply it was about remembers it. */
  static Decision reminded(Matter m, Act act, RecordReminder said) {
    var stands = m.dispute().stage() instanceof Stage.Negotiating n && !n.reminded() && n.replyDue().equals(said.due())
        && (said.deadline() == Deadline.BUYER_REPLY || said.deadline() == Deadline.MERCHANT_REPLY);
    if (!stands || !said.delivered()) return yes();
    var side = said.deadline() == Deadline.BUYER_REPLY ? Side.BUYER : Side.MERCHANT;
    boolean awaited = m.dispute().stage() instanceof Stage.Negotiating n && n.awaited() == side;
    return awaited ? new Story(m, act.at()).add(new Reminded(side)).told() : yes();
  }

  private Timing() {}
}
