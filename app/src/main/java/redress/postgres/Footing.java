package redress.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** As whom a PostgreSQL program is run, because as root it refuses. */
sealed interface Footing {

  /** As we are: an ordinary user. */
  record Ourselves() implements Footing {}

  /** As root without its powers, in a user namespace of its own. */
  record OwnNamespace() implements Footing {}

  /** As an unprivileged user, to whom the folder then belongs. */
  record Unprivileged(int uid, int gid) implements Footing {}

  /** The user and group "nobody" of every Linux; initdb wants one that has a name. */
  int NOBODY = 65534;

  /**
   * The footing that works on this machine for a server on this folder.
   *
   * @throws PostgresException if we are root and cannot shed it
   */
  static Footing on(Path folder) {
    if (uid(Path.of("/proc/self")) != 0) {
      return new Ourselves();
    }
    var owner = uid(folder);
    if (owner == 0 && runs("unshare", "-U", "true")) {
      return new OwnNamespace();
    }
    var user = owner == 0 ? new Unprivileged(NOBODY, NOBODY) : new Unprivileged(owner, gid(folder));
    if (runs(user.command(List.of("true")))) {
      return user;
    }
    throw new PostgresException("PostgreSQL must not run as root, and neither unshare nor setpriv (of util-linux)"
        + " works here. Start as an ordinary user, or give the URL of a PostgreSQL with --database-url.");
  }

  /** The command line that runs a short-lived program on this footing. */
  default List<String> command(List<String> program) {
    var line = new ArrayList<String>();
    switch (this) {
      case Ourselves _ -> {}
      case OwnNamespace _ -> line.addAll(List.of("unshare", "-U"));
      case Unprivileged(int uid, int gid) -> line.addAll(List.of("setpriv", "--reuid", Integer.toString(uid),
          "--regid", Integer.toString(gid), "--clear-groups"));
    }
    line.addAll(program);
    return line;
  }

  /**
   * The command line of the server: in a session of its own, so that Ctrl-C at the console reaches us and not it, and
   * shut down by the kernel when the thread that started it ends.
   */
  default List<String> server(List<String> program) {
    var line = new ArrayList<String>();
    if (runs("setsid", "true")) {
      line.add("setsid");
    }
    line.addAll(command(List.of()));
    if (diesWithUs()) {
      if (!(this instanceof Unprivileged)) {
        line.add("setpriv");
      }
      line.addAll(List.of("--pdeathsig", "INT"));
    }
    line.addAll(program);
    return line;
  }

  /** Whether the kernel ends the server when our process ends, however it ends. */
  static boolean diesWithUs() {
    return runs("setpriv", "--pdeathsig", "INT", "true");
  }

  /** Makes a file or folder that we created belong to whom the server runs as. */
  default void own(Path path) throws IOException {
    if (this instanceof Unprivileged(int uid, int gid)) {
      Files.setAttribute(path, "unix:uid", uid, LinkOption.NOFOLLOW_LINKS);
      Files.setAttribute(path, "unix:gid", gid, LinkOption.NOFOLLOW_LINKS);
    }
  }

  private static int uid(Path path) {
    return number(path, "unix:uid");
  }

  private static int gid(Path path) {
    return number(path, "unix:gid");
  }

  private static int number(Path path, String attribute) {
    try {
      return ((Number) Files.getAttribute(path, attribute)).intValue();
    } catch (IOException e) {
      throw new PostgresException("Cannot see whom " + path + " belongs to: " + e.getMessage(), e);
    }
  }

  /** Whether a program is here and succeeds. */
  static boolean runs(String... command) {
    return runs(List.of(command));
  }

  private static boolean runs(List<String> command) {
    try {
      var process = new ProcessBuilder(command)
          .redirectErrorStream(true)
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .start();
      return process.waitFor(1, TimeUnit.MINUTES) && process.exitValue() == 0;
    } catch (IOException e) {
      return false; // not installed
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
