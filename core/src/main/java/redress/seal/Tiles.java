package redress.seal;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A tree kept in tiles of 256 hashes, as C2SP tlog-tiles has them (https://c2sp.org/tlog-tiles): a tile of level 0
 * holds
 * leaves' hashes, one of a level above the roots of the full tiles below. Every node of the tree follows from them.
 */
public final class Tiles implements Merkle.Nodes {
  /** How many hashes a full tile holds. */
  public static final int WIDTH = 256;
  /** How many levels of the tree a tile spans. */
  public static final int HEIGHT = 8;
  private static final int REMEMBERED = 256;

  private final Source source;
  private final Map<String, byte[]> known = new LinkedHashMap<>();

  /** Where tiles are kept: the hashes of a tile side by side, as many as there are; none when it is missing. */
  @FunctionalInterface
  public interface Source {
    byte[] hashes(int level, long number);
  }

  /** For one look at a tree: it remembers the tiles it has seen. */
  public Tiles(Source source) {
    this.source = source;
  }

  /** The root over the hashes of a full tile, or of any power of two of them. */
  public static byte[] root(byte[] hashes) {
    return root(hashes, 0, hashes.length / Merkle.HASH);
  }

  private static byte[] root(byte[] hashes, int from, int count) {
    if (count == 1) return Arrays.copyOfRange(hashes, from * Merkle.HASH, (from + 1) * Merkle.HASH);
    int half = count / 2;
    return Merkle.node(root(hashes, from, half), root(hashes, from + half, half));
  }

  /** Throws IllegalStateException when the tile it needs is not there or too short. */
  @Override public byte[] hash(int level, long index) {
    int within = level % HEIGHT;
    int perTile = WIDTH >> within;
    long number = index / perTile;
    int from = (int) (index % perTile) << within;
    var hashes = tile(level / HEIGHT, number);
    if (hashes.length < (from + (1 << within)) * Merkle.HASH) {
      throw new IllegalStateException("tile " + number + " of level " + level / HEIGHT + " is missing or short");
    }
    return root(hashes, from, 1 << within);
  }

  private byte[] tile(int level, long number) {
    var name = level + "/" + number;
    var hashes = known.get(name);
    if (hashes == null) {
      hashes = source.hashes(level, number);
      if (known.size() >= REMEMBERED) known.clear();
      known.put(name, hashes);
    }
    return hashes;
  }
}
