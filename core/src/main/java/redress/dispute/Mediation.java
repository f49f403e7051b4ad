package redress.dispute;

import static redress.dispute.Decision.no;
import static redress.dispute.Refusal.*;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import org.jspecify.annotations.Nullable;
import redress.dispute.Command.*;
import redress.dispute.Event.*;
import redress.policy.Deadline;
import redress.policy.Role;

/** T12–T17: a mediator takes it, asks for evidence, proposes, or gives it back to the two sides. */
final class Mediation {
  private static final Duration LONGEST_REQUEST = Duration.ofDays(10);
  /** Whose a dispute is when the system gave it to the leads. */
  static final String LEADS = "lead";

  /** To the queue; the clocks of mediation start with the first time and never again. */
  static Story queue(Story story, int row, Words reason) {
    boolean first = story.dispute().mediation().queuedAt() == null;
    return story.add(new MediationQueued(row, false, reason, first ? story.due(Deadline.MEDIATION_FIRST_ACTION) : null,
        first ? story.due(Deadline.MEDIATION_TARGET) : null, first ? story.due(Deadline.MEDIATION_MAX) : null));
  }

  /** T12. */
  static Decision assign(Matter m, Act act) {
    if (!(m.dispute().stage() instanceof Stage.Queued)) return no(NOT_IN_MEDIATION);
    var conflict = Permits.conflict(m.dispute(), act.by());
    if (conflict != null) return no(conflict);
    return new Story(m, act.at()).add(new Assigned(Row.ASSIGN, act.by().subject())).told();
  }

  /** T12: from any status of mediation; what is under way stays. */
  static Decision reassign(Matter m, Act act, Reassign to) {
    if (!inMediation(m)) return no(NOT_IN_MEDIATION);
    if (to.mediator().isBlank()) return no(TEXT_MISSING, "mediator");
    if (to.mediator().equals(m.dispute().mediation().mediator())) return no(ALREADY_ASSIGNED, "mediator");
    if (m.dispute().mediation().verifiers().contains(to.mediator())) return no(SAME_PERSON, "mediator");
    return new Story(m, act.at()).add(new Assigned(Row.ASSIGN, to.mediator())).told();
  }

  /** T12: back to the queue; open requests and proposals end. What is decided or appealed stays where it is. */
  static Decision recuse(Matter m, Act act, Recuse recuse) {
    var status = m.dispute().status();
    boolean working = status.isBeforeDecision() && status != Status.MEDIATION_QUEUED;
    if (!working && status != Status.APPEALED) return no(NOT_IN_MEDIATION);
    if (!act.by().subject().equals(m.dispute().mediation().mediator())) return no(NOT_YOURS);
    var reason = Talking.text(recuse.reason(), m.rules().limits().messageChars(), "reason");
    if (reason != null) return reason;
    var story = new Story(m, act.at());
    drop(story);
    return story.add(new Recused(Row.ASSIGN, recuse.reason())).told();
  }

  /** T13. */
  static Decision request(Matter m, Act act, RequestEvidence asked) {
    var guard = working(m, act);
    if (guard != null) return no(guard);
    if (m.dispute().mediation().requests() >= m.rules().limits().evidenceRequests()) return no(REQUESTS_USED_UP);
    if (asked.within().compareTo(m.rules().evidenceMin()) < 0 || asked.within().compareTo(LONGEST_REQUEST) > 0) {
      return no(DURATION_OUT_OF_RANGE, "within");
    }
    var sides = EnumSet.noneOf(Side.class);
    var requests = new ArrayList<EvidenceRequest>();
    int id = m.dispute().tally().requests();
    for (var one : asked.requests()) {
      if (one.types().isEmpty() || !sides.add(one.side())) return no(NOTHING_ASKED, "requests");
      requests.add(new EvidenceRequest(++id, one.side(), one.types(), java.util.Set.of()));
    }
    if (requests.isEmpty()) return no(NOTHING_ASKED, "requests");
    return new Story(m, act.at()).add(new EvidenceRequested(Row.REQUEST, requests, act.at().plus(asked.within())))
        .told();
  }

  /** Whether the request that is named was made of this side and asks for this type. */
  static boolean asks(Matter m, @Nullable Side side, SubmitEvidence given) {
    return m.dispute().stage() instanceof Stage.AwaitingEvidence waiting && waiting.requests().stream()
        .anyMatch(it -> it.id() == given.request() && it.side() == side && it.types().contains(given.evidenceType()));
  }

  /** T14: when everything asked for is there, the mediator goes on at once. */
  static void supply(Story story, Stage.AwaitingEvidence stage, Side side, EvidenceType type) {
    for (var request : stage.requests()) {
      if (request.side() != side || !request.types().contains(type) || request.supplied().contains(type)) continue;
      var supplied = new HashSet<>(request.supplied());
      supplied.add(type);
      story.add(new EvidenceSupplied(new EvidenceRequest(request.id(), side, request.types(), supplied)));
    }
    if (story.dispute().stage() instanceof Stage.AwaitingEvidence now
        && now.requests().stream().allMatch(EvidenceRequest::isSupplied)) {
      story.add(new EvidenceClosed(Row.REQUEST_END, true));
    }
  }

  /** T15. */
  static Decision propose(Matter m, Act act, ProposeSettlement said) {
    var guard = working(m, act);
    if (guard != null) return no(guard);
    var limits = m.rules().limits();
    if (m.dispute().tally().reopenings() >= limits.reopenings()) return no(ROUNDS_USED_UP);
    if (m.dispute().mediation().proposals() >= limits.proposals()) return no(PROPOSALS_USED_UP);
    if (said.text().chars() > limits.messageChars()) return no(TEXT_TOO_LONG, "text");
    var terms = TermsCheck.refusal(m, said.terms(), false);
    if (terms != null) return terms;
    var story = new Story(m, act.at());
    return story.add(new SettlementProposed(Row.PROPOSE, m.dispute().tally().proposals() + 1, said.terms(), said.text(),
        story.due(Deadline.PROPOSAL_VALIDITY))).told();
  }

  /** T5: the first assent is recorded, the second settles. */
  static Decision accept(Matter m, Act act, AcceptProposal accept) {
    var side = act.by().side().orElseThrow();
    var proposal = proposal(m, accept.proposal());
    if (proposal == null || !act.at().isBefore(proposal.due())) return no(NO_SUCH_PROPOSAL, "proposal");
    if (proposal.assented(side)) return no(ALREADY_SPOKEN);
    if (proposal.terms().cost() > m.payment().refundable()) return no(AMOUNT_TOO_HIGH, "proposal");
    if (side == Side.MERCHANT && proposal.terms().pays() > act.by().limit()) return no(ABOVE_YOUR_LIMIT, "proposal");
    var story = new Story(m, act.at()).add(new ProposalAssented(proposal.proposal(), side));
    if (!proposal.assented(side.other())) return story.told();
    story.add(new ProposalEnded(0, proposal.proposal(), Offer.State.ACCEPTED, Words.NONE));
    return Settling.form(story, Row.ACCEPT, Settlement.Origin.PROPOSAL, proposal.terms()).told();
  }

  /** T16. */
  static Decision decline(Matter m, Act act, DeclineProposal decline) {
    var proposal = proposal(m, decline.proposal());
    if (proposal == null) return no(NO_SUCH_PROPOSAL, "proposal");
    var reason = Talking.text(decline.reason(), m.rules().limits().messageChars(), "reason");
    if (reason != null) return reason;
    return new Story(m, act.at()).add(
        new ProposalEnded(Row.PROPOSAL_END, proposal.proposal(), Offer.State.DECLINED, decline.reason())).told();
  }

  /** T17: once per dispute, while rounds are left. */
  static Decision giveBack(Matter m, Act act, ReturnToNegotiation back) {
    var guard = working(m, act);
    if (guard != null) return no(guard);
    boolean used = m.dispute().mediation().returned()
        || m.dispute().tally().reopenings() >= m.rules().limits().reopenings();
    if (used) return no(ROUNDS_USED_UP);
    if (back.reason().chars() > m.rules().limits().messageChars()) return no(TEXT_TOO_LONG, "reason");
    return Negotiation.round(new Story(m, act.at()), Row.RETURN, false).told();
  }

  /** What lies open in mediation ends because something else settled or closed it. */
  static void drop(Story story) {
    if (story.dispute().stage() instanceof Stage.Proposed p) {
      story.add(new ProposalEnded(0, p.proposal(), Offer.State.SUPERSEDED, Words.NONE));
    }
  }

  /** The longest time mediation may take is over: the leads take it, and are alerted every day. */
  static void tookTooLong(Story story) {
    if (!story.dispute().mediation().mediator().equals(LEADS)) story.add(new Assigned(Row.ASSIGN, LEADS));
    story.add(new Alerted(Deadline.MEDIATION_MAX, 0, story.due(Deadline.LEAD_ALERT)));
  }

  /**
   * Why this person cannot work on it now, or null: it is the assigned mediator's or a lead's, and no decision waits.
   */
  static @Nullable Refusal working(Matter m, Act act) {
    if (!(m.dispute().stage() instanceof Stage.Mediating now)) return NOT_IN_MEDIATION;
    var person = person(m, act.by());
    if (person != null) return person;
    return now.waiting() == null ? null : DECISION_PENDING;
  }

  static @Nullable Refusal person(Matter m, Actor by) {
    boolean lead = by.role() == Role.MEDIATOR_LEAD;
    if (!lead && !by.subject().equals(m.dispute().mediation().mediator())) return NOT_YOURS;
    return Permits.conflict(m.dispute(), by);
  }

  private static boolean inMediation(Matter m) {
    return m.dispute().status().phase == Status.Phase.MEDIATION;
  }

  private static Stage.@Nullable Proposed proposal(Matter m, int id) {
    return m.dispute().stage() instanceof Stage.Proposed p && p.proposal() == id ? p : null;
  }

  private Mediation() {}
}
