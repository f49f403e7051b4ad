package redress;

import java.time.Clock;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import redress.connect.WalletDatabase;
import redress.connect.WalletStatement;
import redress.desk.Clocks;
import redress.match.Matchmaker;
import redress.postgres.Database;
import redress.store.Books;
import redress.store.Errands;
import redress.store.FairPool;
import redress.store.Matches;
import redress.store.Records;
import redress.store.Statements;
import redress.store.TestClocks;

/** All that matching needs, put together without a server. */
public final class Ledgers implements AutoCloseable {
  private final WalletDatabase wallet;
  private final Matches matches;
  private final Matchmaker matchmaker;

  /** On the database of {@code owner}, which {@code ground} is a pool of. */
  public Ledgers(Database owner, FairPool ground, Clock clock) {
    var sql = JdbcClient.create(ground);
    var clocks = new Clocks(clock, new TestClocks(sql));
    wallet = WalletDatabase.open(owner);
    matches = new Matches(sql, new TransactionTemplate(new DataSourceTransactionManager(ground)));
    matchmaker = new Matchmaker(new WalletStatement(wallet, new Statements(ground))::take, new Records(sql),
        new Books(sql), matches, new Errands(sql), clocks::now);
  }

  /** What runs the matcher. */
  public Matchmaker matchmaker() {
    return matchmaker;
  }

  /** What it found. */
  public Matches matches() {
    return matches;
  }

  @Override public void close() {
    wallet.close();
  }
}
