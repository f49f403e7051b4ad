package redress.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import redress.dispute.DisputeId;
import redress.dispute.Side;

/** Lists of disputes: filtered, searched, sorted, and read on from where the last page ended. */
public final class Inbox {
  private final JdbcClient sql;

  public Inbox(JdbcClient sql) {
    this.sql = sql;
  }

  /** By what a list is sorted; earlier or smaller first unless it is turned round. */
  public enum Order {
    // @formatter:off
    FILED  ("d.filed_at",                       "timestamptz"),
    UPDATED("d.updated_at",                     "timestamptz"),
    DUE    ("coalesce(d.due, 'infinity')",      "timestamptz"),
    AMOUNT ("d.minor",                          "bigint");
    // @formatter:on

    private final String column;
    private final String type;

    Order(String column, String type) {
      this.column = column;
      this.type = type;
    }
  }

  /** Where a page ended: the last row's sort value as text, and its id. */
  public record End(String value, DisputeId id) {}

  /**
   * Who looks: a party sees its own ({@code side} and {@code subject}), a mediator what waits in mediation or is its
   * own ({@code mediator}), everybody else all. {@code live} false: test disputes only.
   */
  public record Scope(boolean live, @Nullable Side side, String subject, @Nullable String mediator) {}

  /** What to look for; null or empty: anything. {@code text} is a substring of what was written or of an id. */
  public record Search(List<String> status, List<String> stage, @Nullable String viewState, List<String> reason,
      @Nullable String merchant, @Nullable String buyer, @Nullable String payment, @Nullable String awaited,
      @Nullable Instant dueBefore, @Nullable Instant filedFrom, @Nullable Instant filedTo, List<String> outcome,
      @Nullable String mediator, @Nullable String tag, @Nullable String text, Sum sum) {
    public Search {
      status = List.copyOf(status);
      stage = List.copyOf(stage);
      reason = List.copyOf(reason);
      outcome = List.copyOf(outcome);
    }
  }

  /** Of which currency, and from how much up to how much (minor units, both included) is disputed; null: any. */
  public record Sum(@Nullable String currency, @Nullable Long from, @Nullable Long to) {}

  /** How many of the open disputes of one currency mean this to who looks. */
  public record Count(String viewState, String currency, long disputes) {}

  /** A dispute as one line. {@code sorted} is its sort value as text. */
  public record Row(DisputeId id, int version, String status, @Nullable String awaited, String payment, String buyer,
      String merchant, String reason, String wish, long minor, String currency, boolean live, int round,
      @Nullable String deadline, @Nullable Instant due, String mediator, @Nullable String outcome, Instant filedAt,
      Instant updatedAt, @Nullable Instant closedAt, List<String> tags, String sorted) {}

  /** At most {@code limit} lines after {@code after} (null: from the start). */
  public List<Row> list(Scope scope, Search search, Order order, boolean descending, @Nullable End after, int limit) {
    var where = new Where();
    scope(where, scope);
    columns(where, search);
    if (search.viewState() != null) where.and(":viewState = " + viewState(scope), "viewState", search.viewState());
    if (search.text() != null) where.and(text(scope), "like", "%" + escaped(search.text()) + "%");
    if (after != null) after(where, order, descending, after);
    var direction = descending ? " desc" : "";
    return sql.sql("select d.*, " + order.column + "::text as sorted from dispute d where " + where.text()
        + " order by " + order.column + direction + ", d.home" + direction + ", d.id" + direction + " limit :limit")
        .params(where.params).param("limit", limit).query((row, _) -> row(row)).list();
  }

  /** What the open disputes of a party mean to it, counted. */
  public List<Count> count(Scope scope) {
    var where = new Where();
    scope(where, scope);
    where.and("d.phase <> 'CLOSED'");
    return sql.sql("select " + viewState(scope) + " as view_state, d.currency, count(*) from dispute d where "
        + where.text() + " group by 1, 2 order by 3 desc").params(where.params)
        .query((row, _) -> new Count(row.getString(1), row.getString(2), row.getLong(3))).list();
  }

  private static void scope(Where where, Scope scope) {
    where.and("d.live = :live", "live", scope.live());
    where.params.put("subject", scope.subject());
    if (scope.side() != null) {
      where.and(scope.side() == Side.BUYER ? "d.buyer = :subject" : "d.merchant = :subject");
      where.params.put("side", scope.side().name());
      where.params.put("other", scope.side().other().name());
    }
    if (scope.mediator() != null) {
      where.and("d.mediated_at is not null and d.mediator in ('', :holder)", "holder", scope.mediator());
    }
  }

  private static void columns(Where where, Search search) {
    where.any("d.status", "status", search.status());
    where.any("d.phase", "stage", search.stage());
    where.any("d.reason", "reason", search.reason());
    where.any("d.outcome", "outcome", search.outcome());
    where.equal("d.merchant", "merchant", search.merchant());
    where.equal("d.buyer", "buyer", search.buyer());
    where.equal("d.payment", "payment", search.payment());
    where.equal("d.awaited", "awaited", search.awaited());
    where.equal("d.mediator", "mediator", search.mediator());
    where.instant("d.due < :dueBefore", "dueBefore", search.dueBefore());
    where.instant("d.filed_at >= :filedFrom", "filedFrom", search.filedFrom());
    where.instant("d.filed_at < :filedTo", "filedTo", search.filedTo());
    where.equal("d.currency", "currency", search.sum().currency());
    where.amount("d.minor >= :amountFrom", "amountFrom", search.sum().from());
    where.amount("d.minor <= :amountTo", "amountTo", search.sum().to());
    if (search.tag() != null) where.and(":tag = any(d.tags)", "tag", search.tag());
  }

  private static void after(Where where, Order order, boolean descending, End end) {
    where.and("(" + order.column + ", d.home, d.id) " + (descending ? "<" : ">") + " (:endValue::" + order.type
        + ", :endHome, :endId)", "endValue", end.value());
    where.params.put("endHome", end.id().home());
    where.params.put("endId", end.id().number());
  }

  /** The same table as the API's view state, over columns. */
  private static String viewState(Scope scope) {
    return scope.side() != null ? """
        case
          when d.status = 'CLOSED' then 'CLOSED'
          when d.status = 'DECIDED' then 'APPEALABLE'
          when d.status = 'PROPOSED' or d.awaited = :side then 'ACTION_REQUIRED'
          when d.awaited = :other then 'WAITING_FOR_OTHER_PARTY'
          when d.phase in ('NEGOTIATION', 'MEDIATION') then 'WITH_PLATFORM'
          else 'IN_VERIFICATION' end
        """ : """
        case
          when d.status = 'CLOSED' then 'CLOSED'
          when d.status = 'DECIDED' then 'WITH_PLATFORM'
          when d.status = 'PROPOSED' or d.awaited is distinct from 'PLATFORM' then 'WAITING_FOR_OTHER_PARTY'
          when d.status = 'EXCEPTION' or d.phase in ('NEGOTIATION', 'MEDIATION') then 'ACTION_REQUIRED'
          else 'IN_VERIFICATION' end
        """;
  }

  /** A party finds what it wrote itself and what both sides may read; staff find everything. */
  private static String text(Scope scope) {
    var readable = scope.side() == null ? """
        not exists (select 1 from event e where e.home = w.home and e.dispute = w.dispute
          and e.type = 'EvidenceSubmitted' and e.body->>'visibility' = 'GIVER' and e.body->'text'->>'id' = w.id)
        """ : """
        (w.subject = :subject or exists (
          select 1 from event e where e.home = w.home and e.dispute = w.dispute and position(w.id in e.body::text) > 0
            and e.type in ('Filed', 'MessageSent', 'EvidenceSubmitted', 'OfferMade', 'SettlementProposed')
            and coalesce(e.body->>'visibility', 'PARTIES') = 'PARTIES'))
        """;
    // A party's own disputes are few among all: look into their words, one after another, and into no others.
    var where = " from words w where w.body ilike :like and " + readable;
    return scope.side() == null
        ? "(d.payment ilike :like or (d.home, d.id) in (select w.home, w.dispute" + where + "))"
        : "(d.payment ilike :like or exists (select 1" + where + " and w.home = d.home and w.dispute = d.id))";
  }

  private static String escaped(String text) {
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_");
  }

  private static Row row(ResultSet row) throws SQLException {
    return new Row(new DisputeId(row.getInt("home"), row.getLong("id")), row.getInt("version"), row.getString("status"),
        row.getString("awaited"), row.getString("payment"), row.getString("buyer"), row.getString("merchant"),
        row.getString("reason"), row.getString("wish"), row.getLong("minor"), row.getString("currency"),
        row.getBoolean("live"), row.getInt("round"), row.getString("deadline"), instant(row, "due"),
        row.getString("mediator"), row.getString("outcome"), java.util.Objects.requireNonNull(instant(row, "filed_at")),
        java.util.Objects.requireNonNull(instant(row, "updated_at")), instant(row, "closed_at"),
        List.of((String[]) row.getArray("tags").getArray()), row.getString("sorted"));
  }

  private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
    var at = row.getObject(column, OffsetDateTime.class);
    return at == null ? null : at.toInstant();
  }

  /** Conditions and the values in them. */
  private static final class Where {
    private final List<String> conditions = new ArrayList<>();
    private final Map<String, Object> params = new HashMap<>();

    void and(String condition) {
      conditions.add(condition);
    }

    void and(String condition, String name, Object value) {
      conditions.add(condition);
      params.put(name, value);
    }

    void equal(String column, String name, @Nullable String value) {
      if (value != null) and(column + " = :" + name, name, value);
    }

    void any(String column, String name, List<String> values) {
      if (!values.isEmpty()) and(column + " in (:" + name + ")", name, values);
    }

    void amount(String condition, String name, @Nullable Long value) {
      if (value != null) and(condition, name, value);
    }

    void instant(String condition, String name, @Nullable Instant value) {
      if (value != null) and(condition, name, value.atOffset(ZoneOffset.UTC));
    }

    String text() {
      return String.join(" and ", conditions);
    }
  }
}
