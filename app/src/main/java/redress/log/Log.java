package redress.log;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import redress.dispute.DisputeId;
import redress.keys.Keyring;
import redress.keys.Purpose;
import redress.seal.Merkle;
import redress.seal.Note;
import redress.seal.Tiles;
import redress.store.LogBook;
import redress.store.LogBook.Leaf;
import redress.store.LogBook.Signed;
import redress.store.LogBook.Stamped;

/**
 * What anybody may read of the log: checkpoints with what witnesses added, proofs, tiles, entries, keys. {@code live}
 * tells the public tree from that of test payments.
 */
public final class Log {
  private final LogBook book;
  private final Keyring keys;
  private final Sequencer sequencer;

  public Log(LogBook book, Keyring keys, Sequencer sequencer) {
    this.book = book;
    this.keys = keys;
    this.sequencer = sequencer;
  }

  /** What a dispute's record needs: the leaves of all its events, and a checkpoint that covers them. */
  public record Covered(Signed checkpoint, Note note, List<Leaf> leaves) {
    public Covered {
      leaves = List.copyOf(leaves);
    }
  }

  /** The origin that checkpoints of this tree begin with. */
  public String origin(boolean live) {
    return keys.name(Purpose.log(live));
  }

  /**
   * Brings everything of the dispute that is committed under a published checkpoint, now. Blocks; never inside a
   * database transaction. Throws IllegalStateException that says why when the log signs nothing.
   */
  public Covered cover(DisputeId dispute, boolean live) {
    return cover(dispute, live, List.of());
  }

  /** The same with these acts, by their numbers. */
  public Covered cover(DisputeId dispute, boolean live, List<Long> acts) {
    var leaves = book.leaves(dispute);
    var latest = book.published(live);
    if (!isCovered(leaves, latest, dispute) || !areCovered(acts, latest)) {
      sequencer.cover(live);
      leaves = book.leaves(dispute);
      latest = book.published(live);
    }
    var checkpoint = latest.orElseThrow(() -> new IllegalStateException("nothing of " + dispute + " is in the log"));
    return new Covered(checkpoint, note(live, checkpoint), leaves);
  }

  private boolean areCovered(List<Long> acts, Optional<Signed> latest) {
    return acts.stream().allMatch(act -> book.leaf(act).filter(leaf -> latest.isPresent()
        && leaf.index() < latest.get().size()).isPresent());
  }

  private boolean isCovered(List<Leaf> leaves, Optional<Signed> latest, DisputeId dispute) {
    return latest.isPresent() && !leaves.isEmpty() && leaves.getLast().index() < latest.get().size()
        && leaves.getLast().n() == book.events(dispute);
  }

  /** One event's leaf, and a checkpoint that covers it. */
  public record Placed(Leaf leaf, Signed checkpoint) {}

  /** Where event {@code n} of a dispute stands; empty while no published checkpoint covers it. */
  public Optional<Placed> placed(DisputeId dispute, int n, boolean live) {
    var leaf = book.leaf(dispute, n);
    if (leaf.isEmpty()) return Optional.empty();
    return book.published(live).filter(it -> leaf.get().index() < it.size())
        .map(it -> new Placed(leaf.get(), it));
  }

  /**
   * Brings everything of one tree that is committed under a published checkpoint, now. Blocks; never inside a database
   * transaction. Throws IllegalStateException that says why when the log signs nothing.
   */
  public void cover(boolean live) {
    sequencer.cover(live);
  }

  /** The greatest published checkpoint. */
  public Optional<Signed> latest(boolean live) {
    return book.published(live);
  }

  /** The published checkpoint of exactly this size. */
  public Optional<Signed> at(boolean live, long size) {
    return book.published(live, size);
  }

  /** The note of a checkpoint with the signatures of witnesses below the log's own. */
  public Note note(boolean live, Signed signed) {
    var note = Note.parse(signed.note());
    for (var line : book.cosignatures(live, signed.size())) note = note.with(Note.lines(line).getFirst());
    return note;
  }

  /** The time stamp of a checkpoint, over the SHA-256 of the note with the log's own signature alone. */
  public Optional<Stamped> stamp(boolean live, long size) {
    return book.stamp(live, size);
  }

  /** The proof that entry {@code index} is in the tree of {@code size}, which must not be more than is numbered. */
  public List<byte[]> inclusion(boolean live, long index, long size) {
    return Merkle.inclusion(index, size, tiles(live));
  }

  /** The proof that the tree of {@code size} begins with that of {@code earlier}. */
  public List<byte[]> consistency(boolean live, long earlier, long size) {
    return Merkle.consistency(earlier, size, tiles(live));
  }

  /** The root of the first {@code size} entries. */
  public byte[] root(boolean live, long size) {
    return Merkle.root(size, tiles(live));
  }

  private Tiles tiles(boolean live) {
    return new Tiles((level, number) -> book.tile(live, level, number));
  }

  /** The leaf with this number. */
  public Optional<Leaf> leaf(boolean live, long index) {
    return book.leaves(live, index, index + 1).stream().findFirst();
  }

  /** The leaf whose entry has this hash. */
  public Optional<Leaf> leaf(boolean live, byte[] hash) {
    return book.leaf(live, hash);
  }

  /** The first {@code width} hashes of a tile side by side, as far as there are. */
  public byte[] tile(boolean live, int level, long number) {
    return book.tile(live, level, number);
  }

  /** The data of leaves {@code from} to {@code to}, 32 bytes each, as far as there are. */
  public List<byte[]> entries(boolean live, long from, long to) {
    return book.leaves(live, from, to).stream().map(Leaf::hash).toList();
  }

  /** The notes that state the keys of this purpose, oldest first. */
  public List<Note> keys(Purpose purpose) {
    return new ArrayList<>(keys.statements(purpose));
  }
}
