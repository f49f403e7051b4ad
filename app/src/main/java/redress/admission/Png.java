package redress.admission;

import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/** A PNG picture (W3C PNG, third edition), moving ones included: every part checked by its sum, and unpacked once. */
final class Png implements Kind {
  private static final long LARGEST_RAW = 400_000_000;
  private static final long LARGEST_PROFILE = 4_000_000;
  private static final int[][] PASSES = {{0, 0, 8, 8}, {4, 0, 8, 8}, {0, 4, 4, 8}, {2, 0, 4, 4}, {0, 2, 2, 4},
      {1, 0, 2, 2}, {0, 1, 1, 2}};

  @Override public String mediaType() { return "image/png"; }

  @Override public List<String> extensions() { return List.of("png", "apng"); }

  @Override public List<String> otherTypes() { return List.of("image/x-png", "image/apng", "image/vnd.mozilla.apng"); }

  @Override public boolean begins(Content content) { return content.is(0, "\u0089PNG\r\n\32\n"); }

  @Override public Found check(Content content, Limits limits, Scan scan) {
    var disguise = new Disguise(content);
    disguise.scripts();
    try (var walk = new Walk(content, limits, scan)) {
      walk.header();
      walk.chunks();
      disguise.behind(walk.at);
      return Found.picture(walk.pixels, Math.max(1, walk.frames));
    }
  }

  /** The parts one after another. */
  private static final class Walk implements AutoCloseable {
    private final Content content;
    private final Limits limits;
    private final Scan scan;
    private final Inflater inflater = new Inflater();
    private final byte[] packed = new byte[8192];
    private final byte[] raw = new byte[65_536];
    private long at = 8;
    private long pixels;
    private long expected;
    private long seen;
    private int frames;
    private String last = "";

    Walk(Content content, Limits limits, Scan scan) {
      this.content = content;
      this.limits = limits;
      this.scan = scan;
    }

    @Override public void close() {
      inflater.end();
    }

    void header() {
      Unfit.unless(content.is(8, "\0\0\0\rIHDR"), "the PNG does not begin with its size");
      long width = content.be32(16);
      long height = content.be32(20);
      pixels = limits.picture(width, height);
      int depth = content.u8(24);
      int colours = content.u8(25);
      long channels = switch (colours) {
        case 0, 3 -> 1;
        case 2 -> 3;
        case 4 -> 2;
        case 6 -> 4;
        default -> throw Unfit.damaged("the PNG has colours of a kind that does not exist");
      };
      boolean isDepth = depth == 8 || (depth == 16 && colours != 3) || (depth < 8 && Integer.bitCount(depth) == 1
          && channels == 1);
      Unfit.unless(isDepth && content.u8(26) == 0 && content.u8(27) == 0 && content.u8(28) <= 1,
          "the PNG's header has values that do not exist");
      expected = content.u8(28) == 0 ? rows(width, height, channels * depth)
          : interlaced(width, height, channels * depth);
      if (expected > LARGEST_RAW) throw new Unfit(Reason.TOO_MANY_PIXELS, "unpacked it has " + expected + " bytes");
    }

    private static long rows(long width, long height, long bits) {
      return width == 0 ? 0 : height * (1 + (width * bits + 7) / 8);
    }

    private static long interlaced(long width, long height, long bits) {
      long sum = 0;
      for (var pass : PASSES) {
        sum += rows((width - pass[0] + pass[2] - 1) / pass[2], (height - pass[1] + pass[3] - 1) / pass[3], bits);
      }
      return sum;
    }

    void chunks() {
      while (!last.equals("IEND")) {
        long length = content.be32(at);
        var name = content.latin(at + 4, 4);
        long from = at + 8;
        Unfit.unless(length <= content.size() - from - 4, "a part at " + at + " is longer than the file");
        Unfit.unless(sum(at + 4, length + 4) == content.be32(from + length), "a part at " + at + " is damaged");
        chunk(name, from, length);
        at = from + length + 4;
        last = name;
      }
      Unfit.unless(inflater.finished() && seen == expected, "the PNG has less in it than its size promises");
    }

    private void chunk(String name, long from, long length) {
      switch (name) {
        case "IHDR" -> Unfit.unless(at == 8, "the PNG has two sizes");
        case "IDAT" -> {
          Unfit.unless(last.equals("IDAT") || inflater.getBytesRead() == 0, "the PNG's picture is in two places");
          unpack(from, length);
        }
        case "fcTL" -> limits.frames(++frames, limits.picture(content.be32(from + 4), content.be32(from + 8)));
        case "iCCP" -> profile(name, from, length, LARGEST_PROFILE);
        case "zTXt" -> profile(name, from, length, LARGEST_PROFILE);
        case "iTXt" -> text(from, length);
        case "tEXt" -> new Disguise(content).words(content.latin(from, (int) length), "a text of the PNG");
        case "PLTE", "IEND" -> {}
        default -> Unfit.unless(Character.isLowerCase(name.charAt(0)), "the PNG has a part that no program knows");
      }
    }

    private long sum(long from, long length) {
      var sum = new CRC32();
      for (long done = 0; done < length;) {
        int count = content.read(from + done, packed, 0, (int) Math.min(packed.length, length - done));
        sum.update(packed, 0, count);
        done += count;
      }
      return sum.getValue();
    }

    private void unpack(long from, long length) {
      for (long done = 0; done < length;) {
        int count = content.read(from + done, packed, 0, (int) Math.min(packed.length, length - done));
        done += count;
        inflater.setInput(packed, 0, count);
        while (!inflater.needsInput() && !inflater.finished()) {
          seen += inflate(inflater, raw);
          content.hurry();
          if (seen > expected) {
            throw new Unfit(Reason.UNPACKS_TOO_LARGE,
                "the PNG becomes more than the " + expected + " bytes of its size");
          }
        }
      }
    }

    private void text(long from, long length) {
      long end = content.find("\0", from, from + length);
      Unfit.unless(end >= 0 && end + 2 < from + length, "a text of the PNG is cut off");
      if (content.u8(end + 1) == 0) {
        new Disguise(content).words(content.latin(from, (int) length), "a text of the PNG");
      } else {
        long packedText = content.find("\0", content.find("\0", end + 3, from + length) + 1, from + length) + 1;
        unpackInto(packedText, from + length, scan.part("a text of the PNG", LARGEST_PROFILE));
      }
    }

    private void profile(String name, long from, long length, long most) {
      long end = content.find("\0", from, from + length);
      Unfit.unless(end >= 0 && end + 2 <= from + length, "a part of the PNG is cut off");
      unpackInto(end + 2, from + length, scan.part(name + " of the PNG", most));
    }

    private void unpackInto(long from, long to, Scan.Sink sink) {
      var own = new Inflater();
      try {
        for (long place = from; place < to && !own.finished();) {
          int count = content.read(place, packed, 0, (int) Math.min(packed.length, to - place));
          place += count;
          own.setInput(packed, 0, count);
          while (!own.needsInput() && !own.finished()) sink.write(raw, 0, inflate(own, raw));
        }
      } finally {
        own.end();
      }
    }

    private static int inflate(Inflater inflater, byte[] into) {
      try {
        int count = inflater.inflate(into);
        Unfit.unless(!inflater.needsDictionary(), "a part of the PNG cannot be unpacked");
        return count;
      } catch (DataFormatException e) {
        throw Unfit.damaged("a part of the PNG cannot be unpacked");
      }
    }
  }
}
