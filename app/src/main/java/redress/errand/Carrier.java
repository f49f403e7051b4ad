package redress.errand;

import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redress.connect.Providers;
import redress.desk.Desk;
import redress.dispute.DisputeId;
import redress.dispute.Errand;
import redress.dispute.Matter;
import redress.errand.Telling.Word;
import redress.notify.Notifier;
import redress.result.Registrar;
import redress.store.Disputes;
import redress.store.Disputes.Found;
import redress.store.Errands.Due;
import redress.store.Parties;
import redress.store.Records;
import redress.store.Reserves;
import redress.store.RuleSets;
import redress.store.SubjectKeys;
import redress.store.Testimonies;
import redress.vault.Vault;

/** Who does what: the one place that knows every kind of errand. Each may be done twice and counts once. */
public final class Carrier {
  private static final Logger log = LoggerFactory.getLogger(Carrier.class);

  private final Disputes disputes;
  private final RuleSets rules;
  private final Telling telling;
  private final Asking asking;
  private final Paying paying;
  private final Auditing auditing;
  private final Reserving reserving;
  private final Looking looking;
  private final Recording recording;

  public Carrier(Disputes disputes, RuleSets rules, Parties parties, SubjectKeys subjects, Notifier notifier,
      Providers providers, Reserves reserves, Records records, Vault vault, Testimonies testimonies,
      Registrar registrar, Desk desk) {
    var says = new Says(desk);
    var stated = new Stated(records);
    this.disputes = disputes;
    this.rules = rules;
    this.telling = new Telling(notifier, says);
    this.asking = new Asking(parties, providers, stated, says);
    this.paying = new Paying(providers, says);
    this.auditing = new Auditing(disputes, subjects, providers, asking, stated, new Perusal(vault), testimonies, says);
    this.reserving = new Reserving(reserves, says);
    this.looking = new Looking(asking, auditing, says);
    this.recording = new Recording(registrar);
  }

  /** Where the errand's dispute stands now. Throws when there is none, or it cannot be understood. */
  Matter matter(Due due) {
    return matter(disputes.find(due.dispute()).orElseThrow());
  }

  private Matter matter(Found found) {
    return new Matter(rules.version(found.dispute().about().rules()), found.payment(), found.dispute());
  }

  /** Where these disputes stand now, in one look; without those of which {@link #matter} would throw. */
  Map<DisputeId, Matter> matters(Set<DisputeId> ids) {
    var all = new HashMap<DisputeId, Matter>();
    for (var found : disputes.find(ids).values()) {
      try {
        all.put(found.id(), matter(found));
      } catch (IllegalArgumentException e) {
        log.warn("Dispute {} cannot be understood: {}", found.id(), e.getMessage());
      }
    }
    return all;
  }

  /** Does once what many of these, due at one instant of a test clock, would each have done for themselves. */
  void ready(Collection<Due> together) {
    recording.ready(together);
  }

  /** Begins to tell all this; what is left to do for each comes back in the same order. */
  List<Supplier<Course>> tell(List<Word> words, Instant now) {
    return telling.begin(words, now);
  }

  /** Does {@code errand} at {@code now} on its payment's clock. Throws whatever goes wrong: then it is tried again. */
  Course carry(Due due, Errand errand, Matter matter, Instant now) {
    return switch (errand) {
      case Errand.Tell _,Errand.Remind _ -> telling.carry(new Word(due, errand, matter), now);
      case Errand.Contact contact -> telling.contact(due, matter, contact, now);
      case Errand.CheckIdentity _ -> asking.identity(due, matter);
      case Errand.CheckTransaction(var at) -> asking.transaction(due, matter, at, now);
      case Errand.Pay(var at, var refund) -> paying.pay(due, matter, refund, at, now);
      case Errand.Enquire(var at, var refund) -> paying.enquire(due, matter, refund, at, now);
      case Errand.Reserve(var _, var ask) -> reserving.reserve(due, matter, ask, now);
      case Errand.Return(var _, var number, var pot, var minor) ->
          reserving.giveBack(due, matter, number, pot, minor, now);
      case Errand.LookAtPayment(var at) -> looking.look(due, matter, at, now);
      case Errand.Audit(var at) -> auditing.audit(due, matter, at, now);
      case Errand.WriteResult wanted -> recording.write(due, wanted, now);
    };
  }
}
