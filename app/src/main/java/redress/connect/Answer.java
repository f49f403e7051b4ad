package redress.connect;

import java.time.Instant;

/** What a provider says about one refund. */
public sealed interface Answer {

  /** The money has arrived. */
  record Done(Instant arrived) implements Answer {}

  /** It is on its way and expected at {@code arrival}. */
  record Processing(Instant arrival) implements Answer {}

  /** It was not paid and will not be, under this reference; {@code reason} is the provider's own code. */
  record Refused(String reason) implements Answer {}

  /** It had arrived and was taken back. */
  record Reversed(Instant when) implements Answer {}

  /** The provider knows no such reference: nothing was paid, and the same order may be sent again. */
  record Unheard() implements Answer {}

  /** No answer that could be relied on: it may have been paid or not. */
  record Unknown() implements Answer {}
}
