package redress.push;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URI;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import redress.store.Json;
import redress.store.Subscriptions;
import redress.store.Subscriptions.KeyPair;

/** Who sends, for push services: a token signed with the centre's own key (RFC 8292, RFC 7515 with ES256). */
final class Vapid {
  private static final Duration LIFE = Duration.ofHours(12);
  private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

  private final PrivateKey secret;
  private final String point;
  private final String subject;

  /** {@code subject} is how the operator is reached, a mailto: or https: address. */
  private Vapid(PrivateKey secret, String point, String subject) {
    this.secret = secret;
    this.point = point;
    this.subject = subject;
  }

  /** With the key that is kept, made now when there is none. */
  static Vapid open(Subscriptions kept, String subject) {
    var fresh = Curve.pair();
    var key = kept.key(new KeyPair(BASE64.encodeToString(fresh.getPrivate().getEncoded()),
        BASE64.encodeToString(Curve.bytes((ECPublicKey) fresh.getPublic()))));
    try {
      var bytes = Base64.getUrlDecoder().decode(key.privateKey());
      var secret = KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(bytes));
      return new Vapid(secret, key.publicKey(), subject);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the key for push services cannot be read", e);
    }
  }

  /** The public key, as browsers want it. */
  String point() {
    return point;
  }

  /** What stands in the header {@code Authorization} of a request to {@code endpoint}. */
  String authorization(URI endpoint, Instant now) throws GeneralSecurityException {
    var head = part(Map.of("typ", "JWT", "alg", "ES256"));
    var body = part(Map.of("aud", endpoint.getScheme() + "://" + endpoint.getAuthority(), "exp",
        now.plus(LIFE).getEpochSecond(), "sub", subject));
    var signature = Signature.getInstance("SHA256withECDSAinP1363Format");
    signature.initSign(secret);
    signature.update((head + "." + body).getBytes(UTF_8));
    return "vapid t=" + head + "." + body + "." + BASE64.encodeToString(signature.sign()) + ", k=" + point;
  }

  private static String part(Map<String, ?> said) {
    return BASE64.encodeToString(Json.MAPPER.writeValueAsBytes(said));
  }
}
