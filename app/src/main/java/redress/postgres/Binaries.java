package redress.postgres;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.JarURLConnection;
import java.net.URL;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Locale;
import java.util.regex.Pattern;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.jspecify.annotations.Nullable;
import org.tukaani.xz.XZInputStream;

/** The programs of PostgreSQL, unpacked once per machine and version. */
record Binaries(Path folder) {

  /** The major version inside; a data folder of another one is refused. */
  static final String MAJOR = "18";

  private static final String ARCHIVE = "/postgres-linux-x86_64.txz";
  private static final Pattern VERSION = Pattern.compile("-amd64-([0-9.]+)\\.jar");

  /**
   * The programs under {@code cache}, unpacked if this is the first time.
   *
   * @throws PostgresException if there are none for this machine, or no room or right to unpack them
   */
  static Binaries in(Path cache) {
    var archive = archive();
    try {
      var home = cache.resolve("postgres-" + mark(archive));
      if (!Files.isDirectory(home)) {
        appear(home, fresh -> unpack(archive, fresh));
      }
      return new Binaries(home);
    } catch (IOException | UncheckedIOException e) {
      throw new PostgresException("PostgreSQL cannot be unpacked into " + cache + ": " + e.getMessage()
          + ". Make room there or name another folder in REDRESS_CACHE.", e);
    }
  }

  Path program(String name) {
    return folder.resolve("bin").resolve(name);
  }

  /** A folder that appears whole or not at all, however many processes make it at once. */
  static void appear(Path home, Making making) throws IOException {
    var parent = Files.createDirectories(home.toAbsolutePath().getParent());
    var fresh = Files.createTempDirectory(parent, ".making-");
    try {
      making.into(fresh);
      Footing.runs("sync", "-f", fresh.toString()); // or a power failure could leave the name and not the bytes
      Files.move(fresh, home, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      if (!Files.isDirectory(home)) {
        throw e;
      }
      // Another process was quicker; its copy is the same as ours.
    } finally {
      delete(fresh);
    }
  }

  /** What fills a folder before it appears. */
  interface Making {
    void into(Path fresh) throws IOException;
  }

  static void delete(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return;
    }
    Files.walkFileTree(folder, new SimpleFileVisitor<>() {
      @Override public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
        Files.delete(file);
        return FileVisitResult.CONTINUE;
      }

      @Override public FileVisitResult postVisitDirectory(Path emptied, @Nullable IOException e) throws IOException {
        Files.delete(emptied);
        return FileVisitResult.CONTINUE;
      }
    });
  }

  private static URL archive() {
    var system = System.getProperty("os.name", "?");
    var machine = System.getProperty("os.arch", "?").toLowerCase(Locale.ROOT);
    var archive = Binaries.class.getResource(ARCHIVE);
    if (!system.equals("Linux") || !machine.equals("amd64") || archive == null) {
      throw new PostgresException("Redress brings PostgreSQL for Linux on amd64 only, and this is " + system + " on "
          + machine + ". Give the URL of a PostgreSQL " + Database.OLDEST_VERSION + " or later with --database-url.");
    }
    return archive;
  }

  /** Version and checksum: two builds of one version never share a folder. */
  private static String mark(URL archive) throws IOException {
    var version = VERSION.matcher(archive.toString());
    var connection = archive.openConnection();
    var sum = connection instanceof JarURLConnection jar
        ? Long.toHexString(jar.getJarEntry().getCrc())
        : Long.toHexString(connection.getContentLengthLong());
    return (version.find() ? version.group(1) : MAJOR) + "-" + sum;
  }

  private static void unpack(URL archive, Path fresh) throws IOException {
    try (var tar = new TarArchiveInputStream(new XZInputStream(new BufferedInputStream(archive.openStream())))) {
      for (var entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        var target = fresh.resolve(entry.getName()).normalize();
        if (!target.startsWith(fresh)) {
          throw new IOException("entry outside the archive: " + entry.getName());
        }
        unpack(entry, tar, target);
      }
    }
    open(fresh);
  }

  private static void unpack(TarArchiveEntry entry, TarArchiveInputStream tar, Path target) throws IOException {
    if (entry.isDirectory()) {
      Files.createDirectories(target);
      return;
    }
    Files.createDirectories(target.getParent());
    if (entry.isSymbolicLink()) {
      Files.createSymbolicLink(target, Path.of(entry.getLinkName()));
    } else {
      Files.copy(tar, target);
      var mode = (entry.getMode() & 0111) == 0 ? "rw-r--r--" : "rwxr-xr-x";
      Files.setPosixFilePermissions(target, PosixFilePermissions.fromString(mode));
    }
  }

  /** Readable by whom the server runs as, whatever our own umask is. */
  private static void open(Path fresh) throws IOException {
    try (var all = Files.walk(fresh)) {
      for (var folder : all.filter(Files::isDirectory).toList()) {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
      }
    }
  }
}
