package redress.store;

import java.security.SecureRandom;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** How parties want to be told, and the token by which each can end what it need not get. */
public final class Wishes {
  private static final int TOKEN_BYTES = 24;

  private final JdbcClient sql;
  private final SecureRandom random = new SecureRandom();

  public Wishes(JdbcClient sql) {
    this.sql = sql;
  }

  /** What this party said; {@link Wish#NONE} for nothing. */
  public Wish of(String party) {
    return sql.sql("select * from notice_wish where party = ?").param(party).query((row, _) -> wish(row)).optional()
        .orElse(Wish.NONE);
  }

  /** Keeps what the party says now. */
  public void put(String party, Wish wish) {
    var quiet = wish.quiet();
    sql.sql(PUT).param("party", party).param("without", wish.without().toArray(String[]::new))
        .param("from", quiet == null ? null : quiet.from()).param("to", quiet == null ? null : quiet.to())
        .param("language", wish.language()).param("news", wish.news()).param("digest", wish.digest())
        .param("token", token()).update();
  }

  /** The token by which news and overviews to this party end without signing in. */
  public String token(String party) {
    sql.sql("insert into notice_wish (party, token) values (?, ?) on conflict do nothing").param(party).param(token())
        .update();
    return sql.sql("select token from notice_wish where party = ?").param(party).query(String.class).single();
  }

  /** Whose token this is. */
  public Optional<String> party(String token) {
    return sql.sql("select party from notice_wish where token = ?").param(token).query(String.class).optional();
  }

  /** Ends news and overviews for the party with this token; false when it is nobody's. */
  public boolean end(String token) {
    return sql.sql("update notice_wish set news = false, digest = false where token = ?").param(token).update() == 1;
  }

  /** What a row says; {@link Wish#NONE} when it is none (a left join). */
  static Wish wish(ResultSet row) throws SQLException {
    var without = row.getArray("without");
    if (without == null) return Wish.NONE;
    var from = (Number) row.getObject("quiet_from");
    var to = (Number) row.getObject("quiet_to");
    return new Wish(Set.copyOf(Arrays.asList((String[]) without.getArray())), quiet(from, to),
        row.getString("wish_language"), row.getBoolean("news"), row.getBoolean("digest"));
  }

  private static Wish.@Nullable Quiet quiet(@Nullable Number from, @Nullable Number to) {
    return from == null || to == null ? null : new Wish.Quiet(from.intValue(), to.intValue());
  }

  private String token() {
    var bytes = new byte[TOKEN_BYTES];
    random.nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  private static final String PUT = """
      insert into notice_wish as w (party, without, quiet_from, quiet_to, wish_language, news, digest, token)
      values (:party, :without, :from, :to, :language, :news, :digest, :token)
      on conflict (party) do update set without = excluded.without, quiet_from = excluded.quiet_from,
        quiet_to = excluded.quiet_to, wish_language = excluded.wish_language, news = excluded.news,
        digest = excluded.digest
      """;
}
