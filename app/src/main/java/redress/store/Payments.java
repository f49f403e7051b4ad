package redress.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import redress.dispute.Home;
import redress.dispute.Payment;

/** The payments that the host platform registered, each opening its books in the transaction that registers it. */
public final class Payments {
  private final JdbcClient sql;

  public Payments(JdbcClient sql) {
    this.sql = sql;
  }

  /**
   * A payment with what only the shell knows of it: its test clock (null: the system's) and what the host platform
   * wants shown beside it, as a JSON object without personal data.
   */
  public record Registered(Payment payment, @Nullable String clock, String details) {}

  /** What became of a registration. */
  public enum Registration { NEW, SAME, CORRECTED, CONFLICT }

  /** The payment with this id. */
  public Optional<Registered> find(String id) {
    return sql.sql("select state, clock, details from payment where home = ? and id = ?").param(Home.of(id)).param(id)
        .query((row, _) -> registered(row)).optional();
  }

  private static Registered registered(ResultSet row) throws SQLException {
    return new Registered(Json.MAPPER.readValue(row.getString("state"), Payment.class), row.getString("clock"),
        row.getString("details"));
  }
}
