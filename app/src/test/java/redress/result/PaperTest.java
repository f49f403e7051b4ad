package redress.result;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;
import javax.imageio.ImageIO;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.rendering.PDFRenderer;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import redress.dispute.DisputeId;
import redress.dispute.Outcome;
import redress.store.ResultBook;

/**
 * Results on paper: readable, complete, on one to three pages, in both languages; pictures are left in target/papers.
 */
@ExtendWith(Endings.Shared.class)
class PaperTest {
  private static final int DPI = 72;
  private static final int A4 = 595;
  private static final int EDGE = 50;
  private static final Path PICTURES = Path.of("target/papers");
  private static final Set<Outcome> DRAWN = EnumSet.of(Outcome.SETTLED_FULFILLED, Outcome.SETTLED_ENFORCED,
      Outcome.SETTLED_UNPAID, Outcome.DECIDED_SPLIT, Outcome.WITHDRAWN);
  private static final Map<Outcome, ResultBook.Kept> KEPT = new EnumMap<>(Outcome.class);

  @BeforeAll static void open(Endings endings) throws IOException {
    Files.createDirectories(PICTURES);
    var book = endings.server.centre.the(ResultBook.class);
    endings.all.forEach((outcome, dispute) -> KEPT.put(outcome,
        book.find(DisputeId.parse(dispute).orElseThrow(), 1).orElseThrow()));
  }

  private static ResultBook.Kept kept(Outcome outcome) {
    return Objects.requireNonNull(KEPT.get(outcome));
  }

  private static String text(byte[] pdf) throws IOException {
    try (var paper = Loader.loadPDF(pdf)) {
      return new PDFTextStripper().getText(paper).replaceAll("\\s+", " ");
    }
  }

  @Test void every_end_fits_on_one_to_three_pages_with_its_figures_and_the_hash_to_compare() throws IOException {
    for (var kept : KEPT.values()) {
      for (var words : Phrasebook.values()) {
        var pdf = Paper.of(kept, words);
        try (var paper = Loader.loadPDF(pdf)) {
          assertThat(paper.getNumberOfPages()).as(kept.json()).isBetween(1, 3);
        }
        assertThat(text(pdf).replace(" ", "")).contains(kept.sha256(), kept.kid(), kept.dispute().toString());
      }
    }
    assertThat(text(Paper.of(kept(Outcome.SETTLED_FULFILLED), Phrasebook.EN)))
        .contains("The agreement was kept.", "Kept on time, on 2 Mar 2026, 08:00.", "TEST PAYMENT", "CNY 100.00");
    assertThat(text(Paper.of(kept(Outcome.SETTLED_WAIVED), Phrasebook.EN))).contains("JPY 10,000");
    assertThat(text(Paper.of(kept(Outcome.SETTLED_LAPSED), Phrasebook.ZH))).contains("KWD 10.000");
  }

  @Test void nothing_runs_over_the_edge() throws IOException {
    for (var outcome : DRAWN) {
      for (var words : Phrasebook.values()) draw(Paper.of(kept(outcome), words), outcome + "-" + words.language);
    }
  }

  @Test void long_names_break_and_characters_that_no_font_has_become_boxes() throws IOException {
    var plain = kept(Outcome.SETTLED_FULFILLED);
    var item =
        "Wonderfully-long-name-of-a-telephone-with-two-cases-and-three-chargers/in-blue-green-and-pearl \ud83d\ude00"
            + " 特别特别长的商品名称，附赠充电器三个、保护壳两个（蓝绿色与珍珠白）；\ud869\uded6";
    var kept = new ResultBook.Kept(plain.dispute(), plain.number(), plain.n(), plain.at(), plain.live(), plain.sha256(),
        plain.kid(), plain.json().replace("[\"phone\"]", "[\"" + item + "\",\"" + "x".repeat(200) + "\"]"),
        plain.jws());
    for (var words : Phrasebook.values()) draw(Paper.of(kept, words), "LONG-" + words.language);
    assertThat(text(Paper.of(kept, Phrasebook.ZH))).contains("□").contains("珍珠白");
  }

  private static void draw(byte[] pdf, String name) throws IOException {
    try (PDDocument paper = Loader.loadPDF(pdf)) {
      var pages = new PDFRenderer(paper);
      for (int page = 0; page < paper.getNumberOfPages(); page++) {
        var picture = pages.renderImageWithDPI(page, DPI * Integer.getInteger("zoom", 1));
        ImageIO.write(picture, "png", PICTURES.resolve("%s-%d.png".formatted(name, page + 1)).toFile());
        assertThat(marginIsClean(picture)).as(name).isTrue();
      }
    }
  }

  private static boolean marginIsClean(BufferedImage page) {
    int edge = page.getWidth() * EDGE / A4;
    for (int y = 0; y < page.getHeight(); y++) {
      for (int x = 0; x < edge; x++) {
        if (page.getRGB(x, y) != 0xffffffff || page.getRGB(page.getWidth() - 1 - x, y) != 0xffffffff) return false;
      }
    }
    return true;
  }

  @Test void the_same_record_is_the_same_bytes() {
    for (var words : Phrasebook.values()) {
      var kept = kept(Outcome.SETTLED_ENFORCED);
      assertThat(Paper.of(kept, words)).isEqualTo(Paper.of(kept, words));
    }
  }

  @Test void both_languages_have_the_same_words() throws IOException {
    assertThat(keys("zh")).isEqualTo(keys("en"));
  }

  private static Set<Object> keys(String language) throws IOException {
    var words = new Properties();
    try (var in = PaperTest.class.getResourceAsStream("/results/" + language + ".properties")) {
      words.load(new InputStreamReader(Objects.requireNonNull(in), StandardCharsets.UTF_8));
    }
    return words.keySet();
  }
}
