package redress.door;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import java.util.Set;
import redress.dispute.Actor;
import redress.policy.Role;

/**
 * Who is calling, once shown in: {@code principal} names the key or token owner (idempotency keys are its own), {@code
 * subject} the party or staff member that speaks, {@code person} the human behind a merchant's account. {@code live}
 * false: a test caller, for whom only test payments exist.
 */
public record Caller(String principal, Role role, String subject, String person, Set<Scope> scopes, long limit,
    Set<String> conflicts, boolean live) {

  /** What a key may be used for. */
  public enum Scope { READ, WRITE }

  private static final String ATTRIBUTE = Caller.class.getName();

  public Caller {
    scopes = Set.copyOf(scopes);
    conflicts = Set.copyOf(conflicts);
  }

  /** The caller as the rules know people. */
  public Actor actor() {
    return new Actor(role, subject, limit, conflicts);
  }

  /** Turns away whoever has none of these roles. */
  public void mustBe(Role... roles) {
    if (!Set.of(roles).contains(role)) throw Fault.ROLE_MISSING.away();
  }

  void enters(HttpServletRequest request) {
    request.setAttribute(ATTRIBUTE, this);
  }

  /** The caller of this request. Turns away when nobody was shown in. */
  public static Caller of(HttpServletRequest request) {
    return in(request).orElseThrow(() -> Fault.UNAUTHENTICATED.away());
  }

  /** The caller of this request; empty when nobody was shown in. */
  public static Optional<Caller> in(HttpServletRequest request) {
    return request.getAttribute(ATTRIBUTE) instanceof Caller caller ? Optional.of(caller) : Optional.empty();
  }
}
