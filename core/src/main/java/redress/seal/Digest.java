package redress.seal;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** SHA-256, in lower-case hex where it is text: plain for what is public, keyed (HMAC) for what must stay erasable. */
public final class Digest {

  /** The SHA-256 of the text's UTF-8 bytes. */
  public static String sha256(String text) {
    return HexFormat.of().formatHex(sha256(text.getBytes(UTF_8)));
  }

  /** The SHA-256 of the bytes, 32 bytes. */
  public static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /** The HMAC-SHA-256 of the text under {@code key}: without the key nobody can guess the text from it. */
  public static String keyed(byte[] key, String text) {
    try {
      var mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      return HexFormat.of().formatHex(mac.doFinal(text.getBytes(UTF_8)));
    } catch (NoSuchAlgorithmException | InvalidKeyException e) {
      throw new IllegalStateException("every Java platform has HmacSHA256", e);
    }
  }

  private Digest() {}
}
