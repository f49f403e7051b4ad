package redress.store;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import redress.seal.Digest;

/** The browsers that show notices of buyers and merchants, and the key their push services know this centre by. */
public final class Subscriptions {
  private static final int MOST = 10;

  private final JdbcClient sql;

  public Subscriptions(JdbcClient sql) {
    this.sql = sql;
  }

  /**
   * A browser: where its push service takes messages, and its public key and secret (RFC 8291), both base64url. The
   * address tells the device.
   */
  public record Subscription(String endpoint, String p256dh, String auth) {
    /** Its name, which tells nothing of it. */
    public String id() {
      return Digest.sha256(endpoint);
    }

    /** Says nothing of the device: this may end up in a log. */
    @Override public String toString() {
      return "Subscription[…]";
    }
  }

  /** A key pair, PKCS #8 and the uncompressed point, both base64url. */
  public record KeyPair(String privateKey, String publicKey) {
    /** Without the private key: this may end up in a log. */
    @Override public String toString() {
      return "KeyPair[" + publicKey + "]";
    }
  }

  /** Keeps a browser of the party's; whose it was before does not count. The oldest of more than ten is forgotten. */
  public void add(String party, boolean live, Subscription it, Instant now) {
    sql.sql("""
        insert into push_subscription as s (id, party, live, endpoint, p256dh, auth, at) values (?, ?, ?, ?, ?, ?, ?)
        on conflict (id) do update set party = excluded.party, live = excluded.live, p256dh = excluded.p256dh,
          auth = excluded.auth, at = excluded.at
        """).param(it.id()).param(party).param(live).param(it.endpoint()).param(it.p256dh()).param(it.auth())
        .param(now.atOffset(ZoneOffset.UTC)).update();
    sql.sql("""
        delete from push_subscription where id in (
          select id from push_subscription where party = ? and live = ? order by at desc offset ?)
        """).param(party).param(live).param(MOST).update();
  }

  /** The party's browsers. */
  public List<Subscription> of(String party, boolean live) {
    return sql.sql("select endpoint, p256dh, auth from push_subscription where party = ? and live = ? order by at, id")
        .param(party).param(live)
        .query((row, _) -> new Subscription(row.getString(1), row.getString(2), row.getString(3))).list();
  }

  /** Forgets a browser. */
  public void forget(String id) {
    sql.sql("delete from push_subscription where id = ?").param(id).update();
  }

  /** Forgets all browsers of the party; how many that were. */
  public int forgetAll(String party, boolean live) {
    return sql.sql("delete from push_subscription where party = ? and live = ?").param(party).param(live).update();
  }

  /** The key that is kept; {@code fresh} becomes it when there was none. */
  public KeyPair key(KeyPair fresh) {
    return known().orElseGet(() -> {
      sql.sql("insert into push_key (private_key, public_key) values (?, ?) on conflict do nothing")
          .param(fresh.privateKey()).param(fresh.publicKey()).update();
      return known().orElseThrow();
    });
  }

  private Optional<KeyPair> known() {
    return sql.sql("select private_key, public_key from push_key")
        .query((row, _) -> new KeyPair(row.getString(1), row.getString(2))).optional();
  }
}
