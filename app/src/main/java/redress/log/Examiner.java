package redress.log;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLongArray;
import redress.log.StoredEntries.Broken;
import redress.seal.Checkpoint;
import redress.seal.KeyChain;
import redress.seal.Merkle;
import redress.seal.Note;
import redress.seal.Tiles;
import redress.store.LogBook;
import redress.store.LogBook.Leaf;
import redress.store.LogBook.Signed;

/**
 * Holds what is stored against what was signed: rows against entries, entries against leaves, leaves against tiles, and
 * tiles against the roots of checkpoints.
 */
final class Examiner {
  private static final int CHUNK = 2_048;

  private final LogBook book;
  private final StoredEntries entries;
  private final int slice;
  /** How far the round through what was signed long ago has come, by tree. */
  private final AtomicLongArray rounds = new AtomicLongArray(2);

  /** {@code slice}: of how many old entries it makes sure each time. */
  Examiner(LogBook book, StoredEntries entries, int slice) {
    this.book = book;
    this.entries = entries;
    this.slice = slice;
  }

  /**
   * Makes sure that the tree of {@code size} leaves goes on from the last checkpoint, of everything since, and,
   * when {@code round}, of the next slice of what is older, round and round.
   */
  Optional<Broken> before(boolean live, Optional<Signed> last, long size, KeyChain keys, boolean round) {
    long signed = last.map(Signed::size).orElse(0L);
    if (size < signed) return Optional.of(Broken.tree(signed + " entries were signed and only " + size + " are there"));
    if (last.isPresent()) {
      var broken = signed(live, last.get(), keys);
      if (broken.isPresent()) return broken;
    }
    if (size == 0) return Optional.empty();
    var broken = range(live, signed, size, size);
    if (broken.isPresent() || signed == 0 || !round) return broken;
    int tree = live ? 1 : 0;
    long from = rounds.get(tree) >= signed ? 0 : rounds.get(tree);
    long to = Math.min(signed, from + slice);
    broken = range(live, from, to, size);
    if (broken.isEmpty()) rounds.set(tree, to);
    return broken;
  }

  /** Makes sure of everything up to the last checkpoint. */
  Optional<Broken> all(boolean live, KeyChain keys) {
    var last = book.last(live);
    if (last.isEmpty()) return Optional.empty();
    var broken = signed(live, last.get(), keys);
    return broken.isPresent() ? broken
        : range(live, 0, last.get().size(), last.get().size());
  }

  /** Makes sure of one entry that was broken. */
  Optional<Broken> again(boolean live, long index) {
    long size = book.size(live);
    if (index >= size) return Optional.of(new Broken(index, "entry " + index + " is missing"));
    return range(live, index, index + 1, size);
  }

  /** Whether a checkpoint is what a key of the log signed, and the tiles still have its root. */
  Optional<Broken> signed(boolean live, Signed signed, KeyChain keys) {
    try {
      var note = Note.parse(signed.note());
      var said = Checkpoint.parse(note.text());
      if (said.size() != signed.size() || keys.proves(note).isEmpty()) {
        return Optional.of(Broken.tree("no key of the log signed the checkpoint of " + signed.size() + " entries"));
      }
      return root(live, said);
    } catch (IllegalArgumentException unread) {
      return Optional
          .of(Broken.tree("the checkpoint of " + signed.size() + " entries is none: " + unread.getMessage()));
    }
  }

  /** Whether the tiles have the root that this checkpoint says. */
  Optional<Broken> root(boolean live, Checkpoint said) {
    try {
      if (Arrays.equals(Merkle.root(said.size(), tiles(live)), said.rootBytes())) return Optional.empty();
    } catch (IllegalStateException missing) {
      return Optional.of(Broken.tree(String.valueOf(missing.getMessage())));
    }
    return Optional.of(Broken.tree("the first " + said.size() + " entries are not those that were signed"));
  }

  private Tiles tiles(boolean live) {
    return new Tiles((level, number) -> book.tile(live, level, number));
  }

  private Optional<Broken> range(boolean live, long from, long to, long size) {
    byte[] root;
    try {
      root = Merkle.root(size, tiles(live));
    } catch (IllegalStateException missing) {
      return Optional.of(Broken.tree(String.valueOf(missing.getMessage())));
    }
    for (long at = from; at < to;) {
      // Whole tiles at a time, so that each is held against the root once.
      long end = Math.min(to, (at / CHUNK + 1) * CHUNK);
      var broken = chunk(live, at, end, size, root);
      if (broken.isPresent()) return broken;
      at = end;
    }
    return Optional.empty();
  }

  private Optional<Broken> chunk(boolean live, long from, long to, long size, byte[] root) {
    var leaves = book.leaves(live, from, to);
    for (int i = 0; i < to - from; i++) {
      if (i >= leaves.size() || leaves.get(i).index() != from + i) {
        return Optional.of(new Broken(from + i, "entry " + (from + i) + " is missing"));
      }
    }
    var broken = tiled(live, leaves, size, root);
    return broken.isPresent() ? broken : entries.broken(leaves);
  }

  /** Whether the leaves are those in the tiles, and every tile they are in leads to the root. */
  private Optional<Broken> tiled(boolean live, List<Leaf> leaves, long size, byte[] root) {
    var tiles = tiles(live);
    long proved = -1;
    for (var leaf : leaves) {
      var hash = Merkle.leaf(leaf.hash());
      try {
        if (!Arrays.equals(hash, tiles.hash(0, leaf.index()))) {
          return Optional.of(new Broken(leaf.index(), leaf.name() + " is not what its tile says"));
        }
        if (leaf.index() / Tiles.WIDTH == proved) continue;
        proved = leaf.index() / Tiles.WIDTH;
        // The proof of one leaf needs all the others of its tile.
        if (!Merkle.isIncluded(hash, leaf.index(), size, Merkle.inclusion(leaf.index(), size, tiles), root)) {
          return Optional.of(new Broken(leaf.index(), "the tile of " + leaf.name() + " does not lead to the root"));
        }
      } catch (IllegalStateException missing) {
        return Optional.of(new Broken(leaf.index(), String.valueOf(missing.getMessage())));
      }
    }
    return Optional.empty();
  }
}
