package redress.api;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import redress.api.Server.Reply;
import redress.policy.Role;

/** Deposits, the fund and what merchants owe, as finance, auditors and merchants meet them. */
class FinanceTest {
  private static Server server;
  private static String finn;
  private static String fay;
  private static String auditor;
  private static String shop;
  private static int keys;

  @BeforeAll static void open() {
    server = new Server();
    finn = server.key(Role.FINANCE, "finn");
    fay = server.key(Role.FINANCE, "fay");
    auditor = server.key(Role.AUDITOR, "ada");
    shop = server.key(Role.MERCHANT_OWNER, "shop-1");
  }

  @AfterAll static void close() {
    server.close();
  }

  private static Reply post(String who, String path, String body) {
    return server.post(who, path, body, "Idempotency-Key", "f-" + ++keys);
  }

  private static String money(long amount, String currency) {
    return "{\"amount\":%d,\"currency\":\"%s\",\"reference\":\"bank-%d\"}".formatted(amount, currency, amount);
  }

  private static Reply ok(Reply reply) {
    assertThat(reply.status()).as(reply.method() + " " + reply.path() + " " + reply.text()).isBetween(200, 299);
    return reply;
  }

  private static long available(String currency) {
    for (var one : ok(server.get(finn, "/v1/deposits?merchant=shop-1")).json().path("items")) {
      if (one.path("currency").asString().equals(currency)) return one.path("available").asLong();
    }
    return 0;
  }

  @Test void a_top_up_counts_once_however_often_it_is_sent() {
    var path = "/v1/deposits/shop-1/top-ups";
    for (int i = 0; i < 3; i++) {
      var reply = server.post(finn, path, money(5_000, "JPY"), "Idempotency-Key", "once");
      assertThat(reply.status()).as(reply.text()).isEqualTo(201);
      assertThat(reply.json().path("available").asLong()).isEqualTo(5_000);
    }
    assertThat(server.post(finn, path, money(6_000, "JPY"), "Idempotency-Key", "once").code())
        .isEqualTo("IDEMPOTENCY_KEY_REUSED");
    assertThat(server.post(finn, path, money(5_000, "JPY")).code()).isEqualTo("IDEMPOTENCY_KEY_NEEDED");
    assertThat(available("JPY")).isEqualTo(5_000);
    var moves = ok(server.get(shop, "/v1/deposits/shop-1/movements?currency=JPY")).json().path("items");
    assertThat(moves).hasSize(1);
    assertThat(moves.get(0).path("kind").asString()).isEqualTo("TOP_UP");
    assertThat(moves.get(0).path("by").isNull()).as("who of finance it was is not for merchants").isTrue();
  }

  @Test void a_merchant_sees_its_own_and_moves_nothing() {
    ok(post(finn, "/v1/deposits/shop-2/top-ups", money(700, "CNY")));
    assertThat(ok(server.get(shop, "/v1/deposits")).json().path("items").valueStream()
        .map(it -> it.path("merchant").asString())).doesNotContain("shop-2");
    assertThat(server.get(shop, "/v1/deposits?merchant=shop-2").text()).doesNotContain("shop-2");
    assertThat(server.get(shop, "/v1/deposits/shop-2/movements?currency=CNY").code()).isEqualTo("NOT_FOUND");
    assertThat(server.get(shop, "/v1/receivables/shop-2/entries?currency=CNY").code()).isEqualTo("NOT_FOUND");
    for (var who : new String[] {shop, auditor, server.key(Role.BUYER, "buyer-1")}) {
      assertThat(post(who, "/v1/deposits/shop-1/top-ups", money(1, "CNY")).code()).isEqualTo("ROLE_MISSING");
    }
    assertThat(server.get(shop, "/v1/funds").code()).isEqualTo("ROLE_MISSING");
    assertThat(server.get(server.liveKey(Role.AUDITOR, "ada"), "/v1/deposits").json().path("items"))
        .as("test deposits are not there for live callers").isEmpty();
  }

  @Test void above_the_limit_a_second_person_approves_and_never_the_same() {
    ok(post(finn, "/v1/deposits/shop-1/top-ups", money(900_000, "USD")));
    var small = ok(post(finn, "/v1/deposits/shop-1/withdrawals", money(100_000, "USD")));
    assertThat(small.json().path("state").asString()).isEqualTo("DONE");
    assertThat(available("USD")).isEqualTo(800_000);
    var large = ok(post(finn, "/v1/deposits/shop-1/withdrawals", money(600_000, "USD")));
    assertThat(large.json().path("state").asString()).isEqualTo("WAITING");
    assertThat(available("USD")).isEqualTo(800_000);
    var path = "/v1/finance/requests/" + large.json().path("id").asString();
    assertThat(server.get(auditor, "/v1/finance/requests").text()).contains(large.json().path("id").asString());
    assertThat(post(finn, path + "/approval", "").code()).isEqualTo("SECOND_PERSON");
    assertThat(ok(post(fay, path + "/approval", "")).json().path("decidedBy").asString()).isEqualTo("fay");
    assertThat(available("USD")).isEqualTo(200_000);
    assertThat(post(fay, path + "/approval", "").code()).isEqualTo("ANSWERED");
    assertThat(post(fay, path + "/rejection", "").code()).isEqualTo("ANSWERED");
    assertThat(available("USD")).isEqualTo(200_000);
  }

  @Test void no_more_goes_out_than_is_there() {
    ok(post(finn, "/v1/deposits/shop-1/top-ups", money(100, "EUR")));
    assertThat(post(finn, "/v1/deposits/shop-1/withdrawals", money(101, "EUR")).code()).isEqualTo("NOT_SO_MUCH");
    assertThat(available("EUR")).isEqualTo(100);
    assertThat(post(finn, "/v1/receivables/shop-1/recoveries", money(1, "EUR")).code()).isEqualTo("NOT_SO_MUCH");
    assertThat(post(finn, "/v1/receivables/shop-1/write-offs", money(1, "EUR")).code()).isEqualTo("NOT_SO_MUCH");
    assertThat(post(finn, "/v1/funds/EUR/top-ups",
        "{\"amount\":1,\"reference\":\"r\",\"recoveredFrom\":\"shop-1\"}").code()).isEqualTo("NOT_SO_MUCH");
  }

  @Test void a_statement_is_a_table_in_which_nothing_is_a_formula() {
    ok(post(finn, "/v1/deposits/shop-1/top-ups", "{\"amount\":77,\"currency\":\"GBP\",\"reference\":\"=1+1\"}"));
    var table = ok(server.get(shop, "/v1/deposits/shop-1/statement.csv?currency=GBP"));
    assertThat(table.header("Content-Type")).startsWith("text/csv");
    assertThat(table.header("Content-Disposition")).contains("attachment");
    assertThat(table.text().lines()).hasSize(2).last().asString().endsWith(",'=1+1");
    for (var cell : new String[] {"=1", "+1", "-1", "@a", "\tx", "\rx"}) {
      assertThat(Csv.cell(cell).replace("\"", "")).startsWith("'");
    }
    assertThat(Csv.cell("a,\"b\"")).isEqualTo("\"a,\"\"b\"\"\"");
  }

  @Test void an_advance_is_owed_until_it_is_paid_back_set_off_or_given_up() {
    var clock = "{\"id\":\"c-owed\",\"now\":\"2026-03-02T08:00:00Z\"}";
    var platform = server.key(Role.PLATFORM, "platform-1");
    ok(server.post(platform, "/v1/test-clocks", clock));
    for (var payment : new String[] {"p-owed", "p-other"}) pay(platform, payment);
    ok(post(finn, "/v1/funds/CHF/top-ups", "{\"amount\":8000,\"reference\":\"bank-1\"}"));
    var limits = ok(server.put(finn, "/v1/funds/CHF/limits", "{\"perDispute\":6000}"));
    assertThat(limits.json().path("perDispute").asLong()).isEqualTo(6_000);
    unpaid(platform);
    assertThat(owed("advanced")).isEqualTo(5_000);
    assertThat(owed("owed")).isEqualTo(5_000);
    assertThat(ok(server.get(auditor, "/v1/funds")).text()).contains("\"available\":3000");
    ok(post(finn, "/v1/receivables/shop-2/recoveries", money(1_500, "CHF")));
    ok(post(finn, "/v1/receivables/shop-2/recoveries",
        "{\"amount\":2000,\"currency\":\"CHF\",\"reference\":\"set-off\",\"payment\":\"p-other\"}"));
    assertThat(post(finn, "/v1/receivables/shop-2/recoveries",
        "{\"amount\":1000,\"currency\":\"CHF\",\"reference\":\"r\",\"payment\":\"p-owed\"}").code())
        .isEqualTo("NOT_SO_MUCH");
    assertThat(post(finn, "/v1/receivables/shop-2/recoveries", money(1_501, "CHF")).code()).isEqualTo("NOT_SO_MUCH");
    var refill = "{\"amount\":%d,\"reference\":\"r\",\"recoveredFrom\":\"shop-2\"}";
    assertThat(post(finn, "/v1/funds/CHF/top-ups", refill.formatted(3_501)).code()).isEqualTo("NOT_SO_MUCH");
    ok(post(finn, "/v1/funds/CHF/top-ups", refill.formatted(3_500)));
    assertThat(post(finn, "/v1/funds/CHF/top-ups", refill.formatted(1)).code()).isEqualTo("NOT_SO_MUCH");
    var off = ok(post(finn, "/v1/receivables/shop-2/write-offs", money(1_500, "CHF")));
    assertThat(owed("owed")).isEqualTo(1_500);
    var path = "/v1/finance/requests/" + off.json().path("id").asString() + "/approval";
    assertThat(post(finn, path, "").code()).isEqualTo("SECOND_PERSON");
    ok(post(fay, path, ""));
    assertThat(owed("owed")).isZero();
    assertThat(owed("writtenOff")).isEqualTo(1_500);
    var merchant = server.key(Role.MERCHANT_VIEWER, "shop-2");
    var first = ok(server.get(merchant, "/v1/receivables/shop-2/entries?currency=CHF&limit=3")).json();
    var rest = ok(server.get(merchant, "/v1/receivables/shop-2/entries?currency=CHF&limit=3&cursor="
        + first.path("next").asString())).json();
    assertThat(first.path("items").size() + rest.path("items").size()).isEqualTo(4);
    assertThat(ok(server.get(merchant, "/v1/receivables/shop-2/statement.csv?currency=CHF")).text().lines()).hasSize(5);
  }

  @Test void a_closed_day_never_changes_and_what_comes_later_is_late() {
    var day = java.time.LocalDate.ofInstant(server.now(), java.time.ZoneOffset.UTC);
    assertThat(server.post(finn, "/v1/finance/closes", "{\"day\":\"" + day + "\"}").code()).isEqualTo("FIELD_VALUE");
    ok(post(finn, "/v1/deposits/shop-1/top-ups", money(4_000, "SEK")));
    server.wait(java.time.Duration.ofDays(1));
    assertThat(server.post(auditor, "/v1/finance/closes", "{\"day\":\"" + day + "\"}").code())
        .isEqualTo("ROLE_MISSING");
    assertThat(server.post(finn, "/v1/finance/closes", "{\"day\":\"" + day + "\"}").status()).isEqualTo(201);
    var first = total(day.toString());
    assertThat(first.path("credit").asLong()).isEqualTo(4_000);
    assertThat(first.path("lateEntries").asLong()).isZero();
    server.centre.the(redress.store.ReserveBook.class).topUp(
        new redress.store.Reserve(redress.dispute.Command.Pot.DEPOSIT, "shop-1", "SEK", false), 50,
        new redress.store.ReserveBook.Hand("finn", "", "late"), server.now().minus(java.time.Duration.ofDays(1)));
    assertThat(server.post(fay, "/v1/finance/closes", "{\"day\":\"" + day + "\"}").status()).isEqualTo(200);
    var again = total(day.toString());
    assertThat(again.path("credit").asLong()).isEqualTo(4_000);
    assertThat(again.path("lateCredit").asLong()).isEqualTo(50);
    assertThat(again.path("lateEntries").asLong()).isEqualTo(1);
    var table = ok(server.get(auditor, "/v1/finance/closes/" + day + "/totals.csv"));
    assertThat(table.text().lines()).anyMatch(it -> it.contains(",SEK,merchant.deposit,1,0,4000,1,0,50"));
    assertThat(ok(server.get(auditor, "/v1/finance/closes")).text()).contains(day.toString(), "\"closedBy\":\"finn\"");
    assertThat(server.get(auditor, "/v1/finance/closes/2001-01-01").code()).isEqualTo("NOT_FOUND");
  }

  private static tools.jackson.databind.JsonNode total(String day) {
    for (var one : ok(server.get(auditor, "/v1/finance/closes/" + day + "?limit=100")).json().path("items")) {
      boolean it = one.path("account").asString().equals("merchant.deposit");
      if (it && one.path("currency").asString().equals("SEK")) return one;
    }
    throw new AssertionError("no such line");
  }

  @Test void what_has_not_gone_back_to_zero_is_listed_by_age() {
    var platform = server.key(Role.PLATFORM, "platform-1");
    ok(server.post(platform, "/v1/test-clocks", "{\"id\":\"c-open\",\"now\":\"2026-02-27T08:00:00Z\"}"));
    for (var payment : new String[] {"p-slow-1", "p-slow-2"}) {
      ok(server.put(platform, "/v1/payments/" + payment, """
          {"payer":"buyer-1","merchant":"shop-1","amount":10000,"currency":"NOK","capturedAt":"2026-02-27T08:00:00Z",
           "provider":"WALLET","testClock":"c-open"}"""));
      ok(server.put(platform, "/v1/wallet/payments/" + payment, "{}"));
      ok(server.post(platform, "/v1/wallet/payments/" + payment + "/manner",
          "{\"manner\":\"SLOW\",\"within\":\"P3D\"}"));
      var at = "/v1/disputes/" + ok(server.post(server.key(Role.BUYER, "buyer-1"), "/v1/disputes", """
          {"payment":"%s","reason":"OTHER","wish":"FULL_REFUND","amount":10000,"currency":"NOK",
           "description":"It does not work."}""".formatted(payment))).json().path("id").asString();
      ok(server.post(shop, at + "/refund", "{\"executor\":\"PLATFORM\"}", "Idempotency-Key", payment));
      ok(server.post(shop, at + "/statement", "{\"text\":\"At once.\"}"));
      ok(server.post(platform, "/v1/test-clocks/c-open/advance", "{\"by\":\"PT1H\"}"));
    }
    var open = ok(server.get(auditor, "/v1/finance/clearing?limit=100")).json().path("items");
    var mine = open.valueStream().filter(it -> it.path("currency").asString().equals("NOK")).toList();
    assertThat(mine).extracting(it -> it.path("payment").asString()).containsExactly("p-slow-1", "p-slow-2");
    assertThat(mine).allSatisfy(it -> {
      assertThat(it.path("account").asString()).isEqualTo("buyer.clearing");
      assertThat(it.path("provider").asString()).isEqualTo("WALLET");
      assertThat(it.path("amount").asLong()).isEqualTo(-10_000);
      assertThat(java.time.Duration.parse(it.path("age").asString())).isGreaterThan(java.time.Duration.ofDays(1));
    });
    assertThat(ok(server.get(auditor, "/v1/finance/clearing.csv")).text()).contains(",p-slow-1,", ",NOK,0,10000,");
    ok(server.post(platform, "/v1/test-clocks/c-open/advance", "{\"by\":\"P4D\"}"));
    assertThat(server.get(auditor, "/v1/finance/clearing.csv").text()).doesNotContain("p-slow");
    assertThat(server.get(shop, "/v1/finance/clearing").code()).isEqualTo("ROLE_MISSING");
  }

  private static long owed(String what) {
    return ok(server.get(finn, "/v1/receivables?merchant=shop-2")).json().path("items").get(0).path(what).asLong();
  }

  private static void pay(String platform, String payment) {
    ok(server.put(platform, "/v1/payments/" + payment, """
        {"payer":"buyer-1","merchant":"shop-2","amount":10000,"currency":"CHF","capturedAt":"2026-03-01T08:00:00Z",
         "provider":"WALLET","testClock":"c-owed"}"""));
    ok(server.put(platform, "/v1/wallet/payments/" + payment, "{}"));
  }

  /** The merchant promises 150.00 of compensation for a payment of 100.00, and does not pay. */
  private static void unpaid(String platform) {
    var buyer = server.key(Role.BUYER, "buyer-1");
    var merchant = server.key(Role.MERCHANT_OWNER, "shop-2");
    var at = "/v1/disputes/" + ok(server.post(buyer, "/v1/disputes", """
        {"payment":"p-owed","reason":"OTHER","wish":"FULL_REFUND","amount":10000,"currency":"CHF",
         "description":"It does not work."}""")).json().path("id").asString();
    ok(server.post(merchant, at + "/offers", """
        {"terms":{"remedy":"COMPENSATION","compensation":15000,"currency":"CHF","executor":"MERCHANT"}}"""));
    ok(server.post(buyer, at + "/offers/1/acceptance", ""));
    ok(server.post(merchant, at + "/statement", "{\"text\":\"Tomorrow.\"}"));
    ok(server.post(platform, "/v1/test-clocks/c-owed/advance", "{\"by\":\"P4D\"}"));
  }
}
