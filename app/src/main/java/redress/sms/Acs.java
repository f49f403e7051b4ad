package redress.sms;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import redress.seal.Digest;

/**
 * Requests to Alibaba Cloud's RPC APIs, signed by version 3 of its method, ACS3-HMAC-SHA256
 * (https://www.alibabacloud.com/help/en/sdk/product-overview/v3-request-structure-and-signature). Its parameters travel
 * in the query, as the API has it.
 */
record Acs(URI endpoint, String version, String keyId, String secret) {
  private static final String METHOD = "ACS3-HMAC-SHA256";

  /** The request for {@code action}; {@code nonce} is never used twice. */
  HttpRequest request(String action, Map<String, String> parameters, Instant now, String nonce) {
    var query = Wire.query(parameters);
    var request = HttpRequest.newBuilder(URI.create(endpoint + "/?" + query)).timeout(Wire.PATIENCE)
        .POST(BodyPublishers.noBody());
    var signed = headers(action, now, nonce);
    signed.forEach((name, value) -> {
      if (!name.equals("host")) request.header(name, value);
    });
    return request.header("Authorization", authorization(query, signed)).build();
  }

  private Map<String, String> headers(String action, Instant now, String nonce) {
    return new TreeMap<>(Map.of("host", endpoint.getAuthority(), "x-acs-action", action, "x-acs-version", version,
        "x-acs-date", now.truncatedTo(ChronoUnit.SECONDS).toString(), "x-acs-signature-nonce", nonce,
        "x-acs-content-sha256", Digest.sha256("")));
  }

  /** What stands in the header {@code Authorization} for this query and these headers, with an empty body. */
  String authorization(String query, Map<String, String> headers) {
    var sorted = new TreeMap<>(headers);
    var names = String.join(";", sorted.keySet());
    var canonical = "POST\n/\n" + query + "\n" + sorted.entrySet().stream()
        .map(it -> it.getKey() + ":" + it.getValue().strip() + "\n").collect(Collectors.joining()) + "\n" + names + "\n"
        + Digest.sha256("");
    var signature = Digest.keyed(secret.getBytes(UTF_8), METHOD + "\n" + Digest.sha256(canonical));
    return METHOD + " Credential=" + keyId + ",SignedHeaders=" + names + ",Signature=" + signature;
  }

  /** Without the secret: this may end up in a log. */
  @Override public String toString() {
    return "Acs[" + endpoint + "]";
  }
}
