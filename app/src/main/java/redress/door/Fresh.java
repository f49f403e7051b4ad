package redress.door;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What was looked up less than a second ago. Whoever changes something forgets it here, so that this process knows at
 * once and every other one within that second.
 */
public final class Fresh<K, V> {
  private static final long NANOS = 1_000_000_000;
  private static final int MOST = 100_000;

  private record Seen<V>(V value, long at) {}

  private final ConcurrentMap<K, Seen<V>> seen = new ConcurrentHashMap<>();
  private final Function<K, V> source;

  public Fresh(Function<K, V> source) {
    this.source = source;
  }

  /** What the source says of {@code key}, at most a second old. */
  public V get(K key) {
    var known = seen.get(key);
    if (known != null && isFresh(known)) return known.value();
    if (seen.size() > MOST) seen.clear();
    // Atomic, so that a look-up which began before a change cannot come in after it was forgotten.
    var asked = seen.compute(key, (k, old) -> isFresh(old) ? old : new Seen<>(source.apply(k), System.nanoTime()));
    return asked.value();
  }

  /** Asks the source again next time. */
  public void forget(K key) {
    seen.remove(key);
  }

  private boolean isFresh(@Nullable Seen<V> known) {
    return known != null && System.nanoTime() - known.at() < NANOS;
  }
}
