package redress.store;

import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import redress.dispute.DisputeId;

/**
 * What becomes of notices after they went out: the messages a network made of them, its receipts for each, and what the
 * post looks at again of its own accord.
 */
public final class PostBook {
  private final JdbcClient sql;

  public PostBook(JdbcClient sql) {
    this.sql = sql;
  }

  /** What a network says of one message in the end; {@code result} is its own word, without addresses. */
  public record Receipt(boolean received, String result) {}

  /** A delivery the post looks at again; {@code live} false: it is about a test. */
  public record Due(Delivery delivery, boolean live) {}

  /**
   * The network took a delivery over as {@code references}, a message each; their receipts may be here already.
   * {@code inquire} is when to ask for them (UTC), null where they come unasked.
   */
  public void handed(Delivery delivery, int parts, List<String> references, @Nullable Instant inquire, Instant now) {
    sql.sql("update notice set parts = ?, due = ? where home = ? and id = ?").param(parts).param(utc(inquire))
        .param(delivery.dispute().home()).param(delivery.id()).update();
    for (var reference : references) {
      sql.sql(PART).param(delivery.channel()).param(reference).param(delivery.dispute().home()).param(delivery.id())
          .param(utc(now)).update();
    }
    if (!references.isEmpty()) settle(delivery.dispute().home(), delivery.id(), now);
  }

  /** A receipt for one message arrived. The last word stays; one that belongs to nothing yet waits for its notice. */
  public void receipt(String channel, String reference, Receipt receipt, Instant now) {
    sql.sql(RECEIPT).param(channel).param(reference).param(receipt.received() ? "RECEIVED" : "BOUNCED")
        .param(receipt.result()).param(utc(now))
        .query((row, _) -> new Of(row.getInt("home"), row.getString("notice"))).optional()
        .ifPresent(of -> {
          if (of.notice != null) settle(of.home, of.notice, now);
        });
  }

  private record Of(int home, @Nullable String notice) {}

  /** All parts received: the notice was. One bounced: it failed, and the post looks for another way. */
  private void settle(int home, String notice, Instant now) {
    sql.sql(SETTLE).param(home).param(notice).param(utc(now)).param(utc(now)).param(home).param(notice).update();
  }

  /** The references of a notice's messages that have no receipt yet. */
  public List<String> open(Delivery delivery) {
    return sql
        .sql("select reference from notice_part where home = ? and notice = ? and receipt = '' order by reference")
        .param(delivery.dispute().home()).param(delivery.id()).query((row, _) -> row.getString(1)).list();
  }

  /**
   * Claims what is due by moving it {@code patience} ahead, so that two never do the same and a crash loses nothing.
   */
  public List<Due> claim(Instant now, Duration patience, int limit) {
    return sql.sql(CLAIM).param(utc(now.plus(patience))).param(utc(now)).param(limit)
        .query((row, _) -> new Due(NoticeBook.delivery(row), row.getBoolean("live"))).list();
  }

  /** When the post looks at it again; null: never. */
  public void again(Delivery delivery, @Nullable Instant due) {
    sql.sql("update notice set due = ? where home = ? and id = ?").param(utc(due)).param(delivery.dispute().home())
        .param(delivery.id()).update();
  }

  /**
   * Has a delivery that failed over one of {@code channels} go out again at {@code now} (UTC), as if its network had
   * never seen it; false where none of this id failed.
   */
  public boolean anew(String id, boolean live, Set<String> channels, Instant now) {
    return sql.sql(ANEW).param(utc(now)).param(live).param(NoticeBook.home(id)).param(id)
        .param(channels.toArray(String[]::new)).query(Long.class).single() > 0;
  }

  /** What the inbox holds of the same notice. */
  public Optional<Delivery> inbox(Delivery delivery) {
    return sql.sql("""
        select * from notice where home = ? and dispute = ? and errand = ? and audience = ? and channel = 'IN_APP'
        limit 1""").param(delivery.dispute().home()).param(delivery.dispute().number()).param(delivery.errand())
        .param(delivery.audience().name()).query((row, _) -> NoticeBook.delivery(row)).optional();
  }

  /** What was put into inboxes last, the newest first, older than {@code before} (null: from now on). */
  public List<Delivery> told(boolean live, @Nullable Instant before, int limit) {
    return sql.sql("""
        select n.* from notice n join dispute d on d.home = n.home and d.id = n.dispute
        where n.channel = 'IN_APP' and d.live = ? and n.at < coalesce(?, 'infinity'::timestamptz)
        order by n.at desc, n.id desc limit ?
        """).param(live).param(utc(before)).param(limit).query((row, _) -> NoticeBook.delivery(row)).list();
  }

  /** How the same notice went over the channels outside. */
  public List<Delivery> outside(Delivery delivery) {
    return sql.sql("""
        select * from notice where home = ? and dispute = ? and errand = ? and audience = ? and channel <> 'IN_APP'
        order by channel""").param(delivery.dispute().home()).param(delivery.dispute().number())
        .param(delivery.errand()).param(delivery.audience().name()).query((row, _) -> NoticeBook.delivery(row)).list();
  }

  /** Whether an outside channel took the same notice over, and it did not come back. */
  public boolean arrived(Delivery delivery) {
    return sql.sql("""
        select exists (select from notice where home = ? and dispute = ? and errand = ? and audience = ?
          and channel <> 'IN_APP' and state in ('DELIVERED', 'SENDING', 'WAITING'))
        """).param(delivery.dispute().home()).param(delivery.dispute().number()).param(delivery.errand())
        .param(delivery.audience().name()).query(Boolean.class).single();
  }

  /** Sends no more of what {@code errand} told over channels outside, because of {@code why}. */
  public void suppress(DisputeId dispute, String errand, String why) {
    sql.sql("""
        update notice set state = 'SUPPRESSED', result = ?, due = null
        where home = ? and dispute = ? and errand = ? and channel <> 'IN_APP' and state in ('WAITING', 'SENDING')
        """).param(why).param(dispute.home()).param(dispute.number()).param(errand).update();
  }

  /** Says why a delivery that waits does not go out yet. */
  public void waits(Delivery delivery, String why) {
    sql.sql("update notice set result = ? where home = ? and id = ? and state = 'WAITING'").param(why)
        .param(delivery.dispute().home()).param(delivery.id()).update();
  }

  private static @Nullable OffsetDateTime utc(@Nullable Instant at) {
    return at == null ? null : at.atOffset(ZoneOffset.UTC);
  }

  private static final String PART = """
      insert into notice_part as p (channel, reference, home, notice, at) values (?, ?, ?, ?, ?)
      on conflict (channel, reference) do update set home = excluded.home, notice = excluded.notice
      """;

  private static final String RECEIPT = """
      insert into notice_part as p (channel, reference, receipt, result, at) values (?, ?, ?, ?, ?)
      on conflict (channel, reference) do update set receipt = excluded.receipt, result = excluded.result,
        at = excluded.at
      returning p.home, p.notice
      """;

  private static final String SETTLE = """
      with told as (
        select bool_and(receipt = 'RECEIVED') as whole, min(result) filter (where receipt = 'BOUNCED') as bounced
        from notice_part where home = ? and notice = ?
      )
      update notice n set received_at = case when told.whole then coalesce(n.received_at, ?) end,
        state = case when told.bounced is null then n.state else 'FAILED' end,
        result = case when told.bounced is null then n.result else 'came back: ' || told.bounced end,
        due = case when told.whole then null when told.bounced is null then n.due else ?::timestamptz end
      from told where n.home = ? and n.id = ? and n.state in ('SENDING', 'DELIVERED')
      """;

  private static final String ANEW = """
      with again as (
        update notice n set state = 'WAITING', result = '', due = ? from dispute d
        where d.home = n.home and d.id = n.dispute and d.live = ? and n.home = ? and n.id = ?
          and n.state = 'FAILED' and n.channel = any (?)
        returning n.home, n.id),
      forgotten as (delete from notice_part p using again a where p.home = a.home and p.notice = a.id)
      select count(*) from again
      """;

  private static final String CLAIM = """
      update notice n set due = ? from dispute d
      where d.home = n.home and d.id = n.dispute and (n.home, n.id) in (
        select home, id from notice where due <= ? order by due limit ? for update skip locked)
      returning n.*, d.live
      """;
}
