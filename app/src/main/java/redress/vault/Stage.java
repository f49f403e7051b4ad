package redress.vault;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Locale;
import java.util.UUID;

/** The folder where bytes come in: one file for each stream, hashed while it is written. */
final class Stage {
  private static final int BUFFER = 1 << 16;
  private static final long NO_ROOM = 1L << 16;

  private final Path folder;
  private final long spare;

  /** Bytes come into {@code folder}, made if there is none, as long as {@code spare} bytes stay free on its disk. */
  Stage(Path folder, long spare) throws IOException {
    this.folder = Files.createDirectories(folder);
    this.spare = spare;
  }

  /** Writes the stream into a new file. Nothing of it is left when it fails. */
  Staged take(InputStream bytes, long limit) throws IOException {
    if (Files.getFileStore(folder).getUsableSpace() < spare) {
      throw new VaultFullException("less than " + spare + " bytes are free in " + folder);
    }
    var file = folder.resolve(UUID.randomUUID().toString());
    try {
      return write(bytes, limit, file);
    } catch (IOException | RuntimeException e) {
      Files.deleteIfExists(file);
      throw e;
    }
  }

  private Staged write(InputStream bytes, long limit, Path file) throws IOException {
    var digest = sha256();
    var buffer = new byte[BUFFER];
    long size = 0;
    try (var out = create(file)) {
      for (int read = bytes.read(buffer); read >= 0; read = bytes.read(buffer)) {
        size += read;
        if (size > limit) throw new TooLargeException(limit);
        digest.update(buffer, 0, read);
        append(out, buffer, read);
      }
    }
    return new Staged(file, HexFormat.of().formatHex(digest.digest()), size);
  }

  private OutputStream create(Path file) throws IOException {
    try {
      return Files.newOutputStream(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    } catch (FileAlreadyExistsException e) {
      throw e;
    } catch (IOException e) {
      throw full(e);
    }
  }

  private void append(OutputStream out, byte[] buffer, int length) throws IOException {
    try {
      out.write(buffer, 0, length);
    } catch (IOException e) {
      throw full(e);
    }
  }

  /** What a failure to write is: no room, or what it says. Java keeps the system's error number to itself. */
  IOException full(IOException failure) throws IOException {
    var said = String.valueOf(failure.getMessage()).toLowerCase(Locale.ROOT);
    boolean told = said.contains("no space left") || said.contains("quota exceeded");
    if (told || Files.getFileStore(folder).getUsableSpace() < NO_ROOM) {
      return new VaultFullException("no room in " + folder, failure);
    }
    return failure;
  }

  /** Clears away what was abandoned: files nobody has written to for {@code age} before {@code now}. */
  void sweep(Instant now, Duration age) throws IOException {
    try (var files = Files.newDirectoryStream(folder)) {
      for (var file : files) {
        if (Files.getLastModifiedTime(file).toInstant().isBefore(now.minus(age))) Files.deleteIfExists(file);
      }
    }
  }

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
