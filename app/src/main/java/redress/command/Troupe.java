package redress.command;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import redress.policy.Role;

/**
 * Everybody who speaks in a replay: staff with keys, buyers and merchants with party tokens that are renewed before
 * they
 * end.
 */
final class Troupe {
  private static final Duration TOKEN = Duration.ofMinutes(10);

  private final Lines lines;
  private final Casting casting;
  private final Visitor admin;
  private final Visitor platform;
  private final Visitor mediator;
  private final Visitor lead;
  private final Visitor verifier;
  private final Visitor auditor;
  private final ConcurrentMap<String, Visitor> parties = new ConcurrentHashMap<>();

  Troupe(Lines lines, String adminKey, Casting casting) {
    this.lines = lines;
    this.casting = casting;
    this.admin = new Visitor(lines, () -> adminKey);
    this.platform = staff(Role.PLATFORM);
    this.mediator = staff(Role.MEDIATOR);
    this.lead = staff(Role.MEDIATOR_LEAD);
    this.verifier = staff(Role.VERIFIER);
    this.auditor = staff(Role.AUDITOR);
  }

  private Visitor staff(Role role) {
    var secret = admin.post("/v1/keys", Map.of("role", role, "subject", casting.staff(role), "name", "replay"), null)
        .done().text("/secret");
    return new Visitor(lines, () -> secret);
  }

  /** Who stands for whom. */
  Casting casting() {
    return casting;
  }

  Visitor platform() {
    return platform;
  }

  Visitor mediator() {
    return mediator;
  }

  Visitor lead() {
    return lead;
  }

  Visitor verifier() {
    return verifier;
  }

  Visitor auditor() {
    return auditor;
  }

  /** The buyer's side of a complaint. */
  Visitor buyer(Complaint complaint) {
    return party(casting.buyer(complaint), Role.BUYER);
  }

  /** The merchant's side of a complaint. */
  Visitor merchant(Complaint complaint) {
    return party(casting.merchant(complaint), Role.MERCHANT_OWNER);
  }

  /** That party, registered and let in when first asked for. */
  private Visitor party(Casting.Part part, Role role) {
    var known = parties.get(part.id());
    return known != null ? known : parties.computeIfAbsent(part.id(), _ -> enrol(part, role));
  }

  private Visitor enrol(Casting.Part part, Role role) {
    platform.put("/v1/parties/" + part.id(), Map.of("kind", role == Role.BUYER ? "BUYER" : "MERCHANT", "account",
        "account-" + part.id(), "level", 2, "verifiedAt", "2010-01-01T00:00:00Z", "zone", part.zone(), "language",
        part.language(), "name", part.name())).done();
    return new Visitor(lines, new Token(part.id(), role));
  }

  /** A party token, asked for anew before it ends. */
  private final class Token implements Supplier<String> {
    private final String party;
    private final Role role;
    private @Nullable String token;
    private long asked;

    Token(String party, Role role) {
      this.party = party;
      this.role = role;
    }

    @Override public synchronized String get() {
      var known = token;
      if (known != null && System.nanoTime() - asked < TOKEN.toNanos()) return known;
      asked = System.nanoTime();
      var fresh = platform.post("/v1/party-tokens", Map.of("party", party, "role", role), null).done().text("/token");
      token = fresh;
      return fresh;
    }
  }
}
