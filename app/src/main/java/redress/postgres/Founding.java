package redress.postgres;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How a data directory comes into being: whole or not at all. */
final class Founding {

  /** The role that owns everything, and its database. */
  static final String NAME = "redress";

  private static final Logger log = LoggerFactory.getLogger(Founding.class);

  // @formatter:off
  private static final List<String> INITDB = List.of(
      "--username", NAME, "--auth", "scram-sha-256", "--encoding", "UTF8", "--data-checksums", "--no-instructions",
      "--locale-provider", "builtin", "--builtin-locale", "C.UTF-8",  // code point order, on every machine the same
      "--lc-collate", "C", "--lc-messages", "C", "--lc-monetary", "C", "--lc-numeric", "C", "--lc-time", "C");
  // @formatter:on

  /** pg_trgm asks libc what a letter is, and under "C" nothing Chinese is one; the first that exists here is taken. */
  private static final List<String> LETTERS = List.of("C.UTF-8", "en_US.UTF-8");

  private final DataFolder folder;
  private final Binaries binaries;
  private final Footing footing;

  Founding(DataFolder folder, Binaries binaries, Footing footing) {
    this.folder = folder;
    this.binaries = binaries;
    this.footing = footing;
  }

  /** Makes the data directory if there is none, and refuses one of another version. */
  void ensure(boolean fromTemplate) throws IOException {
    if (Files.isDirectory(folder.cluster())) {
      refuseOtherVersion();
      if (!Files.exists(folder.passwordFile())) {
        log.warn("The password file is gone; giving {} a new password", NAME);
        folder.makePassword(footing);
        tell(folder.cluster(), List.of(setPassword()), true);
      }
      return;
    }
    var fresh = folder.home().resolve("pgdata.new");
    Binaries.delete(fresh); // of a start that was cut off
    folder.makePassword(footing);
    if (fromTemplate) {
      copy(template(), fresh);
      tell(fresh, List.of(setPassword()), false);
    } else {
      make(fresh, folder.passwordFile(), true);
    }
    Files.move(fresh, folder.cluster(), StandardCopyOption.ATOMIC_MOVE);
  }

  private void refuseOtherVersion() throws IOException {
    var version = Files.readString(folder.cluster().resolve("PG_VERSION")).strip();
    if (!version.equals(Binaries.MAJOR)) {
      throw new PostgresException(folder.cluster() + " was made by PostgreSQL " + version + ", and this is "
          + Binaries.MAJOR + ". Run that version and give its URL with --database-url, or give another --data.");
    }
  }

  private void make(Path cluster, Path passwordFile, boolean lasting) throws IOException {
    initdb(cluster, passwordFile, lasting);
    tell(cluster, List.of("CREATE DATABASE " + NAME), lasting);
  }

  private void initdb(Path cluster, Path passwordFile, boolean lasting) throws IOException {
    var said = "";
    for (var letters : LETTERS) {
      var command = new ArrayList<>(List.of(binaries.program("initdb").toString(), "--pgdata", cluster.toString(),
          "--pwfile", passwordFile.toString(), "--lc-ctype", letters));
      command.addAll(INITDB);
      if (!lasting) {
        command.add("--no-sync");
      }
      var run = run(command, "");
      if (run.status == 0) {
        return;
      }
      said = run.said;
      if (!said.contains("invalid locale name")) {
        break;
      }
    }
    throw new PostgresException("PostgreSQL could not make its data directory " + cluster + ":\n" + said.strip());
  }

  /** A data directory made once and copied often. */
  private Path template() throws IOException {
    var name = "template-" + binaries.folder().getFileName() + "-" + Integer.toHexString(INITDB.hashCode());
    var template = binaries.folder().resolveSibling(name);
    if (!Files.isDirectory(template)) {
      Binaries.appear(template, fresh -> {
        footing.own(fresh);
        make(fresh.resolve("pgdata"), folder.passwordFile(), false);
      });
    }
    return template.resolve("pgdata");
  }

  /** By cp: a thousand small files are quicker there than in a JVM that has just started. */
  private void copy(Path template, Path fresh) throws IOException {
    var run = run(List.of("cp", "-R", template.toString(), fresh.toString()), "");
    if (run.status != 0) {
      throw new IOException("the template cannot be copied: " + run.said.strip());
    }
  }

  private String setPassword() throws IOException {
    return "ALTER ROLE " + NAME + " PASSWORD '" + folder.password() + "'";
  }

  /** Tells PostgreSQL something while nobody can connect: no moment exists in which another password works. */
  private void tell(Path cluster, List<String> statements, boolean lasting) throws IOException {
    var run = run(List.of(binaries.program("postgres").toString(), "--single", "-D", cluster.toString(),
        "-c", "exit_on_error=on", "-c", "log_min_error_statement=panic", "-c", "log_checkpoints=off",
        "-c", "fsync=" + (lasting ? "on" : "off"), "template1"), String.join("\n", statements) + "\n");
    if (run.status != 0) {
      throw new PostgresException("PostgreSQL could not set up " + cluster + ":\n" + run.said.strip());
    }
  }

  private record Run(int status, String said) {}

  private Run run(List<String> command, String input) throws IOException {
    var builder = new ProcessBuilder(footing.command(command))
        .directory(folder.home().toFile())
        .redirectErrorStream(true);
    Postmaster.plainEnvironment(builder);
    var process = builder.start();
    try (var in = process.getOutputStream()) {
      in.write(input.getBytes(StandardCharsets.UTF_8));
    }
    var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    try {
      if (!process.waitFor(1, TimeUnit.MINUTES)) {
        process.destroyForcibly();
      }
      return new Run(process.waitFor(), said);
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }
}
