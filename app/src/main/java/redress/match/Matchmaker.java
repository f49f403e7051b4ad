package redress.match;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import redress.match.Reconciliation.Report;
import redress.store.Books;
import redress.store.Errands;
import redress.store.Matches;
import redress.store.Records;

/**
 * A whole run: first the books that are at hand are taken in and records find payments that were registered after them,
 * then everything is matched.
 */
public final class Matchmaker {
  private final Book own;
  private final Records records;
  private final Reconciliation reconciliation;
  private final Function<@Nullable String, Instant> clock;

  /** Books that need no file. */
  @FunctionalInterface
  public interface Book {
    /** Takes in what they hold at {@code at} (UTC). */
    void take(Instant at) throws IOException;
  }

  /** {@code clock} tells the time (UTC) by a test clock, or by the system's for null. */
  public Matchmaker(Book own, Records records, Books books, Matches matches, Errands errands,
      Function<@Nullable String, Instant> clock) {
    this.own = own;
    this.records = records;
    this.reconciliation = new Reconciliation(books, matches, errands, clock);
    this.clock = clock;
  }

  /** Runs it; running it again changes nothing that has not changed. */
  public Report run() {
    try {
      own.take(clock.apply(null));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    for (var book : records.unlinked()) records.relink(book);
    return reconciliation.run();
  }
}
