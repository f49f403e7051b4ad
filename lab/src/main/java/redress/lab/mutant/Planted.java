package redress.lab.mutant;

import static redress.lab.mutant.Mutant.ofRules;

import java.util.List;

/** The mistakes that are planted, each the kind a person could make. */
final class Planted {
  // @formatter:off
  static final List<Mutant> ALL = List.of(
      ofRules("the cap forgets what earlier rounds paid", "dispute/Payment.java",
          "captured - refunded - chargedBack",
          "captured - chargedBack"),
      ofRules("a retried refund gets a new reference", "dispute/Refund.java",
          "dispute + \"-r\" + id",
          "dispute + \"-r\" + id + \"-\" + state"),
      ofRules("a deadline acts a tick early", "dispute/Timing.java",
          "act.at().isBefore(pass.due())",
          "act.at().isBefore(pass.due().minusNanos(1_000))"),
      ofRules("a late effect leaves no record of its lateness", "dispute/Timing.java",
          "if (late) story.add(new Breached(pass.deadline(), pass.due(), lateness));",
          ""),
      ofRules("a hold is released twice", "dispute/Closing.java",
          "if (held > 0) story.add(new HoldReleased(held));",
          "if (held > 0) story.add(new HoldReleased(held)).add(new HoldReleased(held));"),
      ofRules("whatever offer is open is accepted, not the one that was shown", "dispute/Negotiation.java",
          "if (offer != null && offer.id() == id) return offer;",
          "if (offer != null) return offer;"),
      ofRules("an expired offer is accepted", "dispute/Negotiation.java",
          "if (offer == null || !act.at().isBefore(offer.expires())) return no(NO_SUCH_OFFER, \"offer\");",
          "if (offer == null) return no(NO_SUCH_OFFER, \"offer\");"),
      ofRules("day 2 begins as soon as day 1's audit is done", "dispute/Verifying.java",
          "case Stage.Auditing a when a.late() && a.look()",
          "case Stage.Auditing a when a.look()"),
      ofRules("an unreached buyer counts as satisfied", "dispute/Verifying.java",
          "Problems.note(story, FindingCode.BUYER_NOT_REACHED, 0);",
          ""),
      ofRules("it is enforced while a refund may still arrive", "dispute/Problems.java",
          "if (story.dispute().inFlight(o.id()) || x.ask() != null) return false;",
          "if (x.ask() != null) return false;"),
      ofRules("a reserve that answers twice is believed twice", "dispute/Problems.java",
          "if (ask == null || ask.number() != funds.ask() || ask.pot() != funds.pot()) return no(NOT_ENFORCEABLE, \"ask\");",
          "if (ask == null) return no(NOT_ENFORCEABLE, \"ask\");"),
      ofRules("a waived promise counts as kept", "dispute/Closing.java",
          "if (any(dispute, WAIVED_BY_CREDITOR)) return Outcome.SETTLED_WAIVED;",
          ""),
      ofRules("the provider's reversals are not heard", "dispute/Refunds.java",
          "case SUCCEEDED -> said == Refund.State.FAILED || said == Refund.State.REVERSED ? Refund.State.REVERSED : null;",
          "case SUCCEEDED -> null;"),
      ofRules("a failed refund is not put back", "posting/Postings.java",
          "if (inFlight && paidByUs(refund)) back(refund, \"refund-failed\");",
          ""),
      ofRules("items can be disputed twice", "dispute/Payment.java",
          "if (wanted.isEmpty() || other.getValue().isEmpty()) return true;",
          "if (wanted.isEmpty() && other.getValue().isEmpty()) return true;"),
      ofRules("money on its way does not hold up a chargeback", "dispute/Closing.java",
          "if (!m.dispute().inFlight()) {",
          "if (m.dispute().refunds().size() >= 0) {"),
      ofRules("who decided hears the appeal", "dispute/Deciding.java",
          "if (by.equals(appealed.ruling().decidedBy()) || by.equals(appealed.ruling().approvedBy())) return no(SAME_PERSON);",
          ""),
      ofRules("a payment to somebody else proves the promise", "check/Checks.java",
          "else if (!record.payee().equals(promise.payee())) find(REFUND_WRONG_PAYEE);",
          ""),
      ofRules("one payment proves two promises", "dispute/Verifying.java",
          "return !Refund.isOurs(entry.reference()) && !story.payment().outside().contains(entry.reference());",
          "return true;"));
  // @formatter:on

  private Planted() {}
}
