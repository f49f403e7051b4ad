package redress.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import redress.api.Server.Reply;
import redress.door.Networks;
import redress.policy.Role;

/** From where a key opens, until when, and how it is changed for another. */
class KeyBoundsTest {
  private static Server server;
  private static String admin;

  @BeforeAll static void open() {
    server = new Server();
    admin = server.key(Role.ADMIN, "admin-1");
  }

  @AfterAll static void close() {
    server.close();
  }

  private static Reply made(String more) {
    return server.post(admin, "/v1/keys", "{\"role\":\"BUYER\",\"subject\":\"buyer-1\"%s}".formatted(more));
  }

  private static String secret(Reply made) {
    assertThat(made.status()).as(made.text()).isEqualTo(201);
    return made.json().path("secret").asString();
  }

  private static int uses(String secret) {
    return server.get(secret, "/v1/disputes").status();
  }

  @Test void a_key_opens_from_its_addresses_only_and_elsewhere_is_none_at_all() {
    assertThat(uses(secret(made(",\"addresses\":[\"127.0.0.1\"]")))).isEqualTo(200);
    assertThat(uses(secret(made(",\"addresses\":[\"10.0.0.0/8\",\"127.0.0.0/8\"]")))).isEqualTo(200);
    var elsewhere = secret(made(",\"addresses\":[\"10.0.0.0/8\",\"2001:db8::/32\"]"));
    assertThat(uses(elsewhere)).isEqualTo(401);
    var spoofed = server.get(elsewhere, "/v1/disputes", "X-Forwarded-For", "10.1.2.3", "Forwarded", "for=10.1.2.3");
    assertThat(spoofed.status()).isEqualTo(401);
  }

  @ParameterizedTest
  @ValueSource(strings = {"localhost", "10.0.0.0/33", "10.0.0.1/8", "1.2.3", "::1/129", "10.0.0.0/", "10.0.0.0/8/8",
      "010.0.0.1x", "example.org/8", "10.0.0.0/-1"}) void what_is_no_network_is_turned_away(String network) {
    var made = made(",\"addresses\":[\"" + network + "\"]");
    assertThat(made.code()).isEqualTo("FIELD_VALUE");
    assertThat(made.json().path("field").asString()).isEqualTo("addresses");
  }

  @ParameterizedTest
  @CsvSource({"203.0.113.0/24,203.0.113.255,true", "203.0.113.0/24,203.0.114.0,false", "203.0.113.7,203.0.113.7,true",
      "2001:db8::/32,2001:db8:ffff::1,true", "2001:db8::/32,2001:db9::1,false", "0.0.0.0/0,8.8.8.8,true",
      "0.0.0.0/0,::1,false", "::/0,::1,true", "10.0.0.0/8,::ffff:10.1.2.3,true", "fe80::/10,fe80::1%eth0,true",
      "10.0.0.0/9,10.128.0.0,false", "10.0.0.0/8,nonsense,false"}) void networks_hold_what_begins_like_them(
          String network, String address, boolean held) {
    assertThat(Networks.isOne(network)).isTrue();
    assertThat(Networks.contain(Set.of(network), address)).isEqualTo(held);
  }

  @Test void a_key_ends_by_itself_to_the_instant() {
    var until = server.now().plus(Duration.ofHours(1));
    var secret = secret(made(",\"expiresAt\":\"" + until + "\""));
    server.wait(Duration.ofMinutes(59));
    assertThat(uses(secret)).isEqualTo(200);
    server.wait(Duration.ofMinutes(1));
    assertThat(uses(secret)).isEqualTo(401);
    assertThat(made(",\"expiresAt\":\"" + server.now() + "\"").code()).isEqualTo("FIELD_VALUE");
  }

  @Test void a_rotated_key_opens_beside_the_new_one_for_as_long_as_was_said() {
    var made = made(",\"addresses\":[\"127.0.0.0/8\"],\"name\":\"till\"");
    var old = secret(made);
    var way = "/v1/keys/" + made.json().path("id").asString() + "/rotation";
    assertThat(server.post(server.key(Role.PLATFORM, "platform-1"), way, "{}").code()).isEqualTo("ROLE_MISSING");
    assertThat(server.post(admin, way, "{\"overlap\":\"P31D\"}").code()).isEqualTo("FIELD_VALUE");
    var rotated = server.post(admin, way, "{\"overlap\":\"PT2H\"}", "Idempotency-Key", "rotate-1");
    var fresh = secret(rotated);
    assertThat(rotated.json().path("name").asString()).isEqualTo("till");
    assertThat(rotated.json().path("addresses").path(0).asString()).isEqualTo("127.0.0.0/8");
    var again = server.post(admin, way, "{\"overlap\":\"PT2H\"}", "Idempotency-Key", "rotate-1");
    assertThat(again.json().path("id")).isEqualTo(rotated.json().path("id"));
    assertThat(again.json().path("secret").isNull() || again.json().path("secret").isMissingNode()).isTrue();
    assertThat(uses(old)).isEqualTo(200);
    assertThat(uses(fresh)).isEqualTo(200);
    server.wait(Duration.ofHours(2));
    assertThat(uses(old)).isEqualTo(401);
    assertThat(uses(fresh)).isEqualTo(200);
    assertThat(server.post(admin, way, "{}").status()).isEqualTo(404);
    assertThat(server.post(admin, "/v1/keys/key_none/rotation", "{}").status()).isEqualTo(404);
    assertThat(server.centre.the(JdbcClient.class).sql("select count(*) from act where kind = 'key.expires'")
        .query(Long.class).single()).isEqualTo(1);
  }
}
