package redress.dispute;

import java.time.Instant;

/**
 * An offer as it stands. {@code id} counts over all rounds; the version shown to people is this number: terms never
 * change.
 */
public record Offer(int id, Side by, Terms terms, Instant expires) {
  /** What became of an offer. */
  public enum State {
    OPEN, COUNTERED, ACCEPTED, DECLINED, WITHDRAWN, EXPIRED, SUPERSEDED
  }
}
