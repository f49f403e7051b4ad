package redress.lab.judge;

import static redress.policy.Role.*;

import java.util.EnumSet;
import java.util.Set;
import redress.dispute.Event;
import redress.policy.Role;

/** Judges who did what: roles, whose dispute it is, and that second persons are second persons. */
final class PeopleJudge {
  private static final Set<Role> EITHER = EnumSet.of(BUYER, MERCHANT_OWNER, MERCHANT_AGENT);
  private static final Set<Role> MERCHANT = EnumSet.of(MERCHANT_OWNER, MERCHANT_AGENT);
  private static final Set<Role> MEDIATES = EnumSet.of(MEDIATOR, MEDIATOR_LEAD);

  private final String payer;
  private final String merchant;

  PeopleJudge(String payer, String merchant) {
    this.payer = payer;
    this.merchant = merchant;
  }

  void saw(Moment m, Event event) {
    var role = m.by().role();
    var subject = m.by().subject();
    if (role == BUYER) m.require(subject.equals(payer), Invariant.ROLE_MAY, () -> "a stranger caused " + event);
    if (role.isMerchant()) m.require(subject.equals(merchant), Invariant.ROLE_MAY, () -> "a stranger caused " + event);
    boolean reads = role == MERCHANT_VIEWER || role == AUDITOR || role == ADMIN;
    m.require(!reads, Invariant.ROLE_MAY, () -> role + " only reads but caused " + event);
    m.require(may(m, event), Invariant.ROLE_MAY, () -> role + " caused " + event);
    secondPerson(m, event);
  }

  private static boolean may(Moment m, Event event) {
    var role = m.by().role();
    var side = m.by().side().orElse(null);
    return switch (event) {
      case Event.Filed __ -> role == BUYER || role == SUPPORT;
      case Event.OfferMade e -> EITHER.contains(role) && side == e.offer().by();
      case Event.Appealed e -> side == e.side();
      case Event.AppealWaived e -> side == e.side();
      case Event.ProposalAssented e -> side == e.side();
      case Event.Assigned e -> role == MEDIATOR_LEAD || role == SYSTEM
          || (role == MEDIATOR && e.mediator().equals(m.by().subject()));
      case Event.Recused __ -> MEDIATES.contains(role);
      case Event.EvidenceRequested __ -> MEDIATES.contains(role);
      case Event.SettlementProposed __ -> MEDIATES.contains(role);
      case Event.DecisionWaits __ -> MEDIATES.contains(role);
      case Event.DecisionRejected __ -> role == MEDIATOR_LEAD;
      case Event.Decided __ -> MEDIATES.contains(role);
      case Event.AppealDecided __ -> role == MEDIATOR_LEAD;
      case Event.StatementSubmitted __ -> MERCHANT.contains(role);
      // What was answered before day 2 is heeded when it begins.
      case Event.FollowUpAnswered e -> role == BUYER || role == VERIFIER || e.answer() == m.shadow().answer;
      case Event.PayoutApproved __ -> role == FINANCE;
      case Event.PayoutRejected __ -> role == FINANCE;
      case Event.SupportAnswered __ -> role == SUPPORT || role == MEDIATOR_LEAD;
      case Event.FeedbackAnswered __ -> role == SUPPORT || role == MEDIATOR_LEAD;
      case Event.VerifierActed e ->
          (role == VERIFIER || role == MEDIATOR_LEAD) && e.verifier().equals(m.by().subject());
      case Event.Audited __ -> role == SYSTEM || role == VERIFIER;
      case Event.ContactTried __ -> role == SYSTEM || role == VERIFIER;
      case Event.ChargebackOpened __ -> role == PLATFORM || role == SYSTEM;
      default -> true;
    };
  }

  private static void secondPerson(Moment m, Event event) {
    var shadow = m.shadow();
    var subject = m.by().subject();
    switch (event) {
      case Event.Assigned e -> {
        shadow.mediators.add(e.mediator());
        m.require(!shadow.verifiers.contains(e.mediator()), Invariant.TWO_PEOPLE,
            () -> e.mediator() + " verified and now mediates");
      }
      case Event.VerifierActed e -> {
        shadow.verifiers.add(e.verifier());
        m.require(!shadow.mediators.contains(e.verifier()), Invariant.TWO_PEOPLE,
            () -> e.verifier() + " mediated and now verifies");
      }
      case Event.DecisionWaits __ -> shadow.waitingSince = subject;
      case Event.Decided e -> {
        shadow.ruling = e.ruling();
        boolean second = e.ruling().approvedBy().isEmpty() || !e.ruling().approvedBy().equals(e.ruling().decidedBy());
        m.require(second, Invariant.TWO_PEOPLE, () -> e.ruling().decidedBy() + " approved the own decision");
        boolean himself =
            subject.equals(e.ruling().approvedBy().isEmpty() ? e.ruling().decidedBy() : e.ruling().approvedBy());
        m.require(himself, Invariant.ROLE_MAY, () -> subject + " decided in the name of " + e.ruling());
        if (!e.ruling().approvedBy().isEmpty()) {
          m.require(e.ruling().decidedBy().equals(shadow.waitingSince), Invariant.TWO_PEOPLE,
              () -> "nobody asked for approval of " + e);
        }
      }
      case Event.AppealDecided e -> {
        var first = shadow.ruling;
        boolean another = first == null
            || (!subject.equals(first.decidedBy()) && !subject.equals(first.approvedBy()));
        m.require(another, Invariant.TWO_PEOPLE, () -> subject + " decides the appeal against the own decision");
        shadow.ruling = e.ruling();
      }
      case Event.PayoutAsked __ -> shadow.payoutAskedBy = subject;
      case Event.PayoutApproved __ -> m.require(!subject.equals(shadow.payoutAskedBy), Invariant.TWO_PEOPLE,
          () -> subject + " approves the own payout");
      default -> {}
    }
  }

}
