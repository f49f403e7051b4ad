package redress.seal;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.HexFormat;

/** Ed25519 signatures (RFC 8032), and public keys as their 32 bytes. */
public final class Ed25519 {
  /** How long a public key is, in bytes. */
  public static final int KEY = 32;
  /** How long a signature is, in bytes. */
  public static final int SIGNATURE = 64;
  private static final String NAME = "Ed25519";
  /** What stands before the 32 bytes in an X.509 SubjectPublicKeyInfo (RFC 8410). */
  private static final byte[] HEAD = HexFormat.of().parseHex("302a300506032b6570032100");

  private Ed25519() {}

  /** The key of these 32 bytes. Throws IllegalArgumentException when they are none. */
  public static PublicKey key(byte[] bytes) {
    if (bytes.length != KEY) throw new IllegalArgumentException("an Ed25519 key has 32 bytes, not " + bytes.length);
    var encoded = Arrays.copyOf(HEAD, HEAD.length + KEY);
    System.arraycopy(bytes, 0, encoded, HEAD.length, KEY);
    try {
      return KeyFactory.getInstance(NAME).generatePublic(new X509EncodedKeySpec(encoded));
    } catch (InvalidKeySpecException e) {
      throw new IllegalArgumentException("no point of the curve", e);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has Ed25519", e);
    }
  }

  /** The 32 bytes of the key. Throws IllegalArgumentException for a key of another kind. */
  public static byte[] bytes(PublicKey key) {
    var encoded = key.getEncoded();
    if (encoded.length != HEAD.length + KEY || !Arrays.equals(HEAD, Arrays.copyOf(encoded, HEAD.length))) {
      throw new IllegalArgumentException("not an Ed25519 key");
    }
    return Arrays.copyOfRange(encoded, HEAD.length, encoded.length);
  }

  /** The signature of {@code message}. */
  public static byte[] sign(PrivateKey key, byte[] message) {
    try {
      var signature = Signature.getInstance(NAME);
      signature.initSign(key);
      signature.update(message);
      return signature.sign();
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException("cannot sign with this key", e);
    }
  }

  /** Whether {@code signature} is that of {@code message} under {@code key}. */
  public static boolean isSigned(PublicKey key, byte[] message, byte[] signature) {
    if (signature.length != SIGNATURE) return false;
    try {
      var check = Signature.getInstance(NAME);
      check.initVerify(key);
      check.update(message);
      return check.verify(signature);
    } catch (GeneralSecurityException malformed) {
      return false;
    }
  }
}
