package redress.admission;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.metadata.IIOMetadataNode;

/** Makes pictures of all taken types, by the JDK's writers where it has some and byte by byte where not. */
final class Pictures {
  private Pictures() {}

  /** A picture with a gradient and a red upper left quarter, so that one sees which way it is turned. */
  static BufferedImage drawn(int width, int height, int type) {
    var picture = new BufferedImage(width, height, type);
    var pen = picture.createGraphics();
    pen.setColor(new Color(40, 160, 90));
    pen.fillRect(0, 0, width, height);
    for (int x = 0; x < width; x += 7) {
      pen.setColor(new Color(x * 255 / width, 90, 200));
      pen.drawLine(x, 0, width - x, height);
    }
    pen.setColor(Color.RED);
    pen.fillRect(0, 0, width / 2, height / 2);
    pen.dispose();
    return picture;
  }

  static byte[] jpeg(BufferedImage picture, int quality, boolean isProgressive) {
    return written(picture, "jpeg", settings -> {
      settings.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
      settings.setCompressionQuality(quality / 100f);
      if (isProgressive) settings.setProgressiveMode(ImageWriteParam.MODE_DEFAULT);
    });
  }

  static byte[] png(BufferedImage picture, boolean isInterlaced) {
    return written(picture, "png", settings -> {
      if (isInterlaced) settings.setProgressiveMode(ImageWriteParam.MODE_DEFAULT);
    });
  }

  static byte[] gif(BufferedImage picture, boolean isInterlaced) {
    return written(picture, "gif", settings -> settings.setProgressiveMode(isInterlaced ? ImageWriteParam.MODE_DEFAULT
        : ImageWriteParam.MODE_DISABLED));
  }

  private static byte[] written(BufferedImage picture, String format,
      java.util.function.Consumer<ImageWriteParam> set) {
    var writer = ImageIO.getImageWritersByFormatName(format).next();
    var bytes = new ByteArrayOutputStream();
    try (var out = ImageIO.createImageOutputStream(bytes)) {
      writer.setOutput(out);
      var settings = writer.getDefaultWriteParam();
      set.accept(settings);
      writer.write(null, new IIOImage(picture, null, null), settings);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      writer.dispose();
    }
    return bytes.toByteArray();
  }

  /** A moving GIF. */
  static byte[] movingGif(int width, int height, int frames) {
    ImageWriter writer = ImageIO.getImageWritersByFormatName("gif").next();
    var bytes = new ByteArrayOutputStream();
    try (var out = ImageIO.createImageOutputStream(bytes)) {
      writer.setOutput(out);
      writer.prepareWriteSequence(null);
      for (int i = 0; i < frames; i++) {
        var picture = drawn(width, height, BufferedImage.TYPE_BYTE_INDEXED);
        picture.setRGB(i % width, 0, 0xFFFFFF);
        var about = writer.getDefaultImageMetadata(ImageTypeSpecifier.createFromRenderedImage(picture), null);
        var root = (IIOMetadataNode) about.getAsTree(about.getNativeMetadataFormatName());
        var control = (IIOMetadataNode) root.getElementsByTagName("GraphicControlExtension").item(0);
        control.setAttribute("delayTime", "10");
        about.setFromTree(about.getNativeMetadataFormatName(), root);
        writer.writeToSequence(new IIOImage(picture, null, about), null);
      }
      writer.endWriteSequence();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      writer.dispose();
    }
    return bytes.toByteArray();
  }

  /** The picture with one more segment behind its first marker. */
  static byte[] withSegment(byte[] jpeg, int marker, byte[] body) {
    return joined(Arrays.copyOf(jpeg, 2), bytes(0xFF, marker, (body.length + 2) >> 8, (body.length + 2) & 0xFF), body,
        Arrays.copyOfRange(jpeg, 2, jpeg.length));
  }

  /** What a camera notes: which way it was held (1 to 8), and where on earth. */
  static byte[] exif(int orientation, boolean withPlace) {
    var tiff = ByteBuffer.allocate(withPlace ? 104 : 26).order(ByteOrder.LITTLE_ENDIAN);
    tiff.put("II".getBytes(ISO_8859_1)).putShort((short) 42).putInt(8);
    tiff.putShort((short) (withPlace ? 2 : 1));
    tiff.putShort((short) 0x0112).putShort((short) 3).putInt(1).putInt(orientation);
    if (withPlace) {
      tiff.putShort((short) 0x8825).putShort((short) 4).putInt(1).putInt(38).putInt(0);
      tiff.putShort((short) 2);
      tiff.putShort((short) 1).putShort((short) 2).putInt(2).put("N\0\0\0".getBytes(ISO_8859_1));
      tiff.putShort((short) 2).putShort((short) 5).putInt(3).putInt(68).putInt(0);
      tiff.putInt(31).putInt(1).putInt(13).putInt(1).putInt(49).putInt(1);
    } else {
      tiff.putInt(0);
    }
    return joined(latin("Exif\0\0"), Arrays.copyOf(tiff.array(), tiff.position()));
  }

  /** The PNG with one more part behind its header. */
  static byte[] withChunk(byte[] png, String name, byte[] body) {
    return joined(Arrays.copyOf(png, 33), chunk(name, body), Arrays.copyOfRange(png, 33, png.length));
  }

  static byte[] chunk(String name, byte[] body) {
    var sum = new CRC32();
    sum.update(latin(name));
    sum.update(body);
    return joined(be32(body.length), latin(name), body, be32((int) sum.getValue()));
  }

  /** A PNG byte by byte; {@code raw} is what its rows are before they are packed. */
  static byte[] pngOf(int width, int height, int depth, int colours, byte[] raw) {
    return joined(latin("\u0089PNG\r\n\32\n"),
        chunk("IHDR", joined(be32(width), be32(height), bytes(depth, colours, 0, 0, 0))), chunk("IDAT", packed(raw)),
        chunk("IEND", new byte[0]));
  }

  /** A moving PNG of grey frames, all alike. */
  static byte[] movingPng(int side, int frames) {
    var rows = packed(new byte[side * (side + 1)]);
    var all = new ByteArrayOutputStream();
    all.writeBytes(latin("\u0089PNG\r\n\32\n"));
    all.writeBytes(chunk("IHDR", joined(be32(side), be32(side), bytes(8, 0, 0, 0, 0))));
    all.writeBytes(chunk("acTL", joined(be32(frames), be32(0))));
    int order = 0;
    for (int i = 0; i < frames; i++) {
      all.writeBytes(chunk("fcTL", joined(be32(order++), be32(side), be32(side), be32(0), be32(0), bytes(0, 1, 0, 10, 0,
          0))));
      all.writeBytes(i == 0 ? chunk("IDAT", rows) : chunk("fdAT", joined(be32(order++), rows)));
    }
    all.writeBytes(chunk("IEND", new byte[0]));
    return all.toByteArray();
  }

  /** A lossless WebP of two colours in a pattern: one bit a pixel, RFC 9649 section 3. */
  static byte[] losslessWebp(int width, int height) {
    return riff(part("VP8L", losslessBits(width, height)));
  }

  static byte[] losslessBits(int width, int height) {
    var bits = new Bits();
    bits.put(0x2F, 8).put(width - 1, 14).put(height - 1, 14).put(0, 1).put(0, 3);
    bits.put(0, 1).put(0, 1).put(0, 1);
    // Green is 60 or 200, one bit a pixel; red, blue and alpha are always the same and take none.
    bits.put(1, 1).put(1, 1).put(1, 1).put(60, 8).put(200, 8);
    bits.put(1, 1).put(0, 1).put(1, 1).put(30, 8);
    bits.put(1, 1).put(0, 1).put(1, 1).put(90, 8);
    bits.put(1, 1).put(0, 1).put(1, 1).put(255, 8);
    bits.put(1, 1).put(0, 1).put(0, 1).put(0, 1);
    for (int y = 0; y < height; y++) for (int x = 0; x < width; x++) bits.put((x / 5 + y / 5) & 1, 1);
    return bits.all();
  }

  /** A lossy WebP that is grey all over: RFC 6386's decoder reads nothing but zeros as just that. */
  static byte[] lossyWebp(int width, int height) {
    return riff(part("VP8 ", lossyBits(width, height)));
  }

  static byte[] lossyBits(int width, int height) {
    int blocks = ((width + 15) / 16) * ((height + 15) / 16);
    int first = 200 + blocks * 4;
    int tag = 0x10 | (first << 5);
    return joined(
        bytes(tag & 0xFF, (tag >> 8) & 0xFF, tag >> 16, 0x9D, 1, 0x2A, width & 0xFF, width >> 8, height & 0xFF,
            height >> 8),
        new byte[first + 16 + blocks * 8]);
  }

  /** A moving WebP of such frames. */
  static byte[] movingWebp(int side, int frames) {
    var all = new ByteArrayOutputStream();
    all.writeBytes(part("VP8X", joined(bytes(2, 0, 0, 0), le24(side - 1), le24(side - 1))));
    all.writeBytes(part("ANIM", new byte[6]));
    for (int i = 0; i < frames; i++) {
      all.writeBytes(part("ANMF", joined(le24(0), le24(0), le24(side - 1), le24(side - 1), le24(100), bytes(0),
          part("VP8L", losslessBits(side, side)))));
    }
    return riff(all.toByteArray());
  }

  static byte[] riff(byte[]... parts) {
    var body = joined(parts);
    return joined(latin("RIFF"), le32(body.length + 4), latin("WEBP"), body);
  }

  static byte[] part(String name, byte[] body) {
    return joined(latin(name), le32(body.length), body, new byte[body.length & 1]);
  }

  static byte[] packed(byte[] raw) {
    var packer = new Deflater(9);
    packer.setInput(raw);
    packer.finish();
    var out = new ByteArrayOutputStream();
    var piece = new byte[8192];
    while (!packer.finished()) out.write(piece, 0, packer.deflate(piece));
    packer.end();
    return out.toByteArray();
  }

  static byte[] joined(byte[]... parts) {
    var all = new ByteArrayOutputStream();
    for (var part : parts) all.writeBytes(part);
    return all.toByteArray();
  }

  static byte[] latin(String text) { return text.getBytes(ISO_8859_1); }

  static byte[] bytes(int... values) {
    var bytes = new byte[values.length];
    for (int i = 0; i < values.length; i++) bytes[i] = (byte) values[i];
    return bytes;
  }

  static byte[] be32(int value) { return ByteBuffer.allocate(4).putInt(value).array(); }

  static byte[] be16(int value) { return bytes(value >> 8, value & 0xFF); }

  static byte[] le16(int value) { return bytes(value & 0xFF, value >> 8); }

  static byte[] le24(int value) { return bytes(value & 0xFF, (value >> 8) & 0xFF, value >> 16); }

  static byte[] le32(int value) { return ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(value).array(); }

  /** Bits, the lowest first. */
  private static final class Bits {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private int waiting;
    private int count;

    Bits put(int value, int length) {
      for (int i = 0; i < length; i++) {
        waiting |= ((value >> i) & 1) << count;
        if (++count == 8) {
          out.write(waiting);
          waiting = 0;
          count = 0;
        }
      }
      return this;
    }

    byte[] all() {
      if (count > 0) put(0, 8 - count);
      return out.toByteArray();
    }
  }
}
