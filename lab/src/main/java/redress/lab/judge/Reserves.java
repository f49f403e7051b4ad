package redress.lab.judge;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import redress.dispute.Command.Pot;
import redress.dispute.DisputeId;

/** The merchant's deposit and the compensation fund of one life, with books of their own (minor units). */
public final class Reserves {
  private final Map<Pot, Long> left = new EnumMap<>(Pot.class);
  private final Map<Key, Grant> grants = new HashMap<>();
  private final Set<Key> returns = new HashSet<>();

  /** An ask, or a giving back, by its number in its dispute. */
  private record Key(DisputeId dispute, int number) {}

  private record Grant(Pot pot, long minor, boolean ended, boolean confirmed) {}

  /** What lies there at first. */
  public void fill(Pot pot, long minor) {
    left.put(pot, minor);
  }

  /**
   * Sets aside {@code minor} for the ask of this number, as far as it is there; the same ask gets the same. Empty: it
   * was heard of already.
   */
  public Optional<Long> grant(DisputeId dispute, int ask, Pot pot, long minor) {
    var key = new Key(dispute, ask);
    var grant = grants.get(key);
    if (grant == null) {
      long there = left.getOrDefault(pot, 0L);
      grant = new Grant(pot, Math.min(there, minor), false, false);
      left.put(pot, there - grant.minor());
      grants.put(key, grant);
    }
    return grant.ended() ? Optional.empty() : Optional.of(grant.minor());
  }

  /** The rules heard of it and took it. */
  public void confirm(DisputeId dispute, int ask) {
    grants.computeIfPresent(new Key(dispute, ask),
        (__, it) -> new Grant(it.pot(), it.minor(), true, true));
  }

  /** The rules would not have it: it goes back. */
  public void release(DisputeId dispute, int ask) {
    grants.computeIfPresent(new Key(dispute, ask), (__, it) -> {
      if (!it.ended()) left.merge(it.pot(), it.minor(), Math::addExact);
      return new Grant(it.pot(), it.minor(), true, it.confirmed());
    });
  }

  /** What was not used comes back, once. */
  public void back(DisputeId dispute, int number, Pot pot, long minor) {
    if (returns.add(new Key(dispute, number))) left.merge(pot, minor, Math::addExact);
  }

  /** What was set aside for this dispute and not released. */
  long granted(DisputeId dispute, Pot pot) {
    long sum = 0;
    for (var one : grants.entrySet()) {
      var grant = one.getValue();
      boolean released = grant.ended() && !grant.confirmed();
      if (one.getKey().dispute().equals(dispute) && grant.pot() == pot && !released) sum += grant.minor();
    }
    return sum;
  }
}
