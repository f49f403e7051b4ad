package redress.store;

import static redress.store.Bulk.Type.BIGINT;
import static redress.store.Bulk.Type.INSTANT;
import static redress.store.Bulk.Type.INT;
import static redress.store.Bulk.Type.SMALLINT;
import static redress.store.Bulk.Type.TEXT;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import redress.dispute.DisputeId;
import redress.dispute.Errand.Audience;
import redress.dispute.Event;
import redress.dispute.Notice;
import redress.policy.Role;
import redress.seal.Digest;
import redress.store.Bulk.Column;
import redress.store.Delivery.State;

/**
 * Everything that people were told, or are about to be told: a row for each recipient and channel, with every attempt.
 */
public final class NoticeBook {
  private final JdbcClient sql;

  public NoticeBook(JdbcClient sql) {
    this.sql = sql;
  }

  /** Writes it down; false when a delivery with this id is there already, which then stays as it is. */
  public boolean add(Delivery delivery) {
    return !add(List.of(delivery)).isEmpty();
  }

  /** Writes them all down; returns those that were not there already, which then stay as they are. */
  public Set<Delivery> add(List<Delivery> all) {
    if (all.isEmpty()) return Set.of();
    var added = new HashSet<Added>(sql.sql(ADD).params(ROWS.arrays(all))
        .query((row, _) -> new Added(row.getString("id"), row.getString("errand"))).list());
    return all.stream().filter(it -> added.contains(new Added(it.id(), it.errand()))).collect(Collectors.toSet());
  }

  private record Added(String id, String errand) {}

  /** The delivery with this id in this dispute. */
  public Optional<Delivery> find(DisputeId dispute, String id) {
    return sql.sql("select * from notice where home = ? and id = ?").param(dispute.home()).param(id)
        .query((row, _) -> delivery(row)).optional();
  }

  /**
   * Begins an attempt and returns the delivery as it is then; empty when it is over. An attempt that was begun and
   * never ended
   * is counted as a repeat: nobody knows whether it went out.
   */
  public Optional<Delivery> begin(DisputeId dispute, String id, Instant now) {
    return sql.sql(BEGIN).param(utc(now)).param(dispute.home()).param(id).query((row, _) -> delivery(row)).optional();
  }

  /** Ends an attempt: WAITING (to be tried again), DELIVERED or FAILED. {@code result} says why, without addresses. */
  public void end(DisputeId dispute, String id, State state, String result, Instant now) {
    sql.sql("update notice set state = ?, result = ?, delivered_at = ? where home = ? and id = ? and state = 'SENDING'")
        .param(state.name()).param(result).param(state == State.DELIVERED ? utc(now) : null).param(dispute.home())
        .param(id)
        .update();
  }

  /** All that was told in a dispute, over every channel, in the order in which it was written. */
  public List<Delivery> ofDispute(DisputeId dispute) {
    return sql.sql("select * from notice where home = ? and dispute = ? order by at, id").param(dispute.home())
        .param(dispute.number()).query((row, _) -> delivery(row)).list();
  }

  /** In which role the event was caused that this errand comes from; empty when there is no such errand. */
  public Optional<Role> causedBy(DisputeId dispute, String errand) {
    return sql.sql("""
        select v.role from errand e join event v on v.home = e.home and v.dispute = e.dispute and v.n = e.n
        where e.home = ? and e.dispute = ? and e.key = ?
        """).param(dispute.home()).param(dispute.number()).param(errand).query(String.class).optional()
        .map(Role::valueOf);
  }

  /** In which role the question or opinion {@code id} was brought: {@code type} is the event that holds it. */
  public Optional<Role> broughtBy(DisputeId dispute, Class<? extends Event> type, int id) {
    return sql.sql("""
        select role from event where home = ? and dispute = ? and type = ? and (body ->> 'id')::int = ?
        order by n limit 1
        """).param(dispute.home()).param(dispute.number()).param(type.getSimpleName()).param(id)
        .query(String.class).optional().map(Role::valueOf);
  }

  /** Where a page of an inbox ends: the instant and id of its last notice. */
  public record Mark(Instant at, String id) {}

  /**
   * The inbox of {@code recipient} (a party or staff member) in {@code audiences}, with what is for everybody in those
   * roles;
   * the newest first, from after {@code mark} (null: the beginning).
   */
  public List<Delivery> inbox(String recipient, Set<Audience> audiences, boolean unreadOnly, @Nullable Mark mark,
      int limit) {
    return sql.sql(INBOX).param(new String[] {recipient, ""}).param(names(audiences)).param(unreadOnly)
        .param(mark == null ? null : utc(mark.at())).param(mark == null ? "" : mark.id()).param(limit)
        .query((row, _) -> delivery(row)).list();
  }

  /** How many notices in that inbox are unread. */
  public int unread(String recipient, Set<Audience> audiences) {
    return sql.sql(UNREAD).param(new String[] {recipient, ""}).param(names(audiences)).query(Integer.class).single();
  }

  /** Marks a notice of that inbox as read; the first time stays. False when it is not there. */
  public boolean read(String id, String recipient, Set<Audience> audiences, Instant now) {
    return sql.sql(READ).param(utc(now)).param(home(id)).param(id).param(new String[] {recipient, ""})
        .param(names(audiences)).update() == 1;
  }

  /** How many deliveries may have reached their recipient more than once. */
  public long repeats() {
    return sql.sql("select coalesce(sum(repeats), 0) from notice where repeats > 0").query(Long.class).single();
  }

  /** The id of what {@code errand} tells {@code recipient} over {@code channel}: the same for every try. */
  public static String id(DisputeId dispute, String errand, Audience audience, String channel) {
    var hash = Digest.sha256(String.join("\n", dispute.toString(), errand, audience.name(), channel));
    return "ntc_%03x%s".formatted(dispute.home(), hash.substring(0, ID_DIGITS));
  }

  static int home(String id) {
    return id.matches("ntc_[0-9a-f]{27}") ? Integer.parseInt(id, HOME_FROM, HOME_TO, 16) : -1;
  }

  private static String[] names(Set<Audience> audiences) {
    return audiences.stream().map(Audience::name).toArray(String[]::new);
  }

  private static @Nullable OffsetDateTime utc(@Nullable Instant at) {
    return at == null ? null : at.atOffset(ZoneOffset.UTC);
  }

  private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
    var at = row.getObject(column, OffsetDateTime.class);
    return at == null ? null : at.toInstant();
  }

  static Delivery delivery(ResultSet row) throws SQLException {
    return new Delivery(new DisputeId(row.getInt("home"), row.getLong("dispute")), row.getString("id"),
        row.getString("errand"), Audience.valueOf(row.getString("audience")), row.getString("recipient"),
        Notice.valueOf(row.getString("kind")), row.getInt("about"), row.getString("channel"), row.getString("language"),
        row.getString("subject"), row.getString("text"), State.valueOf(row.getString("state")), row.getInt("attempts"),
        row.getInt("repeats"), row.getString("result"), row.getObject("at", OffsetDateTime.class).toInstant(),
        instant(row, "tried_at"), instant(row, "delivered_at"), instant(row, "read_at"), row.getString("brief"),
        row.getInt("parts"), instant(row, "received_at"));
  }

  private static final int ID_DIGITS = 24;
  private static final int HOME_FROM = 4;
  private static final int HOME_TO = 7;

  // @formatter:off
  private static final Bulk<Delivery> ROWS = new Bulk<>(List.of(
      new Column<>("home",         SMALLINT, it -> (short) it.dispute().home()),
      new Column<>("id",           TEXT,     Delivery::id),
      new Column<>("dispute",      BIGINT,   it -> it.dispute().number()),
      new Column<>("errand",       TEXT,     Delivery::errand),
      new Column<>("audience",     TEXT,     Delivery::audience),
      new Column<>("recipient",    TEXT,     Delivery::recipient),
      new Column<>("kind",         TEXT,     Delivery::notice),
      new Column<>("about",        INT,      Delivery::about),
      new Column<>("channel",      TEXT,     Delivery::channel),
      new Column<>("language",     TEXT,     Delivery::language),
      new Column<>("subject",      TEXT,     Delivery::subject),
      new Column<>("text",         TEXT,     Delivery::text),
      new Column<>("brief",        TEXT,     Delivery::brief),
      new Column<>("state",        TEXT,     Delivery::state),
      new Column<>("result",       TEXT,     Delivery::result),
      new Column<>("at",           INSTANT,  Delivery::at),
      new Column<>("delivered_at", INSTANT,  Delivery::deliveredAt)));
  // @formatter:on

  private static final String ADD = ROWS.insert("notice") + " on conflict do nothing returning id, errand";

  private static final String BEGIN = """
      update notice set state = 'SENDING', attempts = attempts + 1, repeats = repeats + (state = 'SENDING')::int,
        tried_at = ?
      where home = ? and id = ? and state in ('WAITING', 'SENDING')
      returning *
      """;

  private static final String OWN =
      "channel = 'IN_APP' and state = 'DELIVERED' and recipient = any (?) and audience = any (?)";

  private static final String INBOX = "select * from notice where " + OWN + """
       and (not ? or read_at is null) and (at, id) < (coalesce(?, 'infinity'::timestamptz), ?)
      order by at desc, id desc limit ?
      """;

  private static final String UNREAD = "select count(*) from notice where read_at is null and " + OWN;

  private static final String READ =
      "update notice set read_at = coalesce(read_at, ?) where home = ? and id = ? and " + OWN;
}
