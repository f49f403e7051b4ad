package redress.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** axe-core finds nothing on any state of any page, in either language, by day and by night (WCAG 2.2 AA and more). */
@ExtendWith(Touring.class)
class AxeTest {
  private static final String RUN = """
      async (only) => {
        await Promise.all(document.getAnimations().map(it => it.finished));
        const found = await axe.run(document, { runOnly: only, resultTypes: ['violations'] });
        return found.violations.flatMap(it => it.nodes.map(node =>
          it.id + ' ' + node.target + ' ' + node.html.slice(0, 160) + ' ' +
          (node.any.concat(node.all, node.none)[0]?.message ?? '')));
      }""";
  private static final Object EVERYTHING = Map.of("type", "tag", "values",
      List.of("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"));
  /** At night only the colours are others, and they are the same in both languages: one is enough. */
  private static final Object COLOURS = Map.of("type", "rule", "values", List.of("color-contrast"));

  private static String axe = "";

  @BeforeAll static void read() throws IOException {
    try (var in = AxeTest.class.getResourceAsStream("/axe.min.js")) {
      axe = new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @ParameterizedTest @ValueSource(strings = {"en", "zh"}) void nothing_is_in_anybodys_way(String language, Tour tour) {
    assertThat(tour.round(language, (stop, page) -> {
      page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.LIGHT));
      page.evaluate(axe);
      assertThat((List<?>) page.evaluate(RUN, EVERYTHING)).as("by day").isEmpty();
      if (!language.equals("en")) return;
      page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.DARK));
      assertThat((List<?>) page.evaluate(RUN, COLOURS)).as("at night").isEmpty();
      page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.LIGHT));
    })).isEmpty();
  }
}
