package redress.admission;

import java.util.List;

/** A JPEG picture (ITU-T T.81), baseline or progressive, with what cameras put before and behind it. */
final class Jpeg implements Kind {
  private static final int MOST_PICTURES = 16;
  private static final int PIXELS_A_BYTE = 512;

  @Override public String mediaType() { return "image/jpeg"; }

  @Override public List<String> extensions() { return List.of("jpg", "jpeg", "jpe", "jfif"); }

  @Override public List<String> otherTypes() { return List.of("image/jpg", "image/pjpeg"); }

  @Override public boolean begins(Content content) { return content.is(0, "\u00FF\u00D8\u00FF"); }

  @Override public Found check(Content content, Limits limits, Scan scan) {
    var disguise = new Disguise(content);
    disguise.scripts();
    var first = new Picture(content, limits, 0);
    long pixels = first.walk();
    long end = first.end();
    // Several pictures one behind the other: CIPA DC-007, as phones write them.
    for (int count = 1; count < MOST_PICTURES && content.is(end, "\u00FF\u00D8\u00FF"); count++) {
      var next = new Picture(content, limits, end);
      next.walk();
      end = next.end();
    }
    disguise.behind(end);
    return Found.picture(pixels, 1);
  }

  /** One picture from its first marker to its last. */
  private static final class Picture {
    private final Content content;
    private final Limits limits;
    private final long start;
    private long at;
    private long pixels;
    private long coded;
    private int scans;

    Picture(Content content, Limits limits, long start) {
      this.content = content;
      this.limits = limits;
      this.start = start;
      at = start + 2;
    }

    long end() { return at; }

    /** Goes through all markers; the pixels. */
    long walk() {
      while (true) {
        int marker = marker();
        if (marker == 0xD9) break;
        segment(marker);
      }
      Unfit.unless(scans > 0, "the JPEG has no picture in it");
      Unfit.unless(coded * PIXELS_A_BYTE >= pixels, "the JPEG has far less in it than its size promises");
      return pixels;
    }

    private int marker() {
      Unfit.unless(content.u8(at) == 0xFF, "no marker of a JPEG stands at " + at);
      while (content.u8(at) == 0xFF) at++;
      return content.u8(at++);
    }

    private void segment(int marker) {
      Unfit.unless(marker >= 0xC0 && (marker < 0xD0 || marker > 0xD8), "a marker at " + at + " is out of place");
      int length = content.be16(at);
      Unfit.unless(length >= 2 && at + length <= content.size(), "a part at " + at + " is longer than the file");
      switch (marker) {
        case 0xC0, 0xC1, 0xC2 -> frame(length);
        case 0xC3, 0xC5, 0xC6, 0xC7, 0xC8, 0xC9, 0xCA, 0xCB, 0xCC, 0xCD, 0xCE, 0xCF, 0xDC, 0xDE, 0xDF ->
            throw new Unfit(
                Reason.FILE_TYPE_NOT_TAKEN, "a JPEG that is coded as hardly any program can read");
        case 0xFE -> new Disguise(content).words(content.latin(at + 2, length - 2), "a comment");
        default -> {}
      }
      at += length;
      if (marker == 0xDA) coded();
    }

    private void frame(int length) {
      Unfit.unless(pixels == 0 && length >= 8, "the JPEG that begins at " + start + " has two sizes");
      int components = content.u8(at + 7);
      boolean isKnown = content.u8(at + 2) == 8 && (components == 1 || components == 3 || components == 4);
      if (!isKnown) throw new Unfit(Reason.FILE_TYPE_NOT_TAKEN, "a JPEG of unusual depth or colours");
      Unfit.unless(length == 8 + 3 * components, "the JPEG does not say how its colours are coded");
      pixels = limits.picture(content.be16(at + 5), content.be16(at + 3));
    }

    private void coded() {
      Unfit.unless(pixels > 0, "the JPEG's picture comes before its size");
      if (++scans > limits.frames()) throw new Unfit(Reason.TOO_COMPLICATED, "the JPEG is built up in too many steps");
      long from = at;
      while (true) {
        at = content.find("\u00FF", at, content.size());
        Unfit.unless(at >= 0 && at + 1 < content.size(), "the JPEG has no end");
        int next = content.u8(at + 1);
        if (next != 0 && next != 0xFF && (next < 0xD0 || next > 0xD7)) break;
        at += next == 0xFF ? 1 : 2;
      }
      coded += at - from;
    }
  }
}
