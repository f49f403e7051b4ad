package redress.seal;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;

/**
 * The Merkle tree over an append-only list of entries, and the two proofs it gives: that an entry is in it, and that a
 * later tree only appended to an earlier one. Hashing and proofs as in RFC 6962 §2.1 (the same in RFC 9162 §2.1).
 */
public final class Merkle {
  /** How long every hash is, in bytes. */
  public static final int HASH = 32;
  /** No tree of fewer than 2^63 leaves has a longer proof; what is longer is refused unread. */
  public static final int LONGEST_PROOF = 64;

  private Merkle() {}

  /**
   * Where the nodes of a tree are kept: {@code hash(level, index)} is the root over the complete run of leaves from
   * {@code index << level} to {@code (index + 1) << level}; level 0 are the leaves' hashes.
   */
  @FunctionalInterface
  public interface Nodes {
    byte[] hash(int level, long index);
  }

  /** The hash of a leaf: SHA-256 of a zero byte and the entry. */
  public static byte[] leaf(byte[] entry) {
    var sha = sha256();
    sha.update((byte) 0);
    return sha.digest(entry);
  }

  /** The hash of an inner node: SHA-256 of a one byte and both children. */
  public static byte[] node(byte[] left, byte[] right) {
    var sha = sha256();
    sha.update((byte) 1);
    sha.update(left);
    return sha.digest(right);
  }

  /** The root of the first {@code size} leaves; of none it is the hash of nothing. */
  public static byte[] root(long size, Nodes nodes) {
    return size == 0 ? sha256().digest() : root(0, size, nodes);
  }

  /** The root over leaves {@code from} to {@code to}, a subtree that RFC 6962's splitting comes upon. */
  private static byte[] root(long from, long to, Nodes nodes) {
    long count = to - from;
    int level = Long.numberOfTrailingZeros(count);
    if (count == 1L << level) return nodes.hash(level, from >> level);
    long middle = from + split(count);
    return node(root(from, middle, nodes), root(middle, to, nodes));
  }

  /** The greatest power of two below {@code count}, which is at least 2. */
  private static long split(long count) {
    return Long.highestOneBit(count - 1);
  }

  /**
   * The proof that leaf {@code index} is in the tree of {@code size} leaves (RFC 6962 §2.1.1). Throws
   * IllegalArgumentException when it cannot be.
   */
  public static List<byte[]> inclusion(long index, long size, Nodes nodes) {
    if (index < 0 || index >= size) throw new IllegalArgumentException("no leaf " + index + " among " + size);
    var proof = new ArrayList<byte[]>();
    include(index, 0, size, nodes, proof);
    return proof;
  }

  private static void include(long index, long from, long to, Nodes nodes, List<byte[]> proof) {
    if (to - from == 1) return;
    long middle = from + split(to - from);
    if (index < middle) {
      include(index, from, middle, nodes, proof);
      proof.add(root(middle, to, nodes));
    } else {
      include(index, middle, to, nodes, proof);
      proof.add(root(from, middle, nodes));
    }
  }

  /**
   * The proof that the tree of {@code size} leaves begins with that of {@code earlier} (RFC 6962 §2.1.2); empty when
   * either has nothing to show: equal sizes, or an empty earlier tree. Throws IllegalArgumentException when
   * {@code earlier} is not.
   */
  public static List<byte[]> consistency(long earlier, long size, Nodes nodes) {
    if (earlier < 0 || earlier > size) throw new IllegalArgumentException(earlier + " is not before " + size);
    var proof = new ArrayList<byte[]>();
    if (earlier > 0 && earlier < size) extend(earlier, 0, size, true, nodes, proof);
    return proof;
  }

  private static void extend(long earlier, long from, long to, boolean known, Nodes nodes, List<byte[]> proof) {
    if (earlier == to) {
      if (!known) proof.add(root(from, to, nodes));
      return;
    }
    long middle = from + split(to - from);
    if (earlier <= middle) {
      extend(earlier, from, middle, known, nodes, proof);
      proof.add(root(middle, to, nodes));
    } else {
      extend(earlier, middle, to, false, nodes, proof);
      proof.add(root(from, middle, nodes));
    }
  }

  /** Whether the proof shows that {@code leaf}, a leaf's hash, is number {@code index} (from 0) of the tree. */
  public static boolean isIncluded(byte[] leaf, long index, long size, List<byte[]> proof, byte[] root) {
    if (index < 0 || index >= size || !isWhole(proof) || leaf.length != HASH) return false;
    long place = index;
    long last = size - 1;
    var hash = leaf;
    for (var next : proof) {
      if (last == 0) return false;
      if ((place & 1) == 1 || place == last) {
        hash = node(next, hash);
        while ((place & 1) == 0 && place != 0) {
          place >>= 1;
          last >>= 1;
        }
      } else {
        hash = node(hash, next);
      }
      place >>= 1;
      last >>= 1;
    }
    return last == 0 && MessageDigest.isEqual(hash, root);
  }

  /**
   * Whether the proof shows that the tree of {@code size} leaves and {@code root} begins with that of {@code earlier}
   * leaves and {@code earlierRoot} (RFC 9162 §2.1.4.2). Every tree begins with the empty one.
   */
  public static boolean isConsistent(long earlier, byte[] earlierRoot, long size, byte[] root, List<byte[]> proof) {
    if (earlier < 0 || earlier > size || !isWhole(proof)) return false;
    if (earlier == size) return proof.isEmpty() && MessageDigest.isEqual(earlierRoot, root);
    if (earlier == 0) return proof.isEmpty() && Arrays.equals(earlierRoot, sha256().digest());
    boolean complete = Long.bitCount(earlier) == 1;
    if (proof.isEmpty()) return false;
    var hashes = proof.iterator();
    return grows(earlier, size, complete ? earlierRoot : hashes.next(), hashes, earlierRoot, root);
  }

  private static boolean grows(long earlier, long size, byte[] seed, Iterator<byte[]> proof, byte[] earlierRoot,
      byte[] root) {
    int skip = Long.numberOfTrailingZeros(earlier);
    long place = (earlier - 1) >> skip;
    long last = (size - 1) >> skip;
    var before = seed;
    var after = seed;
    while (proof.hasNext()) {
      if (last == 0) return false;
      var next = proof.next();
      if ((place & 1) == 1 || place == last) {
        before = node(next, before);
        after = node(next, after);
        while ((place & 1) == 0 && place != 0) {
          place >>= 1;
          last >>= 1;
        }
      } else {
        after = node(after, next);
      }
      place >>= 1;
      last >>= 1;
    }
    return last == 0 && MessageDigest.isEqual(before, earlierRoot) && MessageDigest.isEqual(after, root);
  }

  private static boolean isWhole(List<byte[]> proof) {
    return proof.size() <= LONGEST_PROOF && proof.stream().allMatch(hash -> hash.length == HASH);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
