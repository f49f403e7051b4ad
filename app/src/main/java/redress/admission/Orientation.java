package redress.admission;

/** Which way a camera was held, as it noted in the picture (CIPA DC-008, tag 0x0112): 1 is upright, up to 8. */
final class Orientation {
  private static final int UPRIGHT = 1;
  private static final int TAG = 0x0112;
  private static final int MOST_TAGS = 200;
  private static final int WHERE_CAMERAS_NOTE = 262_144;

  private Orientation() {}

  /** What the picture says, upright where it says nothing that makes sense. */
  static int of(Content content, String mediaType) {
    long tiff = switch (mediaType) {
      case "image/jpeg" -> behind(content, "Exif\0\0", 0, WHERE_CAMERAS_NOTE);
      case "image/png" -> behind(content, "eXIf", 0, WHERE_CAMERAS_NOTE);
      case "image/webp" -> webp(content);
      default -> -1;
    };
    return tiff < 0 ? UPRIGHT : read(content, tiff);
  }

  private static long webp(Content content) {
    long note = behind(content, "EXIF", Math.max(0, content.size() - WHERE_CAMERAS_NOTE), content.size());
    if (note < 0) return -1;
    return content.is(note + 4, "Exif\0\0") ? note + 10 : note + 4;
  }

  private static long behind(Content content, String mark, long from, long to) {
    long at = content.find(mark, from, to);
    return at < 0 ? -1 : at + mark.length();
  }

  private static int read(Content content, long tiff) {
    boolean isLittle = content.is(tiff, "II*\0");
    if (!isLittle && !content.is(tiff, "MM\0*")) return UPRIGHT;
    try {
      long table = tiff + (isLittle ? content.le32(tiff + 4) : content.be32(tiff + 4));
      int count = Math.min(MOST_TAGS, number(content, table, isLittle));
      for (int i = 0; i < count; i++) {
        long entry = table + 2 + 12L * i;
        if (number(content, entry, isLittle) == TAG) {
          int said = number(content, entry + 8, isLittle);
          return said >= 1 && said <= 8 ? said : UPRIGHT;
        }
      }
      return UPRIGHT;
    } catch (Unfit e) {
      return UPRIGHT;
    }
  }

  private static int number(Content content, long at, boolean isLittle) {
    return isLittle ? content.le16(at) : content.be16(at);
  }
}
