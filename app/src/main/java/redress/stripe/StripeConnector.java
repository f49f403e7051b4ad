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
  private static final Duration PATIENCE = Duration.ofSeconds(15);

  @Override public String kind() {
    return KIND;
  }

  /**
   * Settings: {@code secretKeyFile} or {@code secretKeyEnv}, {@code webhookSecretFile} or {@code webhookSecretEnv};
   * {@code address}, the API's address; {@code paymentsAre}, PAYMENT_INTENT or CHARGE, by what payments are registered;
   * {@code patience}, how long one answer may take (ISO 8601 duration).
   */
  @Override public Provider open(Account account) {
    account.only("secretKey", "webhookSecret", "address", "paymentsAre", "patience");
    // Nobody needs to be told how long our calls take and on which machine.
    Stripe.enableTelemetry = false;
    var client = StripeClient.builder().setApiKey(account.secret("secretKey"))
        .setApiBase(account.address("address", Stripe.LIVE_API_BASE)).setMaxNetworkRetries(0)
        .setConnectTimeout((int) CONNECT.toMillis())
        .setReadTimeout((int) account.duration("patience", PATIENCE).toMillis()).build();
    var named = StripeEvents.Named.valueOf(account.choice("paymentsAre", "PAYMENT_INTENT", "CHARGE"));
    return new StripeAccount(account.name(), client, new StripeEvents(account.secret("webhookSecret"), named));
  }
}
