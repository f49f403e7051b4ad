package redress.result;

import java.util.HexFormat;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redress.dispute.DisputeId;
import redress.log.Log;

/** The proofs of this platform's own log. */
public final class LogProofs implements Proofs {
  private static final Logger log = LoggerFactory.getLogger(LogProofs.class);
  private static final HexFormat HEX = HexFormat.of();

  private final Log from;

  public LogProofs(Log from) {
    this.from = from;
  }

  /** Has the log cover the event at once. Blocks; never inside a database transaction. */
  @Override public Standing of(DisputeId dispute, int n, boolean live) {
    try {
      var covered = from.cover(dispute, live);
      var leaf = covered.leaves().stream().filter(it -> it.n() == n).findFirst();
      if (leaf.isEmpty()) return new Standing.Unlogged();
      long index = leaf.get().index();
      var path = from.inclusion(live, index, covered.checkpoint().size()).stream().map(HEX::formatHex).toList();
      return new Standing.Proved(
          new Proof(HEX.formatHex(leaf.get().hash()), index, covered.checkpoint().note(), path));
    } catch (IllegalStateException silent) {
      log.warn("The log proves nothing of {} now: {}", dispute, silent.getMessage());
      return new Standing.Coming();
    }
  }
}
