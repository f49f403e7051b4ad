package redress.alipay;

import java.time.Clock;
import java.time.Duration;
import redress.connect.Account;
import redress.connect.Connector;
import redress.connect.Provider;

/** Opens accounts at Alipay, by the keys or the certificates of an application of its open platform. */
public final class AlipayConnector implements Connector {
  /** What an account's {@code kind} says. */
  public static final String KIND = "ALIPAY";

  private static final String GATEWAY = "https://openapi.alipay.com/gateway.do";

  private final Clock clock;

  /** @param clock the time that requests are stamped with; Alipay refuses one that is far from its own */
  public AlipayConnector(Clock clock) {
    this.clock = clock;
  }

  @Override public String kind() {
    return KIND;
  }

  @Override public Provider open(Account account) {
    account.only("appId", "appPrivateKey", "alipayPublicKey", "appCertificate", "alipayCertificate",
        "alipayRootCertificate", "appAuthToken", "gateway", "patience", "records", "paymentsAre");
    var keys = Keys.of(account);
    var gateway = new Gateway(account.address("gateway", GATEWAY), account.need("appId"),
        account.secretIfSaid("appAuthToken").orElse(""), keys, patience(account), clock);
    return new Alipay(account.name(), gateway, new Letters(account.need("appId"), keys, names(account)),
        account.choice("records", "ACCOUNT_LOG", "KNOWN").equals("ACCOUNT_LOG"));
  }

  private static Duration patience(Account account) {
    return account.duration("patience", Duration.ofSeconds(15));
  }

  private static Letters.Names names(Account account) {
    return account.choice("paymentsAre", "OUT_TRADE_NO", "TRADE_NO").equals("TRADE_NO") ? Letters.Names.TRADE_NO
        : Letters.Names.OUT_TRADE_NO;
  }
}
