package redress.postgres;

import org.jspecify.annotations.Nullable;

/** The database cannot be had: the message says, in words for the person at the console, why and what to do. */
public final class PostgresException extends RuntimeException {

  PostgresException(String message) {
    super(message);
  }

  PostgresException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
