package redress.lab.bench;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** What a figure was seen on: without that it says nothing. */
record Machine(int cores, String processor, long memoryGiB, String system, String java, String commit) {
  private static final long NANOS_A_TICK = 10_000_000;

  /** This machine, and the commit that the sources under {@code root} are at. */
  static Machine here(Path root) {
    return new Machine(Runtime.getRuntime().availableProcessors(), field("/proc/cpuinfo", "model name"), memory(),
        System.getProperty("os.name") + " " + System.getProperty("os.version"),
        System.getProperty("java.vendor.version", "") + " " + Runtime.version(), commit(root));
  }

  private static long memory() {
    var system = (com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    return system.getTotalMemorySize() >> 30;
  }

  /** The processor time this process has used so far, in nanoseconds. */
  static long cpuNanos() {
    var system = (com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    return system.getProcessCpuTime();
  }

  /**
   * The same with the process {@code pid}, those that it started, and those of them that have ended; 0 for these where
   * the system does not tell (anything but Linux).
   */
  static long cpuNanos(long pid) {
    return cpuNanos() + Stream.concat(Stream.of(pid), ProcessHandle.of(pid).stream().flatMap(ProcessHandle::descendants)
        .map(ProcessHandle::pid)).mapToLong(Machine::ticks).sum() * NANOS_A_TICK;
  }

  /** User and system time, its own and of its children that have ended: fields 14 to 17 of proc(5). */
  private static long ticks(long pid) {
    try {
      var said = Files.readString(Path.of("/proc/" + pid + "/stat"));
      var fields = said.substring(said.lastIndexOf(')') + 2).split(" ");
      long sum = 0;
      for (int i = 11; i <= 14; i++) sum += Long.parseLong(fields[i]);
      return sum;
    } catch (IOException _) {
      return 0;
    }
  }

  private static String field(String file, String name) {
    try {
      return Files.readAllLines(Path.of(file)).stream().filter(line -> line.startsWith(name))
          .map(line -> line.substring(line.indexOf(':') + 1).strip()).findFirst().orElse("unknown");
    } catch (IOException _) {
      return "unknown";
    }
  }

  private static String commit(Path root) {
    try {
      var git = new ProcessBuilder("git", "-C", root.toString(), "describe", "--always", "--dirty")
          .redirectErrorStream(true).start();
      var said = new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
      return git.waitFor(5, TimeUnit.SECONDS) && git.exitValue() == 0 ? said : "unknown";
    } catch (IOException _) {
      return "unknown";
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return "unknown";
    }
  }

  @Override public String toString() {
    return "%d cores of %s, %d GiB; %s; Java %s; embedded PostgreSQL 18 with fsync on, on the same machine"
        .formatted(cores, processor, memoryGiB, system, java.strip());
  }
}
