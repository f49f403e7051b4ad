package redress.errand;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.DriverManager;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import redress.connect.WalletDatabase;

class SeparateBooksTest {
  private static World world;

  @BeforeAll static void open() {
    world = new World();
    world.pay("separate", null);
  }

  @AfterAll static void close() {
    world.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"payment", "refund", "line",
      "behaviour"}) void the_desks_role_can_neither_read_nor_write_the_wallets_books(String table) throws SQLException {
    var database = world.database;
    try (var desk = DriverManager.getConnection(database.url(), database.user(), database.password());
        var sql = desk.createStatement()) {
      assertThatThrownBy(() -> sql.executeQuery("select * from wallet." + table)).isInstanceOf(SQLException.class)
          .hasMessageContaining("permission denied");
      assertThatThrownBy(() -> sql.executeUpdate("delete from wallet." + table)).isInstanceOf(SQLException.class)
          .hasMessageContaining("permission denied");
    }
  }

  @Test void the_desks_role_cannot_become_the_wallets() throws SQLException {
    var database = world.database;
    try (var desk = DriverManager.getConnection(database.url(), database.user(), database.password());
        var sql = desk.createStatement()) {
      assertThatThrownBy(() -> sql.execute("set role " + WalletDatabase.ROLE)).isInstanceOf(SQLException.class)
          .hasMessageContaining("permission denied to set role");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"payment", "dispute", "event", "ledger_line", "errand",
      "party_contact"}) void the_wallets_role_sees_nothing_of_ours(String table) throws SQLException {
    assertThat(world.paid("separate", World.MORNING)).isEmpty();
    try (var wallet = world.walletConnection(); var sql = wallet.createStatement()) {
      assertThatThrownBy(() -> sql.executeQuery("select * from public." + table)).isInstanceOf(SQLException.class)
          .hasMessageContaining("permission denied");
    }
  }
}
