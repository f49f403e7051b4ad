package redress.errand;

import java.time.Instant;
import redress.check.Facts;
import redress.connect.Providers;
import redress.dispute.Command.ConfirmIdentity;
import redress.dispute.Command.ConfirmTransaction;
import redress.dispute.Matter;
import redress.store.Errands.Due;
import redress.store.Parties;
import redress.store.Party;

/**
 * Gathers the facts of a settlement's confirmation: who agreed and who paid, and what the provider says of the payment.
 */
final class Asking {
  private final Parties parties;
  private final Providers providers;
  private final Stated stated;
  private final Says says;

  Asking(Parties parties, Providers providers, Stated stated, Says says) {
    this.parties = parties;
    this.providers = providers;
    this.stated = stated;
    this.says = says;
  }

  /** Compares nothing: the accounts are looked up where the platform registered them, and the rules judge. */
  Course identity(Due due, Matter matter) {
    if (matter.dispute().settlement() == null) return new Course.Dropped("nothing is settled");
    var agreed = parties.find(matter.dispute().settled().agreedBy());
    var payer = parties.find(matter.payment().payer());
    var facts = new Facts.Identity(agreed.map(Party::account).orElse(null), payer.map(Party::account).orElse(null),
        payer.map(Party::level).orElse(0), payer.map(Party::verifiedAt).orElse(null), true);
    return says.each(due, new ConfirmIdentity(facts), "");
  }

  /** Asks the payment's provider afresh; a silent one is asked again later. */
  Course transaction(Due due, Matter matter, Instant since, Instant now) {
    if (matter.dispute().settlement() == null) return new Course.Dropped("nothing is settled");
    var facts = transaction(matter, now);
    if (!facts.available()) return new Course.Later(Pace.look(since, now), "the provider is silent");
    return says.each(due, new ConfirmTransaction(facts), "");
  }

  /** The payment as its provider tells it now, or else as a statement told it. */
  Facts.Transaction transaction(Matter matter, Instant now) {
    return providers.of(matter.payment())
        .map(provider -> provider.find(matter.payment().atProvider(), now)).filter(Facts.Transaction::available)
        .or(() -> stated.transaction(matter.payment()))
        .orElse(SILENT);
  }

  private static final Facts.Transaction SILENT = new Facts.Transaction(false, false, false, 0, null, 0);
}
