package redress.postgres;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** PostgreSQL processes that still run on a data directory although whoever started them is gone. */
final class Survivors {

  private static final Logger log = LoggerFactory.getLogger(Survivors.class);

  private final Path cluster;

  Survivors(Path cluster) {
    this.cluster = cluster;
  }

  /**
   * Ends them, kindly first, and removes the mark of a server that is gone; the caller holds the folder's lock.
   *
   * @throws PostgresException if one of them can be neither seen nor ended
   */
  void end() {
    if (!gone(Duration.ZERO)) {
      log.warn("A PostgreSQL that outlived its launcher still runs on {}; ending it", cluster);
      marked().ifPresent(pid -> signal("INT", pid));
      if (!gone(Duration.ofSeconds(marked().isPresent() ? 20 : 2))) {
        processes().forEach(pid -> signal("QUIT", pid));
      }
      if (!gone(Duration.ofSeconds(5))) {
        processes().forEach(pid -> signal("KILL", pid));
      }
      if (!gone(Duration.ofSeconds(5))) {
        throw new PostgresException("PostgreSQL processes " + processes() + " still run on " + cluster
            + " and cannot be ended. End them by hand, then start again.");
      }
    }
    removeStaleMark();
  }

  /** Waits until the last one is gone. */
  boolean gone(Duration time) {
    return Patience.until(time, () -> processes().isEmpty());
  }

  /** PostgreSQL sits in its data directory, which tells its processes from all others. */
  List<Long> processes() {
    var found = new ArrayList<Long>();
    try (var all = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
      for (var process : all) {
        if (isServer(process) && cluster.equals(workingFolder(process))) {
          found.add(Long.parseLong(process.getFileName().toString()));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return found;
  }

  static void signal(String name, long pid) {
    try {
      // The shell's own kill: Java can only terminate, and slim systems have no other.
      new ProcessBuilder("/bin/sh", "-c", "kill -s \"$0\" \"$1\"", name, Long.toString(pid))
          .redirectErrorStream(true)
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .start()
          .waitFor(5, TimeUnit.SECONDS);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** The process that postmaster.pid names. */
  private OptionalLong marked() {
    try {
      var lines = Files.readAllLines(cluster.resolve("postmaster.pid"));
      return lines.isEmpty() ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(lines.getFirst().strip()));
    } catch (IOException | NumberFormatException e) {
      return OptionalLong.empty(); // no mark, or one cut off by a crash
    }
  }

  /** A number given anew to some other process would make PostgreSQL refuse for ever. */
  private void removeStaleMark() {
    var mark = cluster.resolve("postmaster.pid");
    if (!Files.exists(mark)) {
      return;
    }
    marked().ifPresent(this::refuseHidden);
    try {
      Files.deleteIfExists(mark);
      log.info("Removed postmaster.pid of a server that is gone");
    } catch (IOException e) {
      throw new PostgresException("The mark of an old server cannot be removed: " + mark, e);
    }
  }

  private void refuseHidden(long pid) {
    var process = Path.of("/proc", Long.toString(pid));
    if (isServer(process) && isHidden(process)) {
      throw new PostgresException("Process " + pid + ", a PostgreSQL of another user, seems to run on " + cluster
          + ". Stop it, or if it serves another folder, delete " + cluster.resolve("postmaster.pid") + ".");
    }
  }

  private static boolean isServer(Path process) {
    try {
      return Files.readString(process.resolve("comm")).startsWith("postgres");
    } catch (IOException e) {
      return false; // ended while we looked
    }
  }

  private static boolean isHidden(Path process) {
    try {
      Files.readSymbolicLink(process.resolve("cwd"));
      return false;
    } catch (AccessDeniedException e) {
      return true;
    } catch (IOException e) {
      return false; // ended, and not yet buried by its parent
    }
  }

  private static Path workingFolder(Path process) {
    try {
      return Files.readSymbolicLink(process.resolve("cwd"));
    } catch (IOException e) {
      return process; // ended while we looked, or another user's
    }
  }
}
