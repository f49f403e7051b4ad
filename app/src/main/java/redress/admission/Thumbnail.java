package redress.admission;

import java.awt.geom.AffineTransform;
import java.awt.image.BufferedImage;
import java.awt.image.Raster;
import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.StreamSupport;
import javax.imageio.ImageIO;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.stream.FileImageInputStream;

/** A picture read at a fraction of its size, so that the whole of it is never held, and turned the right way up. */
final class Thumbnail {
  /** WebP is decoded whole by its reader, whatever the fraction. */
  private static final long LARGEST_WHOLE = 6_000_000;
  private static final long LARGEST_PROGRESSIVE = 40_000_000;

  private Thumbnail() {}

  static BufferedImage of(Path file, Content content, String mediaType) throws IOException {
    var reader = reader(mediaType);
    try (var in = new FileImageInputStream(file.toFile())) {
      reader.setInput(in, true, true);
      return turned(Previews.fitted(read(reader, content, mediaType)), Orientation.of(content, mediaType));
    } catch (IOException | IllegalArgumentException | IllegalStateException | IndexOutOfBoundsException
        | NegativeArraySizeException | NullPointerException | ClassCastException | UnsupportedOperationException e) {
      // How the readers say of a picture that something in it is not as they know it.
      throw new Previews.Undrawable("the picture cannot be read", e);
    } finally {
      reader.dispose();
    }
  }

  /** The JDK's reader where it has one: no other plug-in's. */
  private static ImageReader reader(String mediaType) {
    Iterable<ImageReader> readers = () -> ImageIO.getImageReadersByMIMEType(mediaType);
    var all = StreamSupport.stream(readers.spliterator(), false).toList();
    return all.stream().filter(it -> it.getClass().getModule().isNamed()).findFirst().or(() -> all.stream().findFirst())
        .orElseThrow();
  }

  private static BufferedImage read(ImageReader reader, Content content, String mediaType) throws IOException {
    int width = reader.getWidth(0);
    int height = reader.getHeight(0);
    long pixels = (long) width * height;
    if (mediaType.equals("image/webp") && pixels > LARGEST_WHOLE)
      throw new Unfit(Reason.TOO_MANY_PIXELS, "for a preview");
    if (mediaType.equals("image/jpeg") && pixels > LARGEST_PROGRESSIVE && isProgressive(content)) {
      throw new Unfit(Reason.TOO_MANY_PIXELS, "for a preview");
    }
    var settings = reader.getDefaultReadParam();
    int step = Math.max(1, Math.max(width, height) / Previews.SIDE);
    settings.setSourceSubsampling(step, step, 0, 0);
    reader.addIIOReadProgressListener(new Impatience(content));
    try {
      return reader.read(0, settings);
    } catch (javax.imageio.IIOException e) {
      if (!mediaType.equals("image/jpeg") || !reader.canReadRaster()) throw e;
      return printed(reader, settings);
    }
  }

  private static boolean isProgressive(Content content) {
    return content.find("\u00FF\u00C2", 0, Math.min(content.size(), 200_000)) >= 0;
  }

  /** A picture in the four colours of print, which the JDK reads without knowing what they are. */
  private static BufferedImage printed(ImageReader reader, ImageReadParam settings) throws IOException {
    Raster raster = reader.readRaster(0, settings);
    if (raster.getNumBands() != 4) throw new IOException("a picture of " + raster.getNumBands() + " colours");
    var picture = new BufferedImage(raster.getWidth(), raster.getHeight(), BufferedImage.TYPE_INT_RGB);
    var four = new int[4];
    for (int y = 0; y < raster.getHeight(); y++) {
      for (int x = 0; x < raster.getWidth(); x++) {
        raster.getPixel(x, y, four);
        // Adobe's programs write them inverted, and no others write them.
        int red = four[0] * four[3] / 255;
        int green = four[1] * four[3] / 255;
        int blue = four[2] * four[3] / 255;
        picture.setRGB(x, y, (red << 16) + (green << 8) + blue);
      }
    }
    return picture;
  }

  /** The picture turned and mirrored from how it was taken (1 to 8, as EXIF has it) to how it is looked at. */
  static BufferedImage turned(BufferedImage picture, int orientation) {
    int width = picture.getWidth();
    int height = picture.getHeight();
    var turn = switch (orientation) {
      case 2 -> new AffineTransform(-1, 0, 0, 1, width, 0);
      case 3 -> new AffineTransform(-1, 0, 0, -1, width, height);
      case 4 -> new AffineTransform(1, 0, 0, -1, 0, height);
      case 5 -> new AffineTransform(0, 1, 1, 0, 0, 0);
      case 6 -> new AffineTransform(0, 1, -1, 0, height, 0);
      case 7 -> new AffineTransform(0, -1, -1, 0, height, width);
      case 8 -> new AffineTransform(0, -1, 1, 0, 0, width);
      default -> new AffineTransform();
    };
    if (turn.isIdentity()) return picture;
    boolean isOnItsSide = orientation >= 5;
    var turned = new BufferedImage(isOnItsSide ? height : width, isOnItsSide ? width : height, picture.getType());
    var pen = turned.createGraphics();
    pen.drawImage(picture, turn, null);
    pen.dispose();
    return turned;
  }

  /** Ends the reading of a picture when its time is over. */
  private record Impatience(Content content) implements javax.imageio.event.IIOReadProgressListener {
    @Override public void imageProgress(ImageReader source, float percentageDone) { content.hurry(); }

    @Override public void sequenceStarted(ImageReader source, int minIndex) {}

    @Override public void sequenceComplete(ImageReader source) {}

    @Override public void imageStarted(ImageReader source, int imageIndex) {}

    @Override public void imageComplete(ImageReader source) {}

    @Override public void thumbnailStarted(ImageReader source, int imageIndex, int thumbnailIndex) {}

    @Override public void thumbnailProgress(ImageReader source, float percentageDone) {}

    @Override public void thumbnailComplete(ImageReader source) {}

    @Override public void readAborted(ImageReader source) {}
  }
}
