package redress.vault;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Bytes that were taken in and hashed but are not kept yet: a file of this machine that is gone once it is closed. */
public record Staged(Path file, String sha256, long size) implements AutoCloseable {
  @Override public void close() throws IOException {
    Files.deleteIfExists(file);
  }
}
