package redress.log;

import java.util.List;
import java.util.Optional;
import redress.store.LogBook.Leaf;

/** The entries computed afresh from the rows they are about, as they are stored now. */
@FunctionalInterface
public interface StoredEntries {

  /** The first of these leaves that is not what its rows say, and why; empty when all are. */
  Optional<Broken> broken(List<Leaf> leaves);

  /** An entry that is not what it was: its number, or -1 for the tree itself. */
  record Broken(long index, String what) {
    /** What is wrong with the tree itself. */
    static Broken tree(String what) {
      return new Broken(-1, what);
    }
  }
}
