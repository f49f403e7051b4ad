package redress.lab.bench;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The baseline's statements, one row each. */
final class NaiveSql {
  static final String LOCK_DISPUTE = """
      select d.stage, p.state, c.now from dispute d
      join payment p on p.home = d.home and p.id = d.payment
      join test_clock c on c.id = p.clock
      where d.home = ? and d.id = ? for update of d, p
      """;
  static final String LOCK_PAYMENT = """
      select null::json as stage, p.state, c.now from payment p join test_clock c on c.id = p.clock
      where p.home = ? and p.id = ? for update of p
      """;
  static final String SEEN = "select 1 from receipt where principal = ? and key = ?";
  static final String RECEIPT = """
      insert into receipt (home, principal, key, body_hash, dispute, command, version, events, at)
      values (?, ?, ?, ?, ?, ?, ?, ?, ?)
      """;
  static final String EVENT = """
      insert into event (home, dispute, n, at, row, status_before, status_after, role, subject, by_person, type, batch,
        body)
      values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?::jsonb)
      """;
  static final String PAYMENT =
      "update payment set revision = revision + 1, state = ?::jsonb where home = ? and id = ?";
  static final String ENTRY = """
      insert into ledger_entry (home, id, payment, merchant, dispute, n, cause, currency, refund, live, at)
      values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      """;
  static final String LINE = """
      insert into ledger_line (home, entry, line, account, minor, currency, payment, dispute)
      values (?, ?, ?, ?, ?, ?, ?, ?)
      """;
  static final String ERRAND = """
      insert into errand (home, dispute, key, n, due, clock, live, body) values (?, ?, ?, ?, ?, ?, ?, ?::jsonb)
      on conflict (home, dispute, key) do update set n = excluded.n, due = excluded.due, body = excluded.body,
        tries = 0, parked_at = null, last_error = null
      """;
  static final String NO_DEADLINE = "delete from errand where home = ? and dispute = ? and key = 'deadline'";
  static final String ITEM = "insert into open_item (home, payment, item, dispute) values (?, ?, ?, ?)";
  static final String NO_ITEM = "delete from open_item where home = ? and payment = ? and item = ? and dispute = ?";
  static final String WORDS = """
      insert into words (home, id, dispute, subject, role, chars, at, body) values (?, ?, ?, ?, ?, ?, ?, ?)
      """;

  private NaiveSql() {}

  /** Sets the statement's parameters in turn. */
  static void set(PreparedStatement statement, @Nullable Object... values) throws SQLException {
    for (int i = 0; i < values.length; i++) {
      var value = values[i];
      if (value instanceof Instant at) statement.setObject(i + 1, NaiveSession.utc(at));
      else if (value instanceof Enum<?> constant) statement.setString(i + 1, constant.name());
      else statement.setObject(i + 1, value);
    }
  }
}
