package redress.command;

import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import redress.policy.Role;

/**
 * Everybody who speaks in a replay: staff with keys; one buyer for each state and one merchant for each company (or
 * product, where the data names no company) with party tokens that are renewed before they end.
 */
final class Troupe {
  private static final Duration TOKEN = Duration.ofMinutes(10);
  private static final int LONGEST_NAME = 60;

  private final Lines lines;
  private final Visitor platform;
  private final Visitor mediator;
  private final Visitor verifier;
  private final Visitor auditor;
  private final ConcurrentMap<String, Visitor> parties = new ConcurrentHashMap<>();

  Troupe(Lines lines, String adminKey) {
    this.lines = lines;
    var admin = new Visitor(lines, () -> adminKey);
    this.platform = staff(admin, Role.PLATFORM, "cfpb");
    this.mediator = staff(admin, Role.MEDIATOR, "cfpb-mediator");
    this.verifier = staff(admin, Role.VERIFIER, "cfpb-verifier");
    this.auditor = staff(admin, Role.AUDITOR, "cfpb-auditor");
  }

  private Visitor staff(Visitor admin, Role role, String subject) {
    var secret = admin.post("/v1/keys", Map.of("role", role, "subject", subject, "name", "replay"), null).done()
        .text("/secret");
    return new Visitor(lines, () -> secret);
  }

  Visitor platform() {
    return platform;
  }

  Visitor mediator() {
    return mediator;
  }

  Visitor verifier() {
    return verifier;
  }

  Visitor auditor() {
    return auditor;
  }

  /** The id of the consumer's side. */
  static String buyer(Complaint complaint) {
    return "cfpb-consumer-" + (complaint.state().matches("[A-Za-z]{2}") ? complaint.state() : "none");
  }

  /** The id of the company's side. */
  static String merchant(Complaint complaint) {
    var name = complaint.company().isEmpty() ? "company for " + complaint.product() : complaint.company();
    var slug = name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
    return "cfpb-" + slug.substring(0, Math.min(slug.length(), LONGEST_NAME));
  }

  /** That party, registered and let in when first asked for. */
  Visitor party(String id, boolean buyer, String name) {
    var known = parties.get(id);
    return known != null ? known : parties.computeIfAbsent(id, _ -> enrol(id, buyer, name));
  }

  private Visitor enrol(String id, boolean buyer, String name) {
    platform.put("/v1/parties/" + id, Map.of("kind", buyer ? "BUYER" : "MERCHANT", "account", "account-" + id,
        "level", 2, "verifiedAt", "2010-01-01T00:00:00Z", "zone", "America/New_York", "language", "EN", "name", name))
        .done();
    return new Visitor(lines, new Token(id, buyer ? Role.BUYER : Role.MERCHANT_OWNER));
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
