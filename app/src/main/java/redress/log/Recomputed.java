package redress.log;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import redress.store.Entries;
import redress.store.Entries.Place;
import redress.store.LogBook.Leaf;

/** Entries computed from their rows, held against the leaves that were numbered. */
public final class Recomputed implements StoredEntries {
  private final Entries entries;

  public Recomputed(Entries entries) {
    this.entries = entries;
  }

  @Override public Optional<Broken> broken(List<Leaf> leaves) {
    var found = entries.at(leaves.stream().map(Recomputed::place).toList());
    for (int i = 0; i < leaves.size(); i++) {
      var leaf = leaves.get(i);
      var it = found.get(i);
      if (!it.isRight()) return Optional.of(new Broken(leaf.index(), leaf.name() + ": " + it.wrong()));
      if (!Arrays.equals(it.hash(), leaf.hash())) {
        return Optional.of(new Broken(leaf.index(), leaf.name() + " is not what was numbered"));
      }
    }
    return Optional.empty();
  }

  private static Place place(Leaf leaf) {
    return leaf.dispute() == null ? Place.of(leaf.act()) : Place.of(leaf.dispute(), leaf.n());
  }
}
