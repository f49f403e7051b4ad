package redress.connect;

/**
 * What a callback came to. It is never more than a hint: how things stand is asked, so that a late, repeated or
 * overtaken callback cannot say anything wrong. {@code id} is the callback's own, the same when it is repeated.
 */
public sealed interface Heard {

  /** Something happened to the refund that was ordered under {@code reference}. */
  record OfRefund(String id, String reference) implements Heard {}

  /** Something happened to a payment, by what the provider calls it: refunded elsewhere, charged back. */
  record OfPayment(String id, String payment) implements Heard {}

  /** Genuine, and of no concern here. */
  record OfNoConcern(String id) implements Heard {}

  /** Not from the provider, altered, or too old; {@code why} holds nothing of what it said. */
  record Forged(String why) implements Heard {}
}
