package redress.paypal;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URI;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import redress.connect.Account;
import redress.connect.Connector;
import redress.connect.Provider;

/** How accounts at PayPal are opened: by the client of a REST app, and the id of the webhook that calls back here. */
public final class PayPalConnector implements Connector {
  /** The kind as it is written in an account. */
  public static final String KIND = "PAYPAL";

  private static final Duration PATIENCE = Duration.ofSeconds(15);
  private static final List<String> SETTINGS =
      List.of("clientId", "clientSecret", "webhookId", "address", "certificatesAt",
          "certificateName", "root", "disputes", "patience");

  @Override public String kind() {
    return KIND;
  }

  /**
   * Settings: {@code clientId}, {@code clientSecretFile} or {@code clientSecretEnv}, {@code webhookId};
   * {@code address},
   * the API's address; {@code certificatesAt}, addresses parted by commas from which a webhook's certificate may be
   * fetched, {@code certificateName}, its common name, and {@code root}, certificates (PEM) that vouch for it, by
   * default those that Java trusts; {@code disputes}, false where the app may not read disputes, so that chargebacks
   * are not seen; {@code patience}, how long one answer may take
   * (ISO 8601 duration).
   */
  @Override public Provider open(Account account) {
    account.only(SETTINGS.toArray(String[]::new));
    var mode = account.live() ? "" : ".sandbox";
    var wire = new PayPalWire(account.name(), account.address("address", "https://api-m" + mode + ".paypal.com"),
        account.need("clientId"), account.secret("clientSecret"), account.duration("patience", PATIENCE));
    var addresses = account.get("certificatesAt",
        "https://api" + mode + ".paypal.com,https://api-m" + mode + ".paypal.com");
    var hosts = Arrays.stream(addresses.split(",", -1)).map(String::strip).map(URI::create).toList();
    var certificates = new PayPalCertificates(wire, hosts, roots(account),
        account.get("certificateName", "messageverificationcerts" + mode + ".paypal.com"));
    var events = new PayPalEvents(account.need("webhookId"), certificates);
    return new PayPalAccount(account.name(), wire, events, account.choice("disputes", "true", "false").equals("true"));
  }

  private static PayPalCertificates.Roots roots(Account account) {
    try {
      return account.has("root") ? PayPalCertificates.Roots.of(account.text("root").getBytes(UTF_8))
          : PayPalCertificates.Roots.ofJava();
    } catch (GeneralSecurityException e) {
      throw account.wrong("root", "holds no certificates that can be read (" + e.getClass().getSimpleName() + ")");
    }
  }
}
