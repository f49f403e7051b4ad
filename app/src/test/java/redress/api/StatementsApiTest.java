package redress.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import redress.api.Server.Reply;
import redress.policy.Role;

/** Statements over HTTP. */
class StatementsApiTest {
  private static final String LIMIT = "redress.statement.limit";
  private static final int LARGEST = 50_000;
  private static Server server;
  private static String finance;

  @BeforeAll static void open() {
    System.setProperty(LIMIT, Integer.toString(LARGEST));
    try {
      server = new Server();
    } finally {
      System.clearProperty(LIMIT);
    }
    finance = server.key(Role.FINANCE, "finance-1");
  }

  @AfterAll static void close() {
    server.close();
  }

  private static String sample(String name) throws IOException {
    try (var in = StatementsApiTest.class.getResourceAsStream("/statements/made/" + name)) {
      assertThat(in).isNotNull();
      return new String(in.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
    }
  }

  private static Reply send(String key, String query, String body) {
    return server.post(key, "/v1/statements" + query, body, "Content-Type", "application/octet-stream");
  }

  @Test void a_statement_is_taken_in_listed_and_told_of_its_payment() throws IOException {
    server.put(server.key(Role.PLATFORM, "platform-1"), "/v1/payments/p-stated", """
        {"payer":"buyer-1","merchant":"shop-1","amount":10000,"currency":"CNY","capturedAt":"2026-03-01T01:00:05Z",
         "provider":"WX-1","atProvider":"order-1"}""");
    var taken = send(finance, "?book=WX-1&name=bill.csv", sample("wechatpay-overlap-1.csv"));
    assertThat(taken.status()).as(taken.text()).isEqualTo(200);
    var figures = taken.json();
    assertThat(figures.path("format").asString()).isEqualTo("wechatpay-bill");
    assertThat(figures.path("lines").asLong()).isEqualTo(3);
    assertThat(figures.path("added").asLong()).isEqualTo(3);
    assertThat(figures.path("name").asString()).isEqualTo("bill.csv");
    var records = server.get(finance, "/v1/records?payment=p-stated").json().path("items");
    assertThat(records.valueStream().map(it -> it.path("amount").asLong())).containsExactly(10_000L, -2_500L);
    var next = send(finance, "?book=WX-1", sample("wechatpay-overlap-2.csv")).json();
    assertThat(next.path("added").asLong()).isEqualTo(2);
    assertThat(next.path("flaws").valueStream().map(it -> it.path("reason").asString())).contains("AMOUNT", "CELLS");
    var auditor = server.key(Role.AUDITOR, "auditor-1");
    assertThat(server.get(auditor, "/v1/statements").json().path("items").size()).isGreaterThanOrEqualTo(2);
    var read = server.get(auditor, "/v1/statements/" + next.path("id").asString()).json();
    assertThat(read.path("flaws").size()).isEqualTo(5);
    var again = send(finance, "?book=WX-1", sample("wechatpay-overlap-1.csv")).json();
    assertThat(again.path("again").asBoolean()).isTrue();
    assertThat(again.path("added").asLong()).isZero();
  }

  @Test void a_live_caller_sees_nothing_of_what_a_test_caller_brought() throws IOException {
    var id = send(finance, "?book=ST-1", sample("stripe-balance.csv")).json().path("id").asString();
    assertThat(id).startsWith("test_");
    var live = server.liveKey(Role.FINANCE, "finance-2");
    assertThat(server.get(live, "/v1/statements/" + id).status()).isEqualTo(404);
    assertThat(server.get(live, "/v1/statements").json().path("items").size()).isZero();
  }

  @ParameterizedTest
  @EnumSource(value = Role.class, names = {"FINANCE", "SYSTEM"},
      mode = EnumSource.Mode.EXCLUDE) void nobody_but_finance_takes_statements_in(Role role) throws IOException {
    var key = server.key(role, role == Role.BUYER ? "buyer-1" : role.isMerchant() ? "shop-1" : "somebody");
    assertThat(send(key, "", sample("stripe-itemised.csv")).code()).isEqualTo("ROLE_MISSING");
  }

  @Test void what_is_no_statement_is_turned_away_with_the_formats_that_are_known() {
    var unknown = send(finance, "", "hello");
    assertThat(unknown.status()).isEqualTo(422);
    assertThat(unknown.code()).isEqualTo("STATEMENT_UNKNOWN");
    assertThat(unknown.json().path("detail").asString()).contains("camt", "mt940", "alipay-business");
    var order = send(finance, "", "<?xml version=\"1.0\"?><Document xmlns=\"urn:iso:pain.001.001.03\"/>");
    assertThat(order.code()).isEqualTo("STATEMENT_REFUSED");
    assertThat(send(finance, "", "").code()).isEqualTo("STATEMENT_REFUSED");
    assertThat(send(finance, "", "x".repeat(LARGEST + 1)).code()).isEqualTo("STATEMENT_TOO_LARGE");
    assertThat(send(finance, "?bok=A", "x").code()).isEqualTo("QUERY_INVALID");
    var form = server.post(finance, "/v1/statements", "a=b", "Content-Type", "application/x-www-form-urlencoded");
    assertThat(form.code()).isEqualTo("MEDIA_TYPE");
    assertThat(server.get(finance, "/v1/records").code()).isEqualTo("QUERY_INVALID");
    assertThat(server.get(finance, "/v1/records?dispute=none").code()).isEqualTo("QUERY_INVALID");
  }

  @Test void nothing_that_was_sent_stays_on_the_disk() throws IOException {
    send(finance, "", "hello again");
    try (var left = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
      assertThat(left.filter(file -> String.valueOf(file.getFileName()).startsWith("statement-"))).isEmpty();
    }
  }
}
