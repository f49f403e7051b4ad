package redress.desk;

import java.time.Duration;

/**
 * How a desk works: how many lanes, how many commands a round takes, how many may wait in a lane, and how long a
 * command waits for a database that is away.
 */
public record DeskSettings(int lanes, int round, int queue, Duration patience) {
  /** What suits two to eight cores. */
  public static final DeskSettings STANDARD = new DeskSettings(2, 256, 10_000, Duration.ofSeconds(5));

  public DeskSettings {
    if (lanes < 1 || round < 1 || queue < round)
      throw new IllegalArgumentException("a desk wants lanes, rounds and a queue");
  }
}
