package redress.vault;

import java.io.IOException;

/** There are more bytes than may come in; nothing of them was kept. */
public final class TooLargeException extends IOException {
  private static final long serialVersionUID = 1L;

  private final long limit;

  TooLargeException(long limit) {
    super("more than " + limit + " bytes");
    this.limit = limit;
  }

  /** The most bytes that may come in. */
  public long limit() {
    return limit;
  }
}
