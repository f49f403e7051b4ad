package redress.result;

import com.google.zxing.BarcodeFormat;
import com.google.zxing.EncodeHintType;
import com.google.zxing.WriterException;
import com.google.zxing.common.BitMatrix;
import com.google.zxing.qrcode.QRCodeWriter;
import com.google.zxing.qrcode.decoder.ErrorCorrectionLevel;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import javax.imageio.ImageIO;

/** A QR code (ISO/IEC 18004), square by square. */
public final class Qr {
  private static final int WHITE = 0xffffff;
  private static final int QUIET = 4;
  private static final int DOTS = 8;

  private final BitMatrix squares;

  private Qr(BitMatrix squares) {
    this.squares = squares;
  }

  /** The code of {@code text}; throws IllegalArgumentException when that is too long for one. */
  public static Qr of(String text) {
    try {
      return new Qr(new QRCodeWriter().encode(text, BarcodeFormat.QR_CODE, 0, 0,
          Map.of(EncodeHintType.ERROR_CORRECTION, ErrorCorrectionLevel.M, EncodeHintType.MARGIN, 0)));
    } catch (WriterException e) {
      throw new IllegalArgumentException("no QR code holds this", e);
    }
  }

  int width() {
    return squares.getWidth();
  }

  boolean isDark(int column, int row) {
    return squares.get(column, row);
  }

  /** As a picture (PNG) with the white margin that readers need. */
  public byte[] png() {
    int size = (width() + 2 * QUIET) * DOTS;
    var image = new BufferedImage(size, size, BufferedImage.TYPE_BYTE_BINARY);
    for (int y = 0; y < size; y++) {
      for (int x = 0; x < size; x++) {
        int column = x / DOTS - QUIET;
        int row = y / DOTS - QUIET;
        boolean inside = column >= 0 && row >= 0 && column < width() && row < width();
        if (!inside || !isDark(column, row)) image.setRGB(x, y, WHITE);
      }
    }
    var bytes = new ByteArrayOutputStream();
    try {
      ImageIO.write(image, "png", bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  /** As a drawing (SVG) that can be as large as one likes. */
  public String svg() {
    int size = width() + 2 * QUIET;
    var path = new StringBuilder();
    for (int row = 0; row < width(); row++) {
      for (int column = 0; column < width(); column++) {
        if (isDark(column, row)) path.append("M%d %dh1v1h-1z".formatted(column + QUIET, row + QUIET));
      }
    }
    return """
        <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %1$d %1$d" shape-rendering="crispEdges">\
        <path fill="#fff" d="M0 0h%1$dv%1$dH0z"/><path d="%2$s"/></svg>
        """.formatted(size, path);
  }
}
