package redress.match;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import redress.api.Server;
import redress.api.Server.Reply;
import redress.check.Facts;
import redress.policy.Role;
import redress.seal.Digest;
import redress.store.Movement;
import redress.store.Statements;
import redress.store.Statements.Cover;
import tools.jackson.databind.JsonNode;

/** Promises of real disputes against statements of a provider that nobody here can ask. */
class ReconciliationTest {
  private static final String BANK = "BANK-1";
  private static Server server;
  private static String platform;
  private static String buyer;
  private static String merchant;
  private static String finance;

  @BeforeAll static void open() {
    server = new Server();
    platform = server.key(Role.PLATFORM, "platform-1");
    buyer = server.key(Role.BUYER, "buyer-1");
    merchant = server.key(Role.MERCHANT_OWNER, "shop-1");
    finance = server.key(Role.FINANCE, "finance-1");
  }

  @AfterAll static void close() {
    server.close();
  }

  private static Reply ok(Reply reply) {
    assertThat(reply.status()).as(reply.text()).isBetween(200, 299);
    return reply;
  }

  /** A dispute about 100.00 EUR that the merchant settles by refunding all of it at its own bank. */
  private static String settled(String payment) {
    ok(server.put(platform, "/v1/payments/" + payment, """
        {"payer":"buyer-1","merchant":"shop-1","amount":10000,"currency":"EUR","capturedAt":"2026-03-01T08:00:00Z",
         "provider":"BANK-1","atProvider":"order-%s"}""".formatted(payment)));
    var id = ok(server.post(buyer, "/v1/disputes", """
        {"payment":"%s","reason":"OTHER","wish":"FULL_REFUND","amount":10000,"currency":"EUR","description":"Dark."}"""
        .formatted(payment))).json().path("id").asString();
    ok(server.post(merchant, "/v1/disputes/" + id + "/refund", "{\"executor\":\"MERCHANT\"}",
        "Idempotency-Key", "refund-" + id));
    return id;
  }

  private static Movement refund(String reference, String called, long minor, String currency, String memo) {
    return new Movement(BANK, Movement.Kind.REFUND, Facts.State.SUCCEEDED, reference, reference, reference, called, "",
        -minor, currency, 0, "", memo, server.now().plusSeconds(60), 1);
  }

  private static void imported(Movement... movements) throws IOException {
    var hash = Digest.sha256(List.of(movements).toString());
    var cover = new Cover(hash, false, "bank", "bank.csv", server.now(), "test");
    server.centre.the(Statements.class).take(cover, sink -> {
      for (var movement : movements) sink.take(movement);
      return BANK;
    });
  }

  private static JsonNode run() {
    return ok(server.post(finance, "/v1/matches", "")).json();
  }

  private static JsonNode match(String dispute) {
    var items = ok(server.get(finance, "/v1/matches?dispute=" + dispute)).json().path("items");
    assertThat(items.size()).isEqualTo(1);
    return items.get(0);
  }

  private static String verdict(String dispute) {
    return match(dispute).path("verdict").asString();
  }

  @Test void each_promise_finds_its_records_and_says_why() throws IOException {
    var exact = settled("m-exact");
    var parts = settled("m-parts");
    var under = settled("m-under");
    var foreign = settled("m-foreign");
    var missing = settled("m-missing");
    imported(refund("b-1", "order-m-exact", 10_000, "EUR", ""), refund("b-2", "order-m-parts", 4_000, "EUR", ""),
        refund("b-3", "order-m-parts", 6_000, "EUR", ""), refund("b-4", "", 9_900, "EUR", "for " + under + "-o11"),
        refund("b-5", "order-m-foreign", 10_000, "USD", ""));
    server.wait(Duration.ofDays(5));
    run();
    assertThat(List.of(verdict(exact), verdict(parts), verdict(under), verdict(foreign), verdict(missing)))
        .containsExactly("EXACT", "EXACT", "UNDER", "MISSING", "MISSING");
    assertThat(match(exact).path("parts").findValuesAsString("rule")).containsExactly("AMOUNT");
    assertThat(match(parts).path("parts").findValuesAsString("rule")).containsExactly("PARTS", "PARTS");
    assertThat(match(under).path("parts").findValuesAsString("rule")).containsExactly("NAMED");
    assertThat(match(under).path("remarks").findValuesAsString("kind")).contains("SHORT");
    assertThat(match(foreign).path("remarks").findValuesAsString("kind")).contains("WRONG_CURRENCY", "NOT_FOUND");
    assertThat(match(parts).path("parts").get(0).path("line").asInt()).isEqualTo(1);
    assertThat(match(parts).path("parts").get(0).path("why").asString()).contains("consecutive");
  }

  @Test void run_again_it_changes_nothing_and_a_late_record_only_what_it_concerns() throws IOException {
    var late = settled("m-late");
    var other = settled("m-other");
    server.wait(Duration.ofDays(5));
    run();
    assertThat(verdict(late)).isEqualTo("MISSING");
    // Not even the instant of the last change: other disputes of this server go on meanwhile, these two stand still.
    var first = List.of(match(late), match(other));
    server.wait(Duration.ofMinutes(1));
    run();
    assertThat(List.of(match(late), match(other))).isEqualTo(first);
    imported(refund("late-1", "order-m-late", 10_000, "EUR", ""));
    server.wait(Duration.ofMinutes(1));
    run();
    assertThat(verdict(late)).isEqualTo("EXACT");
    assertThat(match(other)).isEqualTo(first.getLast());
    var second = match(late);
    server.wait(Duration.ofMinutes(1));
    run();
    assertThat(match(late)).isEqualTo(second);
  }

  @Test void there_is_time_until_three_days_after_it_was_due() {
    var id = settled("m-time");
    run();
    assertThat(verdict(id)).isEqualTo("PENDING");
    server.wait(Duration.ofDays(9));
    run();
    assertThat(verdict(id)).isEqualTo("MISSING");
  }

  @Test void a_record_that_came_before_its_payment_was_registered_is_found() throws IOException {
    imported(refund("early-1", "order-m-early", 10_000, "EUR", ""));
    var id = settled("m-early");
    server.wait(Duration.ofDays(5));
    run();
    assertThat(verdict(id)).isEqualTo("EXACT");
  }

  @Test void what_nothing_owed_explains_is_work_for_somebody() throws IOException {
    settled("m-stray");
    imported(refund("right", "order-m-stray", 10_000, "EUR", ""), refund("stray", "order-m-stray", 700, "EUR", ""));
    run();
    var stray = stray("order-m-stray", "");
    assertThat(stray.path("amount").asLong()).isEqualTo(-700);
    var record = stray.path("record").asString();
    var noted = ok(server.put(finance, "/v1/strays/" + record + "/note",
        "{\"note\":\"A gift, says the shop.\",\"explained\":true}")).json();
    assertThat(noted.path("owner").asString()).isEqualTo("finance-1");
    run();
    assertThat(ok(server.get(finance, "/v1/strays?limit=100")).json().path("items").findValuesAsString("record"))
        .doesNotContain(record);
    assertThat(stray("order-m-stray", "&all=true").path("note").asString()).isEqualTo("A gift, says the shop.");
    assertThat(server.put(finance, "/v1/strays/nothing/note", "{}").status()).isEqualTo(404);
    assertThat(server.put(merchant, "/v1/strays/" + record + "/note", "{}").status()).isEqualTo(403);
  }

  private static JsonNode stray(String called, String more) {
    var payment = called.substring("order-".length());
    var items = ok(server.get(finance, "/v1/strays?limit=100" + more)).json().path("items");
    return items.valueStream().filter(it -> it.path("payment").asString().equals(payment)).findFirst().orElseThrow();
  }

  @Test void the_wallet_s_own_books_need_no_file() {
    ok(server.put(platform, "/v1/payments/m-wallet", """
        {"payer":"buyer-1","merchant":"shop-1","amount":10000,"currency":"EUR","capturedAt":"2026-03-01T08:00:00Z",
         "provider":"WALLET"}"""));
    ok(server.put(platform, "/v1/wallet/payments/m-wallet", "{}"));
    var id = ok(server.post(buyer, "/v1/disputes", """
        {"payment":"m-wallet","reason":"OTHER","wish":"FULL_REFUND","amount":10000,"currency":"EUR",
         "description":"Dark."}""")).json().path("id").asString();
    ok(server.post(merchant, "/v1/disputes/" + id + "/refund", "{\"executor\":\"MERCHANT\"}",
        "Idempotency-Key", "refund-" + id));
    ok(server.post(platform, "/v1/wallet/payments/m-wallet/direct-refunds", """
        {"reference":"shop-77","amount":10000,"memo":"%s-o11"}""".formatted(id)));
    run();
    assertThat(verdict(id)).isEqualTo("EXACT");
    assertThat(match(id).path("parts").findValuesAsString("rule")).containsExactly("NAMED");
    assertThat(match(id).path("book").asString()).isEqualTo("WALLET");
    assertThat(Instant.parse(match(id).path("since").asString())).isBeforeOrEqualTo(server.now());
  }
}
