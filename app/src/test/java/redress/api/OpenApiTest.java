package redress.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.atlassian.oai.validator.OpenApiInteractionValidator;
import com.atlassian.oai.validator.model.Request;
import com.atlassian.oai.validator.model.SimpleResponse;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import redress.api.Server.Reply;
import redress.policy.Role;
import redress.verb.Verbs;

/** What the running server says is what its OpenAPI document promises. */
class OpenApiTest {
  private static Server server;
  private static OpenApiInteractionValidator document;
  private static final Map<Role, String> KEYS = new LinkedHashMap<>();

  @BeforeAll static void open() {
    server = new Server();
    document = OpenApiInteractionValidator
        .createForInlineApiSpecification(server.get(null, "/v1/openapi.json").text()).build();
    for (var role : Role.values()) {
      if (role != Role.SYSTEM) KEYS.put(role, server.key(role, subject(role)));
    }
  }

  @AfterAll static void close() {
    server.close();
  }

  private static String subject(Role role) {
    if (role == Role.BUYER) return "buyer-1";
    return role.isMerchant() ? "shop-1" : role.name().toLowerCase(Locale.ROOT) + "-1";
  }

  private static Reply conforming(Reply reply) {
    var response = SimpleResponse.Builder.status(reply.status())
        .withContentType(reply.header("Content-Type").replaceAll(";.*", ""));
    if (!reply.text().isEmpty()) response.withBody(reply.text());
    var path = reply.path().replaceAll("\\?.*", "");
    var report = document.validateResponse(path, Request.Method.valueOf(reply.method()), response.build());
    assertThat(report.getMessages()).as(reply.method() + " " + reply.path() + " " + reply.text()).isEmpty();
    return reply;
  }

  private static String file(String payment) {
    conforming(server.put(KEYS.get(Role.PLATFORM), "/v1/payments/" + payment, """
        {"payer":"buyer-1","merchant":"shop-1","amount":10000,"currency":"EUR","capturedAt":"2026-03-01T08:00:00Z",
         "provider":"WALLET"}"""));
    conforming(server.put(KEYS.get(Role.PLATFORM), "/v1/wallet/payments/" + payment, "{}"));
    return conforming(server.post(KEYS.get(Role.BUYER), "/v1/disputes", """
        {"payment":"%s","reason":"OTHER","wish":"FULL_REFUND","amount":10000,"currency":"EUR",
         "description":"It does not work."}""".formatted(payment))).json().path("id").asString();
  }

  @Test void every_operation_answers_as_described() {
    var id = file("p-open-1");
    for (var operation : Operations.ALL) {
      var path = operation.path().replace("/v1/payments/{id}", "/v1/payments/p-open-1")
          .replace("/v1/wallet/payments/{id}", "/v1/wallet/payments/p-open-1")
          .replace("/v1/parties/{id}", "/v1/parties/buyer-1").replace("{merchant}", "shop-1")
          .replace("{account}", "none").replace("{size}", "1").replace("{level}", "0").replace("{tile}", "000")
          .replace("{upload}", "none")
          .replace("/v1/disputes/{id}", "/v1/disputes/" + id).replace("{number}", "1").replace("{id}", "none");
      var role = operation.who().stream().sorted().findFirst().orElse(Role.AUDITOR);
      var body = operation.body() == null ? null : "{}";
      var reply = conforming(server.send(operation.method().toUpperCase(Locale.ROOT), KEYS.get(role), path, body,
          "Idempotency-Key", "open-" + operation.id()));
      assertThat(reply.status()).as(operation.id() + " " + reply.text()).isNotIn(405, 500);
      boolean told = reply.header("Content-Type").contains("json");
      if (told) assertThat(reply.code()).as(operation.id()).isNotEqualTo("ROLE_MISSING");
    }
  }

  @Test void every_command_of_the_rules_that_people_say_has_an_address() {
    var reachable = new LinkedHashSet<String>();
    for (var verb : Verbs.ALL) reachable.add(verb.command());
    var missing = new LinkedHashSet<String>();
    redress.dispute.Rules.roles().forEach((command, roles) -> {
      boolean people = roles.stream().anyMatch(role -> role != Role.SYSTEM);
      if (people && Verbs.of(command) == null) missing.add(command);
    });
    assertThat(reachable).hasSizeGreaterThan(40);
    // Filing has an address of its own, and facts never come from a client: a verifier has them looked up afresh.
    assertThat(missing).containsExactlyInAnyOrder("File", "ConfirmIdentity", "ConfirmTransaction");
  }

  @Test void a_dispute_reads_as_described_for_each_role_in_each_language() {
    var id = file("p-open-2");
    var merchant = KEYS.get(Role.MERCHANT_OWNER);
    conforming(server.post(merchant, "/v1/disputes/" + id + "/offers", """
        {"terms":{"remedy":"RETURN_AND_REFUND","amount":10000,"currency":"EUR"},"validFor":"P2D"}"""));
    conforming(server.give(Objects.requireNonNull(KEYS.get(Role.BUYER)), "/v1/disputes/" + id, "OTHER", "The back."));
    conforming(server.post(KEYS.get(Role.BUYER), "/v1/disputes/" + id + "/offers/1/acceptance", ""));
    for (var role : KEYS.keySet()) {
      for (var language : new String[] {"en", "zh"}) {
        for (var part : new String[] {"", "/timeline?limit=100", "/messages", "/evidence", "/money", "/notices"}) {
          var reply = conforming(server.get(KEYS.get(role), "/v1/disputes/" + id + part, "Accept-Language", language));
          boolean outside = role == Role.ADMIN || role == Role.MEDIATOR;
          assertThat(reply.status()).as(role + part).isEqualTo(outside ? 404 : 200);
        }
      }
    }
  }

  @Test void the_page_for_people_names_every_operation() {
    var page = server.get(null, "/docs");
    assertThat(page.status()).isEqualTo(200);
    for (var operation : Operations.ALL) assertThat(page.text()).contains("id=\"" + operation.id() + "\"");
  }

  @Test void the_rules_are_anybodys_to_read() {
    var rules = conforming(server.get(null, "/v1/rules")).json();
    assertThat(rules.path("transitions").size()).isEqualTo(36);
    assertThat(rules.path("deadlines").size()).isEqualTo(redress.policy.Deadline.values().length);
    assertThat(rules.path("deadlines").valueStream().map(it -> it.path("length").asString()))
        .contains("P180D", "PT72H", "P10D");
    assertThat(rules.path("refusals").size()).isEqualTo(redress.dispute.Refusal.values().length);
  }
}
