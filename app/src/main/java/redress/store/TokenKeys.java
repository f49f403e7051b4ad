package redress.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
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
    return sql.sql(ADD).param(key.id()).param(key.platform()).param(key.publicKey()).param(key.privateKey())
        .param(key.live()).param(key.createdAt().atOffset(ZoneOffset.UTC)).update() == 1;
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
    return sql.sql("update token_key set revoked_at = coalesce(revoked_at, ?) where platform = ? and id = ?")
        .param(now.atOffset(ZoneOffset.UTC)).param(platform).param(id).update() == 1;
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
      insert into token_key (id, platform, public_key, private_key, live, created_at) values (?, ?, ?, ?, ?, ?)
      on conflict do nothing
      """;
}
