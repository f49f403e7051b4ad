package redress.dispute;

import static redress.dispute.Decision.no;
import static redress.dispute.Decision.yes;
import static redress.dispute.Obligation.State.*;
import static redress.dispute.Refusal.*;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import redress.check.Checks;
import redress.check.Facts;
import redress.check.FindingCode;
import redress.dispute.Command.*;
import redress.dispute.Event.*;
import redress.policy.Deadline;
import redress.policy.Role;

/** T25–T29: the three days. Records are audited, the buyer is asked, the result is recorded. */
final class Verifying {

  /** What the records say. Looked at in day 1, in day 3, and while a problem stops the dispute; otherwise stale. */
  static Decision audit(Matter m, Act act, RecordAudit said) {
    if (!isLooking(m.dispute())) return yes();
    var story = new Story(m, act.at());
    follow(story, said.facts().records());
    if (!said.facts().complete() || !said.facts().transaction().available() || !isLooking(story.dispute())) {
      return story.told();
    }
    var verdict = Checks.payments(expected(story), its(story, said.facts().records()));
    for (var proof : verdict.outside()) Refunds.outside(story, proof);
    for (int kept : verdict.kept()) kept(story, kept);
    Problems.solved(story, FindingCode.AUDIT_INCOMPLETE, 0);
    found(story, said.facts(), verdict);
    look(story, said.facts(), verdict.judged() ? Stage.Look.DONE : Stage.Look.PARTIAL);
    Problems.enforceAll(story);
    Problems.resume(story, Row.CURE);
    return story.told();
  }

  private static boolean isLooking(Dispute dispute) {
    return switch (dispute.stage()) {
      case Stage.Auditing _,Stage.Concluding _ -> true;
      case Stage.Excepted x -> !x.chargeback() && dispute.settlement() != null;
      case Stage _ -> false;
    };
  }

  /** Our refunds, and payments made outside that we count, follow the provider's own books. */
  private static void follow(Story story, List<Facts.Entry> records) {
    for (var entry : records) {
      for (var refund : story.dispute().refunds()) {
        if (!refund.reference(story.dispute().about().id()).equals(entry.reference())) continue;
        var next = Refunds.next(refund.state(), Refund.State.valueOf(entry.state().name()));
        if (next != null && next != refund.state()) Refunds.moved(story, refund, next, entry.arrival());
      }
    }
  }

  /**
   * The records that can say something here: not what another dispute paid, or already counts as its merchant's
   * payment.
   */
  private static List<Facts.Entry> its(Story story, List<Facts.Entry> records) {
    return records.stream().filter(entry -> {
      var refund = known(story.dispute(), entry);
      if (refund != null) return story.dispute().obligation(refund.obligation()).isPresent();
      return !Refund.isOurs(entry.reference()) && !story.payment().outside().contains(entry.reference());
    }).toList();
  }

  private static @Nullable Refund known(Dispute dispute, Facts.Entry entry) {
    for (var refund : dispute.refunds()) {
      if (refund.reference(dispute.about().id()).equals(entry.reference())) return refund;
    }
    return null;
  }

  /** The promises to pay that records are compared with. */
  private static List<Checks.Expected> expected(Story story) {
    var expected = new ArrayList<Checks.Expected>();
    var dispute = story.dispute();
    for (var o : dispute.obligations()) {
      boolean gone = o.state() == WAIVED_BY_CREDITOR || o.state() == LAPSED || o.state() == BROKEN;
      boolean waits = o.state() == PENDING && o.due() == null && dispute.live(o.id()) == 0;
      if (gone || waits || !(o.kind().isPayment() || dispute.live(o.id()) > 0)) continue;
      var known = new ArrayList<Checks.Known>();
      for (var r : dispute.refunds()) {
        if (r.obligation() == o.id()) {
          known.add(new Checks.Known(r.id(), r.reference(dispute.about().id()), r.minor(), r.isLive()));
        }
      }
      boolean due = o.due() == null || !o.due().isAfter(story.at()) || o.state() == OVERDUE || o.state() == VERIFIED;
      boolean claimed =
          o.state() == REPORTED_DONE || o.state() == OVERDUE || o.promise().executor() == Executor.MERCHANT;
      expected
          .add(new Checks.Expected(o.id(), o.worth(), dispute.about().currency(), dispute.about().buyer(), due, claimed,
              known, dispute.round().startedAt()));
    }
    return expected;
  }

  private static void kept(Story story, int obligation) {
    story.dispute().obligation(obligation).filter(o -> !o.state().isOver()).ifPresent(
        o -> story.add(new ObligationMoved(Row.PERFORM, obligation, VERIFIED, null, Words.NONE)));
    Problems.proved(story, obligation);
  }

  private static void found(Story story, Facts.Audit facts, Checks.Audit verdict) {
    if (!facts.termsHash().equals(story.dispute().settled().termsHash())) {
      Problems.raise(story, FindingCode.TERMS_HASH_MISMATCH, 0, Row.BLOCKED);
    }
    if (!facts.evidenceBroken().isEmpty()) Problems.raise(story, FindingCode.EVIDENCE_HASH_MISMATCH, 0, Row.BLOCKED);
    if (!facts.evidenceContradicts().isEmpty()) Problems.note(story, FindingCode.EVIDENCE_CONTRADICTS, 0);
    var changed = Settling.compare(story.now(), facts.transaction()).finding();
    if (changed != null && story.dispute().settled().v0() != null) Problems.raise(story, changed, 0, Row.BLOCKED);
    for (var finding : verdict.findings()) Problems.raise(story, finding.code(), finding.obligation(), Row.BLOCKED);
  }

  private static void look(Story story, Facts.Audit facts, Stage.Look look) {
    var before = switch (story.dispute().stage()) {
      case Stage.Auditing a -> a.look();
      case Stage.Concluding c -> c.look();
      case Stage _ -> look;
    };
    if (before == look) return;
    story.add(new Audited(look, facts.records().size(), facts.evidenceChecked()));
    late(story);
  }

  /** A day whose end has passed ends as soon as nothing holds it any more. */
  private static void late(Story story) {
    switch (story.dispute().stage()) {
      case Stage.Auditing a when a.late() && a.look() == Stage.Look.DONE && !unsigned(story) ->
          dayOneOver(story, story.at());
      case Stage.Concluding c when c.late() && c.look() == Stage.Look.DONE && !unsigned(story) ->
          dayThreeOver(story);
      case Stage _ -> {}
    }
  }

  /** A verifier signs a warning: seen, and no reason to stop. */
  static Decision sign(Matter m, Act act, SignFinding sign) {
    var finding = m.dispute().finding(sign.finding()).orElse(null);
    boolean open = finding != null && finding.state() == Finding.State.OPEN
        && finding.code().severity == FindingCode.Severity.WARN;
    if (!open || Talking.isClosed(m)) return no(NO_SUCH_FINDING, "finding");
    var conflict = Permits.conflict(m.dispute(), act.by());
    if (conflict != null) return no(conflict);
    if (sign.note().chars() > m.rules().limits().messageChars()) return no(TEXT_TOO_LONG, "note");
    var story = Problems.verifier(new Story(m, act.at()), act.by());
    story.add(new FindingEnded(0, sign.finding(), Finding.State.SIGNED, sign.note()));
    late(story);
    return story.told();
  }

  private static boolean unsigned(Story story) {
    return story.dispute().findings().stream().anyMatch(
        f -> f.state() == Finding.State.OPEN && f.code().severity == FindingCode.Severity.WARN);
  }

  /** T25 at the end of slot 1; {@code start} is where slot 2 begins. */
  static void dayOneOver(Story story, Instant start) {
    if (!(story.dispute().stage() instanceof Stage.Auditing a)) return;
    if (a.look() != Stage.Look.DONE) incomplete(story, a.look());
    else if (unsigned(story)) unsigned(story, Deadline.VERIFICATION_DAY1, a.ends(), a.late());
    else {
      var ends = story.now().rules().due(Deadline.VERIFICATION_DAY2, start);
      story.add(new FollowUpStarted(Row.DAY_1_OVER, ends, plan(story, start, ends)));
      var answer = story.dispute().followUp().answer();
      if (answer != null) heed(story, answer, Words.NONE);
    }
  }

  private static void incomplete(Story story, Stage.Look look) {
    boolean named = false;
    for (var o : story.dispute().obligations()) {
      if (look == Stage.Look.NONE || !o.kind().isPayment() || o.state() != REPORTED_DONE) continue;
      if (story.dispute().live(o.id()) >= o.worth()) continue;
      Problems.raise(story, FindingCode.REFUND_RECORD_MISSING, o.id(), Row.BLOCKED);
      named = true;
    }
    if (named) return;
    var silent = story.dispute().refunds().stream().filter(r -> r.state().isInFlight()).findFirst();
    if (silent.isPresent()) {
      Problems.raise(story, FindingCode.REFUND_UNKNOWN, silent.get().obligation(), Row.BLOCKED);
    } else {
      Problems.raise(story, FindingCode.AUDIT_INCOMPLETE, 0, Row.BLOCKED);
    }
  }

  private static void unsigned(Story story, Deadline day, Instant ends, boolean late) {
    if (!late) story.add(new Breached(day, ends, Duration.between(ends, story.at())));
    story.add(new Alerted(day, 0, story.due(Deadline.LEAD_ALERT)));
  }

  /** When the buyer is asked: as often as the limits say, in waking hours of the buyer's zone, well apart. */
  static List<Instant> plan(Story story, Instant start, Instant ends) {
    var rules = story.now().rules();
    var zone = story.dispute().about().buyerZone();
    var plan = new ArrayList<Instant>();
    var next = start;
    while (plan.size() < rules.limits().followUpAttempts()) {
      var local = next.atZone(zone);
      if (local.getHour() < rules.wakingFromHour()) {
        next = local.toLocalDate().atTime(rules.wakingFromHour(), 0).atZone(zone).toInstant();
      } else if (local.getHour() >= rules.wakingToHour()) {
        next = local.toLocalDate().plusDays(1).atTime(rules.wakingFromHour(), 0).atZone(zone).toInstant();
      }
      if (!next.isBefore(ends)) break;
      plan.add(next);
      next = next.plus(rules.followUpSpacing());
    }
    return plan;
  }

  /** The buyer was tried on a channel; of interest only while day 2 runs. */
  static Decision contact(Matter m, Act act, RecordContact contact) {
    if (!(m.dispute().stage() instanceof Stage.FollowingUp)) return yes();
    return new Story(m, act.at()).add(
        new ContactTried(m.dispute().followUp().attempts() + 1, contact.channel(), contact.delivered())).told();
  }

  /** T26, T27. An answer given before day 2 is kept until then and may be changed; later ones act at once. */
  static Decision answer(Matter m, Act act, AnswerFollowUp said) {
    var status = m.dispute().status();
    boolean asked = status == Status.AUDITING || status == Status.FOLLOWING_UP || status == Status.CONCLUDING;
    if (!asked) return no(NOT_BEING_VERIFIED);
    if (act.by().role() == Role.VERIFIER) {
      var conflict = Permits.conflict(m.dispute(), act.by());
      if (conflict != null) return no(conflict);
    }
    if (said.text().chars() > m.rules().limits().messageChars()) return no(TEXT_TOO_LONG, "text");
    if (said.answer() == FollowUp.Answer.NOT_RECEIVED && receivable(m.dispute()).isEmpty())
      return no(NOTHING_TO_RECEIVE);
    var story = new Story(m, act.at());
    if (act.by().role() == Role.VERIFIER) Problems.verifier(story, act.by());
    if (status == Status.AUDITING) story.add(new FollowUpAnswered(0, said.answer(), said.text(), false));
    else heed(story, said.answer(), said.text());
    return story.told();
  }

  /** Refunds of the settlement that should have arrived and were not complained about before. */
  private static List<Refund> receivable(Dispute dispute) {
    return dispute.refunds().stream().filter(r -> r.isLive() && !r.complained()
        && dispute.obligation(r.obligation()).isPresent()).toList();
  }

  private static void heed(Story story, FollowUp.Answer answer, Words text) {
    boolean ruling = story.dispute().settled().isRuling();
    switch (answer) {
      case SATISFIED -> story.add(new FollowUpAnswered(0, answer, text, false));
      case DISSATISFIED -> {
        story.add(new FollowUpAnswered(ruling ? 0 : Row.DISSATISFIED, answer, text, ruling));
        Problems.note(story, FindingCode.BUYER_DISSATISFIED, 0);
        if (!ruling) again(story);
      }
      case NOT_RECEIVED -> {
        story.add(new FollowUpAnswered(Row.DISSATISFIED, answer, text, false));
        for (var refund : receivable(story.dispute())) {
          story.add(new RefundMoved(0, refund.complainedOf(), refund.state(), false));
          Problems.raise(story, FindingCode.REFUND_NOT_ARRIVED, refund.obligation(), Row.DISSATISFIED);
        }
      }
    }
  }

  private static void again(Story story) {
    boolean left = story.dispute().tally().reopenings() < story.now().rules().limits().reopenings();
    if (left) Negotiation.round(story, Row.DISSATISFIED, true);
    else Mediation.queue(story, Row.DISSATISFIED, Words.NONE);
  }

  /** T26, T28 at the end of slot 2. */
  static void dayTwoOver(Story story, Instant start) {
    var ends = story.now().rules().due(Deadline.VERIFICATION_DAY3, start);
    var followUp = story.dispute().followUp();
    if (followUp.answer() == FollowUp.Answer.SATISFIED || followUp.recorded()) {
      story.add(new ConcludingStarted(Row.DAY_2_ANSWERED, ends));
      return;
    }
    for (var refund : story.dispute().refunds()) {
      if (!refund.state().isInFlight()) continue;
      if (refund.arrival() == null)
        Problems.raise(story, FindingCode.REFUND_UNKNOWN, refund.obligation(), Row.DAY_2_SILENT);
      else
        Problems.note(story, FindingCode.REFUND_IN_TRANSIT, refund.obligation());
    }
    for (var o : story.dispute().obligations()) {
      boolean unpaid = o.kind().isPayment() && !o.state().isOver() && story.dispute().live(o.id()) < o.worth();
      if (unpaid) Problems.raise(story, FindingCode.REFUND_RECORD_MISSING, o.id(), Row.DAY_2_SILENT);
    }
    if (story.dispute().status() != Status.FOLLOWING_UP) return;
    Problems.note(story, FindingCode.BUYER_NOT_REACHED, 0);
    if (followUp.attempts() < story.now().rules().limits().followUpAttempts()) {
      Problems.note(story, FindingCode.FOLLOW_UP_ATTEMPTS_SHORT, 0);
    }
    story.add(new ConcludingStarted(Row.DAY_2_SILENT, ends));
  }

  /** What was reported as done and stands at the end counts as kept. */
  static void countAsKept(Story story) {
    for (var o : story.dispute().obligations()) {
      if (o.state() == REPORTED_DONE) story.add(new ObligationMoved(Row.PERFORM, o.id(), VERIFIED, null, Words.NONE));
    }
  }

  /** T29 at the end of slot 3. */
  static void dayThreeOver(Story story) {
    if (!(story.dispute().stage() instanceof Stage.Concluding c)) return;
    var flying = story.dispute().refunds().stream().filter(r -> r.state().isInFlight()).findFirst();
    if (flying.isPresent()) {
      Problems.raise(story, FindingCode.REFUND_UNKNOWN, flying.get().obligation(), Row.BLOCKED);
    } else if (c.look() != Stage.Look.DONE) {
      incomplete(story, c.look());
    } else if (unsigned(story)) {
      unsigned(story, Deadline.VERIFICATION_DAY3, c.ends(), c.late());
    } else {
      countAsKept(story);
      Closing.close(story, Row.DAY_3_OVER, Closing.outcome(story.dispute()));
    }
  }

  private Verifying() {}
}
