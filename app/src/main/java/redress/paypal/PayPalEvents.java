package redress.paypal;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.security.Signature;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.zip.CRC32;
import redress.connect.Callback;
import redress.connect.Heard;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * PayPal's signed webhook events (https://developer.paypal.com/api/rest/webhooks/rest/): RSA over the transmission's id
 * and time, the webhook's id and the body's CRC-32, proved here and not by asking PayPal.
 */
final class PayPalEvents {
  /** PayPal repeats what was not taken for three days; the time may be that of the first attempt. */
  private static final Duration TOLERANCE = Duration.ofDays(4);
  private static final Pattern LAST = Pattern.compile("/(captures|orders)/([A-Za-z0-9-]{1,60})$");
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final String webhookId;
  private final PayPalCertificates certificates;

  PayPalEvents(String webhookId, PayPalCertificates certificates) {
    this.webhookId = webhookId;
    this.certificates = certificates;
  }

  Heard read(Callback callback, Instant at) {
    var time = callback.header("Paypal-Transmission-Time").orElse("");
    if (!isRecent(time, at)) return new Heard.Forged("no time, or too far from now");
    if (!callback.header("Paypal-Auth-Algo").orElse("").equalsIgnoreCase("SHA256withRSA"))
      return new Heard.Forged("signed in a way PayPal does not");
    var certificate = certificates.at(callback.header("Paypal-Cert-Url").orElse(""), at);
    if (certificate.isEmpty()) return new Heard.Forged("nobody vouches for its certificate");
    try {
      var rsa = Signature.getInstance("SHA256withRSA");
      rsa.initVerify(certificate.get().getPublicKey());
      rsa.update(signed(callback, time).getBytes(UTF_8));
      var signature = Base64.getDecoder().decode(callback.header("Paypal-Transmission-Sig").orElse(""));
      if (!rsa.verify(signature)) return new Heard.Forged("its signature does not fit");
      return heard(JSON.readTree(callback.body()));
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      return new Heard.Forged("its signature does not fit");
    } catch (JacksonException e) {
      return new Heard.Forged("signed, but no event");
    }
  }

  private String signed(Callback callback, String time) {
    var sum = new CRC32();
    sum.update(callback.body().getBytes(UTF_8));
    return callback.header("Paypal-Transmission-Id").orElse("") + "|" + time + "|" + webhookId + "|" + sum.getValue();
  }

  private static boolean isRecent(String time, Instant at) {
    try {
      return Duration.between(OffsetDateTime.parse(time).toInstant(), at).abs().compareTo(TOLERANCE) <= 0;
    } catch (DateTimeException e) {
      return false;
    }
  }

  private static Heard heard(JsonNode event) {
    var id = event.path("id").asString("");
    if (id.isEmpty()) return new Heard.Forged("signed, but no event");
    var about = event.path("resource");
    return switch (event.path("event_type").asString("")) {
      case "PAYMENT.CAPTURE.REFUNDED", "PAYMENT.REFUND.PENDING", "PAYMENT.REFUND.FAILED" -> refund(id, about);
      case "PAYMENT.CAPTURE.REVERSED" -> payment(id, linked(about, "captures"));
      case "CUSTOMER.DISPUTE.CREATED", "CUSTOMER.DISPUTE.UPDATED", "CUSTOMER.DISPUTE.RESOLVED" -> payment(id, Optional
          .of(about.path("disputed_transactions").path(0).path("seller_transaction_id").asString("")));
      default -> new Heard.OfNoConcern(id);
    };
  }

  private static Heard refund(String id, JsonNode about) {
    var reference = about.path("custom_id").asString("");
    return reference.startsWith("dsp_") ? new Heard.OfRefund(id, reference) : payment(id, linked(about, "captures"));
  }

  private static Heard payment(String id, Optional<String> payment) {
    return payment.filter(it -> !it.isEmpty()).<Heard>map(it -> new Heard.OfPayment(id, it))
        .orElseGet(() -> new Heard.OfNoConcern(id));
  }

  /** Which capture or order a resource links to, by {@code up} or, if it is one itself, by {@code self}. */
  static Optional<String> linked(JsonNode resource, String kind) {
    for (var rel : new String[] {"up", "self"}) {
      for (var link : resource.path("links")) {
        var last = LAST.matcher(link.path("href").asString(""));
        boolean fits = link.path("rel").asString("").equals(rel) && last.find() && last.group(1).equals(kind);
        if (fits) return Optional.of(last.group(2));
      }
    }
    return Optional.empty();
  }
}
