package redress.stripe;

import com.stripe.Stripe;
import com.stripe.StripeClient;
import java.time.Duration;
import redress.connect.Account;
import redress.connect.Connector;
import redress.connect.Provider;

/** How accounts at Stripe are opened: by a secret key, and the secret of the webhook that calls back here. */
public final class StripeConnector implements Connector {
  /** The kind as it is written in an account. */
  public static final String KIND = "STRIPE";

  private static final Duration CONNECT = Duration.ofSeconds(5);
  private static final Duration SILENCE = Duration.ofSeconds(20);

  @Override public String kind() {
    return KIND;
  }

  /**
   * Settings: {@code secretKeyFile} or {@code secretKeyEnv}, {@code webhookSecretFile} or {@code webhookSecretEnv};
   * {@code base}, the API's address; {@code paymentsAre}, PAYMENT_INTENT or CHARGE, by what payments are registered;
   * {@code timeout}, an ISO 8601 duration after which Stripe counts as silent.
   */
  @Override public Provider open(Account account) {
    account.only("secretKey", "webhookSecret", "base", "paymentsAre", "timeout");
    // Nobody needs to be told how long our calls take and on which machine.
    Stripe.enableTelemetry = false;
    var client = StripeClient.builder().setApiKey(account.secret("secretKey"))
        .setApiBase(account.address("base", Stripe.LIVE_API_BASE)).setMaxNetworkRetries(0)
        .setConnectTimeout((int) CONNECT.toMillis())
        .setReadTimeout((int) account.duration("timeout", SILENCE).toMillis()).build();
    var named = StripeEvents.Named.valueOf(account.choice("paymentsAre", "PAYMENT_INTENT", "CHARGE"));
    return new StripeAccount(account.name(), client, new StripeEvents(account.secret("webhookSecret"), named));
  }
}
