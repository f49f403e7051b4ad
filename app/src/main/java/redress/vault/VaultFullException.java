package redress.vault;

import java.io.IOException;

/** There is no room for more bytes; nothing of them was kept. */
public final class VaultFullException extends IOException {
  private static final long serialVersionUID = 1L;

  VaultFullException(String message, Throwable cause) {
    super(message, cause);
  }

  VaultFullException(String message) {
    super(message);
  }
}
