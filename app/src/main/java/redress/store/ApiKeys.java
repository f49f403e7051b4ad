package redress.store;

import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import redress.policy.Role;

/** The API keys, known by the SHA-256 of their text; the text itself is kept nowhere. */
public final class ApiKeys {
  private static final DateTimeFormatter WRITTEN = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'",
      Locale.ROOT);

  private static final long LOCK = 0x4b45_5953_0001L;

  private final JdbcClient sql;

  public ApiKeys(JdbcClient sql) {
    this.sql = sql;
  }

  /**
   * What a key stands for. {@code limit} is the amount its holder may commit (minor units); times are UTC. {@code
   * person} is the human who holds it where {@code subject} is a merchant. It opens from these addresses and networks
   * (none: from anywhere) until {@code expiresAt} (null: until it is ended).
   */
  public record ApiKey(String id, Role role, String subject, String person, Set<String> scopes, long limit,
      Set<String> conflicts, boolean live, String name, Set<String> addresses, @Nullable Instant expiresAt,
      Instant createdAt, @Nullable Instant revokedAt, @Nullable Instant lastUsedAt) {
    public ApiKey {
      addresses = Set.copyOf(addresses);
      scopes = Set.copyOf(scopes);
      conflicts = Set.copyOf(conflicts);
    }
  }

  /** Lets nobody else decide on keys by what keys there are, until the transaction ends. */
  public void alone() {
    sql.sql("select count(*) from (select pg_advisory_xact_lock(?)) taken").param(LOCK).query(Long.class).single();
  }

  /** Keeps a new key. */
  public void add(String hash, ApiKey key) {
    var said = new HashMap<String, Object>(Map.of("id", key.id(), "hash", hash, "role", key.role(), "subject",
        key.subject(), "person", key.person(), "scopes", sorted(key.scopes()), "limit", Long.toString(key.limit()),
        "conflicts", sorted(key.conflicts()), "name", key.name()));
    if (!key.addresses().isEmpty()) said.put("addresses", sorted(key.addresses()));
    if (key.expiresAt() != null) said.put("expires", written(key.expiresAt()));
    sql.sql(ADD).params(Acts.of(key.live(), "key.made", key.createdAt(), said)).param("hash", hash)
        .param("id", key.id()).param("role", key.role().name()).param("subject", key.subject())
        .param("person", key.person()).param("scopes", key.scopes().toArray(String[]::new)).param("limit", key.limit())
        .param("conflicts", key.conflicts().toArray(String[]::new)).param("live", key.live()).param("name", key.name())
        .param("addresses", key.addresses().toArray(String[]::new))
        .param("expires", key.expiresAt() == null ? null : at(key.expiresAt()), Types.TIMESTAMP_WITH_TIMEZONE)
        .param("at", at(key.createdAt())).update();
  }

  /** The key with this hash, revoked or not, marking it as used at {@code now} (to the minute). */
  public Optional<ApiKey> use(String hash, Instant now) {
    var found = sql.sql("select * from api_key where hash = ?").param(hash).query((row, _) -> key(row)).optional();
    if (found.isPresent() && isStale(found.get().lastUsedAt(), now)) {
      sql.sql("update api_key set last_used_at = ? where hash = ?").param(at(now)).param(hash).update();
    }
    return found;
  }

  private static boolean isStale(@Nullable Instant used, Instant now) {
    return used == null || used.plusSeconds(60).isBefore(now);
  }

  /** All keys, newest first. */
  public List<ApiKey> all() {
    return sql.sql("select * from api_key order by created_at desc, id").query((row, _) -> key(row)).list();
  }

  /** The key with this id. */
  public Optional<ApiKey> find(String id) {
    return sql.sql("select * from api_key where id = ?").param(id).query((row, _) -> key(row)).optional();
  }

  /** Ends a key for ever; the hash it was known by, empty when there is no such key. Again changes nothing. */
  public Optional<String> revoke(String id, Instant now) {
    var live = find(id).map(ApiKey::live);
    if (live.isEmpty()) return Optional.empty();
    return sql.sql(REVOKE).params(Acts.of(live.get(), "key.revoked", now, Map.of("id", id))).param("now", at(now))
        .param("id", id).query(String.class).optional();
  }

  /** Lets a key open no longer than {@code until}; the hash it was known by, empty when none goes on that long. */
  public Optional<String> expire(String id, Instant until, Instant now) {
    var live = find(id).map(ApiKey::live);
    if (live.isEmpty()) return Optional.empty();
    return sql.sql(EXPIRE).params(Acts.of(live.get(), "key.expires", now, Map.of("id", id, "expires", written(until))))
        .param("until", at(until)).param("id", id).query(String.class).optional();
  }

  /** An instant as an act says it, which is how the database writes it too. */
  private static String written(Instant at) {
    return WRITTEN.format(at(at));
  }

  private static List<String> sorted(Set<String> texts) {
    return texts.stream().sorted().toList();
  }

  private static ApiKey key(ResultSet row) throws SQLException {
    return new ApiKey(row.getString("id"), Role.valueOf(row.getString("role")), row.getString("subject"),
        row.getString("person"), texts(row.getArray("scopes")), row.getLong("amount_limit"),
        texts(row.getArray("conflicts")), row.getBoolean("live"), row.getString("name"),
        texts(row.getArray("addresses")), instant(row, "expires_at"),
        row.getObject("created_at", OffsetDateTime.class).toInstant(), instant(row, "revoked_at"),
        instant(row, "last_used_at"));
  }

  private static Set<String> texts(Array array) throws SQLException {
    return Set.copyOf(Arrays.asList((String[]) array.getArray()));
  }

  private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
    var at = row.getObject(column, OffsetDateTime.class);
    return at == null ? null : at.toInstant();
  }

  private static OffsetDateTime at(Instant instant) {
    return Acts.kept(instant);
  }

  private static final String ADD = """
      with p as (
        insert into api_key (hash, id, role, subject, person, scopes, amount_limit, conflicts, live, name, addresses,
          expires_at, created_at)
        values (:hash, :id, :role, :subject, :person, :scopes, :limit, :conflicts, :live, :name, :addresses,
          :expires, :at) returning 1
      )
      """ + Acts.INSERT;

  private static final String EXPIRE = """
      with p as (
        update api_key set expires_at = :until
        where id = :id and revoked_at is null and (expires_at is null or expires_at > :until) returning hash
      ), a as (%s)
      select hash from p
      """.formatted(Acts.INSERT);

  private static final String REVOKE = """
      with p as (
        update api_key set revoked_at = :now where id = :id and revoked_at is null returning 1
      ), a as (%s)
      select hash from api_key where id = :id
      """.formatted(Acts.INSERT);
}
