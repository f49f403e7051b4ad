package redress.log;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.LongFunction;
import redress.seal.Checkpoint;
import redress.seal.Note;
import redress.stamp.Stamp;

/** Somebody outside who keeps what was published, so that it cannot be taken back. */
public interface Witness {

  /** Its name, the same after every start. */
  String name();

  /** Whether it is told of this tree. */
  boolean watches(boolean live);

  /** How often it is told at most; zero: of every checkpoint there is time for. */
  default Duration every() {
    return Duration.ZERO;
  }

  /** The greatest checkpoint it can show of the log with this origin; empty when it has none, or shows nothing. */
  default Optional<Note> latest(String origin) throws IOException {
    return Optional.empty();
  }

  /** Tells it. Throws IOException when it cannot be reached or does not take it; the same is then tried again. */
  Said tell(Telling telling) throws IOException;

  /**
   * What it is told: a published checkpoint, the note as the log signed it, which size it knows as far as we know, and
   * the proof that the tree of another size is the beginning of this one.
   */
  record Telling(Checkpoint checkpoint, Note note, long known, LongFunction<List<byte[]>> since) {}

  /** What it answers. */
  sealed interface Said {
    /** It keeps it, perhaps with signatures or a time stamp of its own. */
    record Kept(List<Note.Line> lines, Optional<Stamp> stamp) implements Said {
      /** Kept, and nothing said to it. */
      public static final Kept SILENTLY = new Kept(List.of(), Optional.empty());

      public Kept {
        lines = List.copyOf(lines);
      }
    }

    /** It knows more entries than it was told of, or others: somebody has rolled the log back, or forked it. */
    record Contradicts(long size, String what) implements Said {}
  }
}
