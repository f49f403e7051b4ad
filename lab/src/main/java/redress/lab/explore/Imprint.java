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
  private static final long PAST = -1;

  private final Instant now;
  private long high = 0x1234_5678_9ABC_DEFL;
  private long low = 0x0FED_CBA9_8765_4321L;

  Imprint(Instant now) {
    this.now = now;
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

  /** An instant, relative to now; what is past is past, however long ago. */
  Imprint add(@Nullable Instant instant) {
    if (instant == null) return add(Long.MIN_VALUE);
    return add(Math.max(PAST, Duration.between(now, instant).toSeconds()));
  }

  /** A set, in whatever order it comes. */
  Imprint set(Collection<? extends Enum<?>> values) {
    long sum = 0;
    for (var value : values) sum += Chance.mix(value.name().hashCode());
    return add(sum);
  }

  /** The instant to which all others are relative. */
  Instant now() {
    return now;
  }

  /** Whether {@code instant} is before now. */
  boolean isPast(Instant instant) {
    return instant.isBefore(now);
  }

  /** An empty one at the same instant. */
  Imprint fresh() {
    return new Imprint(now);
  }

  long high() {
    return high;
  }

  long low() {
    return low;
  }
}
