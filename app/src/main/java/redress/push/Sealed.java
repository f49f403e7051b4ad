package redress.push;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.interfaces.ECPublicKey;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * A message that only one browser can open: the content coding {@code aes128gcm} (RFC 8188) in one record, under a key
 * that both sides derive (RFC 8291).
 */
final class Sealed {
  static final int SALT = 16;
  private static final int RECORD = 4096;
  private static final int KEY = 16;
  private static final int NONCE = 12;
  private static final int TAG_BITS = 128;
  /** Header, delimiter and tag leave this much of a record. */
  static final int LARGEST = RECORD - 86 - 17;

  /**
   * Seals {@code text} for the browser with the point {@code theirs} and the secret {@code auth}; {@code ours} and
   * {@code salt} are used for this message alone. Throws GeneralSecurityException for a point that is none.
   */
  static byte[] seal(byte[] text, byte[] theirs, byte[] auth, KeyPair ours, byte[] salt)
      throws GeneralSecurityException {
    if (text.length > LARGEST) throw new GeneralSecurityException("larger than a record");
    var point = Curve.bytes((ECPublicKey) ours.getPublic());
    var shared = Curve.agree(ours.getPrivate(), Curve.point(theirs));
    var info = join("WebPush: info\0".getBytes(US_ASCII), theirs, point);
    var pseudo = hmac(salt, derive(hmac(auth, shared), info, 32));
    var key = derive(pseudo, "Content-Encoding: aes128gcm\0".getBytes(US_ASCII), KEY);
    var nonce = derive(pseudo, "Content-Encoding: nonce\0".getBytes(US_ASCII), NONCE);
    var cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(key, "AES"), new GCMParameterSpec(TAG_BITS, nonce));
    var record = cipher.doFinal(join(text, new byte[] {2}));
    var header = ByteBuffer.allocate(SALT + Integer.BYTES + 1 + point.length).put(salt).putInt(RECORD)
        .put((byte) point.length).put(point).array();
    return join(header, record);
  }

  /** HKDF's second step (RFC 5869 §2.3) for at most 32 bytes. */
  static byte[] derive(byte[] pseudo, byte[] info, int length) throws GeneralSecurityException {
    return Arrays.copyOf(hmac(pseudo, join(info, new byte[] {1})), length);
  }

  static byte[] hmac(byte[] key, byte[] text) throws GeneralSecurityException {
    var mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(key, "HmacSHA256"));
    return mac.doFinal(text);
  }

  static byte[] join(byte[]... parts) {
    var all = ByteBuffer.allocate(Arrays.stream(parts).mapToInt(part -> part.length).sum());
    for (var part : parts) all.put(part);
    return all.array();
  }

  private Sealed() {}
}
