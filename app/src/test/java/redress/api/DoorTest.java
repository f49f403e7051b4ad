package redress.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
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
}
