package redress.dispute;

import java.time.Instant;
import redress.policy.Deadline;

/**
 * A live deadline of a dispute: which, about which offer, obligation or finding (0 for the dispute), when it passes,
 * and whom it obliges (null: the platform).
 */
public record Timer(Deadline deadline, int about, Instant due, @org.jspecify.annotations.Nullable Side side)
    implements Comparable<Timer> {
  /** By instant; of one instant, the one earlier in the transition table first, then the lower number. */
  @Override public int compareTo(Timer other) {
    int byDue = due.compareTo(other.due);
    if (byDue != 0) return byDue;
    int byRow = Integer.compare(deadline.row, other.deadline.row);
    if (byRow != 0) return byRow;
    int byKey = deadline.compareTo(other.deadline);
    return byKey != 0 ? byKey : Integer.compare(about, other.about);
  }
}
