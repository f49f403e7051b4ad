package redress.wechatpay;

/** What came back to one question. */
sealed interface Said<T> {

  /** The answer. */
  record Told<T>(T what) implements Said<T> {}

  /** A refusal, signed as answers are: its HTTP status and WeChat Pay's own code. */
  record Refused<T>(int status, String code) implements Said<T> {}

  /** Nothing that WeChat Pay signed. */
  record Silent<T>() implements Said<T> {}
}
