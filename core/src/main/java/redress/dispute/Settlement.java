package redress.dispute;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An agreement or ruling on its way to being kept: where it comes from, its terms and their hash, whose account agreed,
 * and the instants T0 (it was formed), V0 (its information was confirmed) and A0 (the verification began);
 * {@code stated} tells whether the merchant said how and when it performs.
 */
public record Settlement(int number, Origin origin, Terms terms, String termsHash, String agreedBy, Instant t0,
    @Nullable Instant v0, @Nullable Instant a0, boolean stated) {

  /** How a settlement came about. */
  public enum Origin { OFFER, PROPOSAL, REFUND_NOW, RULING }

  /** Whether it is a ruling and not an agreement. */
  public boolean isRuling() {
    return origin == Origin.RULING;
  }

  Settlement confirmed(Instant at) {
    return new Settlement(number, origin, terms, termsHash, agreedBy, t0, at, a0, stated);
  }

  Settlement audited(Instant at) {
    return new Settlement(number, origin, terms, termsHash, agreedBy, t0, v0, at, stated);
  }

  Settlement withStatement() {
    return new Settlement(number, origin, terms, termsHash, agreedBy, t0, v0, a0, true);
  }
}
