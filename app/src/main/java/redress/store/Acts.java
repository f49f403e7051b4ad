package redress.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import redress.seal.Canonical;
import redress.seal.Entry;
import redress.seal.Opening;

/**
 * Changes outside disputes, each a row with its log entry, written by the statement or in the transaction that makes
 * the change. What they say holds ids, hashes and amounts, and nobody's words.
 */
public final class Acts {
  /** The kind of the act that a paper was made. */
  static final String PAPER = "paper.made";
  /** The part of an act's entry. */
  static final String PART = "body";
  private static final Salts SALTS = new Salts();

  private final JdbcClient sql;

  public Acts(JdbcClient sql) {
    this.sql = sql;
  }

  /** An act on its way into the database, with its entry's hash; salt and hash in hex. */
  private record Sealed(OffsetDateTime at, String body, String salt, String hash) {
    static Sealed of(String kind, Instant at, Map<String, ?> said) {
      var body = Canonical.of(Json.MAPPER.writeValueAsString(said));
      var when = kept(at);
      var salt = SALTS.next();
      var entry = new Entry.OfAct(kind, when.toInstant(), Opening.of(PART, body, salt).commitment());
      return new Sealed(when, body, HexFormat.of().formatHex(salt), entry.hash());
    }
  }

  /**
   * Writes down in the caller's transaction what happened {@code at} that instant (UTC; kept to the microsecond):
   * {@code
   * live} says in which log, {@code said} holds texts, whole numbers up to 2<sup>53</sup> − 1, truth values, lists and
   * maps of these.
   */
  public void write(boolean live, String kind, Instant at, Map<String, ?> said) {
    sql.sql("with p as (select 1) " + INSERT).params(of(live, kind, at, said)).update();
  }

  /** The same over a connection that is in a transaction. */
  static void write(Connection connection, boolean live, String kind, Instant at, Map<String, ?> said)
      throws SQLException {
    var act = Sealed.of(kind, at, said);
    try (var insert = connection.prepareStatement("""
        insert into act (live, kind, at, body, salt, hash)
        values (?, ?, ?, ?::jsonb, decode(?, 'hex'), decode(?, 'hex'))
        """)) {
      insert.setBoolean(1, live);
      insert.setString(2, kind);
      insert.setObject(3, act.at());
      insert.setString(4, act.body());
      insert.setString(5, act.salt());
      insert.setString(6, act.hash());
      insert.executeUpdate();
    }
  }

  /** An act as the log has it: its number among acts, its entry, and what opens that. */
  public record Logged(long id, Entry entry, Opening opening) {}

  /** The act that put the paper with this SHA-256 (hex) into the log. */
  public Optional<Logged> ofPaper(String sha256) {
    return sql.sql("""
        select id, at, body::text as body, salt from act where kind = 'paper.made' and body->>'sha256' = ?
        order by id limit 1""").param(sha256).query((row, _) -> {
      var opening = Opening.of(PART, Canonical.of(row.getString("body")), row.getBytes("salt"));
      var at = row.getObject("at", OffsetDateTime.class).toInstant();
      return new Logged(row.getLong("id"), new Entry.OfAct(PAPER, at, opening.commitment()), opening);
    }).optional();
  }

  /** An instant as the database keeps it: it would round what is finer than a microsecond. */
  static OffsetDateTime kept(Instant at) {
    return at.truncatedTo(ChronoUnit.MICROS).atOffset(ZoneOffset.UTC);
  }

  /**
   * Tells the log what there was before it, the first time it is asked: so much has no entry, and nothing can be added
   * to
   * it unnoticed.
   */
  static void begin(Connection owner) throws SQLException {
    try (var statement = owner.createStatement(); var row = statement.executeQuery(BEFORE)) {
      if (!row.next()) return;
      var at = row.getObject("at", OffsetDateTime.class).toInstant();
      write(owner, true, BEGAN, at, Map.of("events", row.getLong("events"), "entries", row.getLong("entries"), "keys",
          row.getLong("keys"), "rules", row.getLong("rules")));
    }
  }

  /** The kind of the act that tells what there was before the log. */
  static final String BEGAN = "log.began";

  /** How much of each kind there is that the log says nothing of. */
  static final String UNLOGGED = """
      (select count(*) from event where hash = '') as events, (
        select count(*) from ledger_entry e where dispute = 0 and not exists (
          select 1 from act a where a.kind = 'booked' and a.body->'entry'->>'id' = e.id::text
            and a.body->>'home' = e.home::text)) as entries, (
        select count(*) from api_key k where not exists (
          select 1 from act a where a.kind = 'key.made' and a.body->>'id' = k.id)) as keys, (
        select count(*) from rule_set r where not exists (
          select 1 from act a where a.kind = 'rules.published' and a.body->'rules'->>'version' = r.version)) as rules
      """;

  private static final String BEFORE = """
      select now() as at, %s
      where not exists (select 1 from act where kind = '%s')
      """.formatted(UNLOGGED, BEGAN);

  /** One row, if the table expression {@code p} before it has one. */
  static final String INSERT = """
      insert into act (live, kind, at, body, salt, hash)
      select :act_live, :act_kind, :act_at, :act_body::jsonb, decode(:act_salt, 'hex'), decode(:act_hash, 'hex') from p
      """;

  /** The parameters of {@link #INSERT}. */
  static Map<String, Object> of(boolean live, String kind, Instant at, Map<String, ?> said) {
    var act = Sealed.of(kind, at, said);
    return Map.of("act_live", live, "act_kind", kind, "act_at", act.at(), "act_body", act.body(), "act_salt",
        act.salt(), "act_hash", act.hash());
  }
}
