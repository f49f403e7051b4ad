package redress;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.sql.SQLException;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import redress.postgres.Database;
import redress.seal.Digest;
import redress.store.FairPool;
import redress.store.Schema;

/** What everything stands on: a database with our tables in it, seen as the application sees it. */
public final class Ground {
  private Ground() {}

  /**
   * Brings the tables up to date and opens a pool of {@code connections} as the application's role. {@code owner} is a
   * role
   * that may create roles and schemas.
   */
  public static FairPool open(Database owner, int connections) throws SQLException {
    var ownerPassword = Digest.keyed(owner.password().getBytes(UTF_8), Schema.OWNER);
    try (var admin = owner.connect()) {
      Schema.found(admin, ownerPassword, appPassword(owner));
    }
    Schema.migrate(new DriverManagerDataSource(owner.url(), Schema.OWNER, ownerPassword));
    return new FairPool(owner.url(), Schema.APP, appPassword(owner), connections);
  }

  /** Follows from the owner's password, so that every process finds it and nobody has to keep it. */
  static String appPassword(Database owner) {
    return Digest.keyed(owner.password().getBytes(UTF_8), Schema.APP);
  }
}
