package redress.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import redress.dispute.DisputeId;
import redress.store.Delivery.State;

/** How what people were told got through: for those who run the centre, without words and without contacts. */
public final class Deliveries {
  private final JdbcClient sql;

  public Deliveries(JdbcClient sql) {
    this.sql = sql;
  }

  /** Which ones: of live or test payments, in this state, over this channel, in this dispute (null: any). */
  public record Wanted(boolean live, @Nullable String state, @Nullable String channel, @Nullable DisputeId dispute) {}

  /** Where a page ends: the instant and id of its last row. */
  public record Mark(Instant at, String id) {}

  /** One notice to one recipient over one channel; {@code result} says how the last attempt went. */
  public record Row(String id, DisputeId dispute, String errand, String notice, String audience, String recipient,
      String channel, String language, String state, int attempts, int repeats, String result, Instant at,
      @Nullable Instant triedAt, @Nullable Instant deliveredAt) {}

  /** At most {@code limit}, the latest first, from after {@code mark} (null: the beginning). */
  public List<Row> list(Wanted wanted, @Nullable Mark mark, int limit) {
    return select(wanted, mark).param("limit", limit).query((row, _) -> row(row)).list();
  }

  /** Every one of them, the latest first, as they are read. */
  public void each(Wanted wanted, Consumer<Row> to) {
    select(wanted, null).param("limit", null).query(row -> {
      to.accept(row(row));
    });
  }

  /** The states that are not the end, or ought not to be: few are in them, however many there are in all. */
  public static final Set<State> UNSETTLED = Set.of(State.WAITING, State.SENDING, State.FAILED);

  /** How many there are in each state that is {@link #UNSETTLED}. */
  public Map<String, Long> counts(boolean live) {
    return sql.sql("""
        select n.state, count(*) as many from notice n join dispute d on d.home = n.home and d.id = n.dispute
        where d.live = ? and n.state in ('WAITING', 'SENDING', 'FAILED') group by n.state
        """).param(live).query((row, _) -> Map.entry(row.getString("state"), row.getLong("many"))).list().stream()
        .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  private JdbcClient.StatementSpec select(Wanted wanted, @Nullable Mark mark) {
    var dispute = wanted.dispute();
    return sql.sql(LIST).param("live", wanted.live()).param("state", wanted.state())
        .param("channel", wanted.channel()).param("home", dispute == null ? null : dispute.home())
        .param("dispute", dispute == null ? null : dispute.number())
        .param("at", mark == null ? null : mark.at().atOffset(ZoneOffset.UTC))
        .param("id", mark == null ? "" : mark.id());
  }

  private static Row row(ResultSet row) throws SQLException {
    return new Row(row.getString("id"), new DisputeId(row.getInt("home"), row.getLong("dispute")),
        row.getString("errand"), row.getString("kind"), row.getString("audience"), row.getString("recipient"),
        row.getString("channel"), row.getString("language"), row.getString("state"), row.getInt("attempts"),
        row.getInt("repeats"), row.getString("result"), instant(row, "at", Instant.EPOCH), instant(row, "tried_at"),
        instant(row, "delivered_at"));
  }

  private static Instant instant(ResultSet row, String column, Instant otherwise) throws SQLException {
    var at = instant(row, column);
    return at == null ? otherwise : at;
  }

  private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
    var at = row.getObject(column, OffsetDateTime.class);
    return at == null ? null : at.toInstant();
  }

  private static final String LIST = """
      select n.* from notice n join dispute d on d.home = n.home and d.id = n.dispute
      where d.live = :live and (cast(:state as text) is null or n.state = :state)
        and (cast(:channel as text) is null or n.channel = :channel)
        and (cast(:dispute as bigint) is null or (n.home = :home and n.dispute = :dispute))
        and (n.at, n.id) < (coalesce(cast(:at as timestamptz), 'infinity'::timestamptz), :id)
      order by n.at desc, n.id desc limit :limit
      """;
}
