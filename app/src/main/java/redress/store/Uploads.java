package redress.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import redress.dispute.DisputeId;
import redress.dispute.Side;

/**
 * Files that parties sent for disputes, whole or in parts. What refers to bytes is only ever written while they are
 * kept and nobody is taking them away; {@code false} tells that they are being taken away.
 */
public final class Uploads {
  private final JdbcClient sql;

  public Uploads(JdbcClient sql) {
    this.sql = sql;
  }

  /** How far a file has come: parts of it, all of it, on its way to be evidence, evidence. */
  public enum State {
    COMING, READY, GIVING, GIVEN
  }

  /** Who sent it: a side, the party on it and the person behind that. */
  public record Giver(Side side, String subject, String person) {}

  /** What was found in a file: its bytes, media type and pages; nothing while it is still coming. */
  public record Content(String sha256, String mediaType, int pages) {
    public static final Content NONE = new Content("", "", 0);
  }

  /**
   * One file: what its giver calls it and says it is, how long it is and how much of it is here (bytes), what is in it,
   * and the piece of evidence it became (0: none yet).
   */
  public record Upload(DisputeId dispute, String id, Giver giver, String name, String declared, State state,
      long length, long received, Content content, int evidence, String key, Instant createdAt, Instant touchedAt) {

    /** Whether {@code other} speaks for the party that sent it. */
    public boolean isOf(Giver other) {
      return giver.side() == other.side() && giver.subject().equals(other.subject());
    }

    /** Whether it waits for nothing more of its giver's machine. */
    public boolean isComplete() {
      return received == length;
    }

    /** The same once all of it is here, under a name that does no harm. */
    public Upload ready(String safeName, Content found) {
      return new Upload(dispute, id, giver, safeName, declared, State.READY, length, length, found, 0, "", createdAt,
          touchedAt);
    }
  }

  /** A piece of a file that comes in pieces: its bytes from {@code start} on. */
  public record Part(long start, long size, String sha256) {}

  /** Writes down a file of which nothing is here yet. */
  public void begin(Upload it) {
    sql.sql(COLUMNS + " values (:home, :id, :dispute, :side, :subject, :person, :name, :declared, 'COMING', :length, 0,"
        + " null, '', 0, :at, :at)").params(params(it)).update();
  }

  /** Writes down a file that is all here. */
  public boolean add(Upload it) {
    return sql.sql(HELD + COLUMNS + """
         select :home, :id, :dispute, :side, :subject, :person, :name, :declared, 'READY', :length, :length, sha256,
          :mediaType, :pages, :at, :at from held
        """).params(params(it)).update() == 1;
  }

  /** Adds a part. Empty when the file is not there or goes on elsewhere; else whether the part's bytes are kept. */
  public Optional<Boolean> append(Upload to, Part part, Instant now) {
    int done = sql.sql(HELD + """
        , grown as (
          update upload u set received = :start + :size, touched_at = :at from held
          where u.home = :home and u.id = :id and u.state = 'COMING' and u.received = :start
            and u.length >= :start + :size
          returning u.home, u.id)
        insert into upload_part (home, upload, start, size, sha256) select home, id, :start, :size, :sha256 from grown
        """).param("home", to.dispute().home()).param("id", to.id()).param("start", part.start())
        .param("size", part.size()).param("sha256", part.sha256()).param("at", now.atOffset(ZoneOffset.UTC)).update();
    if (done == 1) return Optional.of(true);
    boolean fits = find(to.dispute(), to.id())
        .filter(it -> it.state() == State.COMING && it.received() == part.start()).isPresent();
    return fits ? Optional.of(false) : Optional.empty();
  }

  /** The parts of a file, in order. */
  public List<Part> parts(Upload of) {
    return sql.sql("select start, size, sha256 from upload_part where home = ? and upload = ? order by start")
        .param(of.dispute().home()).param(of.id())
        .query((row, _) -> new Part(row.getLong(1), row.getLong(2), row.getString(3))).list();
  }

  /** All parts have become one file; they themselves are needed no more. */
  public boolean complete(Upload it) {
    return sql.sql(HELD + """
        , done as (
          update upload u set state = 'READY', name = :name, sha256 = held.sha256, media_type = :mediaType,
            pages = :pages, touched_at = :at
          from held where u.home = :home and u.id = :id and u.state = 'COMING' and u.received = u.length
          returning u.home, u.id), parts as (
          delete from upload_part p using done where p.home = done.home and p.upload = done.id)
        select count(*) from done
        """).params(params(it)).query(Long.class).single() == 1;
  }

  /** One file of a dispute. */
  public Optional<Upload> find(DisputeId dispute, String id) {
    return sql.sql("select * from upload where home = ? and id = ? and dispute = ?").param(dispute.home()).param(id)
        .param(dispute.number()).query((row, _) -> upload(row)).optional();
  }

  /** The file that this giver gave, or is giving, under an idempotency key. */
  public Optional<Upload> under(DisputeId dispute, Giver giver, String key) {
    return ofDispute(dispute).stream().filter(it -> it.isOf(giver) && !key.isEmpty() && it.key().equals(key))
        .findFirst();
  }

  /** Every file of a dispute, in the order in which they came. */
  public List<Upload> ofDispute(DisputeId dispute) {
    return sql.sql("select * from upload where home = ? and dispute = ? order by created_at, id")
        .param(dispute.home()).param(dispute.number()).query((row, _) -> upload(row)).list();
  }

  /** Takes a draft in hand to make evidence of it, under {@code key} (empty: none). False when it is no draft now. */
  public boolean claim(Upload it, String key, Instant now) {
    return move(it, "state = 'GIVING', key = :key", "state = 'READY'", key, now);
  }

  /** Gives a draft back that has not become evidence. */
  public void release(Upload it, Instant now) {
    move(it, "state = 'READY', key = ''", "state = 'GIVING'", "", now);
  }

  /** It has become this piece of evidence. */
  public void given(Upload it, int evidence, Instant now) {
    move(it, "state = 'GIVEN', evidence = " + evidence, "state in ('GIVING', 'READY')", "", now);
  }

  private boolean move(Upload it, String set, String where, String key, Instant now) {
    return sql.sql("update upload set touched_at = :at, " + set + " where home = :home and id = :id and " + where)
        .param("at", now.atOffset(ZoneOffset.UTC)).param("home", it.dispute().home()).param("id", it.id())
        .param("key", key).update() == 1;
  }

  /** Forgets a file that is no evidence, nor about to be. False when there is none such. */
  public boolean drop(Upload it) {
    return sql.sql("delete from upload where home = ? and id = ? and state in ('COMING', 'READY')")
        .param(it.dispute().home()).param(it.id()).update() == 1;
  }

  /** Files that were on their way to be evidence {@code before} that, and of which nothing was heard since. */
  public List<Upload> stuck(Instant before) {
    return sql.sql("select * from upload where state = 'GIVING' and touched_at < ? order by touched_at limit 1000")
        .param(before.atOffset(ZoneOffset.UTC)).query((row, _) -> upload(row)).list();
  }

  /** Forgets drafts nobody has touched since {@code before}; how many there were. */
  public int sweep(Instant before) {
    return sql.sql("delete from upload where state in ('COMING', 'READY') and touched_at < ?")
        .param(before.atOffset(ZoneOffset.UTC)).update();
  }

  /** The small picture of a file, empty when none was made. */
  public Optional<String> preview(Upload of) {
    return sql.sql("select preview from upload where home = ? and id = ? and preview is not null")
        .param(of.dispute().home()).param(of.id()).query(String.class).optional();
  }

  /** A small picture of the file was made and is kept. */
  public boolean preview(Upload of, String sha256) {
    return sql.sql(HELD + " update upload u set preview = held.sha256 from held where u.home = :home and u.id = :id")
        .param("sha256", sha256).param("home", of.dispute().home()).param("id", of.id()).update() == 1;
  }

  private static Map<String, Object> params(Upload it) {
    var all = new HashMap<String, Object>(Map.of("home", it.dispute().home(), "id", it.id(), "dispute",
        it.dispute().number(), "side", it.giver().side().name(), "subject", it.giver().subject(), "person",
        it.giver().person(), "name", it.name(), "declared", it.declared()));
    all.putAll(Map.of("length", it.length(), "sha256", it.content().sha256(), "mediaType", it.content().mediaType(),
        "pages", it.content().pages(), "at", it.touchedAt().atOffset(ZoneOffset.UTC)));
    return all;
  }

  private static Upload upload(ResultSet row) throws SQLException {
    var sha256 = row.getString("sha256");
    return new Upload(new DisputeId(row.getInt("home"), row.getLong("dispute")), row.getString("id"),
        new Giver(Side.valueOf(row.getString("side")), row.getString("subject"), row.getString("person")),
        row.getString("name"), row.getString("declared"), State.valueOf(row.getString("state")), row.getLong("length"),
        row.getLong("received"),
        new Content(sha256 == null ? "" : sha256, row.getString("media_type"), row.getInt("pages")),
        row.getInt("evidence"), row.getString("key"), instant(row, "created_at"), instant(row, "touched_at"));
  }

  private static Instant instant(ResultSet row, String column) throws SQLException {
    return row.getObject(column, OffsetDateTime.class).toInstant();
  }

  // Whoever takes bytes away locks their row first, and looks for what refers to them afterwards.
  private static final String HELD =
      "with held as (select sha256 from kept where sha256 = :sha256 and leaving_at is null for share)";
  private static final String COLUMNS = """
       insert into upload (home, id, dispute, side, subject, person, name, declared, state, length, received, sha256,
        media_type, pages, created_at, touched_at)""";
}
