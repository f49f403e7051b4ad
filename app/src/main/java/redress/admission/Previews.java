package redress.admission;

import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import javax.imageio.ImageIO;

/**
 * Small pictures of what was admitted, drawn anew: nothing of the original's bytes is in them, so neither where a
 * picture was taken nor anything hidden in it. Only so many are drawn at once, and little of a large picture is held.
 */
public final class Previews {
  /** The longer side of a preview, in pixels, at the most. */
  public static final int SIDE = 1_200;

  private static final int AT_ONCE = 2;

  private final Limits limits;
  private final Semaphore places = new Semaphore(AT_ONCE);

  /** Within these limits, the time of one file above all. */
  public Previews(Limits limits) {
    this.limits = limits;
  }

  /**
   * A PNG of an admitted picture, the right way up, or of a document's first page.
   *
   * @param mediaType what {@link Verdict.Admitted} says it is
   * @return empty for text and videos, and for what is too large or too unusual to be drawn here
   * @throws UncheckedIOException when the file cannot be read
   */
  public Optional<byte[]> png(Path file, String mediaType) {
    places.acquireUninterruptibly();
    try (var content = Content.of(file, limits.time())) {
      var drawn = switch (mediaType) {
        case "image/jpeg", "image/png", "image/gif", "image/webp" -> Optional.of(Thumbnail.of(file, content,
            mediaType));
        case "application/pdf" -> Optional.of(PdfPage.first(content, limits));
        default -> Optional.<BufferedImage>empty();
      };
      return drawn.map(Previews::encoded);
    } catch (Unfit | Undrawable e) {
      return Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      places.release();
    }
  }

  /** Said of what was admitted and cannot be drawn here. */
  static final class Undrawable extends RuntimeException {
    Undrawable(String why, Throwable cause) {
      super(why, cause, false, false);
    }
  }

  /** The picture at most {@link #SIDE} wide and high, in plain colours. */
  static BufferedImage fitted(BufferedImage picture) {
    int longer = Math.max(picture.getWidth(), picture.getHeight());
    int width = longer <= SIDE ? picture.getWidth() : Math.max(1, (int) ((long) picture.getWidth() * SIDE / longer));
    int height = longer <= SIDE ? picture.getHeight() : Math.max(1, (int) ((long) picture.getHeight() * SIDE / longer));
    var type = picture.getColorModel().hasAlpha() ? BufferedImage.TYPE_INT_ARGB : BufferedImage.TYPE_INT_RGB;
    var fitted = new BufferedImage(width, height, type);
    var pen = fitted.createGraphics();
    pen.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
    pen.drawImage(picture, 0, 0, width, height, null);
    pen.dispose();
    return fitted;
  }

  private static byte[] encoded(BufferedImage picture) {
    var writer = ImageIO.getImageWritersByFormatName("png").next();
    var bytes = new ByteArrayOutputStream();
    try (var out = new javax.imageio.stream.MemoryCacheImageOutputStream(bytes)) {
      writer.setOutput(out);
      writer.write(picture);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      writer.dispose();
    }
    return bytes.toByteArray();
  }
}
