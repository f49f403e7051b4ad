package redress.api;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import redress.door.Caller;
import redress.door.Fault;
import redress.door.Sessions;
import redress.policy.Role;
import redress.store.Parties;
import redress.store.Party;
import redress.store.SignIns.Person;
import redress.verb.Body;
import redress.verb.Field;
import redress.verb.Fields;

/**
 * Links that let people in with a browser: the host platform's for its buyers and merchants, an administrator's for
 * staff.
 */
@RestController
public final class SignInLinks {
  static final Map<String, Field> LINK = Fields.of(
      Field.choice("role", Role.class, "As what.").needed(),
      Field.id("subject", "The party, or the member of staff.").needed(),
      Field.id("person", "The human behind a merchant's account; the subject itself when left out."),
      Field.amount("limit", "Up to which amount; without a bound when left out."),
      Field.ids("conflicts", "Parties there is a conflict of interest with."),
      Field.text("leads", "The page it leads to, from the slash on; / when left out.").upTo(300),
      Field.duration("validFor", "How long it opens, at most P14D; PT24H when left out."),
      Field.flag("live", "An administrator's: true lets in to real payments instead of test payments."));
  private static final Set<Role> NOBODY = Set.of(Role.PLATFORM, Role.SYSTEM);

  private final Sessions sessions;
  private final Parties parties;

  public SignInLinks(Sessions sessions, Parties parties) {
    this.sessions = sessions;
    this.parties = parties;
  }

  /** A link to follow once, from the slash on, and until when (UTC). */
  record LinkView(String path, Instant expires) {}

  /** Making another does no harm, so that a repeat simply gets a new one. */
  @PostMapping("/v1/sign-in-links") ResponseEntity<Object> make(HttpServletRequest request) throws IOException {
    var caller = Caller.of(request);
    caller.mustBe(Role.PLATFORM, Role.ADMIN);
    var body = Asking.of(request).body(LINK);
    var role = body.choice("role", Role.class);
    boolean staff = role.isStaff();
    if (NOBODY.contains(role) || staff != (caller.role() == Role.ADMIN)) throw Fault.FIELD_VALUE.away("role");
    if (!staff) mustBeRegistered(body.id("subject"), role);
    var life = body.duration("validFor");
    if (life != null && (life.isZero() || life.compareTo(Sessions.LONGEST_LINK) > 0)) {
      throw Fault.FIELD_VALUE.away("validFor");
    }
    var leads = body.text("leads");
    var issued = sessions.link(person(body, role, staff ? body.flag("live") : caller.live()),
        leads.isEmpty() ? "/" : leads, life == null ? Sessions.LINK : life);
    return ResponseEntity.status(201).body(new LinkView("/in/" + issued.secret(), issued.expires()));
  }

  private static Person person(Body body, Role role, boolean live) {
    var subject = body.id("subject");
    var person = body.id("person");
    long limit = body.has("limit") ? body.number("limit") : Long.MAX_VALUE;
    return new Person(role, subject, person.isEmpty() ? subject : person, limit, Set.copyOf(body.ids("conflicts")),
        live);
  }

  private void mustBeRegistered(String party, Role role) {
    var kind = role == Role.BUYER ? Party.Kind.BUYER : Party.Kind.MERCHANT;
    if (parties.find(party).filter(it -> it.kind() == kind).isEmpty()) throw Fault.PARTY_UNKNOWN.away("subject");
  }
}
