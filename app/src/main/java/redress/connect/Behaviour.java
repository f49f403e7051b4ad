package redress.connect;

import java.time.Duration;
import java.time.Instant;

/** How the wallet has been told to behave about a test payment, to show what happens when a provider does. */
public sealed interface Behaviour {

  /** Refunds arrive {@code delay} after they were ordered. */
  record Slow(Duration delay) implements Behaviour {}

  /** Refunds ordered from now on are refused with {@code reason}; the refusal becomes known {@code after} the order. */
  record Fail(String reason, Duration after) implements Behaviour {}

  /** The next {@code times} answers are lost; {@code moved} tells whether an order was carried out nevertheless. */
  record Unknown(int times, boolean moved) implements Behaviour {}

  /** Refunds are taken back {@code delay} after they arrived. */
  record ReverseLater(Duration delay) implements Behaviour {}

  /** Nothing answers before {@code until} on the payment's clock, and nothing is carried out. */
  record Down(Instant until) implements Behaviour {}
}
