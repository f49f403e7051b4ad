package redress.store;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import redress.dispute.DisputeId;
import redress.dispute.Side;
import redress.seal.Digest;

/** Who agreed that something of a dispute is shown to everybody, and under which address it is. */
public final class Certificates {
  private final JdbcClient sql;

  public Certificates(JdbcClient sql) {
    this.sql = sql;
  }

  /** What a side may agree to have shown: the result, the merchant's id, or a piece of feedback of its own. */
  public enum What {
    RESULT, NAME, WORDS
  }

  /** An agreement that stands; {@code feedback} is the number of the words, 0 for all else. */
  public record Consent(Side side, What what, int feedback, Instant at) {}

  /** The agreements about this record that stand, the first first. */
  public List<Consent> consents(DisputeId dispute, int record) {
    return sql.sql("""
        select * from certificate_consent where home = ? and dispute = ? and record = ? and revoked_at is null
        order by given_at, side, what, number
        """).param(dispute.home()).param(dispute.number()).param(record)
        .query((row, _) -> new Consent(Side.valueOf(row.getString("side")), What.valueOf(row.getString("what")),
            row.getInt("feedback"), row.getObject("given_at", OffsetDateTime.class).toInstant()))
        .list();
  }

  /** Writes an agreement about this record down unless the same one stands. */
  public void agree(DisputeId dispute, int record, Consent consent, String by) {
    var said = Map.of("side", consent.side().name(), "what", consent.what().name(), "feedback", consent.feedback(),
        "by", by, "record", record);
    sql.sql(AGREE).params(named(dispute, "certificate.agreed", consent.at(), said)).param("side", consent.side().name())
        .param("what", consent.what().name()).param("feedback", consent.feedback()).param("by", by)
        .param("record", record).update();
  }

  /** Takes back every agreement of a side about this. */
  public void revoke(DisputeId dispute, Side side, What what, Instant at) {
    var said = Map.of("side", side.name(), "what", what.name());
    sql.sql(REVOKE).params(named(dispute, "certificate.revoked", at, said)).param("side", side.name())
        .param("what", what.name()).update();
  }

  /** The parameters that all changes share, the act among them, which says {@code said} of the dispute. */
  private Map<String, Object> named(DisputeId dispute, String kind, Instant at, Map<String, ?> said) {
    boolean live = sql.sql("select live from dispute where home = ? and id = ?").param(dispute.home())
        .param(dispute.number()).query(Boolean.class).single();
    var body = new HashMap<String, Object>(said);
    body.put("home", dispute.home());
    body.put("dispute", dispute.toString());
    var all = new HashMap<>(Acts.of(live, kind, at, body));
    all.putAll(Map.of("home", dispute.home(), "dispute", dispute.number(), "at", Acts.kept(at)));
    return all;
  }

  /** The address of this record that stands. */
  public Optional<String> token(DisputeId dispute, int record) {
    return sql.sql("""
        select token from certificate where home = ? and dispute = ? and record = ? and revoked_at is null
        """).param(dispute.home()).param(dispute.number()).param(record).query(String.class).optional();
  }

  /**
   * Opens an address of this record unless one stands. The log is told of its hash: whoever knows the address sees what
   * is there.
   */
  public void open(DisputeId dispute, int record, String token, Instant at) {
    var said = Map.of("address", Digest.sha256(token), "record", record);
    sql.sql(OPEN).params(named(dispute, "certificate.opened", at, said)).param("token", token).param("record", record)
        .update();
  }

  /** Closes the address that stands, for ever, unless it is of this record; 0 is no record. */
  public void close(DisputeId dispute, int unless, Instant at) {
    sql.sql(CLOSE).params(named(dispute, "certificate.closed", at, Map.of())).param("unless", unless).update();
  }

  /** What an address is about: a record of a dispute, and whether it still stands. */
  public record Address(DisputeId dispute, int record, boolean stands) {}

  /** The address that there is or once was. */
  public Optional<Address> find(String token) {
    return sql.sql("select home, dispute, record, revoked_at is null as stands from certificate where token = ?")
        .param(token).query((row, _) -> new Address(new DisputeId(row.getInt("home"), row.getLong("dispute")),
            row.getInt("record"), row.getBoolean("stands")))
        .optional();
  }

  private static final String AGREE = """
      with p as (
        insert into certificate_consent (home, dispute, side, what, feedback, number, given_at, given_by, record)
        select :home, :dispute, :side, :what, :feedback, 1 + (select count(*) from certificate_consent
            where home = :home and dispute = :dispute and side = :side and what = :what), :at, :by, :record
        where not exists (select from certificate_consent where home = :home and dispute = :dispute and side = :side
          and what = :what and feedback = :feedback and record = :record and revoked_at is null)
        on conflict do nothing returning 1
      )
      """ + Acts.INSERT;

  private static final String REVOKE = """
      with taken as (
        update certificate_consent set revoked_at = :at
        where home = :home and dispute = :dispute and side = :side and what = :what and revoked_at is null returning 1
      ), p as (select 1 from taken limit 1)
      """ + Acts.INSERT;

  private static final String OPEN = """
      with p as (
        insert into certificate (home, dispute, token, made_at, record)
        select :home, :dispute, :token, :at, :record where not exists (
          select from certificate where home = :home and dispute = :dispute and revoked_at is null) returning 1
      )
      """ + Acts.INSERT;

  private static final String CLOSE = """
      with closed as (
        update certificate set revoked_at = :at where home = :home and dispute = :dispute and revoked_at is null
          and record <> :unless returning 1
      ), p as (select 1 from closed limit 1)
      """ + Acts.INSERT;
}
