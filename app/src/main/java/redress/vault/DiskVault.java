package redress.vault;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A vault in a folder: {@code kept/3f/3fa9…} for what is kept, {@code staging/} for what comes in. A file is complete
 * and on the disk before it has its name, and a name is given once.
 */
public final class DiskVault implements Vault {
  /** What has to stay free for others on the same disk, such as the database: 256 MiB. */
  public static final long USUAL_SPARE = 256L << 20;
  private static final Logger LOG = LoggerFactory.getLogger(DiskVault.class);
  private static final int FANS = 256;

  private final Path folder;
  private final Path kept;
  private final Stage stage;
  private final boolean passing;

  /** A vault in {@code folder}, made if there is none; it is full when {@code spare} bytes are left on its disk. */
  public DiskVault(Path folder, long spare) throws IOException {
    this(folder, spare, false);
  }

  /** The same, leaving the usual room to others. */
  public DiskVault(Path folder) throws IOException {
    this(folder, USUAL_SPARE);
  }

  private DiskVault(Path folder, long spare, boolean passing) throws IOException {
    this.folder = folder.toAbsolutePath();
    this.kept = Files.createDirectories(this.folder.resolve("kept"));
    this.stage = new Stage(this.folder.resolve("staging"), spare);
    this.passing = passing;
    for (int i = 0; i < FANS; i++) Files.createDirectories(kept.resolve(HexFormat.of().toHexDigits((byte) i)));
    sync(kept);
    sync(this.folder);
  }

  /** A vault in a temporary folder that is gone once it is closed. */
  public static DiskVault throwaway() {
    try {
      return new DiskVault(Files.createTempDirectory("redress-vault-"), 0, true);
    } catch (IOException e) {
      throw new UncheckedIOException("no temporary folder can be made", e);
    }
  }

  @Override public Staged stage(InputStream bytes, long limit) throws IOException {
    return stage.take(bytes, limit);
  }

  @Override public Stored keep(Staged staged) throws IOException {
    var stored = new Stored(staged.sha256(), staged.size());
    var fan = fan(staged.sha256());
    try {
      sync(staged.file());
      name(staged.file(), fan.resolve(staged.sha256()));
      sync(fan);
    } catch (IOException e) {
      throw stage.full(e);
    }
    return stored;
  }

  /** A link, unlike a move, never takes another file's place. */
  private void name(Path file, Path place) throws IOException {
    try {
      Files.createLink(place, file);
    } catch (FileAlreadyExistsException e) {
      if (Files.mismatch(file, place) < 0) return;
      // The disk has forgotten what it held: the true bytes come back, and the false ones stay to be looked at.
      Files.move(place, folder.resolve("rotten-" + place.getFileName() + "-" + UUID.randomUUID()),
          StandardCopyOption.ATOMIC_MOVE);
      Files.createLink(place, file);
    }
  }

  @Override public InputStream open(String sha256) throws IOException {
    return Files.newInputStream(place(sha256));
  }

  @Override public boolean has(String sha256) {
    return Files.isRegularFile(place(sha256));
  }

  @Override public void delete(String sha256) throws IOException {
    if (Files.deleteIfExists(place(sha256))) sync(fan(sha256));
  }

  @Override public void list(Consumer<Kept> each) throws IOException {
    try (var fans = Files.newDirectoryStream(kept)) {
      for (var fan : fans) list(fan, each);
    }
  }

  private static void list(Path fan, Consumer<Kept> each) throws IOException {
    try (var files = Files.newDirectoryStream(fan)) {
      for (var file : files) {
        try {
          var it = Files.readAttributes(file, BasicFileAttributes.class);
          each.accept(new Kept(file.getFileName().toString(), it.size(), it.lastModifiedTime().toInstant()));
        } catch (NoSuchFileException e) {
          LOG.trace("taken away meanwhile: {}", file);
        }
      }
    }
  }

  @Override public void clear(Instant now, Duration age) throws IOException {
    stage.sweep(now, age);
  }

  private Path place(String sha256) {
    return fan(sha256).resolve(sha256);
  }

  private Path fan(String sha256) {
    return kept.resolve(Names.checked(sha256).substring(0, 2));
  }

  /** What was written to a file, or which names a folder holds, survives a loss of power from here on. */
  private static void sync(Path path) throws IOException {
    try (var channel = FileChannel.open(path, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  /** Takes a temporary folder away; any other stays as it is. */
  @Override public void close() throws IOException {
    if (!passing) return;
    Files.walkFileTree(folder, new SimpleFileVisitor<>() {
      @Override public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
        Files.deleteIfExists(file);
        return FileVisitResult.CONTINUE;
      }

      @Override public FileVisitResult postVisitDirectory(Path left, @Nullable IOException e) throws IOException {
        Files.deleteIfExists(left);
        return FileVisitResult.CONTINUE;
      }
    });
  }
}
