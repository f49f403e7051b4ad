package redress.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import redress.web.Chart.Point;

/** How figures become bars. */
class ChartTest {
  @Test void the_greatest_column_fills_the_box_and_the_others_are_in_proportion() {
    var chart = Chart.columns("c", "t", "d", List.of(new Point("Jan", "10", 10), new Point("Feb", "5", 5)), 0);
    assertThat(chart.bars()).extracting(Chart.Bar::height).containsExactly(120, 60);
    assertThat(chart.bars()).allSatisfy(it -> assertThat(it.y() + it.height()).isEqualTo(144));
  }

  @Test void a_share_is_as_long_as_it_is_and_what_was_not_measured_has_no_length() {
    var chart = Chart.shares("c", "t", "d", List.of(new Point("a", "50 %", 5_000), new Point("b", "–", -1)));
    assertThat(chart.bars()).extracting(Chart.Bar::width).containsExactly(180, 0);
    assertThat(chart.height()).isEqualTo(92);
  }

  @Test void columns_of_shares_are_held_against_the_whole() {
    var chart = Chart.columns("c", "t", "d", List.of(new Point("Jan", "50 %", 5_000)), 10_000);
    assertThat(chart.bars().getFirst().height()).isEqualTo(60);
    assertThat(Chart.columns("c", "t", "d", List.of(), 0).bars()).isEmpty();
  }
}
