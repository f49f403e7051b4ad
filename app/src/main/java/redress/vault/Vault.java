package redress.vault;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;

/**
 * Where bytes are kept, each file under the SHA-256 of its content (64 lower-case hexadecimal digits), so that a name
 * can only ever mean one content. What is kept is never overwritten.
 */
public interface Vault extends AutoCloseable {

  /** What is kept: its name and its length in bytes. */
  record Stored(String sha256, long size) {}

  /** What is kept, and since when at the earliest it can have been there. */
  record Kept(String sha256, long size, Instant since) {}

  /**
   * Takes bytes in without keeping them yet: they lie in a file of this machine, hashed, where they can be looked at.
   *
   * @throws TooLargeException when there are more than {@code limit} bytes
   * @throws VaultFullException when there is no room for them
   */
  Staged stage(InputStream bytes, long limit) throws IOException;

  /**
   * Keeps what was staged. When it returns, neither a crash nor a loss of power takes the bytes away. Kept before, they
   * stay as they are.
   *
   * @throws VaultFullException when there is no room for them
   */
  Stored keep(Staged staged) throws IOException;

  /** Keeps the bytes of a stream of at most {@code limit} bytes: both steps at once. */
  default Stored put(InputStream bytes, long limit) throws IOException {
    try (var staged = stage(bytes, limit)) {
      return keep(staged);
    }
  }

  /**
   * Reads what is kept, from its first byte.
   *
   * @throws NoSuchFileException when nothing is kept under this name
   */
  InputStream open(String sha256) throws IOException;

  /** Whether anything is kept under this name. */
  boolean has(String sha256) throws IOException;

  /** Takes the bytes away; nothing happens when there are none. Only for what nobody refers to, and for erasure. */
  void delete(String sha256) throws IOException;

  /** Shows everything that is kept, in no order. */
  void list(Consumer<Kept> each) throws IOException;

  /** Clears away staged files that were abandoned {@code age} before {@code now} or earlier. */
  void clear(Instant now, Duration age) throws IOException;

  /** Lets go of what it holds of this machine; nothing that is kept goes, unless it is a throwaway. */
  @Override default void close() throws IOException {}
}
