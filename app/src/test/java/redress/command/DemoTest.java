package redress.command;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DemoTest {
  @Test void three_disputes_go_from_filing_to_a_verified_result_before_the_readers_eyes() {
    var said = Typed.of("demo");
    assertThat(said.exit()).as(said.words()).isZero();
    assertThat(said.lastLine())
        .matches("demo: outcome=SETTLED_FULFILLED scenes=3 steps=\\d+ days=\\d+ notices=\\d+ violations=0"
            + " certificate=ok");
    assertThat(said.figure("steps")).isGreaterThan(40);
    assertThat(said.figure("days")).isGreaterThan(10);
    assertThat(said.figure("notices")).isGreaterThan(50);
    assertThat(said.words()).contains("SETTLED_FULFILLED, CNY 3,299.00 paid")
        .contains("closed as SETTLED_ENFORCED, CNY 899.00 paid").contains("CNY 500.00 paid in two rounds")
        .contains("are one unbroken chain").contains("The key you gave is the log's.").contains("verify: ok entries=")
        .contains("+ The result, SETTLED_FULFILLED after entry").contains("and has only grown since")
        .contains("+ 2 files of evidence, byte for byte as submitted")
        .contains("first round").contains("second round").contains("2026-03-06 01:00 (UTC+08:00, Asia/Shanghai)");
  }
}
