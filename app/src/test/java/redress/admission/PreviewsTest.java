package redress.admission;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is shown of a file is drawn anew: small, the right way up, and with nothing of the original beside its look. */
class PreviewsTest {
  private static final Map<String, String> TYPES = Map.of("jpg", "image/jpeg", "png", "image/png", "gif", "image/gif",
      "webp", "image/webp", "pdf", "application/pdf", "txt", "text/plain", "mp4", "video/mp4");
  private static final Previews PREVIEWS = new Previews(Limits.STANDARD);

  @TempDir Path folder;

  @Test void every_third_honest_picture_and_document_has_a_preview_of_at_most_1200_pixels() throws IOException {
    var samples = Honest.all();
    for (int i = 0; i < samples.size(); i += 3) {
      var sample = samples.get(i);
      var preview = preview(sample.bytes().get(), sample.kind());
      if (sample.kind().equals("txt") || sample.kind().equals("mp4")) {
        assertThat(preview).as(sample.toString()).isEmpty();
      } else {
        assertThat(preview).as(sample.toString()).isPresent();
        var picture = decoded(preview.orElseThrow());
        assertThat(Math.max(picture.getWidth(), picture.getHeight())).as(sample.toString()).isBetween(1,
            Previews.SIDE);
      }
    }
  }

  @ParameterizedTest @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8}) void a_picture_is_turned_the_way_it_was_held(
      int orientation) throws IOException {
    var upright = Pictures.drawn(300, 200, BufferedImage.TYPE_INT_RGB);
    // A camera held that way sees the world turned the other way round.
    int back = orientation == 6 ? 8 : orientation == 8 ? 6 : orientation;
    var seen = Pictures.jpeg(Thumbnail.turned(upright, back), 95, false);
    var preview = decoded(preview(Pictures.withSegment(seen, 0xE1, Pictures.exif(orientation, true)), "jpg")
        .orElseThrow());
    assertThat(preview.getWidth()).isEqualTo(300);
    assertThat(preview.getHeight()).isEqualTo(200);
    assertThat(isRed(preview, 20, 20)).isTrue();
    assertThat(isRed(preview, 280, 20)).isFalse();
    assertThat(isRed(preview, 20, 180)).isFalse();
    assertThat(isRed(preview, 280, 180)).isFalse();
  }

  @Test void nothing_that_was_noted_in_a_picture_is_in_its_preview() throws IOException {
    var photo = Pictures.jpeg(Pictures.drawn(64, 48, BufferedImage.TYPE_INT_RGB), 80, false);
    var noted = Pictures.withSegment(Pictures.withSegment(photo, 0xE1, Pictures.exif(1, true)), 0xFE,
        "a secret place".getBytes(StandardCharsets.UTF_8));
    var preview = preview(noted, "jpg").orElseThrow();
    var text = new String(preview, StandardCharsets.ISO_8859_1);
    assertThat(text).doesNotContain("Exif", "eXIf", "secret", "tEXt", "iTXt", "zTXt", "tIME", "iCCP");
    assertThat(preview).isEqualTo(preview(photo, "jpg").orElseThrow());
  }

  @Test void a_large_picture_is_read_at_a_fraction_of_its_size() throws IOException {
    var rows = new byte[9_000 * (1 + 9_000)];
    var preview = decoded(preview(Pictures.pngOf(9_000, 9_000, 8, 0, rows), "png").orElseThrow());
    assertThat(preview.getWidth()).isBetween(1_000, Previews.SIDE);
  }

  @Test void what_cannot_be_drawn_has_no_preview_and_does_no_harm() throws IOException {
    var part = Papers.stream("/Type/XObject/Subtype/Image/Width 9000/Height 9000/BitsPerComponent 8"
        + "/ColorSpace/DeviceGray/Filter/FlateDecode", Pictures.packed(new byte[81_000_000]));
    var flood = Papers.onePage("", "/Resources<</XObject<</A 4 0 R>>>>/Contents 5 0 R", part, Papers.stream("", Pictures
        .latin("300 0 0 300 0 0 cm /A Do")));
    assertThat(preview(flood, "pdf")).isEmpty();
    assertThat(preview(Pictures.latin("%PDF-1.7 nothing"), "pdf")).isEmpty();
    assertThat(preview(Pictures.bytes(0xFF, 0xD8, 0xFF, 0xD9), "jpg")).isEmpty();
    assertThat(preview(new byte[0], "png")).isEmpty();
  }

  @Test void a_page_shows_what_stands_on_it() throws IOException {
    var picture = new BufferedImage(30, 20, BufferedImage.TYPE_INT_RGB);
    for (int x = 0; x < 30; x++) for (int y = 0; y < 20; y++) picture.setRGB(x, y, Color.RED.getRGB());
    var preview = decoded(preview(Papers.pages(2, 17, true, Papers.picture(picture, false)), "pdf").orElseThrow());
    assertThat(preview.getHeight()).isBetween(1_190, 1_200);
    // Drawn from 60 to 360 and from 200 to 400 of A4's 595 by 842 points, counted from below.
    assertThat(isRed(preview, 300, 770)).isTrue();
    assertThat(isRed(preview, 700, 770)).isFalse();
  }

  private Optional<byte[]> preview(byte[] bytes, String kind) throws IOException {
    return PREVIEWS.png(Files.write(folder.resolve("file"), bytes), TYPES.getOrDefault(kind, ""));
  }

  private static BufferedImage decoded(byte[] png) throws IOException {
    return ImageIO.read(new ByteArrayInputStream(png));
  }

  private static boolean isRed(BufferedImage picture, int x, int y) {
    var colour = new Color(picture.getRGB(x, y));
    return colour.getRed() > 200 && colour.getGreen() < 60 && colour.getBlue() < 60;
  }
}
