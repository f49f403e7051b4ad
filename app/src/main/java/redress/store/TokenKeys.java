package redress.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The public keys that party tokens are proved with, and the key this server signs with for each host platform. */
public final class TokenKeys {
  private final JdbcClient sql;

  public TokenKeys(JdbcClient sql) {
    this.sql = sql;
  }

  /**
   * A key for party tokens of {@code platform}; encoded as X.509 and PKCS #8, the private one only when it is the
   * server's.
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  public record TokenKey(String id, String platform, byte[] publicKey, byte @Nullable [] privateKey, boolean live,
      Instant createdAt, @Nullable Instant revokedAt) {
    @Override public String toString() {
      return "TokenKey[" + id + "]";
    }
  }

  /** Keeps a new key. False when there is one of this id, or one of the server's own for this platform. */
  public boolean add(TokenKey key) {
    var said = Map.of("id", key.id(), "platform", key.platform(), "key", HexFormat.of().formatHex(key.publicKey()));
    return sql.sql(ADD).params(Acts.of(key.live(), "token-key.made", key.createdAt(), said)).param("id", key.id())
        .param("platform", key.platform()).param("public", key.publicKey()).param("private", key.privateKey())
        .param("live", key.live()).param("at", Acts.kept(key.createdAt())).update() == 1;
  }

  /** The key with this id, revoked or not. */
  public Optional<TokenKey> find(String id) {
    return sql.sql("select * from token_key where id = ?").param(id).query((row, _) -> key(row)).optional();
  }

  /** The key this server signs with for {@code platform}. */
  public Optional<TokenKey> own(String platform, boolean live) {
    return sql.sql(OWN).param(platform).param(live).query((row, _) -> key(row)).optional();
  }

  /** All keys of {@code platform}, newest first. */
  public List<TokenKey> of(String platform, boolean live) {
    return sql.sql("select * from token_key where platform = ? and live = ? order by created_at desc, id")
        .param(platform).param(live).query((row, _) -> key(row)).list();
  }

  /** Ends a key for ever. False when the platform has no such key. */
  public boolean revoke(String platform, String id, Instant now) {
    var key = find(id).filter(it -> it.platform().equals(platform));
    if (key.isEmpty()) return false;
    sql.sql(REVOKE).params(Acts.of(key.get().live(), "token-key.revoked", now, Map.of("id", id)))
        .param("now", Acts.kept(now)).param("id", id).update();
    return true;
  }

  private static TokenKey key(ResultSet row) throws SQLException {
    var revoked = row.getObject("revoked_at", OffsetDateTime.class);
    return new TokenKey(row.getString("id"), row.getString("platform"), row.getBytes("public_key"),
        row.getBytes("private_key"), row.getBoolean("live"),
        row.getObject("created_at", OffsetDateTime.class).toInstant(), revoked == null ? null : revoked.toInstant());
  }

  private static final String OWN = """
      select * from token_key where platform = ? and live = ? and private_key is not null and revoked_at is null
      """;

  private static final String ADD = """
      with p as (
        insert into token_key (id, platform, public_key, private_key, live, created_at)
        values (:id, :platform, :public, :private, :live, :at) on conflict do nothing returning 1
      )
      """ + Acts.INSERT;

  private static final String REVOKE = """
      with p as (update token_key set revoked_at = :now where id = :id and revoked_at is null returning 1)
      """ + Acts.INSERT;
}
