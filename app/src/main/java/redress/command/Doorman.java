package redress.command;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import redress.policy.Role;

/**
 * Who lets people in with a browser: the platform its buyers and merchants, an administrator the staff. What he needs
 * is kept in a file that only its owner can read, while the living centre runs.
 */
record Doorman(String server, String admin, String platform) {
  private static final String FILE = "centre.properties";

  /** Somebody who may come in: as what, for whom, and the page it begins with. */
  record Guest(Role role, String subject, @Nullable String person, @Nullable Long limit, String leads) {
    /** Somebody who speaks for itself without a bound. */
    static Guest of(Role role, String subject) {
      return new Guest(role, subject, null, null, "/");
    }
  }

  /** A new address that opens once. Throws {@link Trouble} when the centre will not have it. */
  String link(Guest guest) {
    var wish = new LinkedHashMap<String, Object>(Map.of("role", guest.role(), "subject", guest.subject(), "leads",
        guest.leads(), "validFor", "P14D"));
    if (guest.person() != null) wish.put("person", guest.person());
    if (guest.limit() != null) wish.put("limit", guest.limit());
    try (var lines = new Lines(server)) {
      var secret = guest.role().isStaff() ? admin : platform;
      var reply = new Visitor(lines, () -> secret).post("/v1/sign-in-links", wish, null);
      if (!reply.isDone()) throw new Trouble(server + " refuses: " + reply.code() + " " + reply.text("/detail"));
      return server + reply.text("/path");
    }
  }

  /** Keeps what he needs; the file. */
  Path keep(Path folder) {
    var file = folder.resolve(FILE);
    try {
      Files.createDirectories(folder);
      Files.deleteIfExists(file);
      Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      return Files.write(file, List.of("server=" + server, "admin=" + admin, "platform=" + platform), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("nothing can be kept in " + folder + "; choose another with --into", e);
    }
  }

  /** Nobody is let in any more. */
  static void forget(Path folder) throws IOException {
    Files.deleteIfExists(folder.resolve(FILE));
  }

  /** The one of the living centre that runs now. Throws {@link Trouble} when there is none. */
  static Doorman of(Path folder) {
    var kept = new Properties();
    try (var in = Files.newBufferedReader(folder.resolve(FILE), UTF_8)) {
      kept.load(in);
    } catch (IOException e) {
      throw new Trouble("no living centre runs here; start one with ./redress demo --keep, or name your server with"
          + " --server and --key-file");
    }
    return new Doorman(kept.getProperty("server", ""), kept.getProperty("admin", ""),
        kept.getProperty("platform", ""));
  }
}
