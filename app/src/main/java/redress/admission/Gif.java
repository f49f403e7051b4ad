package redress.admission;

import java.util.List;

/** A GIF picture (CompuServe GIF 87a and 89a), moving or not. */
final class Gif implements Kind {
  private static final int COMMENT = 0xFE;
  private static final int LONGEST_COMMENT = 65_536;

  @Override public String mediaType() { return "image/gif"; }

  @Override public List<String> extensions() { return List.of("gif"); }

  @Override public List<String> otherTypes() { return List.of(); }

  @Override public boolean begins(Content content) { return content.is(0, "GIF87a") || content.is(0, "GIF89a"); }

  @Override public Found check(Content content, Limits limits, Scan scan) {
    var disguise = new Disguise(content);
    disguise.scripts();
    var walk = new Walk(content, limits);
    walk.blocks();
    disguise.behind(walk.at);
    return Found.picture(walk.pixels, walk.frames);
  }

  /** The blocks one after another. */
  private static final class Walk {
    private final Content content;
    private final Limits limits;
    private final long pixels;
    private long at;
    private int frames;

    Walk(Content content, Limits limits) {
      this.content = content;
      this.limits = limits;
      pixels = limits.picture(content.le16(6), content.le16(8));
      at = 13 + table(content.u8(10));
    }

    /** The bytes of the colours that follow where these flags say that some do. */
    private static long table(int flags) {
      return (flags & 0x80) == 0 ? 0 : 3L << ((flags & 7) + 1);
    }

    void blocks() {
      while (true) {
        int block = content.u8(at++);
        if (block == 0x3B) break;
        switch (block) {
          case 0x2C -> frame();
          case 0x21 -> extension(content.u8(at++));
          default -> throw Unfit.damaged("no block of a GIF stands at " + (at - 1));
        }
      }
      Unfit.unless(frames > 0, "the GIF has no picture in it");
    }

    private void frame() {
      long own = limits.picture(content.le16(at + 4), content.le16(at + 6));
      limits.frames(++frames, Math.max(pixels, own));
      at += 9 + table(content.u8(at + 8));
      int codes = content.u8(at++);
      Unfit.unless(codes >= 1 && codes <= 11, "a picture of the GIF is coded as none can be");
      Unfit.unless(pieces(null) > 0, "a picture of the GIF is empty");
    }

    private void extension(int label) {
      if (label != COMMENT) {
        pieces(null);
        return;
      }
      var words = new StringBuilder();
      pieces(words);
      new Disguise(content).words(words.toString(), "a comment");
    }

    /** Goes through the pieces of a block to its end; the bytes in them. */
    private long pieces(@org.jspecify.annotations.Nullable StringBuilder words) {
      long sum = 0;
      for (int length = content.u8(at++); length > 0; length = content.u8(at++)) {
        if (words != null && words.length() < LONGEST_COMMENT) words.append(content.latin(at, length));
        sum += length;
        at += length;
      }
      return sum;
    }
  }
}
