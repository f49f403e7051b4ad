package redress.dispute;

import java.util.Optional;
import java.util.Set;
import redress.policy.Role;

/**
 * Who speaks: role, subject (a party's or staff member's id, never a name), the amount up to which this person may
 * commit (minor units), and the party ids this person has declared a conflict of interest with.
 */
public record Actor(Role role, String subject, long limit, Set<String> conflicts) {
  /** Time, providers and automatic checks speaking. */
  public static final Actor SYSTEM = new Actor(Role.SYSTEM, "system");

  public Actor {
    conflicts = Set.copyOf(conflicts);
  }

  public Actor(Role role, String subject) {
    this(role, subject, Long.MAX_VALUE, Set.of());
  }

  /** The side this actor speaks for, if it speaks for one. */
  public Optional<Side> side() {
    if (role == Role.BUYER) return Optional.of(Side.BUYER);
    return role.isMerchant() ? Optional.of(Side.MERCHANT) : Optional.empty();
  }
}
