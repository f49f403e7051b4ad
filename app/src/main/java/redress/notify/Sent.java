package redress.notify;

import java.time.Instant;

/** What became of telling somebody something. */
public sealed interface Sent {

  /**
   * Nothing is left to do. {@code delivered} tells whether it counts as told: an outside channel took it over, or there
   * is none
   * that reaches the recipient and it lies in the inbox. {@code channel} is the one that counts.
   */
  record Done(boolean delivered, String channel) implements Sent {}

  /** A channel did not work; the same is to be done again at {@code at} (UTC). What was delivered is not repeated. */
  record Later(Instant at, String why) implements Sent {}

  /** It had become pointless, so nobody was told; that is on record. */
  record Suppressed(String why) implements Sent {}
}
