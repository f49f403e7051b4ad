package redress.store;

import java.nio.ByteBuffer;
import java.util.Arrays;
import redress.store.Entries.Numbered;

/** Leaves that hold what the rows of their entries said in one look at all of them; eight bytes of memory for each. */
public final class Proven {
  private static final int AT_FIRST = 1_024;
  private static final int MOST = Integer.MAX_VALUE - 8;

  private long[] live = new long[AT_FIRST];
  private long[] test = new long[AT_FIRST];

  synchronized void add(Numbered leaf) {
    if (leaf.index() < 0 || leaf.index() >= MOST) return;
    int index = (int) leaf.index();
    var known = leaf.live() ? live : test;
    if (index >= known.length) {
      known = Arrays.copyOf(known, (int) Math.min(MOST, Math.max(index + 1L, 2L * known.length)));
      if (leaf.live()) live = known;
      else test = known;
    }
    known[index] = mark(leaf.hash());
  }

  /** Whether the leaf with this number was found to hold this hash, and this hash to be what the rows say. */
  public synchronized boolean has(boolean isLive, long index, byte[] hash) {
    var known = isLive ? live : test;
    return index < known.length && known[(int) index] != 0 && known[(int) index] == mark(hash);
  }

  private static long mark(byte[] hash) {
    return hash.length < Long.BYTES ? 0 : ByteBuffer.wrap(hash).getLong();
  }
}
