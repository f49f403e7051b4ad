package redress.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import redress.policy.Role;
import redress.verb.Verbs;

/** What cannot be right is turned away with a code and the field, and changes nothing. */
class BadInputTest {
  private static Server server;
  private static String buyer;
  private static String merchant;
  private static String dispute;

  @BeforeAll static void open() {
    server = new Server();
    buyer = server.key(Role.BUYER, "buyer-1");
    merchant = server.key(Role.MERCHANT_OWNER, "shop-1");
    pay("p-bad");
    pay("p-bad-2");
    dispute = server.post(buyer, "/v1/disputes", filing("p-bad", "10000", "EUR")).json().path("id").asString();
  }

  @AfterAll static void close() {
    server.close();
  }

  private static void pay(String payment) {
    var paid = server.put(server.key(Role.PLATFORM, "platform-1"), "/v1/payments/" + payment, """
        {"payer":"buyer-1","merchant":"shop-1","amount":10000,"currency":"EUR","items":["lamp"],
         "capturedAt":"2026-03-01T08:00:00Z","provider":"WALLET"}""");
    assertThat(paid.status()).as(paid.text()).isEqualTo(201);
  }

  private static String filing(String payment, String amount, String currency) {
    return """
        {"payment":"%s","reason":"OTHER","wish":"FULL_REFUND","amount":%s,"currency":"%s","description":"Broken."}"""
        .formatted(payment, amount, currency);
  }

  private static String offer(String terms) {
    return "{\"terms\":{\"remedy\":\"PARTIAL_REFUND\"," + terms + "}}";
  }

  private static String message(String text) {
    return "{\"text\":\"" + text + "\"}";
  }

  /** What is posted below the dispute (or, with a slash, elsewhere), and what is said to it. */
  record Bad(String path, String body, int status, String code, @Nullable String field) {
    @Override public String toString() {
      return status + " " + code + " " + field + " " + path + " " + body.substring(0, Math.min(60, body.length()));
    }
  }

  // @formatter:off
  static final List<Bad> BAD = List.of(
      new Bad("messages", "{\"text\":",                                     400, "JSON_MALFORMED", ""),
      new Bad("messages", "[]",                                             400, "JSON_MALFORMED", ""),
      new Bad("messages", "{\"text\":\"a\"} {}",                            400, "JSON_MALFORMED", ""),
      new Bad("messages", "{\"text\":\"a\",\"text\":\"b\"}",                400, "JSON_MALFORMED", ""),
      new Bad("messages", "{\"a\":" + "[".repeat(1_000) + "]".repeat(1_000) + "}", 400, "JSON_MALFORMED", ""),
      new Bad("messages", "{}",                                             422, "FIELD_MISSING", "text"),
      new Bad("messages", "{\"text\":null}",                                422, "FIELD_MISSING", "text"),
      new Bad("messages", "{\"text\":7}",                                   422, "FIELD_TYPE", "text"),
      new Bad("messages", "{\"text\":\"a\",\"txet\":1}",                    422, "FIELD_UNKNOWN", "txet"),
      new Bad("messages", message("   "),                                   422, "TEXT_MISSING", "text"),
      new Bad("messages", message("a\\u0000b"),                             422, "TEXT_UNREADABLE", "text"),
      new Bad("messages", message("\\ud800"),                               422, "TEXT_UNREADABLE", "text"),
      new Bad("messages", message("x".repeat(2_001)),                       422, "TEXT_TOO_LONG", "text"),
      new Bad("messages", message("x".repeat(20_000)),                      422, "TEXT_TOO_LONG", "text"),
      new Bad("messages", message("x".repeat(10_000_000)),                  413, "BODY_TOO_LARGE", ""),
      new Bad("offers", "{\"terms\":7}",                                    422, "FIELD_TYPE", "terms"),
      new Bad("offers", "{\"terms\":{}}",                                   422, "FIELD_MISSING", "terms.remedy"),
      new Bad("offers", "{\"terms\":{\"remedy\":\"REVENGE\"}}",             422, "FIELD_VALUE", "terms.remedy"),
      new Bad("offers", offer("\"amount\":-1,\"currency\":\"EUR\""),        422, "NUMBER_OUT_OF_RANGE", "terms.amount"),
      new Bad("offers", offer("\"amount\":1.5,\"currency\":\"EUR\""),       422, "NUMBER_OUT_OF_RANGE", "terms.amount"),
      new Bad("offers", offer("\"amount\":1e3,\"currency\":\"EUR\""),       422, "NUMBER_OUT_OF_RANGE", "terms.amount"),
      new Bad("offers", offer("\"amount\":99999999999999999999,\"currency\":\"EUR\""), 422, "NUMBER_OUT_OF_RANGE", "terms.amount"),
      new Bad("offers", offer("\"amount\":9223372036854775807,\"currency\":\"EUR\""), 422, "NUMBER_OUT_OF_RANGE", "terms.amount"),
      new Bad("offers", offer("\"amount\":\"100\",\"currency\":\"EUR\""),   422, "FIELD_TYPE", "terms.amount"),
      new Bad("offers", offer("\"amount\":100"),                            422, "FIELD_MISSING", "terms.currency"),
      new Bad("offers", offer("\"amount\":100,\"currency\":\"USD\""),       422, "CURRENCY_MISMATCH", "terms.currency"),
      new Bad("offers", offer("\"amount\":10001,\"currency\":\"EUR\""),     422, "AMOUNT_TOO_HIGH", null),
      new Bad("offers", "{\"terms\":{\"remedy\":\"FULL_REFUND\",\"promises\":[{\"kind\":\"REFUND\",\"amount\":1,\"loan\":2}]}}", 422, "FIELD_UNKNOWN", "terms.promises[0].loan"),
      new Bad("offers", "{\"terms\":{\"remedy\":\"EXPLANATION_ONLY\"},\"validFor\":\"tomorrow\"}", 422, "FIELD_VALUE", "validFor"),
      new Bad("offers/1/acceptance", "",                                    409, "NO_SUCH_OFFER", null),
      new Bad("offers/0/acceptance", "",                                    404, "NOT_FOUND", ""),
      new Bad("offers/x/acceptance", "",                                    404, "NOT_FOUND", ""),
      new Bad("surrender", "{}",                                            404, "NOT_FOUND", ""),
      new Bad("statement", message("How?"),                                 403, "NOT_YOURS", null),
      new Bad("appeal-waiver", "",                                          409, "NOT_DECIDED", null),
      new Bad("evidence", "{\"evidenceType\":\"OTHER\",\"sha256\":\"ab\"}", 422, "UPLOAD_NEEDED", "sha256"),
      new Bad("evidence", "{\"evidenceType\":\"OTHER\"}",               422, "UPLOAD_NEEDED", "upload"),
      new Bad("feedback", "{\"kind\":\"RATING\",\"rating\":6}",             422, "NUMBER_OUT_OF_RANGE", "rating"),
      new Bad("feedback", "{\"kind\":\"RATING\"}",                          422, "RATING_OUT_OF_RANGE", "rating"),
      new Bad("/v1/disputes", filing("p-none", "1", "EUR"),                 422, "PAYMENT_UNKNOWN", "payment"),
      new Bad("/v1/disputes", filing("p-bad-2", "0", "EUR"),                422, "AMOUNT_MISSING", "amount"),
      new Bad("/v1/disputes", filing("p-bad-2", "1", "CNY"),                422, "CURRENCY_MISMATCH", "currency"),
      new Bad("/v1/disputes", filing("p-bad-2", "10001", "EUR"),            422, "AMOUNT_TOO_HIGH", "amount"),
      new Bad("/v1/disputes", filing("p-bad", "1", "EUR"),                  409, "ITEMS_DISPUTED", "items"),
      new Bad("/v1/disputes", filing("p-bad-2", "1", "EUR").replace("OTHER", "UNAUTHORISED"), 422, "FRAUD_IS_ELSEWHERE", "reason"));
  // @formatter:on

  /** Rows that only a command adds; errands on their way end by themselves meanwhile. */
  private static long changes() {
    return server.centre.the(org.springframework.jdbc.core.simple.JdbcClient.class).sql("""
        select (select count(*) from event) + (select count(*) from words) + (select count(*) from ledger_line)
          + (select count(*) from errand where key = 'deadline')
          + (select count(*) from receipt) + (select count(*) from dispute)""").query(Long.class).single();
  }

  @ParameterizedTest @FieldSource("BAD") void bad_input_is_named_and_changes_nothing(Bad bad) {
    long before = changes();
    var path = bad.path().startsWith("/") ? bad.path() : "/v1/disputes/" + dispute + "/" + bad.path();
    var reply = server.post(buyer, path, bad.body());
    assertThat(reply.status()).as(reply.text()).isEqualTo(bad.status());
    assertThat(reply.header("Content-Type")).startsWith("application/problem+json");
    assertThat(reply.code()).isEqualTo(bad.code());
    if (bad.field() != null) assertThat(reply.json().path("field").asString()).isEqualTo(bad.field());
    assertThat(reply.json().path("detail").asString()).isNotBlank();
    assertThat(reply.json().path("debugId").asString()).hasSize(16);
    assertThat(changes()).isEqualTo(before);
  }

  /** Every operation that takes a body with fields. */
  static final List<Operations.Operation> WRITING =
      Operations.ALL.stream().filter(it -> it.body() != null && !it.body().equals(Operations.RAW)
          && !it.body().equals(Operations.FILES)).toList();

  @ParameterizedTest @FieldSource("WRITING") void a_text_that_cannot_be_kept_is_refused_wherever_it_stands(
      Operations.Operation operation) {
    var role = !operation.path().startsWith("/v1/disputes/")
        ? operation.who().stream().sorted().findFirst().orElseThrow()
        : operation.who().contains(Role.VERIFIER) ? Role.VERIFIER : Role.BUYER;
    var secret = server.key(role, role == Role.BUYER ? "buyer-1" : "staff-1");
    var path = operation.path().replace("/v1/disputes/{id}", "/v1/disputes/" + dispute)
        .replace("/v1/wallet/payments/{id}", "/v1/wallet/payments/p-bad").replace("{id}", "new-1")
        .replace("{number}", "1");
    long before = changes() + others();
    for (var nul : List.of("a\\u0000b", "\\ud800", "a\\udc00\\ud800b")) {
      for (var field : Objects.requireNonNull(operation.body()).values()) {
        unreadable(operation, secret, path, field.name(), "{\"%s\":\"%s\"}".formatted(field.name(), nul));
        unreadable(operation, secret, path, field.name(), "{\"%s\":[\"%s\"]}".formatted(field.name(), nul));
        unreadable(operation, secret, path, field.name() + ".currency",
            "{\"%s\":{\"currency\":\"%s\"}}".formatted(field.name(), nul));
        unreadable(operation, secret, path, field.name() + "[0].note",
            "{\"%s\":[{\"note\":\"%s\"}]}".formatted(field.name(), nul));
      }
    }
    assertThat(changes() + others()).isEqualTo(before);
  }

  private static void unreadable(Operations.Operation operation, String secret, String path, String field,
      String body) {
    var reply = server.send(operation.method().toUpperCase(Locale.ROOT), secret, path, body,
        "Idempotency-Key", "nul");
    assertThat(reply.status()).as(path + body + reply.text()).isEqualTo(422);
    assertThat(reply.header("Content-Type")).startsWith("application/problem+json");
    assertThat(reply.code()).isEqualTo("TEXT_UNREADABLE");
    assertThat(reply.json().path("field").asString()).isEqualTo(field);
  }

  /** What is written outside of disputes. */
  private static long others() {
    return server.centre.the(org.springframework.jdbc.core.simple.JdbcClient.class).sql("""
        select (select count(*) from party) + (select count(*) from payment) + (select count(*) from opinion)
          + (select count(*) from token_key) + (select count(*) from test_clock) + (select count(*) from post)""")
        .query(Long.class).single();
  }

  @Test void an_address_or_a_token_that_cannot_be_kept_is_turned_away() {
    var platform = server.key(Role.PLATFORM, "platform-1");
    for (var nul : List.of("a%00b", "%ED%A0%80", "%C0%80")) {
      for (var path : List.of("/v1/disputes/", "/v1/payments/", "/v1/parties/", "/v1/disputes?q=ab", "/v1/errands/")) {
        assertThat(server.get(platform, path + nul).status()).as(path + nul).isBetween(400, 499);
      }
      assertThat(server.put(platform, "/v1/payments/" + nul, "{}").status()).isBetween(400, 499);
    }
    var admin = server.key(Role.ADMIN, "admin-1");
    assertThat(server.post(admin, "/v1/errands/" + dispute + ".a%00b/resume", "").status()).isBetween(400, 499);
    var url = Base64.getUrlEncoder().withoutPadding();
    for (var kid : List.of("a\\u0000b", "\\ud800")) {
      var head = url.encodeToString(("{\"alg\":\"EdDSA\",\"kid\":\"" + kid + "\"}").getBytes(StandardCharsets.UTF_8));
      var token = head + "." + url.encodeToString("{}".getBytes(StandardCharsets.UTF_8)) + ".AAAA";
      assertThat(server.get(token, "/v1/disputes").status()).isEqualTo(401);
    }
  }

  @Test void a_wrong_version_a_bad_precondition_and_another_media_type_are_refused() {
    var path = "/v1/disputes/" + dispute + "/messages";
    assertThat(server.post(buyer, path, message("a"), "If-Match", "\"999\"").code()).isEqualTo("VERSION_MISMATCH");
    assertThat(server.post(buyer, path, message("a"), "If-Match", "999").code()).isEqualTo("PRECONDITION_BAD");
    assertThat(server.post(buyer, path, message("a"), "Content-Type", "text/plain").code()).isEqualTo("MEDIA_TYPE");
    assertThat(server.post(buyer, path, message("a"), "Idempotency-Key", "a b").code())
        .isEqualTo("IDEMPOTENCY_KEY_BAD");
    assertThat(server.send("PATCH", buyer, path, message("a")).code()).isEqualTo("METHOD_NOT_ALLOWED");
    assertThat(server.get(buyer, "/v1/disputes?limit=0").code()).isEqualTo("QUERY_INVALID");
    assertThat(server.get(buyer, "/v1/disputes?colour=red").json().path("field").asString()).isEqualTo("colour");
    assertThat(server.get(buyer, "/v1/disputes?cursor=abc").code()).isEqualTo("CURSOR_INVALID");
    assertThat(server.get(buyer, "/v1/disputes?q=a").code()).isEqualTo("QUERY_INVALID");
  }

  @Test void problems_speak_the_readers_language() {
    var path = "/v1/disputes/" + dispute + "/appeal-waiver";
    var english = server.post(buyer, path, "", "Accept-Language", "de, en;q=0.5").json().path("detail").asString();
    var chinese = server.post(buyer, path, "", "Accept-Language", "zh-CN").json().path("detail").asString();
    assertThat(english).isEqualTo(redress.dispute.Refusal.NOT_DECIDED.english);
    assertThat(chinese).isEqualTo(redress.dispute.Refusal.NOT_DECIDED.chinese);
  }

  @Test void money_commands_want_an_idempotency_key() {
    var path = "/v1/disputes/" + dispute + "/refund";
    assertThat(server.post(merchant, path, "{\"executor\":\"PLATFORM\"}").code()).isEqualTo("IDEMPOTENCY_KEY_NEEDED");
  }

  @Test void a_strangers_dispute_looks_like_one_that_is_not_there() {
    var strangers = List.of(server.key(Role.BUYER, "buyer-2"), server.key(Role.MERCHANT_OWNER, "shop-2"),
        server.key(Role.MEDIATOR, "mediator-1"), server.key(Role.ADMIN, "admin-1"),
        server.liveKey(Role.BUYER, "buyer-1"));
    var missing = "dsp_" + "7".repeat(19);
    for (var stranger : strangers) {
      Stream.of("", "/timeline", "/messages", "/money", "/notices", "/evidence").forEach(part -> assertThat(
          same(server.get(stranger, "/v1/disputes/" + dispute + part))).isEqualTo(
              same(server.get(stranger, "/v1/disputes/" + missing + part))));
      for (var verb : Verbs.ALL) {
        var foreign = server.post(stranger, verb.href(dispute, 1), "{}", "Idempotency-Key", "k1");
        var unknown = server.post(stranger, verb.href(missing, 1), "{}", "Idempotency-Key", "k1");
        assertThat(foreign.status()).as(verb.command()).isEqualTo(404);
        assertThat(same(foreign)).isEqualTo(same(unknown));
      }
    }
  }

  private static String same(Server.Reply reply) {
    return reply.status() + reply.text().replaceAll("\"debugId\":\"[0-9a-f]+\"", "");
  }
}
