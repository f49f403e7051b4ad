package redress.store;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import redress.dispute.DisputeId;
import redress.dispute.Side;

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

  /** The agreements that stand, the first first. */
  public List<Consent> consents(DisputeId dispute) {
    return sql.sql("""
        select * from certificate_consent where home = ? and dispute = ? and revoked_at is null
        order by given_at, side, what, number
        """).param(dispute.home()).param(dispute.number())
        .query((row, _) -> new Consent(Side.valueOf(row.getString("side")), What.valueOf(row.getString("what")),
            row.getInt("feedback"), row.getObject("given_at", OffsetDateTime.class).toInstant()))
        .list();
  }

  /** Writes an agreement down unless the same one stands. */
  public void agree(DisputeId dispute, Consent consent, String by) {
    sql.sql("""
        insert into certificate_consent (home, dispute, side, what, feedback, number, given_at, given_by)
        select :home, :dispute, :side, :what, :feedback, 1 + (select count(*) from certificate_consent
            where home = :home and dispute = :dispute and side = :side and what = :what), :at, :by
        where not exists (select from certificate_consent where home = :home and dispute = :dispute and side = :side
          and what = :what and feedback = :feedback and revoked_at is null)
        on conflict do nothing
        """)
        .param("home", dispute.home()).param("dispute", dispute.number()).param("side", consent.side().name())
        .param("what", consent.what().name()).param("feedback", consent.feedback())
        .param("at", consent.at().atOffset(ZoneOffset.UTC)).param("by", by).update();
  }

  /** Takes back every agreement of a side about this. */
  public void revoke(DisputeId dispute, Side side, What what, Instant at) {
    sql.sql("""
        update certificate_consent set revoked_at = ?
        where home = ? and dispute = ? and side = ? and what = ? and revoked_at is null
        """).param(at.atOffset(ZoneOffset.UTC)).param(dispute.home()).param(dispute.number()).param(side.name())
        .param(what.name()).update();
  }

  /** The address that stands. */
  public Optional<String> token(DisputeId dispute) {
    return sql.sql("select token from certificate where home = ? and dispute = ? and revoked_at is null")
        .param(dispute.home()).param(dispute.number()).query(String.class).optional();
  }

  /** Opens an address unless one stands. */
  public void open(DisputeId dispute, String token, Instant at) {
    sql.sql("""
        insert into certificate (home, dispute, token, made_at)
        select :home, :dispute, :token, :at where not exists (
          select from certificate where home = :home and dispute = :dispute and revoked_at is null)
        """).param("home", dispute.home()).param("dispute", dispute.number()).param("token", token)
        .param("at", at.atOffset(ZoneOffset.UTC)).update();
  }

  /** Closes the address that stands, for ever. */
  public void close(DisputeId dispute, Instant at) {
    sql.sql("update certificate set revoked_at = ? where home = ? and dispute = ? and revoked_at is null")
        .param(at.atOffset(ZoneOffset.UTC)).param(dispute.home()).param(dispute.number()).update();
  }

  /** The dispute that an address which stands is about. */
  public Optional<DisputeId> find(String token) {
    return sql.sql("select home, dispute from certificate where token = ? and revoked_at is null").param(token)
        .query((row, _) -> new DisputeId(row.getInt(1), row.getLong(2))).optional();
  }
}
