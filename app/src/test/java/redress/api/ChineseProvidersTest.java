package redress.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import redress.alipay.AlipayStand;
import redress.connect.Accounts;
import redress.connect.Callback;
import redress.connect.HttpStand;
import redress.policy.Role;
import redress.wechatpay.WeChatPayStand;

/** Disputes about payments at Alipay and at WeChat Pay, from filing to money back, over HTTP on both sides. */
class ChineseProvidersTest {
  private static final String ALIPAY = "ALIPAY-SHOP";
  private static final String WECHAT = "WECHAT-SHOP";

  @TempDir static Path folder;
  private static AlipayStand alipay;
  private static WeChatPayStand wechat;
  private static Server server;
  private static String platform;
  private static String buyer;
  private static String merchant;
  private static String verifier;

  @BeforeAll static void open() {
    alipay = new AlipayStand(ALIPAY, folder);
    wechat = new WeChatPayStand(WECHAT, folder);
    server = new Server(new Accounts(List.of(alipay.account(ALIPAY, folder, Map.of()),
        wechat.account(WECHAT, folder, Map.of()))));
    alipay.expect(server::now);
    wechat.liveBy(server::now);
    platform = server.key(Role.PLATFORM, "platform-1");
    buyer = server.key(Role.BUYER, "buyer-1");
    merchant = server.key(Role.MERCHANT_OWNER, "shop-1");
    verifier = server.key(Role.VERIFIER, "verifier-1");
  }

  @AfterAll static void close() {
    server.close();
    alipay.close();
    wechat.close();
  }

  /** A dispute in which everything goes back, and what its payment is called at its provider. */
  private record Case(HttpStand stand, String held, String dispute, String clock) {
    void advance(String by) {
      var advanced = server.post(platform, "/v1/test-clocks/" + clock + "/advance", "{\"by\":\"" + by + "\"}");
      assertThat(advanced.status()).as(advanced.text()).isEqualTo(200);
    }

    String state() {
      return server.get(platform, "/v1/disputes/" + dispute).json().path("refunds").path(0).path("state").asString();
    }

    String reference() {
      return dispute + "-r1";
    }
  }

  @Test void refunds_at_both_arrive_once_each_also_when_the_first_answer_is_lost() {
    for (var it : List.of(file(alipay, ALIPAY, true), file(wechat, WECHAT, true))) {
      it.stand.loseNextAnswer(it.held);
      it.advance("PT1M");
      assertThat(it.stand.paidBack(it.held)).isEqualTo(10_000);
      it.advance("PT6M");
      assertThat(it.state()).isEqualTo("SUCCEEDED");
      assertThat(it.stand.effects(it.reference())).isEqualTo(1);
      assertThat(it.stand.paidBack(it.held)).isEqualTo(10_000);
    }
  }

  @Test void a_payment_the_provider_does_not_know_is_found_out_before_anything_is_ordered() {
    for (var it : List.of(file(alipay, ALIPAY, false), file(wechat, WECHAT, false))) {
      it.advance("PT1M");
      assertThat(server.get(verifier, "/v1/disputes/" + it.dispute).text()).contains("TRANSACTION_NOT_FOUND");
      assertThat(it.state()).isEmpty();
      assertThat(it.stand.effects(it.reference())).isZero();
    }
  }

  @Test void a_letter_in_each_ones_own_form_has_it_asked_and_a_forged_one_is_turned_away() {
    assertThat(called(file(alipay, ALIPAY, true), ALIPAY)).isEqualTo("success");
    assertThat(called(file(wechat, WECHAT, true), WECHAT)).isEmpty();
  }

  /** What the provider is told when it tells that a slow refund has arrived. */
  private static String called(Case it, String account) {
    it.stand.slowNext(it.held, true);
    it.advance("PT1M");
    it.stand.settle();
    assertThat(it.stand.effects(it.reference())).isEqualTo(1);
    it.stand.forgeries(it.held, it.reference()).forEach((what, forged) -> {
      var refused = send(account, forged);
      assertThat(refused.status()).as(what).isEqualTo(401);
      assertThat(refused.code()).as(what).isEqualTo("CALLBACK_UNPROVED");
    });
    var letter = it.stand.callback(it.held, it.reference());
    var taken = send(account, letter);
    assertThat(taken.status()).as(taken.text()).isEqualTo(200);
    assertThat(send(account, letter).status()).isEqualTo(200);
    it.advance("PT1S");
    assertThat(it.state()).isEqualTo("SUCCEEDED");
    assertThat(it.stand.paidBack(it.held)).isEqualTo(10_000);
    return taken.text();
  }

  private static Server.Reply send(String account, Callback letter) {
    var headers = letter.headers().entrySet().stream().flatMap(it -> List.of(it.getKey(), it.getValue()).stream())
        .toArray(String[]::new);
    return server.post(null, "/v1/callbacks/" + account, letter.body(), headers);
  }

  private static Case file(HttpStand stand, String account, boolean captured) {
    var held = captured ? stand.payIn(10_000, "CNY") : "never-paid-" + account;
    var clock = "clock-" + held;
    var made = server.post(platform, "/v1/test-clocks",
        "{\"id\":\"%s\",\"now\":\"2026-03-02T08:00:00Z\"}".formatted(clock));
    assertThat(made.status()).as(made.text()).isEqualTo(201);
    var paid = server.put(platform, "/v1/payments/p-" + held, """
        {"payer":"buyer-1","merchant":"shop-1","amount":10000,"currency":"CNY","capturedAt":"2026-03-01T08:00:00Z",
         "provider":"%s","atProvider":"%s","testClock":"%s"}""".formatted(account, held, clock));
    assertThat(paid.status()).as(paid.text()).isEqualTo(201);
    var filed = server.post(buyer, "/v1/disputes", """
        {"payment":"p-%s","reason":"OTHER","wish":"FULL_REFUND","amount":10000,"currency":"CNY",
         "description":"It does not work."}""".formatted(held));
    assertThat(filed.status()).as(filed.text()).isEqualTo(201);
    var id = filed.json().path("id").asString();
    var refund = server.post(merchant, "/v1/disputes/" + id + "/refund", "{\"executor\":\"PLATFORM\"}",
        "Idempotency-Key", "refund-" + held);
    assertThat(refund.status()).as(refund.text()).isEqualTo(200);
    server.post(merchant, "/v1/disputes/" + id + "/statement", "{\"text\":\"At once.\"}");
    return new Case(stand, held, id, clock);
  }
}
