package redress.lab.explore;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import org.jspecify.annotations.Nullable;
import redress.lab.life.Chance;

/**
 * 128 bits that stand for a state; instants enter relative to now, so that when something happens makes no difference.
 */
final class Imprint {
  private final Instant now;
  private final long past;
  private long high = 0x1234_5678_9ABC_DEFL;
  private long low = 0x0FED_CBA9_8765_4321L;

  /** {@code past}: how far back the rules ever look; what is older is all the same. */
  Imprint(Instant now, Duration past) {
    this(now, -past.toSeconds() - 1);
  }

  private Imprint(Instant now, long past) {
    this.now = now;
    this.past = past;
  }

  Imprint add(long value) {
    high = Chance.mix(high + value * 0x9E37_79B9_7F4A_7C15L);
    low = Chance.mix(low ^ (value + 0x632B_E59B_D9B4_E019L)) + high;
    return this;
  }

  Imprint add(boolean value) {
    return add(value ? 1 : 2);
  }

  Imprint add(@Nullable Enum<?> value) {
    return add(value == null ? -1 : value.name().hashCode());
  }

  Imprint add(String value) {
    return add(value.hashCode());
  }

  /** An instant, relative to now. */
  Imprint add(@Nullable Instant instant) {
    if (instant == null) return add(Long.MIN_VALUE);
    return add(Math.max(past, Duration.between(now, instant).toSeconds()));
  }

  /** A set, in whatever order it comes. */
  Imprint set(Collection<?> values) {
    long sum = 0;
    for (var value : values) sum += Chance.mix(value instanceof Enum<?> e ? e.name().hashCode() : value.hashCode());
    return add(sum).add(values.size());
  }

  /** An empty one at the same instant. */
  Imprint fresh() {
    return new Imprint(now, past);
  }

  long high() {
    return high;
  }

  long low() {
    return low;
  }
}
