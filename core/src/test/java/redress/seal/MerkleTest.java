package redress.seal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** Roots and proofs: by published vectors, by a second implementation, and by what must not pass for one. */
class MerkleTest {
  private static final int MOST = 512;
  private static final HexFormat HEX = HexFormat.of();

  /** A whole tree in memory, for proofs about any of its sizes. */
  static final class Tree implements Merkle.Nodes {
    final List<byte[]> entries;
    private final List<List<byte[]>> levels = new ArrayList<>();

    Tree(List<byte[]> entries) {
      this.entries = entries;
      var below = entries.stream().map(Merkle::leaf).toList();
      levels.add(below);
      while (below.size() > 1) {
        var nodes = new ArrayList<byte[]>();
        for (int i = 0; i + 1 < below.size(); i += 2) nodes.add(Merkle.node(below.get(i), below.get(i + 1)));
        levels.add(nodes);
        below = nodes;
      }
    }

    @Override public byte[] hash(int level, long index) {
      return levels.get(level).get((int) index);
    }

    byte[] root(long size) {
      return Merkle.root(size, this);
    }
  }

  private static Tree tree(int size) {
    var entries = new ArrayList<byte[]>();
    for (int i = 0; i < size; i++) entries.add(ByteBuffer.allocate(Integer.BYTES).putInt(i * 7919).array());
    return new Tree(entries);
  }

  private static final Tree LARGE = tree(MOST);

  private static List<String> hex(List<byte[]> proof) {
    return proof.stream().map(HEX::formatHex).toList();
  }

  // The vectors of the Certificate Transparency test suite, as transparency-dev/merkle keeps them (testonly/).

  private static final Tree PUBLISHED = new Tree(List.of("", "00", "10", "2021", "3031", "40414243",
      "5051525354555657", "606162636465666768696a6b6c6d6e6f").stream().map(HEX::parseHex).toList());

  @Test void roots_are_those_published() {
    var roots = List.of("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
        "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
        "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
        "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
        "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
        "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
        "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
        "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328");
    for (int size = 0; size < roots.size(); size++) {
      assertThat(HEX.formatHex(PUBLISHED.root(size))).as("size " + size).isEqualTo(roots.get(size));
    }
  }

  /** A published proof: of leaf {@code from} or of the earlier size {@code from}, in a tree of {@code size}. */
  record Vector(boolean inclusion, long from, long size, List<String> proof) {}

  private static final String N1 = "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7";
  private static final String N01 = "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125";
  private static final String N23 = "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e";
  private static final String N0 = "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d";
  private static final String N4 = "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b";
  private static final String N45 = "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a";
  private static final String N67 = "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0";
  private static final String N03 = "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7";
  private static final String N47 = "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4";

  static final List<Vector> VECTORS = List.of(
      new Vector(true, 0, 1, List.of()), new Vector(true, 0, 2, List.of(N1)), new Vector(true, 1, 2, List.of(N0)),
      new Vector(true, 2, 3, List.of(N01)), new Vector(true, 1, 5, List.of(N0, N23, N4)),
      new Vector(true, 0, 8, List.of(N1, N23, N47)), new Vector(true, 5, 8, List.of(N4, N67, N03)),
      new Vector(false, 1, 1, List.of()), new Vector(false, 1, 8, List.of(N1, N23, N47)),
      new Vector(false, 2, 5, List.of(N23, N4)), new Vector(false, 6, 8, List.of(N45, N67, N03)));

  @ParameterizedTest @FieldSource("VECTORS") void proofs_are_those_published(Vector it) {
    var proof = it.inclusion() ? Merkle.inclusion(it.from(), it.size(), PUBLISHED)
        : Merkle.consistency(it.from(), it.size(), PUBLISHED);
    assertThat(hex(proof)).isEqualTo(it.proof());
    var read = it.proof().stream().map(HEX::parseHex).toList();
    assertThat(holds(PUBLISHED, it.inclusion(), it.from(), it.size(), read)).isTrue();
  }

  private static boolean holds(Tree tree, boolean inclusion, long from, long size, List<byte[]> proof) {
    return inclusion
        ? Merkle.isIncluded(tree.hash(0, from), from, size, proof, tree.root(size))
        : Merkle.isConsistent(from, tree.root(from), size, tree.root(size), proof);
  }

  @Test void every_proof_in_trees_of_up_to_512_leaves_is_that_of_the_second_implementation_and_holds() {
    var roots = new ArrayList<byte[]>();
    for (int size = 0; size <= MOST; size++) {
      roots.add(LARGE.root(size));
      assertThat(roots.get(size)).isEqualTo(ByTheBook.mth(LARGE.entries.subList(0, size)));
    }
    long proofs = 0;
    for (int size = 1; size <= MOST; size++) {
      var book = new Book(size);
      for (int i = 0; i < size; i++) {
        var in = Merkle.inclusion(i, size, LARGE);
        same(in, book.path(i));
        assertThat(Merkle.isIncluded(LARGE.hash(0, i), i, size, in, roots.get(size))).isTrue();
        var on = Merkle.consistency(i, size, LARGE);
        same(on, i == 0 ? List.of() : book.proof(i));
        assertThat(Merkle.isConsistent(i, roots.get(i), size, roots.get(size), on)).isTrue();
        proofs += 2;
      }
      assertThat(Merkle.consistency(size, size, LARGE)).isEmpty();
      assertThat(Merkle.isConsistent(size, roots.get(size), size, roots.get(size), List.of())).isTrue();
    }
    assertThat(proofs).isEqualTo((long) MOST * (MOST + 1));
  }

  private static void same(List<byte[]> ours, List<byte[]> theirs) {
    if (ours.size() != theirs.size()) throw new AssertionError(hex(ours) + " is not " + hex(theirs));
    for (int i = 0; i < ours.size(); i++) {
      if (!Arrays.equals(ours.get(i), theirs.get(i))) throw new AssertionError(hex(ours) + " is not " + hex(theirs));
    }
  }

  @Test void mutated_proofs_are_refused_every_one_of_100_000() {
    var random = new Random(20_260_302);
    int refused = 0;
    while (refused < 100_000) {
      boolean inclusion = random.nextBoolean();
      int size = 2 + random.nextInt(MOST - 1);
      int from = inclusion ? random.nextInt(size) : 1 + random.nextInt(size - 1);
      var proof = inclusion ? Merkle.inclusion(from, size, LARGE) : Merkle.consistency(from, size, LARGE);
      var claim = new Claim(inclusion, from, size, new ArrayList<>(proof),
          inclusion ? LARGE.hash(0, from) : LARGE.root(from), LARGE.root(size));
      assertThat(claim.holds()).isTrue();
      var mutated = mutate(claim, random);
      if (mutated == null) continue;
      assertThat(mutated.holds()).as(claim + " as " + mutated).isFalse();
      refused++;
    }
  }

  /** What is claimed with a proof; {@code start} is the leaf's hash or the earlier root. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Claim(boolean inclusion, long from, long size, List<byte[]> proof, byte[] start, byte[] root) {
    boolean holds() {
      return inclusion ? Merkle.isIncluded(start, from, size, proof, root)
          : Merkle.isConsistent(from, start, size, root, proof);
    }
  }

  /** Another claim that is not true, or null when this change would not make it another. */
  private static @Nullable Claim mutate(Claim it, Random random) {
    var proof = new ArrayList<byte[]>();
    it.proof().forEach(hash -> proof.add(hash.clone()));
    int at = proof.isEmpty() ? 0 : random.nextInt(proof.size());
    return switch (random.nextInt(10)) {
      case 0 -> {
        if (proof.isEmpty()) yield null;
        proof.get(at)[random.nextInt(32)] ^= (byte) (1 << random.nextInt(8));
        yield new Claim(it.inclusion(), it.from(), it.size(), proof, it.start(), it.root());
      }
      case 1 -> {
        if (proof.isEmpty()) yield null;
        proof.remove(at);
        yield new Claim(it.inclusion(), it.from(), it.size(), proof, it.start(), it.root());
      }
      case 2 -> {
        proof.add(random.nextInt(proof.size() + 1), LARGE.hash(0, random.nextInt(MOST)));
        yield new Claim(it.inclusion(), it.from(), it.size(), proof, it.start(), it.root());
      }
      case 3 -> {
        if (proof.size() < 2) yield null;
        proof.add(proof.remove(at));
        if (hex(proof).equals(hex(it.proof()))) yield null;
        yield new Claim(it.inclusion(), it.from(), it.size(), proof, it.start(), it.root());
      }
      case 4 -> new Claim(it.inclusion(), it.from(), it.size(), proof, flipped(it.start(), random), it.root());
      case 5 -> new Claim(it.inclusion(), it.from(), it.size(), proof, it.start(), flipped(it.root(), random));
      case 6 -> another(it, it.from() + 1 + random.nextInt(8), it.size());
      case 7 -> another(it, it.from() - 1 - random.nextInt(8), it.size());
      case 8 -> another(it, it.from(), it.size() << 1);
      default -> {
        if (proof.isEmpty()) yield null;
        proof.set(at, Arrays.copyOf(proof.get(at), random.nextBoolean() ? 31 : 33));
        yield new Claim(it.inclusion(), it.from(), it.size(), proof, it.start(), it.root());
      }
    };
  }

  private static Claim another(Claim it, long from, long size) {
    return new Claim(it.inclusion(), from, size, it.proof(), it.start(), it.root());
  }

  private static byte[] flipped(byte[] hash, Random random) {
    var other = hash.clone();
    other[random.nextInt(other.length)] ^= (byte) (1 << random.nextInt(8));
    return other;
  }

  @Test void what_no_tree_has_is_not_proved() {
    assertThatThrownBy(() -> Merkle.inclusion(5, 5, LARGE)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Merkle.inclusion(-1, 5, LARGE)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Merkle.consistency(6, 5, LARGE)).isInstanceOf(IllegalArgumentException.class);
    var root = LARGE.root(5);
    assertThat(Merkle.isIncluded(LARGE.hash(0, 0), 0, 0, List.of(), LARGE.root(0))).isFalse();
    assertThat(Merkle.isConsistent(0, LARGE.root(0), 5, root, List.of())).as("all begins with nothing").isTrue();
    assertThat(Merkle.isConsistent(0, root, 5, root, List.of())).as("nothing has one root").isFalse();
    assertThat(Merkle.isConsistent(5, root, 5, LARGE.root(4), List.of())).isFalse();
    assertThat(Merkle.isConsistent(6, root, 5, root, List.of())).isFalse();
    var long64 = new ArrayList<byte[]>();
    for (int i = 0; i <= Merkle.LONGEST_PROOF; i++) long64.add(root);
    assertThat(Merkle.isIncluded(root, 1, Long.MAX_VALUE, long64, root)).isFalse();
  }

  /** The second implementation's proofs of one size, its subtrees' roots remembered: else all of them take minutes. */
  private static final class Book {
    private final int size;
    private final Map<Long, byte[]> roots = ROOTS;

    Book(int size) {
      this.size = size;
    }

    List<byte[]> path(int leaf) {
      return ByTheBook.path(leaf, 0, size, this::mth);
    }

    List<byte[]> proof(int earlier) {
      return ByTheBook.proof(earlier, 0, size, this::mth);
    }

    private byte[] mth(int from, int to) {
      return roots.computeIfAbsent(((long) from << 32) | to, _ -> ByTheBook.mth(LARGE.entries.subList(from, to)));
    }
  }

  private static final Map<Long, byte[]> ROOTS = new HashMap<>();
}
