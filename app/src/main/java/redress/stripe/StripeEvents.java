package redress.stripe;

import com.stripe.exception.SignatureVerificationException;
import com.stripe.net.Webhook;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.regex.Pattern;
import redress.connect.Callback;
import redress.connect.Heard;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Stripe's signed webhook events (https://docs.stripe.com/webhooks, https://docs.stripe.com/api/events/types): an
 * HMAC-SHA-256 over time and body in the header {@code Stripe-Signature}, good for five minutes.
 */
final class StripeEvents {
  /** By what payments are registered. */
  enum Named { PAYMENT_INTENT, CHARGE }

  private static final Duration TOLERANCE = Duration.ofMinutes(5);
  private static final Pattern TIME = Pattern.compile("(?:^|,)t=(\\d{1,12})(?:,|$)");
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final String secret;
  private final Named named;

  StripeEvents(String secret, Named named) {
    this.secret = secret;
    this.named = named;
  }

  Heard read(Callback callback, Instant at) {
    var header = callback.header("Stripe-Signature").orElse("");
    if (!isRecent(header, at)) return new Heard.Forged("no time, or too far from now");
    try {
      Webhook.Signature.verifyHeader(callback.body(), header, secret, TOLERANCE.toSeconds(),
          Clock.fixed(at, ZoneOffset.UTC));
      return heard(JSON.readTree(callback.body()));
    } catch (SignatureVerificationException e) {
      return new Heard.Forged("its signature does not fit");
    } catch (JacksonException e) {
      return new Heard.Forged("signed, but no event");
    }
  }

  /** The SDK looks at old events only; one from the future has been made up just as well. */
  private static boolean isRecent(String header, Instant at) {
    var time = TIME.matcher(header);
    return time.find()
        && Duration.between(Instant.ofEpochSecond(Long.parseLong(time.group(1))), at).abs().compareTo(TOLERANCE) <= 0;
  }

  private Heard heard(JsonNode event) {
    var id = event.path("id").asString("");
    if (id.isEmpty()) return new Heard.Forged("signed, but no event");
    var type = event.path("type").asString("");
    var about = event.path("data").path("object");
    if (type.startsWith("refund.") || type.equals("charge.refund.updated")) {
      var reference = about.path("metadata").path(StripeAccount.REFERENCE).asString("");
      return reference.isEmpty() ? payment(id, about) : new Heard.OfRefund(id, reference);
    }
    boolean ofPayment = type.equals("charge.refunded") || type.startsWith("charge.dispute.");
    return ofPayment ? payment(id, about) : new Heard.OfNoConcern(id);
  }

  private Heard payment(String id, JsonNode about) {
    boolean isCharge = about.path("object").asString("").equals("charge");
    var charge = about.path(isCharge ? "id" : "charge").asString("");
    var intent = about.path("payment_intent").asString("");
    var payment = named == Named.CHARGE || intent.isEmpty() ? charge : intent;
    return payment.isEmpty() ? new Heard.OfNoConcern(id) : new Heard.OfPayment(id, payment);
  }
}
