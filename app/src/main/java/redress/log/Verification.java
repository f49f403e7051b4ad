package redress.log;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import redress.log.StoredEntries.Broken;
import redress.seal.Checkpoint;
import redress.seal.KeyChain;
import redress.seal.Merkle;
import redress.seal.Note;
import redress.seal.Tiles;
import redress.store.LogBook;
import redress.store.LogBook.Leaf;

/**
 * One tree of the log, entry by entry from the first, held against the rows that the entries are about and against
 * every
 * checkpoint that somebody kept: the first entry that is not what was signed has its number. The tree is built anew
 * from
 * its leaves, and the tiles are held against it.
 */
public final class Verification {
  private static final int CHUNK = 4_096;

  private final LogBook book;
  private final StoredEntries entries;
  private final int threads;

  /**
   * What came of it: how many entries were held against their rows, how many checkpoints, and the first that is broken.
   */
  public record Verdict(long entries, int checkpoints, Optional<Broken> broken) {}

  /** {@code threads}: how many chunks of entries are worked out at the same time. */
  public Verification(LogBook book, StoredEntries entries, int threads) {
    this.book = book;
    this.entries = entries;
    this.threads = threads;
  }

  /**
   * Verifies the tree whose keys these are. {@code kept} are checkpoints from outside: none is forgotten, and nothing
   * at
   * or below the greatest can have changed unnoticed. Those of another origin are left aside.
   */
  public Verdict of(boolean live, KeyChain keys, List<Note> kept) {
    var roots = new TreeMap<Long, byte[]>();
    for (var note : kept) {
      var broken = take(note, keys, roots);
      if (broken.isPresent()) return new Verdict(0, roots.size(), broken);
    }
    for (var signed : book.last(live).stream().toList()) {
      try {
        var broken = take(Note.parse(signed.note()), keys, roots);
        if (broken.isPresent()) return new Verdict(0, roots.size(), broken);
      } catch (IllegalArgumentException unread) {
        return new Verdict(0, roots.size(), Optional.of(Broken.tree("the last checkpoint is none")));
      }
    }
    try (var crew = Executors.newFixedThreadPool(threads)) {
      return walk(live, roots, crew);
    }
  }

  private static Optional<Broken> take(Note note, KeyChain keys, SortedMap<Long, byte[]> roots) {
    var said = Checkpoint.parse(note.text());
    if (!said.origin().equals(keys.current().key().name())) return Optional.empty();
    if (keys.proves(note).isEmpty()) {
      return Optional.of(Broken.tree("none of the keys signed the checkpoint of " + said.size() + " entries"));
    }
    var known = roots.putIfAbsent(said.size(), said.rootBytes());
    return known == null || Arrays.equals(known, said.rootBytes()) ? Optional.empty()
        : Optional.of(Broken.tree("two trees of " + said.size() + " entries were signed"));
  }

  private Verdict walk(boolean live, SortedMap<Long, byte[]> roots, ExecutorService crew) {
    var tiles = new Tiles((level, number) -> book.tile(live, level, number));
    var growing = new Growing(tiles);
    long end = Math.max(book.size(live), roots.isEmpty() ? 0 : roots.lastKey());
    int proved = 0;
    var stops = new ArrayList<>(roots.keySet());
    if (stops.isEmpty() || stops.getLast() < end) stops.add(end);
    for (long stop : stops) {
      long from = growing.size;
      var broken = segment(live, growing, stop, crew);
      if (broken.isPresent()) return new Verdict(broken.get().index(), proved, broken);
      var root = roots.get(stop);
      if (root == null) continue;
      if (!Arrays.equals(root, growing.root())) {
        return new Verdict(from, proved, Optional.of(
            new Broken(from, "entries " + from + " to " + (stop - 1) + " are not all what was signed")));
      }
      proved++;
    }
    return new Verdict(growing.size, proved, Optional.empty());
  }

  /** Goes on to {@code end}; the first entry on the way that is missing or not what its rows say. */
  private Optional<Broken> segment(boolean live, Growing growing, long end, ExecutorService crew) {
    Deque<Future<Optional<Broken>>> ahead = new ArrayDeque<>();
    Optional<Broken> missing = Optional.empty();
    long first = growing.size;
    var next = crew.submit(() -> chunk(live, first, end));
    while (growing.size < end && missing.isEmpty()) {
      long to = Math.min(end, growing.size + CHUNK);
      var read = done(next);
      // Read while this one is hashed.
      next = crew.submit(() -> chunk(live, to, end));
      var leaves = new ArrayList<Leaf>();
      for (var leaf : read) {
        if (leaf.index() != growing.size || !growing.add(leaf.hash())) break;
        leaves.add(leaf);
      }
      if (growing.size < to) missing = Optional.of(new Broken(growing.size, growing.what()));
      if (!leaves.isEmpty()) ahead.add(crew.submit(() -> entries.broken(leaves)));
      while (ahead.size() > 2 * threads) {
        var broken = done(ahead.removeFirst());
        if (broken.isPresent()) return broken;
      }
    }
    for (var one : ahead) {
      var broken = done(one);
      if (broken.isPresent()) return broken;
    }
    return missing;
  }

  private List<Leaf> chunk(boolean live, long from, long end) {
    return from >= end ? List.of() : book.leaves(live, from, Math.min(end, from + CHUNK));
  }

  private static <T> T done(Future<T> work) {
    try {
      return work.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    } catch (ExecutionException e) {
      throw new IllegalStateException("the log cannot be read", e.getCause());
    }
  }

  /** A tree that grows leaf by leaf, held against its tiles: the roots of its complete runs, the longest first. */
  private static final class Growing {
    private final List<byte[]> runs = new ArrayList<>();
    private final Tiles tiles;
    private String trouble = "";
    long size;

    Growing(Tiles tiles) {
      this.tiles = tiles;
    }

    /** Whether the next leaf is what the tiles say of it, and of the runs that it completes. */
    boolean add(byte[] entry) {
      var hash = Merkle.leaf(entry);
      if (!isTiled(0, hash)) return false;
      int level = 0;
      for (long rest = size; (rest & 1) == 1; rest >>= 1) {
        hash = Merkle.node(runs.removeLast(), hash);
        if (++level % Tiles.HEIGHT == 0 && !isTiled(level, hash)) return false;
      }
      runs.add(hash);
      size++;
      return true;
    }

    private boolean isTiled(int level, byte[] hash) {
      try {
        if (Arrays.equals(hash, tiles.hash(level, size >> level))) return true;
        trouble = "entry " + size + " is not what the tiles say";
      } catch (IllegalStateException missing) {
        trouble = String.valueOf(missing.getMessage());
      }
      return false;
    }

    String what() {
      return trouble.isEmpty() ? "entry " + size + " is missing" : trouble;
    }

    byte[] root() {
      if (runs.isEmpty()) return Merkle.root(0, (_, _) -> new byte[0]);
      var root = runs.getLast();
      for (int i = runs.size() - 2; i >= 0; i--) root = Merkle.node(runs.get(i), root);
      return root;
    }
  }
}
