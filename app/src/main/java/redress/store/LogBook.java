package redress.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import redress.dispute.DisputeId;
import redress.dispute.Home;

/**
 * The log as it is kept: leaves, tiles, what was signed, by which keys, and what witnesses added. {@code live} tells
 * the
 * tree of real payments from that of test payments everywhere.
 */
public final class LogBook {
  private final DataSource pool;
  private final JdbcClient sql;

  public LogBook(DataSource pool) {
    this.pool = pool;
    this.sql = JdbcClient.create(pool);
  }

  /**
   * Does {@code work} as soon as nobody else numbers or signs, on whatever node; empty when somebody still does after
   * {@code patience}.
   */
  public <T> Optional<T> turn(Duration patience, Function<LogTurn, T> work) {
    return LogTurn.take(pool, patience, work);
  }

  /** An entry with its number: an event of a dispute, or, with no dispute, an act. {@code hash} is the leaf's data. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  public record Leaf(long index, @Nullable DisputeId dispute, int n, long act, byte[] hash) {
    /** What it is, for people. */
    public String name() {
      return dispute == null ? "act " + act : "event " + n + " of " + dispute;
    }
  }

  /** A checkpoint that was signed: the note, and whether it was read back and published. */
  public record Signed(long size, Instant at, String note, boolean published) {}

  /** A time stamp of a checkpoint: the token as the authority gave it. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  public record Stamped(long size, Instant at, byte[] token) {}

  /** Why nothing is signed: the first entry, or -1 for the tree itself, and what is wrong with it. */
  public record Alarm(long index, String what, Instant at) {}

  /** Leaves {@code from} to {@code to}, without the last, in order. */
  public List<Leaf> leaves(boolean live, long from, long to) {
    return sql.sql("select * from log_leaf where live = ? and index >= ? and index < ? order by index").param(live)
        .param(from).param(to).query((row, _) -> leaf(row)).list();
  }

  /** All leaves of a dispute, in order of its events. */
  public List<Leaf> leaves(DisputeId dispute) {
    return sql.sql("select * from log_leaf where home = ? and dispute = ? and act = 0 order by n").param(dispute.home())
        .param(dispute.number()).query((row, _) -> leaf(row)).list();
  }

  /** The leaf of event {@code n} of a dispute; empty before it has a number. */
  public Optional<Leaf> leaf(DisputeId dispute, int n) {
    return sql.sql("select * from log_leaf where home = ? and dispute = ? and n = ? and act = 0").param(dispute.home())
        .param(dispute.number()).param(n).query((row, _) -> leaf(row)).optional();
  }

  /** The number of the dispute's last event; 0 when there is none. */
  public int events(DisputeId dispute) {
    return sql.sql("select coalesce(max(n), 0) from event where home = ? and dispute = ?").param(dispute.home())
        .param(dispute.number()).query(Integer.class).single();
  }

  /** The leaf whose entry has this hash; empty when there is none with a number. */
  public Optional<Leaf> leaf(boolean live, byte[] hash) {
    return sql.sql("select * from log_leaf where hash = ? and live = ? limit 1").param(hash).param(live)
        .query((row, _) -> leaf(row)).optional();
  }

  /** The leaf of an act; empty before it has a number. */
  public Optional<Leaf> leaf(long act) {
    return sql.sql("select * from log_leaf where act = ? and act <> 0").param(act).query((row, _) -> leaf(row))
        .optional();
  }

  private static Leaf leaf(ResultSet row) throws SQLException {
    int n = row.getInt("n");
    int home = row.getInt("home");
    long number = row.getLong("dispute");
    // Whoever changed a leaf into one of no dispute there can be must not keep others from being read.
    boolean isThere = n > 0 && home >= 0 && home < Home.COUNT && number > 0;
    return new Leaf(row.getLong("index"), isThere ? new DisputeId(home, number) : null, n, row.getLong("act"),
        row.getBytes("hash"));
  }

  /** The hashes of a tile side by side; none when there is no such tile. */
  public byte[] tile(boolean live, int level, long number) {
    return sql.sql("select hashes from log_tile where live = ? and level = ? and number = ?").param(live).param(level)
        .param(number).query(byte[].class).optional().orElse(new byte[0]);
  }

  /** How many leaves are numbered. */
  public long size(boolean live) {
    return sql.sql("select size from log_tree where live = ?").param(live).query(Long.class).single();
  }

  /** How many entries are committed and have no number yet. */
  public long waiting() {
    return sql.sql(WAITING).query(Long.class).single();
  }

  /** The greatest checkpoint, published or not; empty before the first. */
  public Optional<Signed> last(boolean live) {
    return signed("true order by size desc limit 1", live);
  }

  /** The greatest checkpoint that was published. */
  public Optional<Signed> published(boolean live) {
    return signed("published_at is not null order by size desc limit 1", live);
  }

  /** The checkpoint of exactly this size, if there is one and it was published. */
  public Optional<Signed> published(boolean live, long size) {
    return sql.sql("select * from log_checkpoint where live = ? and published_at is not null and size = ?").param(live)
        .param(size).query((row, _) -> signed(row)).optional();
  }

  /** The latest checkpoints that were published, at most {@code limit}, the greatest first. */
  public List<Signed> published(boolean live, int limit) {
    return sql
        .sql("select * from log_checkpoint where live = ? and published_at is not null order by size desc limit ?")
        .param(live).param(limit).query((row, _) -> signed(row)).list();
  }

  private Optional<Signed> signed(String which, boolean live) {
    return sql.sql("select * from log_checkpoint where live = ? and " + which).param(live)
        .query((row, _) -> signed(row)).optional();
  }

  private static Signed signed(ResultSet row) throws SQLException {
    return new Signed(row.getLong("size"), row.getObject("at", OffsetDateTime.class).toInstant(),
        row.getString("note"), row.getObject("published_at") != null);
  }

  /** Keeps what was signed; it is not published yet. */
  public void sign(boolean live, long size, Instant at, String note) {
    sql.sql("insert into log_checkpoint (live, size, at, note) values (?, ?, ?, ?)").param(live).param(size)
        .param(at.atOffset(ZoneOffset.UTC)).param(note).update();
  }

  /** Lets everybody see it. */
  public void publish(boolean live, long size, Instant at) {
    sql.sql("update log_checkpoint set published_at = ? where live = ? and size = ? and published_at is null")
        .param(at.atOffset(ZoneOffset.UTC)).param(live).param(size).update();
  }

  /** Keeps a line that a witness signed under a checkpoint; one for each witness. */
  public void cosign(boolean live, long size, String witness, String line, Instant at) {
    sql.sql("insert into log_cosignature (live, size, witness, line, at) values (?, ?, ?, ?, ?) on conflict do nothing")
        .param(live).param(size).param(witness).param(line).param(at.atOffset(ZoneOffset.UTC)).update();
  }

  /** The lines that witnesses signed under a checkpoint. */
  public List<String> cosignatures(boolean live, long size) {
    return sql.sql("select line from log_cosignature where live = ? and size = ? order by witness").param(live)
        .param(size).query((row, _) -> row.getString(1)).list();
  }

  /** Keeps the time stamp of a checkpoint. */
  public void stamp(boolean live, Stamped stamp) {
    sql.sql("insert into log_stamp (live, size, at, token) values (?, ?, ?, ?) on conflict do nothing").param(live)
        .param(stamp.size()).param(stamp.at().atOffset(ZoneOffset.UTC)).param(stamp.token()).update();
  }

  /** The time stamp of the checkpoint of this size. */
  public Optional<Stamped> stamp(boolean live, long size) {
    return sql.sql("select * from log_stamp where live = ? and size = ?").param(live).param(size)
        .query((row, _) -> new Stamped(row.getLong("size"), row.getObject("at", OffsetDateTime.class).toInstant(),
            row.getBytes("token")))
        .optional();
  }

  /** Keeps the statement of a public key. */
  public void keep(String purpose, int number, String statement) {
    sql.sql("insert into log_key (purpose, number, statement) values (?, ?, ?) on conflict do nothing").param(purpose)
        .param(number).param(statement).update();
  }

  /** The statements of all keys of this purpose, oldest first. */
  public List<String> keys(String purpose) {
    return sql.sql("select statement from log_key where purpose = ? order by number").param(purpose)
        .query((row, _) -> row.getString(1)).list();
  }

  /** Why nothing is signed. */
  public Optional<Alarm> alarm(boolean live) {
    return sql.sql("select * from log_alarm where live = ?").param(live)
        .query((row, _) -> new Alarm(row.getLong("index"), row.getString("what"),
            row.getObject("at", OffsetDateTime.class).toInstant()))
        .optional();
  }

  /** From now on nothing is signed, on no node; an earlier alarm stays. */
  public void raise(boolean live, Alarm alarm) {
    sql.sql("insert into log_alarm (live, index, what, at) values (?, ?, ?, ?) on conflict do nothing").param(live)
        .param(alarm.index()).param(alarm.what()).param(alarm.at().atOffset(ZoneOffset.UTC)).update();
  }

  /** It was put right. */
  public void lower(boolean live) {
    sql.sql("delete from log_alarm where live = ?").param(live).update();
  }

  private static final String WAITING = """
      select (select count(*) from event e where length(e.hash) = 32 and e.tx >= m.since and not exists (
          select 1 from log_leaf l where l.home = e.home and l.dispute = e.dispute and l.n = e.n and l.act = 0))
        + (select count(*) from act e where length(e.hash) = 32 and e.tx >= m.since and not exists (
          select 1 from log_leaf l where l.act = e.id and l.act <> 0))
      from (select coalesce((select pg_snapshot_xmin(seen) from log_mark), '0'::xid8) as since) m
      """;
}
