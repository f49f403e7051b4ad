package redress.command;

import java.io.IOException;
import java.util.function.Consumer;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.transaction.support.TransactionTemplate;
import redress.evidence.Soundness;
import redress.evidence.Soundness.Broken;
import redress.evidence.Soundness.Found;
import redress.postgres.Database;
import redress.store.Kept;
import redress.vault.Vaults;

/** Hashes again every file that a database says is in a vault. */
final class Rehash {
  private Rehash() {}

  /** Hashes all; {@code broken} hears of each that has changed or is gone. */
  static Found of(Database database, String place, Consumer<Broken> broken) {
    var source = new DriverManagerDataSource(database.url(), database.user(), database.password());
    var kept = new Kept(JdbcClient.create(source), new TransactionTemplate(new DataSourceTransactionManager(source)));
    try (var vault = Vaults.open(place, new StandardEnvironment()::getProperty)) {
      return Soundness.check(vault, kept, broken);
    } catch (Vaults.Unusable e) {
      throw new Trouble("the vault: " + e.getMessage());
    } catch (IOException e) {
      throw new Trouble("the vault cannot be read: " + e.getMessage());
    } catch (DataAccessException e) {
      throw new Trouble("the database cannot be asked for its files: " + e.getMostSpecificCause().getMessage());
    }
  }
}
