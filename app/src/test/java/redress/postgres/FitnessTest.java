package redress.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import redress.postgres.Fitness.Facts;

class FitnessTest {

  private static final Map<String, String> SAFE =
      Map.of("fsync", "on", "full_page_writes", "on", "synchronous_commit", "remote_apply");

  @Test void version_15_is_the_oldest_taken() {
    assertThatCode(() -> Fitness.refuseUnfit(new Facts(15, "UTF8", false, "C.UTF-8", SAFE)))
        .doesNotThrowAnyException();
    assertThatThrownBy(() -> Fitness.refuseUnfit(new Facts(14, "UTF8", false, "C.UTF-8", SAFE)))
        .hasMessage("This database is PostgreSQL 14; Redress needs 15 or later.");
  }

  @Test void a_standby_is_refused() {
    assertThatThrownBy(() -> Fitness.refuseUnfit(new Facts(18, "UTF8", true, "C.UTF-8", SAFE)))
        .hasMessageContaining("primary");
  }

  @Test void every_durable_setting_that_is_off_is_warned_about() {
    assertThat(Fitness.warnings(new Facts(18, "UTF8", false, "C.UTF-8", SAFE))).isEmpty();
    var weak = Map.of("fsync", "off", "full_page_writes", "off", "synchronous_commit", "off");
    assertThat(Fitness.warnings(new Facts(18, "UTF8", false, "C.UTF-8", weak))).hasSize(3);
  }
}
