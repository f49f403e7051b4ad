package redress.seal;

import java.time.Instant;

/**
 * One line of the log: who reads it learns that something happened, to which dispute and when, and nothing else; who
 * is shown the opening of a part can check it. Hashes are 64 hex digits, instants UTC.
 */
public sealed interface Entry {
  /** What stands in place of the hash before the first. */
  String NONE = "0".repeat(64);

  /** The canonical text (RFC 8785). */
  String json();

  /**
   * The SHA-256 of the canonical text: what the next entry of the dispute refers to, and the leaf of the log's tree.
   */
  default String hash() {
    return Digest.sha256(json());
  }

  /**
   * Event {@code n} of a dispute: {@code previous} is the hash of the one before it, {@link #NONE} for the first that
   * was
   * logged; {@code event}, {@code actor} and {@code money} are commitments to what happened, who did it and what was
   * booked for it.
   */
  record OfDispute(String dispute, int n, Instant at, String previous, String event, String actor, String money)
      implements Entry {
    @Override public String json() {
      return "{\"actor\":\"" + actor + "\",\"at\":\"" + at + "\",\"dispute\":\"" + dispute + "\",\"event\":\"" + event
          + "\",\"money\":\"" + money + "\",\"n\":" + n + ",\"previous\":\"" + previous + "\",\"v\":1}";
    }
  }

  /** Something that happened outside disputes: {@code body} is the commitment to what it was. */
  record OfAct(String act, Instant at, String body) implements Entry {
    @Override public String json() {
      return "{\"act\":" + Canonical.quoted(act) + ",\"at\":\"" + at + "\",\"body\":\"" + body + "\",\"v\":1}";
    }
  }
}
