package redress.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.springframework.jdbc.core.simple.JdbcClient;
import redress.dispute.DisputeId;
import redress.seal.Digest;

/** The records of results, each written once and never changed, and their papers. */
public final class ResultBook {
  private final JdbcClient sql;

  public ResultBook(JdbcClient sql) {
    this.sql = sql;
  }

  /**
   * The record with this number (from 1) of a dispute, made at {@code at} (UTC) because of event {@code n}: canonical
   * {@code json} with its hash, and the same signed with key {@code kid} as compact JWS (RFC 7515).
   */
  public record Kept(DisputeId dispute, int number, int n, Instant at, boolean live, String sha256, String kid,
      String json, String jws) {}

  /** Writes the record unless there is one with its number; returns the one that is there. */
  public Kept write(Kept record) {
    sql.sql("""
        insert into result_record (home, dispute, number, n, at, live, sha256, kid, json, jws)
        values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) on conflict do nothing
        """)
        .param(record.dispute().home()).param(record.dispute().number()).param(record.number()).param(record.n())
        .param(record.at().atOffset(ZoneOffset.UTC)).param(record.live()).param(record.sha256()).param(record.kid())
        .param(record.json()).param(record.jws()).update();
    return find(record.dispute(), record.number()).orElseThrow();
  }

  /** The record with this number. */
  public Optional<Kept> find(DisputeId dispute, int number) {
    return sql.sql("select * from result_record where home = ? and dispute = ? and number = ?")
        .param(dispute.home()).param(dispute.number()).param(number).query((row, _) -> kept(row)).optional();
  }

  /** All records of a dispute, the first first. */
  public List<Kept> of(DisputeId dispute) {
    return sql.sql("select * from result_record where home = ? and dispute = ? order by number")
        .param(dispute.home()).param(dispute.number()).query((row, _) -> kept(row)).list();
  }

  /** The signed paper of a record in {@code language}, if it was ever made. */
  public Optional<byte[]> paper(DisputeId dispute, int number, String language) {
    return sql.sql("select pdf from result_paper where home = ? and dispute = ? and number = ? and language = ?")
        .param(dispute.home()).param(dispute.number()).param(number).param(language).query(byte[].class).optional();
  }

  /**
   * Keeps the signed paper of a record unless there is one, and puts its SHA-256 into the log with that of the record;
   * returns the one that is there.
   */
  public byte[] keep(Kept record, String language, byte[] pdf, Instant at) {
    var id = record.dispute();
    var said = Map.of("dispute", id.toString(), "number", record.number(), "language", language, "record",
        record.sha256(), "sha256", fingerprint(pdf));
    sql.sql(PAPER).params(Acts.of(record.live(), Acts.PAPER, at, said)).param("home", id.home())
        .param("dispute", id.number()).param("number", record.number()).param("language", language)
        .param("at", Acts.kept(at)).param("pdf", pdf).update();
    return paper(id, record.number(), language).orElseThrow();
  }

  private static final String PAPER = """
      with p as (
        insert into result_paper (home, dispute, number, language, at, pdf)
        values (:home, :dispute, :number, :language, :at, :pdf) on conflict do nothing returning 1)
      """ + Acts.INSERT;

  /** The SHA-256 of each paper of a record that was made, in hex, by its language. */
  public Map<String, String> fingerprints(DisputeId dispute, int number) {
    var all = new TreeMap<String, String>();
    sql.sql("""
        select language, encode(sha256(pdf), 'hex') from result_paper where home = ? and dispute = ? and number = ?
        """).param(dispute.home()).param(dispute.number()).param(number).query(row -> {
      all.put(row.getString(1), row.getString(2));
    });
    return all;
  }

  /** What a paper is known by: its SHA-256 in hex. */
  public static String fingerprint(byte[] pdf) {
    return HexFormat.of().formatHex(Digest.sha256(pdf));
  }

  private static Kept kept(ResultSet row) throws SQLException {
    return new Kept(new DisputeId(row.getInt("home"), row.getLong("dispute")), row.getInt("number"), row.getInt("n"),
        row.getObject("at", OffsetDateTime.class).toInstant(), row.getBoolean("live"), row.getString("sha256"),
        row.getString("kid"), row.getString("json"), row.getString("jws"));
  }
}
