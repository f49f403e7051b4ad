package redress.store;

import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How a party wants to be told: over which channels not, between which hours of its own day not at all (null: the
 * usual), in which language ({@code en}, {@code zh}; null: the one it was registered with), whether it wants news and
 * the
 * daily overview.
 */
public record Wish(Set<String> without, @Nullable Quiet quiet, @Nullable String language, boolean news,
    boolean digest) {
  /** Nothing was said. */
  public static final Wish NONE = new Wish(Set.of(), null, null, true, true);

  public Wish {
    without = Set.copyOf(without);
  }

  /** Hours of rest, from the first until the second (0 to 23); the same hour twice: none. */
  public record Quiet(int from, int to) {

    /**
     * When {@code now} is over its rest in {@code zone}: the end of the quiet hours, or {@code now} outside of them.
     */
    public Instant over(Instant now, ZoneId zone) {
      var there = now.atZone(zone);
      int hour = there.getHour();
      boolean rests = from <= to ? hour >= from && hour < to : hour >= from || hour < to;
      if (!rests) return now;
      var morning = there.truncatedTo(ChronoUnit.DAYS).withHour(to);
      return (hour < to ? morning : morning.plusDays(1)).toInstant();
    }
  }

  /** Whether the party left {@code channel} open. */
  public boolean takes(String channel) {
    return !without.contains(channel);
  }

  /** The party's own quiet hours. */
  public Optional<Quiet> rest() {
    return Optional.ofNullable(quiet);
  }
}
