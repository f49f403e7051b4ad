package redress.postgres;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The folder of one embedded server, held by this process alone until it is closed. */
final class DataFolder implements AutoCloseable {

  private static final long LEAST_ROOM = 200L << 20;

  /** One WAL segment: with less, nothing can be written down. */
  private static final long NO_ROOM = 16L << 20;

  /** Folders held by this process: closing a second channel on a lock file would let go of the first's lock. */
  private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

  private final Path home;
  private final FileChannel channel;

  private DataFolder(Path home, FileChannel channel) {
    this.home = home;
    this.channel = channel;
  }

  /**
   * Takes the folder for this process, making it if there is none.
   *
   * @throws PostgresException if it cannot be written, has no room, or another process has it
   */
  static DataFolder take(Path data) {
    var home = prepare(data);
    if (!HELD.add(home)) {
      throw taken(data, ProcessHandle.current().pid());
    }
    try {
      var channel = FileChannel.open(home.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.READ,
          StandardOpenOption.WRITE);
      lock(data, channel);
      return new DataFolder(home, channel);
    } catch (IOException | RuntimeException e) {
      HELD.remove(home);
      throw e instanceof PostgresException refused ? refused : unwritable(data, e);
    }
  }

  Path home() {
    return home;
  }

  /** PostgreSQL's own data directory. */
  Path cluster() {
    return home.resolve("pgdata");
  }

  Path logs() {
    return home.resolve("log");
  }

  /** What PostgreSQL says before its own log is open. */
  Path firstWords() {
    return home.resolve("start.log");
  }

  Path passwordFile() {
    return home.resolve("password");
  }

  String password() throws IOException {
    return Files.readString(passwordFile()).strip();
  }

  /** A new password, readable by its owner only. */
  void makePassword(Footing footing) throws IOException {
    var random = new byte[24];
    new SecureRandom().nextBytes(random);
    var file = Files.createTempFile(home, "password", ".new",
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(file, Base64.getUrlEncoder().withoutPadding().encodeToString(random) + "\n");
    footing.own(file);
    Files.move(file, passwordFile(), StandardCopyOption.ATOMIC_MOVE);
  }

  /** Leaves the port where people and tools find it while the server runs. */
  void publish(int port) throws IOException {
    Files.writeString(home.resolve("port"), port + "\n");
  }

  boolean isFull() throws IOException {
    return Files.getFileStore(home).getUsableSpace() < NO_ROOM;
  }

  @Override public void close() {
    if (!channel.isOpen()) {
      return; // closed before, and by now perhaps another's
    }
    try {
      Files.deleteIfExists(home.resolve("port"));
      channel.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      HELD.remove(home);
    }
  }

  private static Path prepare(Path data) {
    try {
      var home = data.resolve("postgres");
      if (!Files.isDirectory(home)) {
        Files.createDirectories(data);
        Files.createDirectories(home,
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      }
      var room = Files.getFileStore(home).getUsableSpace();
      if (room < LEAST_ROOM) {
        throw new PostgresException("The disk of " + data + " is full: " + (room >> 20) + " MB are free, and "
            + (LEAST_ROOM >> 20) + " MB are the least to start with. Make room, or give another folder with --data.");
      }
      return home.toRealPath();
    } catch (IOException e) {
      throw unwritable(data, e);
    }
  }

  private static void lock(Path data, FileChannel channel) throws IOException {
    FileLock lock = null;
    try {
      lock = channel.tryLock();
      if (lock == null) {
        throw taken(data, holder(channel));
      }
      channel.truncate(0);
      channel.write(StandardCharsets.US_ASCII.encode(ProcessHandle.current().pid() + "\n"), 0);
    } finally {
      if (lock == null) {
        channel.close();
      }
    }
  }

  private static long holder(FileChannel channel) throws IOException {
    var words = ByteBuffer.allocate(20);
    channel.read(words, 0);
    var pid = StandardCharsets.US_ASCII.decode(words.flip()).toString().strip();
    return pid.isEmpty() ? 0 : Long.parseLong(pid);
  }

  private static PostgresException taken(Path data, long pid) {
    var process = ProcessHandle.of(pid).map(ProcessHandle::info);
    var command = process.flatMap(ProcessHandle.Info::command).map(path -> ", " + path).orElse("");
    var since = process.flatMap(ProcessHandle.Info::startInstant).map(start -> ", since " + start).orElse("");
    return new PostgresException("The data folder " + data + " is in use by process " + pid + command + since
        + ". Two servers never share one: stop that process, or give another folder with --data.");
  }

  private static PostgresException unwritable(Path data, Exception e) {
    return new PostgresException("The data folder " + data + " cannot be written (" + e
        + "). Give a folder that belongs to you with --data.", e);
  }
}
