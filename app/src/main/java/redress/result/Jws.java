package redress.result;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Base64;
import java.util.List;
import java.util.Map;
import redress.keys.SigningKey;
import redress.seal.Canonical;

/** Canonical JSON signed with Ed25519 (RFC 7515, RFC 8037), in both of its forms. */
public final class Jws {
  private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

  private Jws() {}

  /** {@code json} signed by {@code signer}, in the compact form; {@code type} names what it is. */
  static String compact(SigningKey signer, String type, String json) {
    var header = Canonical.json(Map.of("alg", "EdDSA", "kid", signer.id(), "typ", type));
    var signed = BASE64.encodeToString(header.getBytes(UTF_8)) + "." + BASE64.encodeToString(json.getBytes(UTF_8));
    return signed + "." + BASE64.encodeToString(signer.sign(signed.getBytes(US_ASCII)));
  }

  /** The same in the JSON form (general serialization). */
  public static String json(String compact) {
    var parts = compact.split("\\.", -1);
    return Canonical.json(Map.of("payload", parts[1],
        "signatures", List.of(Map.of("protected", parts[0], "signature", parts[2]))));
  }
}
