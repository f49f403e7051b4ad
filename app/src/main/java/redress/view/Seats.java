package redress.view;

import jakarta.servlet.http.HttpServletRequest;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import redress.desk.Clocks;
import redress.desk.Seat;
import redress.dispute.DisputeId;
import redress.door.Caller;
import redress.door.Fault;
import redress.door.Fresh;
import redress.door.Language;
import redress.policy.Role;
import redress.store.Disputes;
import redress.store.Disputes.Place;
import redress.store.Parties;
import redress.store.Party;

/**
 * Shows every caller to their seat. Who does not belong to a dispute hears what one hears of a dispute that is not
 * there.
 */
public final class Seats {
  private static final int REMEMBERED = 200_000;

  private final Disputes disputes;
  private final Clocks clocks;
  private final Fresh<String, Optional<Party>> parties;
  private final ConcurrentMap<DisputeId, Place> places = new ConcurrentHashMap<>();

  public Seats(Disputes disputes, Parties parties, Clocks clocks) {
    this.disputes = disputes;
    this.clocks = clocks;
    this.parties = new Fresh<>(parties::find);
  }

  /** A reader at one dispute. */
  public record At(Reader reader, DisputeId id, Place place) {
    public Seat seat() {
      return new Seat(id, place.payment(), reader.actor(), reader.caller().person());
    }
  }

  /** Who reads: a party in the language and zone it is registered with, anybody else as the request says, in UTC. */
  public Reader reader(HttpServletRequest request) {
    var caller = Caller.of(request);
    boolean says = request.getHeader("Accept-Language") != null;
    var party = caller.actor().side().flatMap(_ -> parties.get(caller.subject()));
    var language = says || party.isEmpty() ? Language.of(request) : Language.of(party.get().language());
    return new Reader(caller, language, party.<ZoneId>map(Party::zone).orElse(ZoneOffset.UTC));
  }

  /** The language the reader is registered with; empty for staff. */
  public Optional<Language> language(Reader reader) {
    return reader.side().flatMap(_ -> parties.get(reader.caller().subject())).map(it -> Language.of(it.language()));
  }

  /** The zone a party is registered in; UTC for one that is not. */
  public ZoneId zone(String party) {
    return parties.get(party).<ZoneId>map(Party::zone).orElse(ZoneOffset.UTC);
  }

  /** The caller's place at the dispute with this id. Turns away whoever has none. */
  public At at(HttpServletRequest request, String id) {
    return at(reader(request), id);
  }

  /** The place of {@code reader} at the dispute with this id. Turns away whoever has none. */
  public At at(Reader reader, String id) {
    var dispute = DisputeId.parse(id).orElseThrow(() -> Fault.NOT_FOUND.away());
    var place = place(dispute);
    if (!maySee(reader.caller(), dispute, place)) throw Fault.NOT_FOUND.away();
    return new At(reader, dispute, place);
  }

  /** Remembers whose a dispute is that has just been filed. */
  public void filed(DisputeId id, Place place) {
    if (places.size() > REMEMBERED) places.clear();
    places.put(id, place);
  }

  /** Now, as the clock of this dispute shows it. */
  public Instant now(Place place) {
    return clocks.now(place.clock());
  }

  /** Now, as the clock of the dispute with this id shows it. Turns away when there is none. */
  public Instant clockOf(DisputeId id) {
    return now(place(id));
  }

  private Place place(DisputeId id) {
    var known = places.get(id);
    if (known != null) return known;
    var found = disputes.place(id).orElseThrow(() -> Fault.NOT_FOUND.away());
    filed(id, found);
    return found;
  }

  private boolean maySee(Caller caller, DisputeId id, Place place) {
    if (caller.live() != place.live()) return false;
    return switch (caller.role()) {
      case BUYER -> caller.subject().equals(place.buyer());
      case MERCHANT_OWNER, MERCHANT_AGENT, MERCHANT_VIEWER -> caller.subject().equals(place.merchant());
      case MEDIATOR -> disputes.mediator(id).filter(it -> it.isEmpty() || it.equals(caller.subject())).isPresent();
      case PLATFORM, MEDIATOR_LEAD, VERIFIER, FINANCE, SUPPORT, AUDITOR -> true;
      case ADMIN, SYSTEM -> false;
    };
  }

  /** Whether this role looks after disputes at all. */
  public static boolean seesDisputes(Role role) {
    return role != Role.ADMIN && role != Role.SYSTEM;
  }
}
