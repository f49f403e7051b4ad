package redress.store;

import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.springframework.jdbc.core.simple.JdbcClient;
import redress.dispute.Words;
import redress.seal.Digest;

/**
 * The secret each subject's texts are committed to with: destroying it makes what the events say of them unverifiable.
 */
public final class SubjectKeys {
  private static final int BYTES = 32;
  private static final int CACHED = 100_000;

  private final JdbcClient sql;
  private final SecureRandom random = new SecureRandom();
  private final ConcurrentMap<String, byte[]> cache = new ConcurrentHashMap<>();

  public SubjectKeys(JdbcClient sql) {
    this.sql = sql;
  }

  /** The key of {@code subject}, made when first asked for. */
  public byte[] of(String subject) {
    var known = cache.get(subject);
    if (known != null) return known;
    if (cache.size() > CACHED) cache.clear();
    var key = find(subject);
    cache.put(subject, key);
    return key;
  }

  /**
   * The key of one text, which opens that text and none of the subject's others: HMAC-SHA-256 of the text's id under
   * the subject's key.
   */
  public byte[] of(String subject, String words) {
    return HexFormat.of().parseHex(Digest.keyed(of(subject), words));
  }

  /**
   * What an event keeps of a text that {@code subject} wrote: with the text's key anybody can check it, without it
   * nobody.
   */
  public String commitment(String subject, String words, String text) {
    return Digest.keyed(of(subject, words), text);
  }

  /**
   * Whether {@code text} is what {@code subject} wrote under these words. Texts from before each had a key of its own
   * were committed to with the subject's.
   */
  public boolean isIntact(String subject, Words words, String text) {
    return commitment(subject, words.id(), text).equals(words.commitment())
        || Digest.keyed(of(subject), text).equals(words.commitment());
  }

  private byte[] find(String subject) {
    var fresh = new byte[BYTES];
    random.nextBytes(fresh);
    sql.sql("insert into subject_key (subject, key) values (?, ?) on conflict do nothing").param(subject).param(fresh)
        .update();
    return sql.sql("select key from subject_key where subject = ?").param(subject).query(byte[].class).single();
  }
}
