package redress.connect;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import redress.paypal.PayPalConnector;
import redress.paypal.PayPalServer;
import redress.stripe.StripeConnector;
import redress.stripe.StripeServer;

/** Two providers beside each other, each a server with books of its own, and the accounts that Redress has there. */
public final class Providing implements AutoCloseable {
  public static final String STRIPE = "STRIPE-EU";
  public static final String PAYPAL = "PAYPAL-EU";
  public static final long PRICE = 10_000;

  public final StripeServer stripe = new StripeServer();
  public final PayPalServer paypal = new PayPalServer();
  public final Accounts accounts;
  public final List<Provider> providers;

  /** {@code patience} is how long one answer may take (ISO 8601). */
  public Providing(Path folder, String patience) {
    try {
      var key = Files.writeString(folder.resolve("stripe.key"), StripeServer.KEY);
      var secret = Files.writeString(folder.resolve("stripe.webhook"), StripeServer.WEBHOOK_SECRET);
      var client = Files.writeString(folder.resolve("paypal.secret"), PayPalServer.SECRET);
      accounts = new Accounts(List.of(
          new Account(STRIPE, "STRIPE", false, Map.of("secretKeyFile", key.toString(),
              "webhookSecretFile", secret.toString(), "address", stripe.address(), "patience", patience)),
          new Account(PAYPAL, "PAYPAL", false,
              Map.of("clientId", PayPalServer.CLIENT, "clientSecretFile", client.toString(), "webhookId",
                  PayPalServer.WEBHOOK, "address", paypal.address(), "patience", patience))));
      providers = accounts.open(List.of(new StripeConnector(), new PayPalConnector())).stream()
          .map(Accounts.Opened::provider).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A captured payment of 100.00 euros there: what it is called. */
  public String capture(String account) {
    return account.equals(STRIPE) ? stripe.capture(PRICE, "eur") : paypal.capture(PRICE, "EUR");
  }

  /** How many refunds under this reference are in the provider's own books. */
  public long effects(String account, String payment, String reference) {
    return account.equals(STRIPE) ? stripe.effects(payment, reference) : paypal.effects(payment, reference);
  }

  /** What of the payment went back, in the provider's own books (minor units). */
  public long refunded(String account, String payment) {
    return account.equals(STRIPE) ? stripe.refunded(payment) : paypal.refunded(payment);
  }

  @Override public void close() {
    stripe.close();
    paypal.close();
  }
}
