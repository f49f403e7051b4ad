package redress.errand;

import java.time.Instant;
import redress.connect.Providers;
import redress.desk.Desk;
import redress.dispute.Errand;
import redress.dispute.Matter;
import redress.notify.Notifier;
import redress.store.Disputes;
import redress.store.Errands.Due;
import redress.store.Parties;
import redress.store.RuleSets;
import redress.store.SubjectKeys;

/** Who does what: the one place that knows every kind of errand. Each may be done twice and counts once. */
public final class Carrier {
  private final Disputes disputes;
  private final RuleSets rules;
  private final Telling telling;
  private final Asking asking;
  private final Paying paying;
  private final Auditing auditing;

  public Carrier(Disputes disputes, RuleSets rules, Parties parties, SubjectKeys subjects, Notifier notifier,
      Providers providers, Desk desk) {
    var says = new Says(desk);
    this.disputes = disputes;
    this.rules = rules;
    this.telling = new Telling(notifier, says);
    this.asking = new Asking(parties, providers, says);
    this.paying = new Paying(providers, says);
    this.auditing = new Auditing(disputes, subjects, providers, asking, says);
  }

  /** Where the errand's dispute stands now. Throws NoSuchElementException when there is none. */
  Matter matter(Due due) {
    var found = disputes.find(due.dispute()).orElseThrow();
    return new Matter(rules.version(found.dispute().about().rules()), found.payment(), found.dispute());
  }

  /** Whether the desk may hear of {@code errand}; if not, doing it leaves {@code matter} as it is. */
  boolean speaks(Errand errand, Matter matter) {
    return switch (errand) {
      case Errand.Tell _ -> false;
      case Errand.Remind remind -> telling.stands(remind, matter);
      case Errand.CheckIdentity _,Errand.CheckTransaction _,Errand.Audit _ -> true;
      case Errand.Contact _,Errand.Pay _,Errand.Enquire _ -> true;
    };
  }

  /** Does {@code errand} at {@code now} on its payment's clock. Throws whatever goes wrong: then it is tried again. */
  Course carry(Due due, Errand errand, Matter matter, Instant now) {
    return switch (errand) {
      case Errand.Tell tell -> telling.tell(due, matter, tell, now);
      case Errand.Remind remind -> telling.remind(due, matter, remind, now);
      case Errand.Contact contact -> telling.contact(due, matter, contact, now);
      case Errand.CheckIdentity _ -> asking.identity(due, matter);
      case Errand.CheckTransaction(var at) -> asking.transaction(due, matter, at, now);
      case Errand.Pay(var at, var refund) -> paying.pay(due, matter, refund, at, now);
      case Errand.Enquire(var at, var refund) -> paying.enquire(due, matter, refund, at, now);
      case Errand.Audit(var at) -> auditing.audit(due, matter, at, now);
    };
  }
}
