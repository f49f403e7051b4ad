package redress.store;

import java.io.IOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The statement files that were imported, what they brought and what was wrong with them. */
public final class Statements {
  private final DataSource pool;
  private final JdbcClient sql;

  public Statements(DataSource pool) {
    this.pool = pool;
    this.sql = JdbcClient.create(pool);
  }

  /** A file that was imported; {@code firstAt} and {@code lastAt} are null when no line of it could be read. */
  public record Statement(String id, String format, String book, String name, boolean live, long lines, long fresh,
      long duplicate, long broken, long mismatches, @Nullable Instant firstAt, @Nullable Instant lastAt,
      Instant importedAt, String importedBy) {}

  /** What is wrong with a file, at which line (0: the file as a whole); {@code detail} holds nothing anybody wrote. */
  public record Flaw(long line, Kind kind, String reason, String detail) {
    /** A line that cannot be read, or a total that disagrees with the lines. */
    public enum Kind {
      BROKEN, TOTAL
    }
  }

  /**
   * What is known of a file before its lines are: {@code hash} is the SHA-256 of its bytes; {@code live} false: it is
   * about test payments, and apart from the same file about live ones.
   */
  public record Cover(String hash, boolean live, String format, String name, Instant at, String by) {
    /** What the file is known by. */
    public String id() {
      return live ? hash : "test_" + hash;
    }
  }

  /** Where the lines of a file go, in order; it may refuse to go on by throwing. */
  public interface Sink {
    /** One movement that a line tells of. */
    void take(Movement movement) throws IOException;

    /** Something that is wrong. */
    void flaw(Flaw flaw);
  }

  /** The lines of a file. */
  public interface Lines {
    /** Tells all lines to {@code sink}, and returns the book of the file as a whole. */
    String tell(Sink sink) throws IOException;
  }

  /** What became of an import: {@code again} when the very same file had been imported before. */
  public record Taken(Statement statement, boolean again) {}

  /**
   * Imports a file in one transaction: its records and what is wrong with it, or nothing at all if {@code lines} throw.
   * Records that are known already are counted and left alone, unless they stand differently now. Memory does not grow
   * with the file.
   */
  public Taken take(Cover cover, Lines lines) throws IOException {
    try (var connection = pool.getConnection()) {
      return new Intake(connection, cover).take(lines).map(fresh -> new Taken(fresh, false))
          .orElseGet(() -> new Taken(find(cover.id()).orElseThrow(), true));
    } catch (SQLException failed) {
      throw new StoreException(failed);
    }
  }

  /** The file with this id. */
  public Optional<Statement> find(String id) {
    return sql.sql("select * from statement where id = ?").param(id).query((row, _) -> statement(row)).optional();
  }

  /** The newest imported before the one with id {@code before}, which was at {@code at}. */
  public List<Statement> list(boolean live, Instant at, String before, int limit) {
    return sql.sql("""
        select * from statement where live = ? and (imported_at, id) < (?, ?)
        order by imported_at desc, id desc limit ?
        """).param(live).param(at.atOffset(ZoneOffset.UTC)).param(before).param(limit).query((row, _) -> statement(row))
        .list();
  }

  /** What is wrong with a file, by line, as far as it was written down. */
  public List<Flaw> flaws(String id) {
    return sql.sql("select * from statement_flaw where statement = ? order by n").param(id)
        .query((row, _) -> new Flaw(row.getLong("line"), Flaw.Kind.valueOf(row.getString("kind")),
            row.getString("reason"), row.getString("detail")))
        .list();
  }

  private static Statement statement(ResultSet row) throws SQLException {
    return new Statement(row.getString("id"), row.getString("format"), row.getString("book"), row.getString("name"),
        row.getBoolean("live"), row.getLong("lines"), row.getLong("fresh"), row.getLong("duplicate"),
        row.getLong("broken"),
        row.getLong("mismatches"), instant(row, "first_at"), instant(row, "last_at"),
        row.getObject("imported_at", OffsetDateTime.class).toInstant(), row.getString("imported_by"));
  }

  private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
    var at = row.getObject(column, OffsetDateTime.class);
    return at == null ? null : at.toInstant();
  }
}
