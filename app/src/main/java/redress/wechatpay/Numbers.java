package redress.wechatpay;

/** Which of WeChat Pay's two numbers the host platform registers its payments under. */
enum Numbers {
  /** The merchant's own. */
  OUT_TRADE_NO,
  /** WeChat Pay's. */
  TRANSACTION_ID
}
