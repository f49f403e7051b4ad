package redress.result;

import java.time.Duration;
import java.util.HexFormat;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redress.dispute.DisputeId;
import redress.log.Log;
import redress.log.Log.Placed;

/** The proofs of this platform's own log. */
public final class LogProofs implements Proofs {
  private static final Logger log = LoggerFactory.getLogger(LogProofs.class);
  private static final HexFormat HEX = HexFormat.of();

  private final Log from;
  private final Duration interval;

  /** {@code interval}: at most how long an event waits for a checkpoint; zero when there is one only when asked for. */
  public LogProofs(Log from, Duration interval) {
    this.from = from;
    this.interval = interval;
  }

  /** Has the log cover the event at once unless it does. Blocks; never inside a database transaction. */
  @Override public Standing of(DisputeId dispute, int n, boolean live) {
    try {
      var there = from.placed(dispute, n, live);
      if (there.isEmpty()) {
        from.cover(live);
        there = from.placed(dispute, n, live);
      }
      return there.<Standing>map(it -> new Standing.Proved(proof(it, live))).orElseGet(Standing.Unlogged::new);
    } catch (IllegalStateException silent) {
      log.warn("The log proves nothing of {} now: {}", dispute, silent.getMessage());
      return new Standing.Coming();
    }
  }

  private Proof proof(Placed it, boolean live) {
    var path = from.inclusion(live, it.leaf().index(), it.checkpoint().size()).stream().map(HEX::formatHex).toList();
    return new Proof(HEX.formatHex(it.leaf().hash()), it.leaf().index(), it.checkpoint().note(), path);
  }

  @Override public void reach(boolean live) {
    try {
      from.cover(live);
    } catch (RuntimeException silent) {
      // Each that needs it tries again by itself, and says so.
      log.debug("The log reaches no further now: {}", silent.toString());
    }
  }

  @Override public Duration comes() {
    return interval;
  }
}
