package redress.store;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import redress.store.Statements.Cover;
import redress.store.Statements.Flaw;
import redress.store.Statements.Lines;
import redress.store.Statements.Statement;

/**
 * One file on its way into the records: laid out in a temporary table while it is read, linked with the payments we
 * know
 * by a join, and written by one insert that leaves alone what is known already.
 */
final class Intake {
  /** Imports of one book take turns. */
  static final int LOCK = 0x5ec02d;
  private static final int FLAWS_KEPT = 1_000;
  private static final int PATIENCE_MS = 30 * 60 * 1000;
  private static final Executor AT_ONCE = Runnable::run;

  private final Connection connection;
  private final Cover cover;
  private final List<Flaw> flaws = new ArrayList<>();
  private long told;
  private long broken;
  private long mismatches;
  private @Nullable Instant firstAt;
  private @Nullable Instant lastAt;

  Intake(Connection connection, Cover cover) {
    this.connection = connection;
    this.cover = cover;
  }

  /** What became of the file; empty when it had been imported before. */
  Optional<Statement> take(Lines lines) throws SQLException, IOException {
    int patience = connection.getNetworkTimeout();
    connection.setNetworkTimeout(AT_ONCE, PATIENCE_MS);
    connection.setAutoCommit(false);
    try {
      var taken = taken(lines);
      if (taken.isPresent()) connection.commit();
      return taken;
    } finally {
      connection.rollback();
      connection.setAutoCommit(true);
      connection.setNetworkTimeout(AT_ONCE, patience);
    }
  }

  private Optional<Statement> taken(Lines lines) throws SQLException, IOException {
    done(STAGED);
    var live = Boolean.toString(cover.live());
    var book = copy(lines);
    done("analyze staged");
    done("select pg_advisory_xact_lock(hashtextextended(book, " + LOCK
        + ")) from (select distinct book from staged order by book) b");
    done(REPEATS);
    done(NAMES, live);
    done("analyze names");
    done(LINKED, live);
    done(RELINK);
    long fresh = done(INSERT, cover.id(), live);
    if (fresh < told) fresh += done(MOVE_ON, cover.id());
    var statement = new Statement(cover.id(), cover.format(), book, cover.name(), cover.live(),
        told + broken, fresh, told - fresh,
        broken, mismatches, firstAt, lastAt, cover.at(), cover.by());
    if (!isNew(statement)) return Optional.empty();
    write(flaws);
    Acts.write(connection, cover.live(), "statement.imported", cover.at(), said(statement));
    return Optional.of(statement);
  }

  private static Map<String, ?> said(Statement it) {
    return Map.of("statement", it.id(), "format", it.format(), "book", it.book(), "lines", it.lines(), "fresh",
        it.fresh(), "duplicate", it.duplicate(), "broken", it.broken(), "mismatches", it.mismatches(), "by",
        it.importedBy());
  }

  private long done(String sql, String... parameters) throws SQLException {
    try (var statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < parameters.length; i++) statement.setString(i + 1, parameters[i]);
      return statement.execute() ? 0 : statement.getLargeUpdateCount();
    }
  }

  private String copy(Lines lines) throws SQLException, IOException {
    try (var copying = new Copying(connection, cover.live())) {
      var book = lines.tell(new Statements.Sink() {
        @Override public void take(Movement movement) throws IOException {
          try {
            copying.take(movement);
          } catch (SQLException failed) {
            throw new StoreException(failed);
          }
          count(movement);
        }

        @Override public void flaw(Flaw flaw) {
          count(flaw);
        }
      });
      copying.end();
      return book;
    }
  }

  private void count(Movement movement) {
    told++;
    if (firstAt == null || movement.at().isBefore(firstAt)) firstAt = movement.at();
    if (lastAt == null || movement.at().isAfter(lastAt)) lastAt = movement.at();
  }

  private void count(Flaw flaw) {
    switch (flaw.kind()) {
      case BROKEN -> broken++;
      case TOTAL -> mismatches++;
    }
    if (flaws.size() < FLAWS_KEPT) flaws.add(flaw);
  }

  private boolean isNew(Statement it) throws SQLException {
    try (var insert = connection.prepareStatement("""
        insert into statement (id, format, book, name, live, lines, fresh, duplicate, broken, mismatches, first_at,
          last_at, imported_at, imported_by) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) on conflict do nothing
        """)) {
      int at = 1;
      for (var text : new String[] {it.id(), it.format(), it.book(), it.name()}) insert.setString(at++, text);
      insert.setBoolean(at++, it.live());
      for (long count : new long[] {it.lines(), it.fresh(), it.duplicate(), it.broken(), it.mismatches()}) {
        insert.setLong(at++, count);
      }
      for (@Nullable Instant instant : new @Nullable Instant[] {it.firstAt(), it.lastAt(), it.importedAt()}) {
        insert.setObject(at++, instant == null ? null : instant.atOffset(ZoneOffset.UTC));
      }
      insert.setString(at, it.importedBy());
      return insert.executeUpdate() == 1;
    }
  }

  private void write(List<Flaw> found) throws SQLException {
    try (var insert = connection.prepareStatement(
        "insert into statement_flaw (statement, n, line, kind, reason, detail) values (?, ?, ?, ?, ?, ?)")) {
      for (int n = 0; n < found.size(); n++) {
        var flaw = found.get(n);
        insert.setString(1, cover.id());
        insert.setInt(2, n + 1);
        insert.setLong(3, flaw.line());
        insert.setString(4, flaw.kind().name());
        insert.setString(5, flaw.reason());
        insert.setString(6, flaw.detail());
        insert.addBatch();
      }
      insert.executeBatch();
    }
  }

  private static final String STAGED = """
      create temporary table staged (
        line bigint, own boolean, id text, home smallint, called_home smallint, book text, kind text, state text,
        reference text, provider_id text, called text, alias text, dispute text, refund int, obligation int,
        minor bigint, currency text, fee bigint, counterparty text, memo text, at timestamptz
      ) on commit drop
      """;

  /** Lines without an id of their own that are equal to each other are so many movements, whatever file tells them. */
  private static final String REPEATS = """
      update staged s set id = left(encode(sha256(convert_to(s.id || '#' || o.n, 'UTF8')), 'hex'), 32)
      from (select ctid as row, row_number() over (partition by id order by line) as n from staged where not own) o
      where o.row = s.ctid and o.n > 1
      """;

  /** What the file calls the payments we know, where it can mean one only. */
  private static final String NAMES = """
      create temporary table names on commit drop as
      select book, name, min(home) as home, min(id) as id from (
        select n.book, n.name, p.home, p.id from payment p join (
          select book, called as name from staged where called <> ''
          union select book, alias from staged where alias <> ''
        ) n on p.provider = n.book and p.at_provider = n.name and p.live = ?::boolean
      ) p group by book, name having count(*) = 1
      """;

  private static final String LINKED = """
      create temporary table linked on commit drop as
      select coalesce(a.home, b.home, p.home, s.home) as home, s.home as former, s.id, s.book, s.kind, s.state,
        s.reference, s.provider_id, s.called, s.alias, coalesce(a.id, b.id, p.id, '') as payment, s.dispute, s.refund,
        s.obligation, s.minor, s.currency, s.fee, s.counterparty, s.memo, s.at, s.line
      from staged s
      left join names a on a.book = s.book and a.name = s.called
      left join names b on b.book = s.book and b.name = s.alias
      left join payment p on p.home = s.called_home and p.id = s.called and p.live = ?::boolean
      """;

  /** Records that came before their payment was registered go to where the same record would go now. */
  private static final String RELINK = """
      update record r set home = l.home, payment = l.payment from linked l
      where r.home = l.former and r.id = l.id and r.payment = '' and l.payment <> ''
      """;

  private static final String INSERT = """
      insert into record (home, id, book, kind, state, reference, provider_id, called, alias, payment, dispute, refund,
        obligation, minor, currency, fee, counterparty, memo, at, statement, line, live)
      select home, id, book, kind, state, reference, provider_id, called, alias, payment, dispute, refund,
        obligation, minor, currency, fee, counterparty, memo, at, ?, line, ?::boolean
      from linked order by home, id on conflict do nothing
      """;

  /** What was under way has come to an end, or what was done was taken back: nothing else ever changes. */
  private static final String MOVE_ON = """
      update record r set state = l.state, at = l.at, statement = ?, line = l.line from linked l
      where r.home = l.home and r.id = l.id and (r.state = 'PROCESSING' and l.state <> 'PROCESSING'
        or r.state = 'SUCCEEDED' and l.state = 'REVERSED')
      """;
}
