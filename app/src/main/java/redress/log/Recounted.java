package redress.log;

import java.util.List;
import java.util.Optional;
import redress.store.LogBook.Leaf;
import redress.store.Proven;

/**
 * Entries of one tree of which most were computed in one look at all rows, in the order of these, which is far cheaper
 * than in the order of the tree; what that look did not find right is computed again, one by one.
 */
public final class Recounted implements StoredEntries {
  private final boolean live;
  private final Proven proven;
  private final StoredEntries others;

  public Recounted(boolean live, Proven proven, StoredEntries others) {
    this.live = live;
    this.proven = proven;
    this.others = others;
  }

  @Override public Optional<Broken> broken(List<Leaf> leaves) {
    var doubtful = leaves.stream().filter(leaf -> !proven.has(live, leaf.index(), leaf.hash())).toList();
    return doubtful.isEmpty() ? Optional.empty() : others.broken(doubtful);
  }
}
