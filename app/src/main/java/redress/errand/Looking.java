package redress.errand;

import java.time.Instant;
import redress.dispute.Command.OpenChargeback;
import redress.dispute.Matter;
import redress.store.Errands.Due;

/**
 * Looks at a payment of which its provider says that something happened: whether the payer's bank took more money back
 * than is known here, and what the records show of refunds made elsewhere.
 */
final class Looking {
  private final Asking asking;
  private final Auditing auditing;
  private final Says says;

  Looking(Asking asking, Auditing auditing, Says says) {
    this.asking = asking;
    this.auditing = auditing;
    this.says = says;
  }

  /** Asks afresh, and again later while the provider is silent. */
  Course look(Due due, Matter matter, Instant since, Instant now) {
    var facts = asking.transaction(matter, now);
    if (!facts.available()) return new Course.Later(Pace.look(since, now), "the provider is silent");
    long known = matter.payment().chargedBack();
    if (facts.found() && facts.chargedBack() > known) {
      // Every dispute of the payment sees the same difference, and whichever says so first has said it.
      var fact = matter.payment().id() + ".chargeback." + known + "-" + facts.chargedBack();
      return says.fact(due, new OpenChargeback(facts.chargedBack() - known), fact);
    }
    return auditing.audit(due, matter, since, now);
  }
}
