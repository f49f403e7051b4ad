package redress.admission;

import java.util.List;

/** A WebP picture (RFC 9649), lossy or lossless, moving or not. */
final class Webp implements Kind {
  private static final int MOST_PARTS = 10_000;

  @Override public String mediaType() { return "image/webp"; }

  @Override public List<String> extensions() { return List.of("webp"); }

  @Override public List<String> otherTypes() { return List.of(); }

  @Override public boolean begins(Content content) { return content.is(0, "RIFF") && content.is(8, "WEBP"); }

  @Override public Found check(Content content, Limits limits, Scan scan) {
    var disguise = new Disguise(content);
    disguise.scripts();
    long end = 8 + content.le32(4);
    Unfit.unless(end <= content.size() && end >= 20, "the WebP is cut off");
    var walk = new Walk(content, limits);
    walk.parts(12, end, false);
    Unfit.unless(walk.frames > 0, "the WebP has no picture in it");
    disguise.behind(end + (end & 1));
    return Found.picture(walk.pixels, walk.frames);
  }

  /** The parts one after another, and those within a frame. */
  private static final class Walk {
    private final Content content;
    private final Limits limits;
    private long pixels;
    private int frames;
    private int parts;

    Walk(Content content, Limits limits) {
      this.content = content;
      this.limits = limits;
    }

    void parts(long from, long to, boolean isWithinFrame) {
      for (long at = from; at + 8 <= to;) {
        if (++parts > MOST_PARTS) throw new Unfit(Reason.TOO_COMPLICATED, "the WebP has too many parts");
        long length = content.le32(at + 4);
        Unfit.unless(length <= to - at - 8, "a part of the WebP at " + at + " is longer than what it stands in");
        part(content.latin(at, 4), at + 8, length, isWithinFrame);
        at += 8 + length + (length & 1);
      }
    }

    private void part(String name, long at, long length, boolean isWithinFrame) {
      switch (name) {
        case "VP8X" -> canvas(content.le24(at + 4) + 1L, content.le24(at + 7) + 1L);
        case "VP8 " -> lossy(at, length, isWithinFrame);
        case "VP8L" -> lossless(at, length, isWithinFrame);
        case "ANMF" -> {
          Unfit.unless(!isWithinFrame && length > 16, "a frame of the WebP is out of place");
          long own = limits.picture(content.le24(at + 6) + 1L, content.le24(at + 9) + 1L);
          Unfit.unless(own <= pixels, "a frame of the WebP is larger than the picture");
          limits.frames(++frames, pixels);
          parts(at + 16, at + length, true);
        }
        default -> {}
      }
    }

    private void canvas(long width, long height) {
      Unfit.unless(pixels == 0, "the WebP has two sizes");
      pixels = limits.picture(width, height);
    }

    private void lossy(long at, long length, boolean isWithinFrame) {
      int tag = content.le24(at);
      boolean isWhole = (tag & 1) == 0 && content.is(at + 3, "\u009D\1*") && tag >> 5 <= length - 10;
      Unfit.unless(isWhole, "the WebP's picture is damaged");
      picture(content.le16(at + 6) & 0x3FFF, content.le16(at + 8) & 0x3FFF, isWithinFrame);
    }

    private void lossless(long at, long length, boolean isWithinFrame) {
      Unfit.unless(length > 5 && content.u8(at) == 0x2F, "the WebP's picture is damaged");
      long sizes = content.le32(at + 1);
      picture((sizes & 0x3FFF) + 1, (sizes >> 14 & 0x3FFF) + 1, isWithinFrame);
    }

    private void picture(long width, long height, boolean isWithinFrame) {
      long own = limits.picture(width, height);
      if (pixels == 0) pixels = own;
      Unfit.unless(own <= pixels, "a picture of the WebP is larger than it says at first");
      if (!isWithinFrame) frames++;
    }
  }
}
