package redress.command;

import java.time.Instant;
import java.util.Map;
import redress.policy.Role;

/**
 * The people of a demonstration, each with a credential of its own that was got through the API: the host platform and
 * the staff by keys, the parties by the platform's short-lived tokens.
 */
final class Cast {
  private final Lines lines;
  private final Visitor admin;
  private final Visitor platform;

  /** @param adminKey the first key, a test one */
  Cast(Lines lines, String adminKey) {
    this.lines = lines;
    this.admin = new Visitor(lines, () -> adminKey);
    this.platform = staff(Role.PLATFORM, "market");
  }

  Visitor platform() {
    return platform;
  }

  /** Somebody with a key, such as staff. */
  Visitor staff(Role role, String subject) {
    var made = admin.post("/v1/keys", Map.of("role", role, "subject", subject, "name", "demonstration"), null).done();
    var secret = made.text("/secret");
    return new Visitor(lines, () -> secret);
  }

  /** Registers a party at the platform and lets it in with a party token. */
  Visitor party(String id, String name, boolean buyer, String language, Instant now) {
    platform.put("/v1/parties/" + id, Map.of("kind", buyer ? "BUYER" : "MERCHANT", "account", "account-" + id,
        "level", 2, "verifiedAt", now, "zone", "Asia/Shanghai", "language", language, "name", name,
        "email", id + "@example.org")).done();
    var token = platform.post("/v1/party-tokens",
        Map.of("party", id, "role", buyer ? Role.BUYER : Role.MERCHANT_OWNER), null).done().text("/token");
    return new Visitor(lines, () -> token);
  }
}
