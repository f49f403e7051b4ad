package redress.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ScreenshotScale;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Pictures of every state of every page, on a phone and at a desk: {@code ./redress screenshots} leaves them. */
@ExtendWith(Touring.class)
class ScreenshotsTest {
  private static final int PHONE_WIDTH = 390;
  private static final int PHONE_HEIGHT = 844;
  private static final int DESK_WIDTH = 1280;
  private static final int DESK_HEIGHT = 900;

  @ParameterizedTest @ValueSource(strings = {"en", "zh"}) void every_state_is_photographed_in_both_sizes(
      String language, Tour tour) throws Exception {
    Files.createDirectories(Tour.PICTURES);
    var taken = new ArrayList<String>();
    assertThat(tour.round(language, (stop, page) -> {
      assertThat(page.locator("html").getAttribute("lang")).startsWith(language);
      taken.add(picture(page, stop, language, "phone", PHONE_WIDTH, PHONE_HEIGHT));
      taken.add(picture(page, stop, language, "desktop", DESK_WIDTH, DESK_HEIGHT));
    })).isEmpty();
    assertThat(taken).doesNotHaveDuplicates().hasSizeGreaterThanOrEqualTo(2 * 25)
        .allSatisfy(it -> assertThat(Files.size(Tour.PICTURES.resolve(it))).isPositive());
  }

  @Test void the_names_of_states_are_their_own() {
    assertThat(Stops.all()).extracting(Stop::name).doesNotHaveDuplicates();
  }

  private static String picture(Page page, Stop stop, String language, String size, int width, int height) {
    var name = String.join("-", List.of(stop.name(), language, size)) + ".png";
    page.setViewportSize(width, height);
    page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.LIGHT));
    page.screenshot(new Page.ScreenshotOptions().setFullPage(true).setScale(ScreenshotScale.CSS)
        .setPath(Tour.PICTURES.resolve(name)));
    return name;
  }
}
