package redress.statement;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import redress.store.Movement;
import redress.store.Statements;
import redress.store.Statements.Cover;
import redress.store.Statements.Statement;

/** Takes statement files in: finds out what each is and writes what it tells, once, however often it comes. */
public final class Importer {
  private static final Formats FORMATS = Formats.known();
  private static final int LONGEST_NAME = 200;

  private final Statements statements;
  private final Clock clock;

  public Importer(Statements statements, Clock clock) {
    this.statements = statements;
    this.clock = clock;
  }

  /**
   * What is wanted of a file: {@code name} as it was given, {@code book} the account at a provider as payments name it
   * (empty: as the file or its format names it), {@code mapping} how a table of no known layout is read (null: it is
   * known), {@code live} false for test payments, {@code by} who imports it.
   */
  public record Wish(String name, String book, @Nullable Path mapping, boolean live, String by) {}

  /** What became of a file; {@code again} when the very same file had been imported before. */
  public record Report(Statement statement, boolean again, List<Statements.Flaw> flaws) {
    public Report {
      flaws = List.copyOf(flaws);
    }

    /** For machines. */
    public String summary() {
      return summary(statement.format(), statement.lines(), again ? 0 : statement.fresh(),
          again ? statement.lines() - statement.broken() : statement.duplicate(), statement.broken(),
          statement.mismatches());
    }

    /** The same figures of several files. */
    public static String summary(String format, long lines, long fresh, long duplicate, long broken, long mismatches) {
      return "statement: format=%s lines=%d new=%d duplicate=%d broken=%d total_mismatch=%d".formatted(format, lines,
          fresh, duplicate, broken, mismatches);
    }
  }

  /** The names of the formats that are recognised. */
  public static List<String> formats() {
    return FORMATS.names();
  }

  /**
   * Imports {@code file}, all of it or nothing. {@code progress} hears now and then how many lines are read. Throws
   * {@link
   * Refusal} when the file is not taken, and StoreException when the database fails.
   */
  public Report take(Path file, Wish wish, Progress progress) throws IOException {
    if (wish.book().length() > Movement.LONGEST_NAME)
      throw new Refusal("BOOK_TOO_LONG", "The book's name is too long.");
    var source = Source.of(file);
    var cover = new Cover(source.hash(), wish.live(), "", named(wish.name()), Instant.EPOCH, wish.by());
    var known = statements.find(cover.id());
    if (known.isPresent()) return report(known.get(), true, wish);
    var format = format(source, wish.mapping());
    long all = source.kind() == Source.Kind.TEXT ? Files.size(file) : 0;
    var taken = statements.take(new Cover(source.hash(), wish.live(), format.name(), cover.name(), clock.instant(),
        wish.by()), sink -> {
          var ledger = new Ledger(sink, wish.book(), lines -> progress.at(lines, source.taken().get(), all));
          format.read(source, ledger);
          return ledger.book();
        });
    return report(taken.statement(), taken.again(), wish);
  }

  private Report report(Statement statement, boolean again, Wish wish) throws IOException {
    if (again && !wish.book().isEmpty() && !wish.book().equals(statement.book())) {
      throw new Refusal("OTHER_BOOK", "This file was imported before, into another book.");
    }
    return new Report(statement, again, statements.flaws(statement.id()));
  }

  private static Format format(Source source, @Nullable Path mapping) throws IOException {
    if (mapping != null) {
      try (var in = Files.newInputStream(mapping)) {
        return new Table(Mapping.read(in));
      }
    }
    return FORMATS.of(source.sample()).orElseThrow(() -> Refusal.unknown(FORMATS.names()));
  }

  /** The name of a file is somebody's words: no control characters, not too long. */
  private static String named(String name) {
    var clean = name.replaceAll("\\p{Cntrl}", "");
    return clean.substring(0, Math.min(clean.length(), LONGEST_NAME));
  }
}
