package redress.money;

/** The accounts of the escrow ledger, each the purpose of money and not a person. */
public enum Account {
  PROVIDER_SETTLEMENT("provider.settlement"),
  MERCHANT_AVAILABLE("merchant.available"),
  MERCHANT_HOLD("merchant.hold"),
  MERCHANT_DEPOSIT("merchant.deposit"),
  MERCHANT_RECEIVABLE("merchant.receivable"),
  MERCHANT_OUTSIDE("merchant.outside"),
  BUYER_CLEARING("buyer.clearing"),
  BUYER_WALLET("buyer.wallet"),
  BUYER_OUTSIDE("buyer.outside"),
  BUYER_CLAIM("buyer.claim"),
  BUYER_RECEIVABLE("buyer.receivable"),
  PLATFORM_FUND("platform.fund"),
  PLATFORM_RECOVERY("platform.recovery"),
  PLATFORM_LOSS("platform.loss");

  /** The account's name as finance and the API know it. */
  public final String key;

  Account(String key) {
    this.key = key;
  }
}
