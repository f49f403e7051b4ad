package redress.door;

import java.time.Duration;
import java.util.Set;
import redress.dispute.Errand.Audience;
import redress.notify.Channel.Addressee;
import redress.notify.Entrance;
import redress.policy.Role;
import redress.store.Delivery;
import redress.store.SignIns.Person;

/**
 * The links in notices to buyers: each lets its buyer in once, for a week, and leads to the one page the notice is
 * about. Merchants get plain addresses: behind their mailbox are several people with limits of their own.
 */
public final class Invitations implements Entrance {
  private static final Duration LIFE = Duration.ofDays(7);

  private final Sessions sessions;
  private final String pages;

  /** {@code pages} is where this server's pages are, without a slash at the end; empty: there are no such links. */
  public Invitations(Sessions sessions, String pages) {
    this.sessions = sessions;
    this.pages = pages;
  }

  @Override public Delivery open(Delivery delivery, Addressee to) {
    var page = "/disputes/" + delivery.dispute();
    boolean leads = !pages.isEmpty() && delivery.audience() == Audience.BUYER
        && delivery.text().contains(pages + page);
    if (!leads) return delivery;
    var buyer = new Person(Role.BUYER, to.party(), to.party(), Long.MAX_VALUE, Set.of(), to.live());
    var link = sessions.link(buyer, page + part(delivery), LIFE);
    return delivery.saying(delivery.text().replace(pages + page, pages + "/in/" + link.secret()));
  }

  /** The part of the dispute's pages that a notice is about. */
  private static String part(Delivery delivery) {
    return switch (delivery.notice()) {
      case FOLLOW_UP -> "/follow-up";
      case CLOSED -> "/result";
      case SUPPORT_ANSWERED, FEEDBACK_ANSWERED -> "/help";
      case FILED, MESSAGE, EVIDENCE_ADDED, OFFER_MADE, OFFER_DECLINED, OFFER_WITHDRAWN, OFFER_EXPIRED, DUE_SOON,
          FIRST_REPLY_MISSED, MEDIATION_STARTED, MEDIATOR_ASSIGNED, EVIDENCE_REQUESTED, PROPOSAL_MADE, PROPOSAL_ENDED,
          BACK_TO_NEGOTIATION, DECIDED, APPEALED, APPEAL_DECIDED, DECISION_TO_APPROVE, SETTLED, VERIFICATION_DATES,
          STATEMENT_WANTED, RETURN_SHIPPED, RETURN_DELIVERED, OBLIGATION_CHANGED, REFUND_SENT, REFUND_ARRIVED,
          REFUND_FAILED, FOLLOW_UP_ANSWERED, PROBLEM_FOUND, PROBLEM_SOLVED, PAYOUT_TO_APPROVE, ENFORCED,
          NEGOTIATION_REOPENED, CHARGEBACK, SUPPORT_ASKED, STAFF_ALERT -> "";
    };
  }
}
