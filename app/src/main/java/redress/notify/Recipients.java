package redress.notify;

import java.time.ZoneId;
import redress.dispute.Errand.Audience;
import redress.dispute.Matter;
import redress.store.Parties;
import redress.store.Parties.Reachable;
import redress.store.Party;
import redress.store.Party.Contact;

/** Who is meant by an audience in a dispute, and how they read. Staff share a language and a zone. */
record Recipients(Parties parties, Language staffLanguage, ZoneId staffZone) {

  /**
   * To whom a notice goes; {@code id} is empty for everybody in the role, {@code live} false when it is about a test.
   */
  record Recipient(Reader reader, String id, Contact contact, boolean live) {}

  Recipient of(Matter matter, Audience audience) {
    var filing = matter.dispute().about();
    return switch (audience) {
      case BUYER -> party(audience, filing.buyer(), filing.buyerZone(), filing.live());
      case MERCHANT -> party(audience, filing.merchant(), staffZone, filing.live());
      case MEDIATOR -> staff(audience, matter.dispute().mediation().mediator());
      case LEAD, VERIFIER, FINANCE, SUPPORT -> staff(audience, "");
    };
  }

  private Recipient party(Audience audience, String id, ZoneId otherwise, boolean live) {
    var found = parties.reach(id);
    var party = found.map(Reachable::party);
    var language = party.map(Party::language).map(Language::of).orElse(staffLanguage);
    var reader = new Reader(audience, language, party.map(Party::zone).orElse(otherwise));
    return new Recipient(reader, id, found.map(Reachable::contact).orElse(Contact.NONE), live);
  }

  private Recipient staff(Audience audience, String id) {
    return new Recipient(new Reader(audience, staffLanguage, staffZone), id, Contact.NONE, true);
  }
}
