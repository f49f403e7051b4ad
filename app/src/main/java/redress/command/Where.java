package redress.command;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import redress.postgres.Database;
import redress.postgres.EmbeddedPostgres;
import redress.postgres.Options;
import redress.postgres.PostgresException;

/** Which database a command is about; servers may be working on it. */
final class Where {
  @Option(names = "--data", paramLabel = "FOLDER",
      description = "A server's data folder, whether it runs or not; 'data' when left out.") Path data =
          Path.of("data");

  @Option(names = "--database-url", paramLabel = "URL",
      description = "A PostgreSQL elsewhere, as a role that may read everything; user and password also from"
          + " PGUSER and PGPASSWORD.")
  @Nullable String databaseUrl;

  /** Does {@code work} there, starting the database meanwhile if it does not run. Throws Trouble when there is none. */
  int on(ToIntFunction<Database> work) {
    if (databaseUrl != null) return work.applyAsInt(Addresses.external(databaseUrl, System.getenv()));
    if (!Files.isDirectory(data.resolve("postgres"))) {
      throw new Trouble("there is no database in " + data.toAbsolutePath().normalize()
          + "; name another with --data or --database-url");
    }
    var running = EmbeddedPostgres.running(data);
    if (running.isPresent()) return work.applyAsInt(running.get());
    try (var postgres = EmbeddedPostgres.start(data, Options.lasting())) {
      return work.applyAsInt(postgres.database());
    } catch (PostgresException e) {
      throw new Trouble(String.valueOf(e.getMessage()));
    }
  }
}
