package redress.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;
import redress.policy.Role;

/** Sign-in links and the sessions they begin, known by the SHA-256 of their secrets; each step is an act in the log. */
public final class SignIns {
  private static final Duration MINUTE = Duration.ofMinutes(1);

  private final JdbcClient sql;

  public SignIns(JdbcClient sql) {
    this.sql = sql;
  }

  /**
   * Who comes in: the party or staff member that speaks, the human behind it, up to which amount (minor units), with
   * whom there is a conflict of interest. {@code live} false: for test payments only.
   */
  public record Person(Role role, String subject, String person, long limit, Set<String> conflicts, boolean live) {
    public Person {
      conflicts = Set.copyOf(conflicts);
    }
  }

  /** A link, whom it lets in and which page it leads to; times are UTC. */
  public record Link(Person person, String leads, Instant expires, @Nullable Instant used) {}

  /** A session; it ends at {@code expires} or when somebody ends it. */
  public record Session(String id, Person person, Instant begun, Instant seen, Instant expires,
      @Nullable Instant ended) {}

  /** Keeps a new link. */
  public void add(String hash, Person person, String leads, Instant now, Instant expires) {
    whose(sql.sql(ADD_LINK), person)
        .params(Acts.of(person.live(), "link.made", now, said(person))).param("hash", hash).param("leads", leads)
        .param("now", at(now)).param("expires", at(expires)).update();
  }

  /** The link with this hash, used or not. */
  public Optional<Link> link(String hash) {
    return sql.sql("select * from sign_in_link where hash = ?").param(hash).query((row, _) -> new Link(person(row),
        row.getString("leads"), instant(row, "expires_at"), maybe(row, "used_at"))).optional();
  }

  /** Uses the link up and begins a session with it; false when it was used before or is over. */
  public boolean begin(String link, String hash, Session session) {
    var person = session.person();
    return whose(sql.sql(BEGIN), person)
        .params(Acts.of(person.live(), "session.begun", session.begun(), withId(said(person), session.id())))
        .param("link", link).param("hash", hash).param("id", session.id()).param("now", at(session.begun()))
        .param("expires", at(session.expires())).update() == 1;
  }

  /** The session with this hash, ended or not, marking it as seen at {@code now} (to the minute). */
  public Optional<Session> see(String hash, Instant now) {
    var found = sql.sql("select * from session where hash = ?").param(hash).query((row, _) -> session(row)).optional();
    if (found.isPresent() && found.get().seen().plus(MINUTE).isBefore(now)) {
      sql.sql("update session set seen_at = ? where hash = ?").param(at(now)).param(hash).update();
    }
    return found;
  }

  /** These sessions by their hashes, ended or not, none of them marked as seen. */
  public Map<String, Session> these(Collection<String> hashes) {
    var found = new HashMap<String, Session>();
    sql.sql("select * from session where hash = any(?)").param(hashes.toArray(String[]::new))
        .query((ResultSet row) -> {
          found.put(row.getString("hash"), session(row));
        });
    return found;
  }

  /** What goes on of this person's sessions, newest first. */
  public List<Session> of(Person person, Instant now) {
    return sql.sql("""
        select * from session where subject = ? and person = ? and live = ? and ended_at is null and expires_at > ?
        order by created_at desc""").param(person.subject()).param(person.person()).param(person.live()).param(at(now))
        .query((row, _) -> session(row)).list();
  }

  /** What goes on of everybody's sessions who speaks for {@code subject}, newest first. */
  public List<Session> speaking(String subject, boolean live, Instant now) {
    return sql.sql("select * from session where subject = ? and live = ? and ended_at is null and expires_at > ? "
        + "order by created_at desc").param(subject).param(live).param(at(now)).query((row, _) -> session(row)).list();
  }

  /** Ends the person's session with this id; the hash it was known by, empty when there is none that goes on. */
  public Optional<String> end(Person person, String id, Instant now) {
    return sql.sql(END).params(Acts.of(person.live(), "session.ended", now, withId(said(person), id)))
        .param("now", at(now)).param("id", id).param("subject", person.subject()).param("person", person.person())
        .query(String.class).optional();
  }

  /** Forgets what has been over for longer than {@code ago}; how many rows that were. */
  public int forget(Instant ago) {
    return sql.sql("delete from session where expires_at < ?").param(at(ago)).update()
        + sql.sql("delete from sign_in_link where expires_at < ?").param(at(ago)).update();
  }

  private static Map<String, String> said(Person it) {
    return Map.of("role", it.role().name(), "subject", it.subject(), "person", it.person());
  }

  private static Map<String, String> withId(Map<String, String> said, String id) {
    var all = new HashMap<>(said);
    all.put("id", id);
    return all;
  }

  private static StatementSpec whose(StatementSpec statement, Person it) {
    return statement.param("role", it.role().name()).param("subject", it.subject()).param("person", it.person())
        .param("limit", it.limit()).param("conflicts", it.conflicts().toArray(String[]::new))
        .param("live", it.live());
  }

  private static Person person(ResultSet row) throws SQLException {
    return new Person(Role.valueOf(row.getString("role")), row.getString("subject"), row.getString("person"),
        row.getLong("amount_limit"), Set.copyOf(Arrays.asList((String[]) row.getArray("conflicts").getArray())),
        row.getBoolean("live"));
  }

  private static Session session(ResultSet row) throws SQLException {
    return new Session(row.getString("id"), person(row), instant(row, "created_at"), instant(row, "seen_at"),
        instant(row, "expires_at"), maybe(row, "ended_at"));
  }

  private static Instant instant(ResultSet row, String column) throws SQLException {
    return row.getObject(column, OffsetDateTime.class).toInstant();
  }

  private static @Nullable Instant maybe(ResultSet row, String column) throws SQLException {
    var at = row.getObject(column, OffsetDateTime.class);
    return at == null ? null : at.toInstant();
  }

  private static OffsetDateTime at(Instant instant) {
    return Acts.kept(instant);
  }

  private static final String ADD_LINK = """
      with p as (
        insert into sign_in_link (hash, role, subject, person, amount_limit, conflicts, live, leads, created_at,
          expires_at)
        values (:hash, :role, :subject, :person, :limit, :conflicts, :live, :leads, :now, :expires) returning 1
      )
      """ + Acts.INSERT;

  private static final String BEGIN = """
      with used as (
        update sign_in_link set used_at = :now where hash = :link and used_at is null and expires_at > :now returning 1
      ), p as (
        insert into session (hash, id, role, subject, person, amount_limit, conflicts, live, created_at, seen_at,
          expires_at)
        select :hash, :id, :role, :subject, :person, :limit, :conflicts, :live, :now, :now, :expires from used
        returning 1
      )
      """ + Acts.INSERT;

  private static final String END = """
      with p as (
        update session set ended_at = :now
        where id = :id and subject = :subject and person = :person and ended_at is null returning hash
      ), a as (%s)
      select hash from p
      """.formatted(Acts.INSERT);
}
