package redress.connect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import redress.check.Facts;
import redress.dispute.Payment;

class AccountsTest {
  @TempDir Path folder;

  private Accounts read(String json) {
    try {
      return Accounts.read(Files.writeString(folder.resolve("providers.json"), json.replace('\'', '"')));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static Account account(Map<String, String> settings) {
    return new Account("SHOP", "BOOK", true, settings);
  }

  /** A kind of provider that keeps the names of its accounts and never answers. */
  private record Book() implements Connector {
    @Override public String kind() {
      return "BOOK";
    }

    @Override public Provider open(Account account) {
      return new Silent(account.only("shelf").need("shelf"));
    }
  }

  private record Silent(String name) implements Provider {
    @Override public Facts.Transaction find(String payment, Instant at) {
      return new Facts.Transaction(false, false, false, 0, null, 0);
    }

    @Override public Answer refund(RefundOrder order, Instant at) {
      return new Answer.Unknown();
    }

    @Override public Answer ask(RefundOrder order, Instant at) {
      return new Answer.Unknown();
    }

    @Override public Optional<List<RefundRecord>> records(String payment, Instant at) {
      return Optional.empty();
    }

    @Override public Heard read(Callback callback, Instant at) {
      return new Heard.Forged("nobody writes to a book");
    }
  }

  @Test void accounts_are_read_with_their_settings_and_secrets_from_files_beside_them() throws IOException {
    Files.writeString(folder.resolve("shop.key"), "\nabc\n");
    var shop = read("""
        [{'name':'SHOP-1','kind':'BOOK','live':true,'shelf':7,'strict':false,'keyFile':'shop.key'},
         {'name':'SHOP-2','kind':'BOOK','live':false}]""").all();
    assertThat(shop).extracting(Account::name).containsExactly("SHOP-1", "SHOP-2");
    assertThat(shop).extracting(Account::live).containsExactly(true, false);
    assertThat(shop.getFirst().need("shelf")).isEqualTo("7");
    assertThat(shop.getFirst().get("strict", "true")).isEqualTo("false");
    assertThat(shop.getFirst().secret("key")).isEqualTo("abc");
    assertThat(shop.getLast().get("shelf", "none")).isEqualTo("none");
    assertThat(shop.toString()).doesNotContain("abc").doesNotContain("shop.key");
  }

  @ParameterizedTest @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
      {}                                                                        | is no list of accounts
      [1]                                                                       | an account is no object
      [{'kind':'BOOK','live':true}]                                             | account '': name needs
      [{'name':'A B','kind':'BOOK','live':true}]                                | account 'A B': name needs
      [{'name':'A','live':true}]                                                | account A: kind is missing
      [{'name':'A','kind':'BOOK'}]                                              | account A: live has to be
      [{'name':'A','kind':'BOOK','live':'yes'}]                                 | account A: live has to be
      [{'name':'A','kind':'BOOK','live':true,'shelf':{}}]                       | account A: shelf has to be
      [{'name':'WALLET','kind':'BOOK','live':true}]                             | account WALLET: name is the built-in
      [{'name':'A','kind':'B','live':true},{'name':'A','kind':'C','live':true}] | account A: name is another account's
      [{'name':'A','name':'B'}]                                                 | is no JSON: line 1
      [{'name'                                                                  | is no JSON: line 1
      """) void what_is_wrong_is_told_with_account_and_field(String json, String told) {
    assertThatThrownBy(() -> read(json)).isInstanceOf(IllegalArgumentException.class).hasMessageContaining(told);
  }

  @Test void a_secret_never_stands_in_the_file_and_is_never_told() {
    assertThatThrownBy(() -> account(Map.of("key", "abc")).secret("key")).isInstanceOf(Account.Wrong.class)
        .hasMessageContaining("account SHOP: key must not stand here").hasMessageNotContaining("abc");
    assertThatThrownBy(() -> account(Map.of()).secret("key")).hasMessageContaining("keyFile is missing (or keyEnv");
    assertThatThrownBy(() -> account(Map.of("keyFile", folder + "/none")).secret("key"))
        .hasMessageContaining("keyFile cannot be read");
    assertThatThrownBy(() -> account(Map.of("keyEnv", "REDRESS_NEVER_SET")).secret("key"))
        .hasMessageContaining("keyEnv names REDRESS_NEVER_SET, which holds nothing");
    assertThatThrownBy(() -> account(Map.of("keyEnv", "PATH", "keyFile", "x")).secret("key"))
        .hasMessageContaining("one is enough");
    assertThat(account(Map.of("keyEnv", "PATH")).secret("key")).isEqualTo(System.getenv("PATH"));
  }

  @Test void settings_nobody_reads_and_addresses_that_lead_nowhere_are_refused() {
    assertThatThrownBy(() -> account(Map.of("shelve", "7")).only("shelf", "key"))
        .hasMessage("account SHOP: shelve is no setting of BOOK");
    assertThat(account(Map.of("shelf", "7", "keyFile", "x")).only("shelf", "key").need("shelf")).isEqualTo("7");
    assertThat(account(Map.of("at", "http://127.0.0.1:81/")).address("at", "")).isEqualTo("http://127.0.0.1:81");
    for (var nowhere : List.of("ftp://a.example", "a.example", "https://", "https://a b"))
      assertThatThrownBy(() -> account(Map.of("at", nowhere)).address("at", "")).hasMessageContaining("at is no http");
  }

  @Test void each_account_is_opened_by_the_connector_of_its_kind() {
    var accounts = read("[{'name':'A','kind':'BOOK','live':true,'shelf':'first'}]");
    assertThat(accounts.open(List.of(new Book()))).singleElement()
        .satisfies(opened -> assertThat(opened.provider().name()).isEqualTo("first"));
    assertThatThrownBy(() -> read("[{'name':'A','kind':'BANK','live':true}]").open(List.of(new Book())))
        .isInstanceOf(Account.Wrong.class).hasMessage("account A: kind is BANK, not one of BOOK");
    assertThatThrownBy(() -> read("[{'name':'A','kind':'BOOK','live':true}]").open(List.of(new Book())))
        .hasMessage("account A: shelf is missing");
  }

  @Test void test_payments_never_reach_a_live_account_nor_live_ones_a_test_account() {
    var live = new Account("LIVE", "BOOK", true, Map.of());
    var test = new Account("TEST", "BOOK", false, Map.of());
    var providers = new Providers(List.of(new Silent("BOTH")),
        List.of(new Accounts.Opened(live, new Silent("LIVE")), new Accounts.Opened(test, new Silent("TEST"))));
    assertThat(providers.names()).containsExactlyInAnyOrder("BOTH", "LIVE", "TEST");
    assertThat(providers.of(payment("LIVE", true))).isPresent();
    assertThat(providers.of(payment("LIVE", false))).isEmpty();
    assertThat(providers.of(payment("TEST", true))).isEmpty();
    assertThat(providers.of(payment("TEST", false))).isPresent();
    assertThat(providers.of(payment("BOTH", true))).isPresent();
    assertThat(providers.of(payment("BOTH", false))).isPresent();
    assertThat(providers.of(payment("NONE", true))).isEmpty();
    assertThatThrownBy(() -> new Providers(List.of(new Silent("A"), new Silent("A"))))
        .isInstanceOf(IllegalStateException.class);
  }

  private static Payment payment(String provider, boolean live) {
    return Payment.registered("p-1", "buyer-1", "shop-1", 100, "EUR", Set.of(), Instant.EPOCH, provider, live);
  }
}
