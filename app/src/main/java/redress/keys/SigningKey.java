package redress.keys;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.PrivateKey;
import java.security.PublicKey;
import java.util.Base64;
import java.util.Map;
import redress.seal.Canonical;
import redress.seal.Digest;
import redress.seal.Ed25519;
import redress.seal.Note;
import redress.seal.NoteKey;

/** A key pair that signs with Ed25519; its private half never leaves it. */
public final class SigningKey {
  private static final Base64.Encoder URL = Base64.getUrlEncoder().withoutPadding();

  private final NoteKey key;
  private final PrivateKey secret;

  SigningKey(NoteKey key, PrivateKey secret) {
    this.key = key;
    this.secret = secret;
  }

  /** Its JWK thumbprint (RFC 7638), by which a JWS names it. */
  public String id() {
    return id(key.key());
  }

  /** The thumbprint of a public key. */
  public static String id(PublicKey key) {
    var needed = Map.of("crv", "Ed25519", "kty", "OKP", "x", x(key));
    return URL.encodeToString(Digest.sha256(Canonical.json(needed).getBytes(UTF_8)));
  }

  static String x(PublicKey key) {
    return URL.encodeToString(Ed25519.bytes(key));
  }

  /** The public half. */
  public PublicKey publicKey() {
    return key.key();
  }

  /** The public half as notes name it. */
  public NoteKey noteKey() {
    return key;
  }

  /** The 64 bytes of the signature. */
  public byte[] sign(byte[] message) {
    return Ed25519.sign(secret, message);
  }

  /** The note with this key's signature added. */
  public Note sign(Note note) {
    return note.with(key, sign(note.signed()));
  }

  @Override public String toString() {
    return "SigningKey[" + key.line() + "]";
  }
}
