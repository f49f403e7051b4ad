package redress.evidence;

import org.jspecify.annotations.Nullable;
import redress.admission.Reason;

/** A file that does not come in, or a step that does not fit; nothing is broken, and nothing was changed. */
public final class Declined extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Why. */
  public enum Why {
    FULL, BUSY, TOO_LARGE, BROKEN, NOT_ADMITTED, OFFSET, CHECKSUM, TOO_MANY_DRAFTS, UNKNOWN, NOT_COMPLETE, GIVEN
  }

  public final Why why;
  /** What admission says of the file; null unless it is why. */
  public final transient @Nullable Reason reason;
  /** The file it is about, or how much of it is here; empty for nothing. */
  public final String detail;

  Declined(Why why, String detail) {
    this(why, null, detail);
  }

  private Declined(Why why, @Nullable Reason reason, String detail) {
    super(why + " " + detail, null, false, false);
    this.why = why;
    this.reason = reason;
    this.detail = detail;
  }

  static Declined of(Reason reason, String detail) {
    return new Declined(Why.NOT_ADMITTED, reason, detail);
  }
}
