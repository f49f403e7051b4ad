package redress.web;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.imageio.ImageIO;

/** Photographs for tests, drawn at run time; each name has its own. */
final class Drawn {
  private Drawn() {}

  /** A PNG of a scratched screen. */
  static byte[] photo(String name) {
    var image = new BufferedImage(640, 480, BufferedImage.TYPE_INT_RGB);
    var pen = image.createGraphics();
    pen.setColor(new Color(0xD9D4C8));
    pen.fillRect(0, 0, 640, 480);
    pen.setColor(new Color(0x22262B));
    pen.fillRoundRect(210, 40, 220, 400, 40, 40);
    pen.setColor(new Color(0x9FB7C4));
    for (int i = 0; i < 5; i++) pen.drawLine(230, 90 + i * 9 + Math.abs(name.hashCode() % 90), 410, 60 + i * 11);
    pen.dispose();
    var bytes = new ByteArrayOutputStream();
    try {
      ImageIO.write(image, "png", bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }
}
