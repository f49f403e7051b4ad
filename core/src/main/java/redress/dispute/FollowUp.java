package redress.dispute;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the buyer was asked and said after the settlement: attempts made, channels that were reached, and the last
 * answer.
 */
public record FollowUp(List<Instant> plan, int attempts, Set<String> channels, @Nullable Answer answer,
    boolean recorded) {
  /** Nothing asked yet. */
  public static final FollowUp NONE = new FollowUp(List.of(), 0, Set.of(), null, false);

  public FollowUp {
    plan = List.copyOf(plan);
    channels = Set.copyOf(channels);
  }

  /** What the buyer says. */
  public enum Answer { SATISFIED, DISSATISFIED, NOT_RECEIVED }
}
