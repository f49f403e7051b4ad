package redress.command;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.SplittableRandom;
import javax.imageio.ImageIO;

/** What the people of the demonstration photograph, drawn. */
final class Snapshots {
  private static final int WIDTH = 320;
  private static final int HEIGHT = 480;
  private static final int FRAME = 24;
  private static final int SCRATCHES = 12;

  private Snapshots() {}

  /** The back of a phone whose frame is scratched, as PNG. */
  static byte[] scratches() {
    var image = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
    var pen = image.createGraphics();
    pen.setColor(Color.LIGHT_GRAY);
    pen.fillRect(0, 0, WIDTH, HEIGHT);
    pen.setColor(Color.DARK_GRAY);
    pen.fillRoundRect(FRAME, FRAME, WIDTH - 2 * FRAME, HEIGHT - 2 * FRAME, FRAME, FRAME);
    pen.setColor(Color.WHITE);
    var random = new SplittableRandom(12);
    for (int i = 0; i < SCRATCHES; i++) {
      int x = FRAME + random.nextInt(FRAME);
      int y = random.nextInt(FRAME, HEIGHT - FRAME);
      pen.drawLine(x, y, x + random.nextInt(FRAME), y + random.nextInt(FRAME));
    }
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
