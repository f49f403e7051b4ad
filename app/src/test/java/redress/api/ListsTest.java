package redress.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import redress.policy.Role;

/** Lists: what is in them, in which order, page by page, and what words find. */
class ListsTest {
  private static final int COUNT = 25;
  private static Server server;
  private static String buyer;
  private static String merchant;
  private static String auditor;
  private static final Map<String, String> IDS = new LinkedHashMap<>();

  @BeforeAll static void open() {
    server = new Server();
    buyer = server.key(Role.BUYER, "buyer-1");
    merchant = server.key(Role.MERCHANT_OWNER, "shop-1");
    auditor = server.key(Role.AUDITOR, "auditor-1");
    var platform = server.key(Role.PLATFORM, "platform-1");
    for (int i = 0; i < COUNT; i++) {
      var who = i % 5 == 4 ? "buyer-2" : "buyer-1";
      server.put(platform, "/v1/payments/p-list-" + i, """
          {"payer":"%s","merchant":"shop-1","amount":%d,"currency":"EUR","capturedAt":"2026-03-01T08:00:00Z",
           "provider":"WALLET"}""".formatted(who, 1_000 + i));
      var filed = server.post(server.key(Role.BUYER, who), "/v1/disputes", """
          {"payment":"p-list-%d","reason":"%s","wish":"FULL_REFUND","amount":%d,"currency":"EUR","description":"%s"}"""
          .formatted(i, i % 2 == 0 ? "OTHER" : "COUNTERFEIT", 1_000 + i,
              i == 3 ? "手机屏幕碎了，要求退款" : "The lamp number " + i + " is 100% dark"));
      assertThat(filed.status()).as(filed.text()).isEqualTo(201);
      IDS.put("p-list-" + i, filed.json().path("id").asString());
      server.wait(Duration.ofMinutes(1));
    }
  }

  @AfterAll static void close() {
    server.close();
  }

  private static List<String> ids(String who, String query) {
    var reply = server.get(who, "/v1/disputes?limit=100&" + query);
    assertThat(reply.status()).as(reply.text()).isEqualTo(200);
    return reply.json().path("items").findValuesAsString("payment");
  }

  private static String q(String words) {
    return "q=" + URLEncoder.encode(words, StandardCharsets.UTF_8);
  }

  @Test void a_party_sees_its_own_and_staff_see_all() {
    assertThat(ids(merchant, "")).hasSize(COUNT);
    assertThat(ids(auditor, "")).hasSize(COUNT);
    assertThat(ids(buyer, "")).hasSize(20).doesNotContain("p-list-4");
    assertThat(ids(server.key(Role.MERCHANT_OWNER, "shop-2"), "")).isEmpty();
    assertThat(ids(server.key(Role.MEDIATOR, "mediator-1"), "")).isEmpty();
    assertThat(ids(server.liveKey(Role.AUDITOR, "auditor-1"), "")).isEmpty();
    assertThat(server.get(server.key(Role.ADMIN, "admin-1"), "/v1/disputes").code()).isEqualTo("ROLE_MISSING");
  }

  @Test void pages_follow_one_another_without_gap_or_repeat_in_every_order() {
    for (var sort : List.of("filedAt", "-filedAt", "updatedAt", "-updatedAt", "due", "-due", "amount", "-amount")) {
      var seen = new ArrayList<String>();
      var path = "/v1/disputes?limit=7&sort=" + sort;
      for (var next = ""; next != null;) {
        var page = server.get(merchant, next.isEmpty() ? path : path + "&cursor=" + next).json();
        seen.addAll(page.path("items").findValuesAsString("payment"));
        next = page.path("next").isNull() ? null : page.path("next").asString();
      }
      assertThat(seen).as(sort).hasSize(COUNT).doesNotHaveDuplicates();
      // Other tests speak in some disputes meanwhile, which brings these up to date.
      if (sort.contains("updatedAt")) continue;
      assertThat(seen.getFirst()).as(sort).isEqualTo(sort.startsWith("-") ? "p-list-24" : "p-list-0");
    }
  }

  @Test void filters_narrow_a_list() {
    assertThat(ids(merchant, "reason=COUNTERFEIT")).hasSize(12);
    assertThat(ids(merchant, "reason=COUNTERFEIT,OTHER&status=AWAITING_MERCHANT")).hasSize(COUNT);
    assertThat(ids(merchant, "stage=CLOSED")).isEmpty();
    assertThat(ids(merchant, "buyer=buyer-2")).hasSize(5);
    assertThat(ids(merchant, "payment=p-list-7")).containsExactly("p-list-7");
    assertThat(ids(merchant, "filedFrom=2026-03-02T08:10:00Z&filedTo=2026-03-02T08:12:00Z"))
        .containsExactly("p-list-11", "p-list-10");
    assertThat(ids(merchant, "amountFrom=1003&amountTo=1005&currency=EUR&sort=amount"))
        .containsExactly("p-list-3", "p-list-4", "p-list-5");
    assertThat(ids(merchant, "amountFrom=1003&currency=CNY")).isEmpty();
    assertThat(server.get(merchant, "/v1/disputes?amountFrom=10.00").code()).isEqualTo("QUERY_INVALID");
    assertThat(ids(merchant, "viewState=ACTION_REQUIRED")).hasSize(COUNT);
    assertThat(ids(buyer, "viewState=ACTION_REQUIRED")).isEmpty();
    assertThat(ids(buyer, "viewState=WAITING_FOR_OTHER_PARTY&awaited=MERCHANT")).hasSize(20);
    assertThat(server.get(buyer, "/v1/disputes?tag=x").code()).isEqualTo("QUERY_INVALID");
  }

  @Test void words_find_what_was_written_in_any_language_and_only_ones_own() {
    assertThat(ids(merchant, q("退款"))).containsExactly("p-list-3");
    assertThat(ids(merchant, q("屏幕碎了"))).containsExactly("p-list-3");
    assertThat(ids(merchant, q("NUMBER 17"))).containsExactly("p-list-17");
    assertThat(ids(merchant, q("100% d"))).hasSize(COUNT - 1);
    assertThat(ids(merchant, q("100_ d"))).isEmpty();
    assertThat(ids(merchant, q("list-24"))).containsExactly("p-list-24");
    assertThat(ids(buyer, q("number 24"))).isEmpty();
  }

  @Test void a_party_does_not_find_what_it_may_not_read() {
    var id = IDS.get("p-list-5");
    assertThat(
        server.post(buyer, "/v1/disputes/" + id + "/support-questions", "{\"text\":\"zebra question\"}").status())
        .isEqualTo(200);
    assertThat(server.post(server.key(Role.SUPPORT, "support-1"), "/v1/disputes/" + id + "/notes",
        "{\"text\":\"zebra note\"}").status()).isEqualTo(200);
    assertThat(ids(buyer, q("zebra"))).containsExactly("p-list-5");
    assertThat(ids(merchant, q("zebra"))).isEmpty();
    assertThat(ids(auditor, q("zebra"))).containsExactly("p-list-5");
    var seen = server.get(merchant, "/v1/disputes/" + id + "/timeline?limit=100").text();
    assertThat(seen).doesNotContain("zebra").doesNotContain("NoteAdded").doesNotContain("SupportAsked");
    assertThat(server.get(buyer, "/v1/disputes/" + id + "/timeline?limit=100").text()).contains("zebra question")
        .doesNotContain("zebra note");
  }
}
