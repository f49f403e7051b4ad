package redress.api;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import org.slf4j.bridge.SLF4JBridgeHandler;
import redress.policy.Role;

/** What whoever watches the server can read of it. */
class MetricsTest {
  /** As whoever runs several centres in one process may have set it. */
  private static final Logger OURS = (Logger) LoggerFactory.getLogger("redress.set.by.the.process");
  private static Server server;
  private static String platform;
  private static String buyer;
  private static String merchant;
  private static String admin;

  @BeforeAll static void open() {
    OURS.setLevel(Level.TRACE);
    server = new Server();
    platform = server.key(Role.PLATFORM, "platform-1");
    buyer = server.key(Role.BUYER, "buyer-1");
    merchant = server.key(Role.MERCHANT_OWNER, "shop-1");
    admin = server.key(Role.ADMIN, "admin-1");
  }

  @Test void how_the_process_logs_is_not_set_up_anew_by_a_centre_among_others() {
    assertThat(OURS.getLevel()).isEqualTo(Level.TRACE);
    assertThat(java.util.logging.Logger.getLogger("").getHandlers()).singleElement()
        .isInstanceOf(SLF4JBridgeHandler.class);
  }

  @AfterAll static void close() {
    server.close();
  }

  /** The value of the series of this name with these labels, in any order; -1 when there is none. */
  private static double figure(String name, String... labels) {
    var all = server.get(admin, "/actuator/prometheus");
    assertThat(all.status()).isEqualTo(200);
    return all.text().lines().filter(line -> Pattern.matches(Pattern.quote(name) + "(\\{.*)? .*", line))
        .filter(line -> {
          for (var label : labels) if (!line.contains(label)) return false;
          return true;
        }).mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1))).findFirst().orElse(-1);
  }

  private static String filed(String payment) {
    server.put(platform, "/v1/payments/" + payment, """
        {"payer":"buyer-1","merchant":"shop-1","amount":10000,"currency":"CNY","items":["phone"],
         "capturedAt":"2026-03-01T08:00:00Z","provider":"WALLET"}""");
    assertThat(server.put(platform, "/v1/wallet/payments/" + payment, "{}").status()).isEqualTo(200);
    var filed = server.post(buyer, "/v1/disputes", """
        {"payment":"%s","reason":"OTHER","wish":"FULL_REFUND","amount":10000,"currency":"CNY","items":["phone"],
         "description":"It does not work."}""".formatted(payment));
    assertThat(filed.status()).as(filed.text()).isEqualTo(201);
    return "/v1/disputes/" + filed.json().path("id").asString();
  }

  private static void refunded(String at) {
    var key = at.substring(at.length() - 16);
    var refund = server.post(merchant, at + "/refund", "{\"executor\":\"PLATFORM\"}", "Idempotency-Key", key);
    assertThat(refund.status()).as(refund.text()).isEqualTo(200);
    assertThat(server.post(merchant, at + "/statement", "{\"text\":\"At once.\"}").status()).isEqualTo(200);
  }

  @Test void queue_rounds_lateness_and_parked_errands_are_to_be_read() {
    filed("p-figures");
    assertThat(figure("redress_desk_waiting")).isGreaterThanOrEqualTo(0);
    assertThat(figure("redress_desk_rounds_total")).isPositive();
    assertThat(figure("redress_desk_done_total")).isPositive();
    assertThat(figure("redress_desk_refused_total")).isNotNegative();
    assertThat(figure("redress_desk_retried_total")).isNotNegative();
    assertThat(figure("redress_desk_lost_total")).isNotNegative();
    assertThat(figure("redress_errands_parked")).isZero();
    assertThat(figure("redress_errands_due")).isNotNegative();
    server.wait(Duration.ofHours(73));
    until("a deadline has passed", () -> figure("redress_deadline_lateness_seconds_count") > 0);
    assertThat(figure("redress_deadline_lateness_seconds_bucket", "le=\"1.0\"")).isNotNegative();
    assertThat(figure("redress_deadline_lateness_seconds_max")).isNotNegative();
    until("its errand is counted", () -> figure("redress_errands_total", "kind=\"Tell\"", "end=\"done\"") > 0);
  }

  @Test void how_a_provider_does_is_to_be_read() {
    var wallet = "provider=\"WALLET\"";
    assertThat(figure("redress_provider_silences", wallet)).isZero();
    refunded(filed("p-paid"));
    until("the wallet has paid", () -> figure("redress_provider_calls_seconds_count", wallet, "call=\"refund\"",
        "answer=\"done\"") > 0);
    assertThat(figure("redress_provider_calls_seconds_count", wallet, "call=\"find\"", "answer=\"found\""))
        .isPositive();
    assertThat(figure("redress_provider_silences", wallet)).isZero();
    var at = filed("p-silent");
    // Both, so that no answer about the one that was paid ends the silence before somebody looks.
    for (var payment : List.of("p-paid", "p-silent")) {
      assertThat(server.post(platform, "/v1/wallet/payments/" + payment + "/manner",
          "{\"manner\":\"DOWN\",\"within\":\"P1D\"}").status()).isEqualTo(200);
    }
    refunded(at);
    until("the wallet is seen to be silent", () -> figure("redress_provider_silences", wallet) > 0);
    assertThat(figure("redress_provider_calls_seconds_count", wallet, "call=\"find\"", "answer=\"silent\""))
        .isPositive();
  }

  @Test void only_those_who_watch_the_server_read_its_figures() {
    assertThat(server.get(null, "/actuator/prometheus").status()).isEqualTo(401);
    assertThat(server.get(buyer, "/actuator/prometheus").code()).isEqualTo("ROLE_MISSING");
    assertThat(server.get(null, "/actuator/health").json().path("status").asString()).isEqualTo("UP");
  }

  private static void until(String what, BooleanSupplier condition) {
    long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > end) throw new AssertionError("still not: " + what);
      LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
    }
  }
}
