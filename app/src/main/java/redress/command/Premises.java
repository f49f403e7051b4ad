package redress.command;

import java.net.BindException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.web.server.PortInUseException;
import org.springframework.transaction.support.TransactionTemplate;
import redress.Centre;
import redress.connect.Account;
import redress.door.Caller.Scope;
import redress.door.Keys;
import redress.keys.Keyring;
import redress.keys.Purpose;
import redress.policy.Role;
import redress.postgres.Database;
import redress.postgres.EmbeddedPostgres;
import redress.postgres.Options;
import redress.postgres.PostgresException;
import redress.store.ApiKeys;
import redress.vault.Vaults;

/** A centre and the database it works on, opened together and closed in the right order. */
final class Premises implements AutoCloseable {
  private static final String NOT_ALLOWED = "42501";

  private final @Nullable EmbeddedPostgres postgres;
  private final Database database;
  private final Centre centre;
  private final String scheme;

  private Premises(@Nullable EmbeddedPostgres postgres, Database database, Centre.Settings settings) {
    this.postgres = postgres;
    this.database = database;
    try {
      database.check();
      centre = Centre.open(database, settings);
    } catch (RuntimeException e) {
      if (postgres != null) postgres.close();
      throw trouble(e, settings.address());
    }
    scheme = settings.reach().scheme();
  }

  /** What the person at the keyboard can mend, in a sentence; anything else as it is. */
  private static RuntimeException trouble(RuntimeException e, String address) {
    for (Throwable why = e; why != null; why = why.getCause()) {
      if (why instanceof PortInUseException taken) {
        return new Trouble("port " + taken.getPort() + " is in use; choose another with --port");
      }
      if (why instanceof Vaults.Unusable unusable) return new Trouble("the vault: " + unusable.getMessage());
      if (why instanceof Keyring.Unusable unusable) return new Trouble("the keys: " + unusable.getMessage());
      if (why instanceof Account.Wrong wrong) return new Trouble("the accounts at providers: " + wrong.getMessage());
      if (why instanceof BindException) {
        return new Trouble("nothing can listen on " + address + ", which is no address of this machine; choose another"
            + " with --address");
      }
      if (why instanceof SQLException refused && NOT_ALLOWED.equals(refused.getSQLState())) {
        return new Trouble("the database refuses: " + refused.getMessage()
            + "; give a role with --database-url that may create roles and schemas");
      }
    }
    return e;
  }

  /** On a PostgreSQL of its own that is gone afterwards. */
  static Premises throwaway(Centre.Settings settings) {
    try {
      return embedded(EmbeddedPostgres.throwaway(), settings);
    } catch (PostgresException e) {
      throw new Trouble(said(e));
    }
  }

  /**
   * On a PostgreSQL of its own whose data is in {@code data}, with files and keys beside it unless the settings name
   * other places; a second process on the same folder is refused.
   */
  static Premises in(Path data, Centre.Settings settings) {
    var keeping = settings.vault().isEmpty() ? settings.keeping(data.resolve("vault").toString()) : settings;
    var signing = keeping.keys().isEmpty() ? keeping.signing(data.resolve("keys").toString()) : keeping;
    try {
      return embedded(EmbeddedPostgres.start(data, Options.lasting()), signing);
    } catch (PostgresException e) {
      throw new Trouble(said(e));
    }
  }

  /** On a PostgreSQL that somebody else runs, which several centres may share. */
  static Premises on(String url, Centre.Settings settings) {
    try {
      return new Premises(null, Addresses.external(url, System.getenv()), settings);
    } catch (PostgresException e) {
      throw new Trouble(said(e));
    }
  }

  private static Premises embedded(EmbeddedPostgres postgres, Centre.Settings settings) {
    return new Premises(postgres, postgres.database(), settings);
  }

  private static String said(PostgresException e) {
    return e.getMessage() == null ? e.toString() : e.getMessage();
  }

  Centre centre() {
    return centre;
  }

  Database database() {
    return database;
  }

  /** Where it is spoken to. */
  String address() {
    return scheme + "://127.0.0.1:" + centre.port();
  }

  /** How often its own PostgreSQL had to be started again; 0 for somebody else's. */
  int restarts() {
    return postgres == null ? 0 : postgres.restarts();
  }

  /** Whether nobody has ever been given a key of this role. */
  boolean lacksKeyOf(Role role) {
    return centre.the(Keys.class).all().stream().noneMatch(key -> key.role() == role && key.revokedAt() == null);
  }

  /** The first key there is, for test payments, from which all others follow through the API. */
  String firstKey() {
    return centre.the(Keys.class).issue(first(false)).secret();
  }

  /** The key that the log of test payments is signed with, as anybody may know it from elsewhere. */
  String logKey() {
    return centre.the(Keyring.class).current(Purpose.TEST_LOG).noteKey().line();
  }

  /**
   * Makes the first key there is, for live payments, unless somebody has one; {@code keep} has its secret before it
   * opens anything. Servers that start on one database at once make one between them.
   *
   * @return whether this call made it
   */
  boolean firstKey(Consumer<String> keep) {
    return Boolean.TRUE.equals(centre.the(TransactionTemplate.class).execute(_ -> {
      centre.the(ApiKeys.class).alone();
      if (!lacksKeyOf(Role.ADMIN)) return false;
      centre.the(Keys.class).issue(first(true), keep);
      return true;
    }));
  }

  private static Keys.Wish first(boolean live) {
    return new Keys.Wish(Role.ADMIN, "admin", "", Set.of(Scope.values()), 0, Set.of(), live, "first key");
  }

  @Override public void close() {
    try {
      centre.close();
    } finally {
      if (postgres != null) postgres.close();
    }
  }
}
