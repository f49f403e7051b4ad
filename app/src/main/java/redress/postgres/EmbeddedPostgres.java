package redress.postgres;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A PostgreSQL server that belongs to this process: started with it, kept running by it, ended with it. */
public final class EmbeddedPostgres implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(EmbeddedPostgres.class);

  private final DataFolder folder;
  private final Keeper keeper;
  private final Database database;
  private final int port;
  private final @Nullable Path throwaway;
  private @Nullable Thread lastWill;

  private EmbeddedPostgres(DataFolder folder, Keeper keeper, int port, String password, @Nullable Path throwaway) {
    this.folder = folder;
    this.keeper = keeper;
    this.port = port;
    this.throwaway = throwaway;
    this.database = at(port, password);
  }

  /**
   * Starts a server on a data folder, made if there is none. What an earlier run left behind is cleared away: a stale
   * postmaster.pid, a server that outlived its launcher, half a data directory.
   *
   * @param data the folder of this installation; PostgreSQL takes {@code data/postgres}
   * @throws PostgresException with words for the person at the console, if it cannot be
   */
  public static EmbeddedPostgres start(Path data, Options options) {
    return start(data, options, null);
  }

  /** Starts a server on a new folder under the temporary directory, deleted on {@link #close}. */
  public static EmbeddedPostgres throwaway() {
    return throwaway(Options.throwaway());
  }

  /** Starts a server on a new folder under the temporary directory, deleted on {@link #close}. */
  public static EmbeddedPostgres throwaway(Options options) {
    @Nullable Path data = null;
    try {
      data = Files.createTempDirectory("redress-");
      return start(data, options, data);
    } catch (IOException e) {
      throw new PostgresException("No temporary folder can be made: " + e.getMessage(), e);
    } catch (PostgresException e) {
      deleteAfter(e, data);
      throw e;
    }
  }

  /** The server that some process runs on a data folder now; empty when none answers. */
  public static Optional<Database> running(Path data) {
    var home = data.resolve("postgres");
    try {
      int port = Integer.parseInt(Files.readString(home.resolve("port")).strip());
      var database = at(port, Files.readString(home.resolve("password")).strip());
      try (var _ = database.connect()) {
        return Optional.of(database);
      }
    } catch (IOException | NumberFormatException | SQLException e) {
      log.debug("Nothing answers in {}: {}", data, e.toString());
      return Optional.empty();
    }
  }

  private static Database at(int port, String password) {
    var url = "jdbc:postgresql://127.0.0.1:" + port + "/" + Founding.NAME + "?sslmode=disable&gssEncMode=disable";
    return new Database(url, Founding.NAME, password);
  }

  /** Where to connect, and as whom: the owner of everything, whose password is in the data folder. */
  public Database database() {
    return database;
  }

  /** The JDBC URL, without user and password. */
  public String jdbcUrl() {
    return database.url();
  }

  /** The port of 127.0.0.1 the server listens on, the same for the whole run. */
  public int port() {
    return port;
  }

  /** The server's process now; another one after a crash. */
  public long pid() {
    return keeper.pid();
  }

  /** How often the server had to be started again since the start. */
  public int restarts() {
    return keeper.restarts();
  }

  /** Ends the server, everything written down, and gives the data folder free. */
  public synchronized void stop() {
    keeper.stop();
    folder.close();
    forgetLastWill();
  }

  /** Ends the server, and deletes its folder if it is a throwaway. */
  @Override public void close() {
    stop();
    if (throwaway != null) {
      try {
        Binaries.delete(throwaway);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private static void deleteAfter(PostgresException failure, @Nullable Path data) {
    try {
      if (data != null) {
        Binaries.delete(data);
      }
    } catch (IOException e) {
      failure.addSuppressed(e);
    }
  }

  private static EmbeddedPostgres start(Path data, Options options, @Nullable Path throwaway) {
    var began = System.nanoTime();
    var folder = DataFolder.take(data);
    try {
      var footing = Footing.on(folder.home());
      footing.own(folder.home());
      if (throwaway != null) {
        footing.own(throwaway);
      }
      var binaries = Binaries.in(options.cache().orElseGet(() -> cache(footing)));
      new Survivors(folder.cluster()).end();
      new Founding(folder, binaries, footing).ensure(options.fromTemplate());
      var password = folder.password();
      var keeper = new Keeper(folder, binaries, footing, options);
      var postgres = new EmbeddedPostgres(folder, keeper, keeper.start(), password, throwaway);
      postgres.makeLastWill();
      var ms = (System.nanoTime() - began) / 1_000_000;
      log.info("PostgreSQL runs on port {}, data in {}, started in {} ms", postgres.port, folder.home(), ms);
      return postgres;
    } catch (IOException e) {
      folder.close();
      throw new PostgresException("PostgreSQL cannot be set up in " + data + ": " + e, e);
    } catch (RuntimeException e) {
      folder.close();
      throw e;
    }
  }

  static Path cache(Footing footing) {
    var named = System.getProperty("redress.cache", System.getenv().getOrDefault("REDRESS_CACHE", ""));
    if (!named.isEmpty()) {
      return Path.of(named);
    }
    if (footing instanceof Footing.Unprivileged) {
      return Path.of("/var/cache/redress"); // root's own cache cannot be read by anybody else
    }
    return Optional.ofNullable(System.getenv("XDG_CACHE_HOME")).map(Path::of)
        .orElseGet(() -> Path.of(System.getProperty("user.home"), ".cache"))
        .resolve("redress");
  }

  /** Where the kernel cannot tie the server's life to ours, an orderly exit still ends it. */
  private void makeLastWill() {
    if (!Footing.diesWithUs()) {
      lastWill = new Thread(keeper::stop, "postgres-last-will");
      Runtime.getRuntime().addShutdownHook(lastWill);
    }
  }

  private void forgetLastWill() {
    var will = lastWill;
    lastWill = null;
    if (will != null && Thread.currentThread() != will) {
      try {
        Runtime.getRuntime().removeShutdownHook(will);
      } catch (IllegalStateException e) {
        log.debug("Already shutting down");
      }
    }
  }
}
