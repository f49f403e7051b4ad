package redress.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import java.util.List;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every state of every page fits the narrowest screen and twice its size, and what is pressed is large enough. */
@ExtendWith(Touring.class)
class ReflowTest {
  private static final int NARROWEST = 320;
  /** A desk of 1280 pixels where everything is shown at 200 %. */
  private static final int ZOOMED = 640;
  private static final String TOO_WIDE = """
      () => {
        const most = document.documentElement.clientWidth;
        if (document.documentElement.scrollWidth <= most) return [];
        return [...document.body.querySelectorAll('*')].filter(it => it.getBoundingClientRect().right > most + 1
          && !it.closest('.wide-table')).map(it => it.outerHTML.slice(0, 120));
      }""";
  /** Ours is 44 pixels for whatever is pressed; a link within a sentence is as high as its line. */
  private static final String TOO_SMALL = """
      () => [...document.querySelectorAll('button, summary, select, textarea, input:not([type=hidden]), a[href]')]
        .filter(it => it.checkVisibility({ visibilityProperty: true }) && !it.matches('.skip')
          && !(it.matches('a') && [...it.parentElement.childNodes].some(at => at !== it && at.textContent.trim())))
        .map(it => ({ it, box: (it.matches('[type=radio], [type=checkbox], [type=file]') && it.closest('label') || it)
          .getBoundingClientRect() }))
        .filter(({ box }) => box.height < 43.5 || box.width < 24)
        .map(({ it, box }) => Math.round(box.width) + 'x' + Math.round(box.height) + ' ' + it.outerHTML)""";

  @ParameterizedTest
  @ValueSource(strings = {"en", "zh"}) void nothing_is_wider_than_the_narrowest_screen(String language, Tour tour) {
    assertThat(tour.round(language, (stop, page) -> {
      fits(page, ZOOMED, 450);
      fits(page, NARROWEST, 640);
      assertThat((List<?>) page.evaluate(TOO_SMALL)).as("what is pressed").isEmpty();
      page.setViewportSize(1280, 900);
    })).isEmpty();
  }

  private static void fits(Page page, int width, int height) {
    page.setViewportSize(width, height);
    assertThat((List<?>) page.evaluate(TOO_WIDE)).as("at " + width + " pixels").isEmpty();
  }
}
