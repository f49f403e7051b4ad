package redress.result;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import redress.dispute.DisputeId;

/** Where the proof comes from that an event stands in the log. */
public interface Proofs {
  /**
   * The proof that the entry of an event stands in the log: the entry's hash, its index in the tree, the signed
   * checkpoint (C2SP tlog-checkpoint) and the inclusion proof (RFC 6962, hashes in hex, from the leaf upwards).
   */
  record Proof(String entry, long index, String checkpoint, List<String> inclusion) {
    public Proof {
      inclusion = List.copyOf(inclusion);
    }
  }

  /** How an event stands in the log. */
  sealed interface Standing {
    /** It is proved. */
    record Proved(Proof proof) implements Standing {}

    /** It will be: no checkpoint covers it yet. */
    record Coming() implements Standing {}

    /** There is no entry for it: it happened before there was a log. */
    record Unlogged() implements Standing {}
  }

  /** How event {@code n} of {@code dispute} stands, in the log of live or of test payments. */
  Standing of(DisputeId dispute, int n, boolean live);

  /** Brings about at once, for many events together, what {@link #of} would for each. */
  default void reach(boolean live) {}

  /** How long an event waits at most until it is proved without anybody asking; zero when nothing is then. */
  default Duration comes() {
    return Duration.ZERO;
  }

  /** For where there is no log. */
  Proofs NONE = (_, _, _) -> new Standing.Unlogged();

  /** The proof where there is one. */
  static Optional<Proof> of(Standing standing) {
    return standing instanceof Standing.Proved(var proof) ? Optional.of(proof) : Optional.empty();
  }
}
