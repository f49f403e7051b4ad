package redress.api;

import static org.assertj.core.api.Assertions.assertThat;
import static redress.api.Server.MORNING;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import redress.door.Keys;
import redress.errand.TestTime;
import redress.policy.Role;
import redress.seal.Digest;
import redress.store.Key;
import redress.store.Posts;

/** What is posted under an idempotency key outside of any dispute happens once, whatever dies meanwhile. */
class OnceTest {
  private static final String HOUR = "{\"by\":\"PT1H\"}";

  private static Server server;
  private static Keys.Issued platform;

  @BeforeAll static void open() {
    server = new Server();
    platform = server.centre.the(Keys.class).issue(Keys.Wish.of(Role.PLATFORM, "platform-1", false));
  }

  @AfterAll static void close() {
    server.close();
  }

  private static void clock(String id) {
    var made = server.post(platform.secret(), "/v1/test-clocks", "{\"id\":\"" + id + "\",\"now\":\"" + MORNING + "\"}");
    assertThat(made.status()).as(made.text()).isEqualTo(201);
  }

  private static Server.Reply advance(String id, String key) {
    return server.post(platform.secret(), "/v1/test-clocks/" + id + "/advance", HOUR, "Idempotency-Key", key);
  }

  private static Instant shown(String id) {
    return Instant.parse(server.get(platform.secret(), "/v1/test-clocks/" + id).json().path("now").asString());
  }

  /** What a server leaves behind that dies in the middle of an advance, {@code ago} before now. */
  private static void die(String id, String key, Duration ago) {
    var asked = new Key("key:" + platform.key().id(), key,
        Digest.sha256("POST /v1/test-clocks/" + id + "/advance\n" + HOUR));
    server.centre.the(Posts.class).begin(asked, MORNING.plus(Duration.ofHours(1)).toString(), server.now().minus(ago));
    server.centre.the(TestTime.class).advance(id, MORNING.plus(Duration.ofMinutes(20)));
  }

  @Test void an_advance_that_was_interrupted_goes_on_to_where_it_was_going_and_no_farther() {
    clock("interrupted");
    die("interrupted", "a-1", Duration.ofMinutes(2));
    assertThat(shown("interrupted")).isEqualTo(MORNING.plus(Duration.ofMinutes(20)));
    for (int n = 0; n < 2; n++) {
      assertThat(advance("interrupted", "a-1").status()).isEqualTo(200);
      assertThat(shown("interrupted")).isEqualTo(MORNING.plus(Duration.ofHours(1)));
    }
    assertThat(advance("interrupted", "a-2").status()).isEqualTo(200);
    assertThat(shown("interrupted")).isEqualTo(MORNING.plus(Duration.ofHours(2)));
  }

  @Test void whoever_comes_while_it_may_still_be_running_is_told_to_come_again() {
    clock("running");
    die("running", "r-1", Duration.ofSeconds(10));
    assertThat(advance("running", "r-1").code()).isEqualTo("IDEMPOTENCY_IN_FLIGHT");
    assertThat(shown("running")).isEqualTo(MORNING.plus(Duration.ofMinutes(20)));
  }

  @Test void what_was_turned_away_can_be_asked_again_under_the_same_key() {
    var body = "{\"id\":\"later\",\"now\":\"" + MORNING + "\"}";
    assertThat(advance("later", "l-1").status()).isEqualTo(404);
    assertThat(server.post(platform.secret(), "/v1/test-clocks", body, "Idempotency-Key", "l-2").status())
        .isEqualTo(201);
    var taken = server.post(platform.secret(), "/v1/test-clocks", body, "Idempotency-Key", "l-3");
    assertThat(taken.code()).isEqualTo("ID_TAKEN");
    assertThat(advance("later", "l-3").status()).isEqualTo(200);
    var again = server.post(platform.secret(), "/v1/test-clocks", body, "Idempotency-Key", "l-2");
    assertThat(again.status()).isEqualTo(201);
    assertThat(again.header("Idempotent-Replayed")).isEqualTo("true");
  }
}
