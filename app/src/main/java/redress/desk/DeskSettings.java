package redress.desk;

import java.time.Duration;

/**
 * How a desk works: how many lanes, how many commands a round takes, how many may wait in a lane, and how long a
 * command waits for a database that is away. {@code logged} is true wherever anything counts: the bench that measures
 * what the log costs opens a desk without, and no configuration reaches it.
 */
public record DeskSettings(int lanes, int round, int queue, Duration patience, boolean logged) {
  /** What suits two to eight cores. */
  public static final DeskSettings STANDARD = new DeskSettings(2, 256, 10_000, Duration.ofSeconds(5));

  /** A desk that writes a log entry for each event, as all do. */
  public DeskSettings(int lanes, int round, int queue, Duration patience) {
    this(lanes, round, queue, patience, true);
  }

  public DeskSettings {
    if (lanes < 1 || round < 1 || queue < round)
      throw new IllegalArgumentException("a desk wants lanes, rounds and a queue");
  }

  /** The same without log entries, for measuring what these cost and for nothing else. */
  public DeskSettings unlogged() {
    return new DeskSettings(lanes, round, queue, patience, false);
  }
}
