package redress.notify;

import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import redress.dispute.Errand.Audience;
import redress.dispute.Matter;
import redress.notify.Channel.Addressee;
import redress.policy.RuleSet;
import redress.store.Parties;
import redress.store.Parties.Reachable;
import redress.store.Party;
import redress.store.Party.Contact;
import redress.store.Wish;
import redress.store.Wish.Quiet;

/** Who is meant by an audience in a dispute, and how they read. Staff share a language and a zone. */
record Recipients(Parties parties, Language staffLanguage, ZoneId staffZone) {

  /**
   * To whom a notice goes; {@code id} is empty for everybody in the role, {@code live} false when it is about a test,
   * {@code usual} the hours in which nobody is disturbed who said nothing else.
   */
  record Recipient(Reader reader, String id, Contact contact, boolean live, Wish wish, Quiet usual) {
    /** Somebody who is not registered any more. */
    static Recipient nobody(Reader reader, String id, boolean live) {
      return new Recipient(reader, id, Contact.NONE, live, Wish.NONE, new Quiet(0, 0));
    }

    /** As channels know them. */
    Addressee addressee() {
      return new Addressee(id, contact, live);
    }
  }

  /** Whom a notice is for: an audience of one matter. */
  record To(Matter matter, Audience audience) {
    /** The party's id, empty for staff. */
    private String party() {
      return switch (audience) {
        case BUYER -> matter.dispute().about().buyer();
        case MERCHANT -> matter.dispute().about().merchant();
        case MEDIATOR, LEAD, VERIFIER, FINANCE, SUPPORT -> "";
      };
    }
  }

  Recipient of(Matter matter, Audience audience) {
    return of(List.of(new To(matter, audience))).getFirst();
  }

  /** The same for many, in one look. */
  List<Recipient> of(List<To> all) {
    var known = parties.reach(all.stream().map(To::party).filter(id -> !id.isEmpty()).collect(Collectors.toSet()));
    return all.stream().map(to -> of(to, known)).toList();
  }

  private Recipient of(To to, Map<String, Reachable> known) {
    var dispute = to.matter.dispute();
    var filing = dispute.about();
    var found = Optional.ofNullable(known.get(to.party()));
    return switch (to.audience) {
      case BUYER -> party(to, found, filing.buyerZone());
      case MERCHANT -> party(to, found, staffZone);
      case MEDIATOR -> staff(to, dispute.mediation().mediator());
      case LEAD, VERIFIER, FINANCE, SUPPORT -> staff(to, "");
    };
  }

  private Recipient party(To to, Optional<Reachable> found, ZoneId otherwise) {
    var party = found.map(Reachable::party);
    var wish = found.map(Reachable::wish).orElse(Wish.NONE);
    var language = Optional.ofNullable(wish.language()).or(() -> party.map(Party::language)).map(Language::of)
        .orElse(staffLanguage);
    var reader = new Reader(to.audience, language, party.map(Party::zone).orElse(otherwise));
    return new Recipient(reader, to.party(), found.map(Reachable::contact).orElse(Contact.NONE),
        to.matter.dispute().about().live(), wish, usual(to.matter.rules()));
  }

  private Recipient staff(To to, String id) {
    return new Recipient(new Reader(to.audience, staffLanguage, staffZone), id, Contact.NONE, true, Wish.NONE,
        usual(to.matter.rules()));
  }

  private static Quiet usual(RuleSet rules) {
    return new Quiet(rules.wakingToHour(), rules.wakingFromHour());
  }
}
