package redress.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import redress.check.Testimony;
import redress.check.Testimony.Legibility;
import redress.check.Testimony.Point;
import redress.check.Testimony.Verdict;
import redress.dispute.DisputeId;

/** What audits read in the evidence of disputes. */
public final class Testimonies {
  private final JdbcClient sql;

  public Testimonies(JdbcClient sql) {
    this.sql = sql;
  }

  /** Of which settlement and on which day of the verification (0: while a problem stopped it) an audit looked. */
  public record Audit(int settlement, int day) {}

  /** What was read in one piece: its number, the hash it was given under, how much could be read, what it says. */
  public record Heard(int evidence, String sha256, Legibility legibility, Testimony testimony) {}

  /** The same as it is kept: from which audit, and when it looked last. */
  public record Kept(Audit audit, Instant at, Heard heard) {}

  /** Writes down what an audit read; what it read earlier on the same day is replaced. */
  public void put(DisputeId id, Audit audit, Instant at, List<Heard> all) {
    if (all.isEmpty()) return;
    sql.sql("""
        insert into testimony (home, dispute, settlement, day, evidence, at, sha256, legibility, verdict, points)
        select ?, ?, ?, ?, v.evidence, ?, v.sha256, v.legibility, v.verdict, v.points
        from unnest(?::int4[], ?::text[], ?::text[], ?::text[], ?::json[])
          as v(evidence, sha256, legibility, verdict, points)
        on conflict (home, dispute, settlement, day, evidence) do update set at = excluded.at,
          sha256 = excluded.sha256, legibility = excluded.legibility, verdict = excluded.verdict,
          points = excluded.points
        """)
        .param(id.home()).param(id.number()).param(audit.settlement()).param(audit.day())
        .param(at.atOffset(ZoneOffset.UTC))
        .param(all.stream().map(Heard::evidence).toArray(Integer[]::new))
        .param(all.stream().map(Heard::sha256).toArray(String[]::new))
        .param(all.stream().map(it -> it.legibility().name()).toArray(String[]::new))
        .param(all.stream().map(it -> it.testimony().verdict().name()).toArray(String[]::new))
        .param(all.stream().map(it -> Json.MAPPER.writeValueAsString(it.testimony().points())).toArray(String[]::new))
        .update();
  }

  /** What audits read in the evidence of a dispute: by piece, the latest audit first. */
  public List<Kept> of(DisputeId id) {
    return sql.sql("""
        select * from testimony where home = ? and dispute = ? order by evidence, settlement desc, at desc, day desc
        """).param(id.home()).param(id.number()).query((row, _) -> kept(row)).list();
  }

  private static Kept kept(ResultSet row) throws SQLException {
    var points = List.of(Json.MAPPER.readValue(row.getString("points"), Point[].class));
    var heard = new Heard(row.getInt("evidence"), row.getString("sha256"),
        Legibility.valueOf(row.getString("legibility")),
        new Testimony(Verdict.valueOf(row.getString("verdict")), points));
    return new Kept(new Audit(row.getInt("settlement"), row.getInt("day")),
        row.getObject("at", OffsetDateTime.class).toInstant(), heard);
  }
}
