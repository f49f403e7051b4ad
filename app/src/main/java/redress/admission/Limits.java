package redress.admission;

import java.time.Duration;

/**
 * How much of everything a file may have.
 *
 * @param bytes the file itself
 * @param pixels width times height of one picture
 * @param side width or height of one picture
 * @param frames frames of a moving picture, and scans of a JPEG
 * @param moving width times height times frames of a moving picture
 * @param pages pages of a PDF
 * @param objects objects of a PDF, and boxes of a video
 * @param syntax bytes of a PDF outside its streams, and of its packed objects
 * @param unpacked bytes that all compressed parts together may become
 * @param time how long one file may be looked at
 */
public record Limits(long bytes, long pixels, int side, int frames, long moving, int pages, int objects, long syntax,
    long unpacked, Duration time) {

  /** What docs/evidence-files.md tells. */
  public static final Limits STANDARD = new Limits(10 << 20, 100_000_000, 30_000, 1_000, 1_000_000_000, 1_000, 50_000,
      6_000_000, 128_000_000, Duration.ofSeconds(8));

  /** Holds a picture's size against the limits, before anything of it is decoded; its pixels. */
  long picture(long width, long height) {
    Unfit.unless(width > 0 && height > 0, "the picture has no width or no height");
    if (width > side || height > side || width * height > pixels) {
      throw new Unfit(Reason.TOO_MANY_PIXELS, width + " × " + height + " pixels");
    }
    return width * height;
  }

  /** Holds a moving picture against the limits. */
  void frames(int count, long pixelsOfOne) {
    if (count > frames || count * pixelsOfOne > moving) {
      throw new Unfit(Reason.TOO_MANY_FRAMES, count + " frames of " + pixelsOfOne + " pixels");
    }
  }
}
