package redress.command;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import redress.keys.Purpose;
import redress.log.FileWitness;
import redress.log.Recomputed;
import redress.log.Recounted;
import redress.log.StoredEntries;
import redress.log.Verification;
import redress.postgres.Database;
import redress.seal.KeyChain;
import redress.seal.Note;
import redress.store.Entries;
import redress.store.FairPool;
import redress.store.LogBook;
import redress.store.Recount;

/** {@code ./redress verify-log}: holds the whole log against the rows it is about and against what a witness kept. */
@Command(name = "verify-log", mixinStandardHelpOptions = true,
    description = "Works every log entry out anew from its rows and holds it against the trees, their checkpoints,"
        + " and those that a witness kept; servers may be working on the database. Names the first entry that is"
        + " not what it was, with exit code 1.")
public final class VerifyLog implements Callable<Integer> {
  private static final int THREADS = 2;

  @Spec CommandSpec spec;

  @ArgGroup Where where = new Where();

  @Option(names = "--witness", paramLabel = "FILE",
      description = "The file that a witness elsewhere appended every checkpoint to. Without it nothing shows that the"
          + " log was not rolled back, or signed anew.")
  @Nullable Path witness;

  @Option(names = "--key", paramLabel = "KEY",
      description = "The first key of the public log, as it was when you wrote it down (name+id+key).")
  @Nullable String key;

  private long entries;
  private int checkpoints;
  private long broken;

  @Override public Integer call() {
    return where.on(this::verify);
  }

  private int verify(Database database) {
    var out = spec.commandLine().getOut();
    try (var pool = new FairPool(database.url(), database.user(), database.password(), THREADS + 2)) {
      var kept = witness == null ? List.<Note>of() : FileWitness.kept(witness);
      var rows = Recount.of(database::connect, THREADS);
      for (boolean live : new boolean[] {true, false}) {
        tree(new LogBook(pool), new Recounted(live, rows.proven(), new Recomputed(new Entries(pool))), live, kept, out);
      }
      broken += rows.wrongs();
      rows.wrong().forEach(wrong -> out.println("broken: " + wrong));
      out.printf("verify-log: entries=%d checkpoints=%d broken=%d%n", entries, checkpoints, broken);
      out.flush();
      return broken == 0 ? 0 : 1;
    } catch (IOException e) {
      throw new Trouble("the witness's file cannot be read: " + e.getMessage());
    } catch (SQLException e) {
      throw new Trouble("the database cannot be read: " + e.getMessage());
    }
  }

  private void tree(LogBook book, StoredEntries rows, boolean live, List<Note> kept, PrintWriter out) {
    var name = live ? "public log" : "log of test payments";
    var keys = keys(book, live);
    if (keys.isEmpty()) {
      if (book.size(live) == 0 && !isKept(kept, live)) {
        out.println(name + ": nothing was ever signed");
        return;
      }
      wrong(out, name, "the keys it was signed with are not what they were");
      return;
    }
    var first = keys.get().keys().getFirst().key().line();
    out.println(name + ": first key " + first);
    if (live && key != null && !key.equals(first)) wrong(out, name, "it does not begin with the key you know");
    var verdict = new Verification(book, rows, THREADS).of(live, keys.get(), kept);
    entries += verdict.entries();
    checkpoints += verdict.checkpoints();
    if (verdict.broken().isPresent()) {
      var it = verdict.broken().get();
      wrong(out, name, it.index() < 0 ? it.what() : "entry " + it.index() + ": " + it.what());
    } else {
      out.printf("%s: %,d entries are what they were when they were signed, by %,d checkpoints%n", name,
          verdict.entries(), verdict.checkpoints());
    }
  }

  /** Whether a witness knows of a tree that is empty here. */
  private static boolean isKept(List<Note> kept, boolean live) {
    return kept.stream().anyMatch(note -> note.text().lines().findFirst().orElse("").endsWith("/test") != live);
  }

  private void wrong(PrintWriter out, String name, String what) {
    broken++;
    out.println("broken: " + name + ": " + what);
  }

  private static Optional<KeyChain> keys(LogBook book, boolean live) {
    try {
      var statements = book.keys(Purpose.log(live).name()).stream().map(Note::parse).toList();
      return statements.isEmpty() ? Optional.empty() : Optional.of(KeyChain.of(statements));
    } catch (IllegalArgumentException broken) {
      return Optional.empty();
    }
  }
}
