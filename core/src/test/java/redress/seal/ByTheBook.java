package redress.seal;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;

/**
 * RFC 6962 §2.1 word by word over a plain list of entries: MTH(D[n]), PATH(m, D[n]) and SUBPROOF(m, D[n], b). Slow, and
 * without a line in common with what it is held against.
 */
final class ByTheBook {
  private ByTheBook() {}

  static byte[] mth(List<byte[]> d) {
    if (d.isEmpty()) return hash();
    if (d.size() == 1) return hash(new byte[] {0}, d.getFirst());
    int k = k(d.size());
    return hash(new byte[] {1}, mth(d.subList(0, k)), mth(d.subList(k, d.size())));
  }

  /** MTH of the entries {@code from} to {@code to}, computed or remembered. */
  interface Mth {
    byte[] of(int from, int to);
  }

  /** PATH(m, D[from:to]); {@code m} counts from {@code from}. */
  static List<byte[]> path(int m, int from, int to, Mth mth) {
    int n = to - from;
    if (n == 1) return List.of();
    int k = k(n);
    return m < k ? and(path(m, from, from + k, mth), mth.of(from + k, to))
        : and(path(m - k, from + k, to, mth), mth.of(from, from + k));
  }

  /** PROOF(m, D[from:to]). */
  static List<byte[]> proof(int m, int from, int to, Mth mth) {
    return subproof(m, from, to, true, mth);
  }

  private static List<byte[]> subproof(int m, int from, int to, boolean b, Mth mth) {
    int n = to - from;
    if (m == n) return b ? List.of() : List.of(mth.of(from, to));
    int k = k(n);
    return m <= k ? and(subproof(m, from, from + k, b, mth), mth.of(from + k, to))
        : and(subproof(m - k, from + k, to, false, mth), mth.of(from, from + k));
  }

  /** The largest power of two smaller than n. */
  private static int k(int n) {
    int k = 1;
    while (k * 2 < n) k *= 2;
    return k;
  }

  private static List<byte[]> and(List<byte[]> some, byte[] one) {
    var all = new ArrayList<>(some);
    all.add(one);
    return all;
  }

  private static byte[] hash(byte[]... parts) {
    int length = 0;
    for (var part : parts) length += part.length;
    var all = ByteBuffer.allocate(length);
    for (var part : parts) all.put(part);
    try {
      return MessageDigest.getInstance("SHA-256").digest(all.array());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
