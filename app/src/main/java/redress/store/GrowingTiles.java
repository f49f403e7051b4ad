package redress.store;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import redress.seal.Merkle;
import redress.seal.Tiles;

/** The right edge of a tree's tiles while leaves are added; what is left of it never changes again. */
final class GrowingTiles {
  private final List<byte[]> edge = new ArrayList<>();
  private final Map<List<Long>, Tile> changed = new LinkedHashMap<>();
  private long size;

  /** A tile as it is to be kept. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Tile(int level, long number, byte[] hashes) {}

  GrowingTiles(boolean live, long size, Tiles.Source kept) {
    this.size = size;
    for (int level = 0; size >> (Tiles.HEIGHT * level) > 0; level++) {
      long count = size >> (Tiles.HEIGHT * level);
      int width = (int) (count % Tiles.WIDTH);
      var hashes = width == 0 ? new byte[0] : kept.hashes(level, count / Tiles.WIDTH);
      if (hashes.length < width * Merkle.HASH) {
        throw new LogTurn.BrokenTree(live, "the last tile of level " + level + " is missing or short");
      }
      edge.add(Arrays.copyOf(hashes, width * Merkle.HASH));
    }
  }

  long size() {
    return size;
  }

  /** Adds the hash of the next leaf. */
  void add(byte[] leaf) {
    add(0, size, leaf);
    size++;
  }

  private void add(int level, long index, byte[] hash) {
    if (edge.size() == level) edge.add(new byte[0]);
    var before = edge.get(level);
    var after = Arrays.copyOf(before, before.length + Merkle.HASH);
    System.arraycopy(hash, 0, after, before.length, Merkle.HASH);
    long number = index / Tiles.WIDTH;
    changed.put(List.of((long) level, number), new Tile(level, number, after));
    boolean full = after.length == Tiles.WIDTH * Merkle.HASH;
    edge.set(level, full ? new byte[0] : after);
    if (full) add(level + 1, number, Tiles.root(after));
  }

  /** What has changed since this was last asked. */
  List<Tile> changed() {
    var all = List.copyOf(changed.values());
    changed.clear();
    return all;
  }
}
