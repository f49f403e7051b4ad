package redress.keys;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;

/**
 * Keys in a folder that only its owner can read, one file each ({@code log-0001.key}): the private half, and below it
 * the
 * note that states the key. Several processes may share it.
 */
final class FolderChest implements Chest {
  private static final String END = "-----END PRIVATE KEY-----\n";

  private final Path folder;

  FolderChest(Path folder) {
    this.folder = folder;
    try {
      if (!Files.isDirectory(folder)) {
        Files.createDirectories(folder, PosixFilePermissions.asFileAttribute(
            PosixFilePermissions.fromString("rwx------")));
      }
    } catch (IOException e) {
      throw new UncheckedIOException("the keys' folder " + folder + " cannot be made", e);
    }
  }

  private Path file(Purpose purpose, int number) {
    return folder.resolve("%s-%04d.key".formatted(purpose.word, number));
  }

  @Override public List<Kept> read(Purpose purpose) {
    var keys = new ArrayList<Kept>();
    while (true) {
      var file = file(purpose, keys.size() + 1);
      try {
        check(file);
        var text = Files.readString(file);
        int end = text.indexOf(END);
        keys.add(end < 0 ? new Kept(text, Optional.empty())
            : new Kept(text.substring(end + END.length()), Optional.of(text.substring(0, end + END.length()))));
      } catch (NoSuchFileException missing) {
        return keys;
      } catch (IOException e) {
        throw new UncheckedIOException("the key " + file + " cannot be read", e);
      }
    }
  }

  /** A key that others can read is no secret any more. */
  private static void check(Path file) throws IOException {
    var others = EnumSet.of(PosixFilePermission.GROUP_READ, PosixFilePermission.OTHERS_READ,
        PosixFilePermission.GROUP_WRITE, PosixFilePermission.OTHERS_WRITE);
    others.retainAll(Files.getPosixFilePermissions(file));
    if (!others.isEmpty()) throw new IOException("others may " + others + "; only its owner may read a key");
  }

  @Override public boolean add(Purpose purpose, int number, Kept kept) {
    try {
      var fresh = write(kept.secret().orElse("") + kept.statement());
      try {
        // A link is made only where there is nothing, unlike a move: of two processes one finds the other's key.
        Files.createLink(file(purpose, number), fresh);
        return true;
      } catch (FileAlreadyExistsException taken) {
        return false;
      } finally {
        Files.delete(fresh);
        sync();
      }
    } catch (IOException e) {
      throw new UncheckedIOException("a key cannot be kept in " + folder, e);
    }
  }

  @Override public void forget(Purpose purpose, int number) {
    try {
      var kept = read(purpose).get(number - 1);
      Files.move(write(kept.statement()), file(purpose, number), StandardCopyOption.ATOMIC_MOVE);
      sync();
    } catch (IOException e) {
      throw new UncheckedIOException("a retired key cannot be forgotten in " + folder, e);
    }
  }

  private Path write(String text) throws IOException {
    var owner = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
    var file = Files.createTempFile(folder, ".new-", "", owner);
    try (var channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      var bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
      while (bytes.hasRemaining()) channel.write(bytes);
      channel.force(true);
    }
    return file;
  }

  private void sync() throws IOException {
    try (var channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  @Override public String name() {
    return folder.toAbsolutePath().normalize().toString();
  }
}
