package redress.lab.bench;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import redress.dispute.DisputeId;
import redress.postgres.Database;

/**
 * Makes very many disputes out of one that was filed at a desk: its rows are copied, with ids and payments of their
 * own.
 */
final class Copier {
  private static final int CHUNK = 20_000;

  private final Database database;
  private long copies;

  Copier(Database database) {
    this.database = database;
  }

  /** The payment of the {@code n}th copy, from 1. */
  static String payment(long n) {
    return "open-" + n;
  }

  /** Adds {@code many} copies of the dispute {@code id} about {@code payment}. */
  void copy(String payment, DisputeId id, int many) throws SQLException {
    try (var connection = database.connect()) {
      for (int from = 0; from < many; from += CHUNK) {
        int count = Math.min(CHUNK, many - from);
        for (var table : List.of(PAYMENTS, DISPUTES, DEADLINES)) {
          try (var copy = connection.prepareStatement(NAMED + table)) {
            bind(copy, payment, id, count);
            copy.executeUpdate();
          }
        }
        copies += count;
      }
    }
  }

  private void bind(PreparedStatement copy, String payment, DisputeId id, int many) throws SQLException {
    copy.setLong(1, copies + 1);
    copy.setLong(2, copies + many);
    copy.setString(3, payment);
    copy.setString(4, id.toString());
    copy.setInt(5, id.home());
    copy.setLong(6, id.number());
  }

  // A copy differs from what was filed in its ids only, and has no entries in the log; where a payment lives follows
  // from its id as Home says.
  private static final String NAMED = """
      with copy as (
        select n, 'open-' || n as payment, (crc32c(convert_to('open-' || n, 'UTF8')) % 4096)::int as home
        from generate_series(?::bigint, ?::bigint) n
      ), model as (select ?::text as payment, ?::text as dispute, ?::int as home, ?::bigint as id),
      named as (
        select copy.*, 'dsp_' || lpad(to_hex(copy.home), 3, '0') || lpad(to_hex(n), 16, '0') as dispute,
          model.payment as was_payment, model.dispute as was_dispute, model.home as was_home, model.id as was_id
        from copy, model
      )
      """;

  private static final String PAYMENTS = """
      insert into payment select c.* from named v, payment p, jsonb_populate_record(p, jsonb_build_object(
        'home', v.home, 'id', v.payment, 'at_provider', v.payment,
        'state', replace(replace(p.state::text, v.was_dispute, v.dispute), v.was_payment, v.payment)::jsonb)) c
      where p.home = v.was_home and p.id = v.was_payment
      """;

  private static final String DISPUTES = """
      insert into dispute select c.* from named v, dispute d, jsonb_populate_record(d, jsonb_build_object(
        'home', v.home, 'id', v.n, 'payment', v.payment, 'chain', '\\x',
        'stage', replace(replace(d.stage::text, v.was_dispute, v.dispute), v.was_payment, v.payment)::jsonb)) c
      where d.home = v.was_home and d.id = v.was_id
      """;

  private static final String DEADLINES = """
      insert into errand select c.* from named v, errand e, jsonb_populate_record(e, jsonb_build_object(
        'home', v.home, 'dispute', v.n)) c
      where e.home = v.was_home and e.dispute = v.was_id and e.key = 'deadline'
      """;
}
