package redress.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import redress.door.Caller.Scope;
import redress.door.Keys;
import redress.door.PartyTokens;
import redress.policy.Role;
import redress.store.ApiKeys;

class DoorTest {
  private static Server server;

  @BeforeAll static void open() {
    server = new Server();
  }

  @AfterAll static void close() {
    server.close();
  }

  @Test void without_a_key_nothing_but_health_is_to_be_had() {
    for (var path : List.of("/v1/disputes", "/v1/disputes/dsp_0000000000000000001", "/actuator/prometheus",
        "/v1/none")) {
      var reply = server.get(null, path);
      assertThat(reply.status()).as(path).isEqualTo(401);
      assertThat(reply.code()).isEqualTo("UNAUTHENTICATED");
      assertThat(reply.header("WWW-Authenticate")).isEqualTo("Bearer");
      assertThat(reply.header("Content-Type")).startsWith("application/problem+json");
    }
    assertThat(server.get(null, "/actuator/health").status()).isEqualTo(200);
  }

  @Test void a_secret_that_was_never_given_out_lets_nobody_in() {
    for (var secret : List.of("rk_test_guess", "rk_live_", "x", "a.b.c", "rk_test_" + "a".repeat(5_000))) {
      assertThat(server.get(secret, "/v1/disputes").status()).as(secret).isEqualTo(401);
    }
  }

  @Test void a_key_lets_in_until_it_is_revoked_and_not_once_more() {
    var keys = server.centre.the(Keys.class);
    var issued = keys.issue(Keys.Wish.of(Role.AUDITOR, "auditor-1", false));
    assertThat(server.get(issued.secret(), "/v1/disputes").status()).isEqualTo(200);
    assertThat(keys.revoke(issued.key().id())).isTrue();
    assertThat(server.get(issued.secret(), "/v1/disputes").status()).isEqualTo(401);
  }

  @Test void only_the_hash_of_a_key_is_kept_and_its_last_use_is_known() {
    var keys = server.centre.the(Keys.class);
    var issued = keys.issue(Keys.Wish.of(Role.AUDITOR, "auditor-2", false));
    assertThat(issued.key().lastUsedAt()).isNull();
    server.get(issued.secret(), "/v1/disputes");
    var kept = server.centre.the(ApiKeys.class).find(issued.key().id()).orElseThrow();
    assertThat(kept.lastUsedAt()).isNotNull();
    assertThat(kept.toString()).doesNotContain(issued.secret());
  }

  @Test void a_key_for_reading_does_not_write() {
    var wish = Keys.Wish.of(Role.BUYER, "buyer-1", false);
    var reading = new Keys.Wish(wish.role(), wish.subject(), "", java.util.Set.of(Scope.READ), wish.limit(),
        wish.conflicts(), false, "");
    var secret = server.centre.the(Keys.class).issue(reading).secret();
    assertThat(server.get(secret, "/v1/disputes").status()).isEqualTo(200);
    assertThat(server.post(secret, "/v1/disputes", "{}").code()).isEqualTo("SCOPE_MISSING");
  }

  @Test void a_party_token_lets_a_buyer_in_for_a_quarter_of_an_hour() {
    var tokens = server.centre.the(PartyTokens.class);
    var pass = new PartyTokens.Pass("buyer-1", Role.BUYER, "", Long.MAX_VALUE);
    var token = tokens.sign("platform-1", false, pass, Duration.ofMinutes(15)).token();
    assertThat(server.get(token, "/v1/disputes").status()).isEqualTo(200);
    server.wait(Duration.ofMinutes(16));
    assertThat(server.get(token, "/v1/disputes").code()).isEqualTo("TOKEN_EXPIRED");
  }

  @Test void a_token_that_lives_too_long_is_not_taken() {
    var pass = new PartyTokens.Pass("buyer-1", Role.BUYER, "", Long.MAX_VALUE);
    var token = server.centre.the(PartyTokens.class).sign("platform-1", false, pass, Duration.ofHours(2)).token();
    assertThat(server.get(token, "/v1/disputes").code()).isEqualTo("TOKEN_EXPIRED");
  }

  private static String signed(PrivateKey key, String kid, String alg, String claims) throws Exception {
    var url = Base64.getUrlEncoder().withoutPadding();
    var head = "{\"alg\":\"" + alg + "\",\"kid\":\"" + kid + "\"}";
    var body = url.encodeToString(head.getBytes(UTF_8)) + "." + url.encodeToString(claims.getBytes(UTF_8));
    var signature = Signature.getInstance("Ed25519");
    signature.initSign(key);
    signature.update(body.getBytes(UTF_8));
    return body + "." + url.encodeToString(signature.sign());
  }

  private static String claims(String sub, String role, String aud, long exp) {
    return "{\"sub\":\"%s\",\"role\":\"%s\",\"aud\":\"%s\",\"exp\":%d}".formatted(sub, role, aud, exp);
  }

  @Test void a_platform_signs_tokens_itself_with_a_key_it_registered() throws Exception {
    var platform = server.key(Role.PLATFORM, "platform-2");
    var pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    var registered = server.post(platform, "/v1/token-keys",
        "{\"publicKey\":\"" + Base64.getEncoder().encodeToString(pair.getPublic().getEncoded()) + "\"}");
    assertThat(registered.status()).as(registered.text()).isEqualTo(201);
    var kid = registered.json().path("id").asString();
    long soon = server.now().plusSeconds(600).getEpochSecond();
    var right = signed(pair.getPrivate(), kid, "EdDSA", claims("buyer-1", "BUYER", "redress", soon));
    assertThat(server.get(right, "/v1/disputes").status()).isEqualTo(200);

    var other = KeyPairGenerator.getInstance("Ed25519").generateKeyPair().getPrivate();
    var wrong = List.of(
        signed(other, kid, "EdDSA", claims("buyer-1", "BUYER", "redress", soon)),
        signed(pair.getPrivate(), "tok_0", "EdDSA", claims("buyer-1", "BUYER", "redress", soon)),
        signed(pair.getPrivate(), kid, "none", claims("buyer-1", "BUYER", "redress", soon)),
        signed(pair.getPrivate(), kid, "HS256", claims("buyer-1", "BUYER", "redress", soon)),
        signed(pair.getPrivate(), kid, "EdDSA", claims("buyer-1", "BUYER", "elsewhere", soon)),
        signed(pair.getPrivate(), kid, "EdDSA", claims("buyer-1", "ADMIN", "redress", soon)),
        signed(pair.getPrivate(), kid, "EdDSA", claims("shop-1", "BUYER", "redress", soon)),
        signed(pair.getPrivate(), kid, "EdDSA", claims("nobody", "BUYER", "redress", soon)),
        signed(pair.getPrivate(), kid, "EdDSA", "{\"sub\":\"buyer-1\",\"role\":\"BUYER\",\"aud\":\"redress\"}"),
        right.substring(0, right.lastIndexOf('.') + 1));
    for (var token : wrong) assertThat(server.get(token, "/v1/disputes").status()).as(token).isEqualTo(401);

    assertThat(server.send("DELETE", platform, "/v1/token-keys/" + kid, null).status()).isEqualTo(200);
    assertThat(server.get(right, "/v1/disputes").status()).isEqualTo(401);
  }

  @Test void an_administrator_makes_keys_whose_secret_is_shown_once() {
    var admin = server.key(Role.ADMIN, "admin-1");
    var body = "{\"role\":\"BUYER\",\"subject\":\"buyer-1\",\"name\":\"for a test\"}";
    var made = server.post(admin, "/v1/keys", body, "Idempotency-Key", "key-1");
    assertThat(made.status()).as(made.text()).isEqualTo(201);
    var secret = made.json().path("secret").asString();
    assertThat(secret).startsWith("rk_test_");
    assertThat(server.get(secret, "/v1/disputes").status()).isEqualTo(200);
    var again = server.post(admin, "/v1/keys", body, "Idempotency-Key", "key-1");
    assertThat(again.json().path("id").asString()).isEqualTo(made.json().path("id").asString());
    assertThat(again.json().path("secret").isNull()).isTrue();
    assertThat(server.get(admin, "/v1/keys").text()).doesNotContain(secret);
    server.send("DELETE", admin, "/v1/keys/" + made.json().path("id").asString(), null);
    assertThat(server.get(secret, "/v1/disputes").status()).isEqualTo(401);
    assertThat(server.post(server.key(Role.PLATFORM, "platform-1"), "/v1/keys", body).code()).isEqualTo("ROLE_MISSING");
  }

  @Test void who_may_watch_sees_how_the_server_is_doing() {
    var figures = server.get(server.key(Role.ADMIN, "admin-1"), "/actuator/prometheus");
    assertThat(figures.status()).isEqualTo(200);
    assertThat(figures.text()).contains("redress_desk_waiting", "redress_desk_rounds_total", "redress_errands_parked",
        "redress_deadline_lateness");
    assertThat(server.get(server.key(Role.BUYER, "buyer-1"), "/actuator/prometheus").status()).isEqualTo(403);
  }
}
