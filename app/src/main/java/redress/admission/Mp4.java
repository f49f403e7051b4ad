package redress.admission;

import java.util.List;
import java.util.Set;

/** A video in MP4 (ISO/IEC 14496-12 and -14): boxes that fill the file exactly, with all its pictures in the file. */
final class Mp4 implements Kind {
  private static final Set<String> BRANDS = Set.of("isom", "iso2", "iso3", "iso4", "iso5", "iso6", "iso7", "iso8",
      "iso9", "mp41", "mp42", "mp71", "avc1", "MSNV", "M4V ", "M4VH", "M4VP", "dash", "f4v ", "cmfc", "XAVC", "3gp4",
      "3gp5", "3gp6", "hvc1", "mmp4");
  private static final Set<String> OUTER = Set.of("ftyp", "moov", "mdat", "free", "skip", "wide", "uuid", "moof",
      "sidx", "styp", "mfra", "pdin", "meta", "udta", "ssix", "prft", "emsg");
  private static final Set<String> HOLDERS = Set.of("moov", "trak", "mdia", "minf", "dinf", "stbl", "edts", "mvex",
      "moof", "traf", "mfra");

  @Override public String mediaType() { return "video/mp4"; }

  @Override public List<String> extensions() { return List.of("mp4", "m4v"); }

  @Override public List<String> otherTypes() {
    return List.of("application/mp4", "video/x-m4v", "video/3gpp", "video/iso.segment", "video/quicktime");
  }

  @Override public boolean begins(Content content) {
    return content.is(4, "ftyp") && content.size() >= 16 && BRANDS.contains(content.latin(8, 4));
  }

  @Override public Found check(Content content, Limits limits, Scan scan) {
    new Disguise(content).scripts();
    var walk = new Walk(content, limits);
    walk.boxes(0, content.size(), 0);
    Unfit.unless(walk.hasMovie && walk.hasData, "the video has no description or nothing in it");
    Unfit.unless(walk.pixels > 0 && walk.hasPictures, "there is no picture in the video");
    return new Found(1, walk.pixels, "");
  }

  /** The boxes one after another, and those within them. */
  private static final class Walk {
    private static final int DEEPEST = 12;
    private static final int SELF_CONTAINED = 1;

    private final Content content;
    private final Limits limits;
    private long pixels;
    private int boxes;
    private boolean hasMovie;
    private boolean hasData;
    private boolean hasPictures;

    Walk(Content content, Limits limits) {
      this.content = content;
      this.limits = limits;
    }

    void boxes(long from, long to, int depth) {
      Unfit.unless(depth <= DEEPEST, "the video's boxes stand too deep in each other");
      for (long at = from; at < to;) {
        if (++boxes > limits.objects()) throw new Unfit(Reason.TOO_COMPLICATED, "the video has too many boxes");
        content.hurry();
        long length = content.be32(at);
        int head = length == 1 ? 16 : 8;
        if (length == 1) length = content.be64(at + 8);
        if (length == 0 && depth == 0) length = to - at;
        Unfit.unless(length >= head && length <= to - at, "a box at " + at + " does not end where it says");
        box(content.latin(at + 4, 4), at + head, at + length, depth);
        at += length;
      }
    }

    private void box(String name, long at, long end, int depth) {
      Unfit.unless(depth > 0 || OUTER.contains(name), "a box of a video cannot stand at " + at);
      if (HOLDERS.contains(name)) boxes(at, end, depth + 1);
      switch (name) {
        case "moov" -> {
          Unfit.unless(!hasMovie, "the video is described twice");
          hasMovie = true;
        }
        case "mdat" -> hasData |= end > at;
        case "tkhd" -> track(at, end);
        case "hdlr" -> hasPictures |= content.is(at + 8, "vide");
        case "dref" -> sources(at, end);
        case "stts", "ctts", "stco", "stss" -> table(at, end, name.equals("stco") || name.equals("stss") ? 4 : 8);
        case "co64" -> table(at, end, 8);
        case "stsc" -> table(at, end, 12);
        case "stsz" -> {
          if (content.be32(at + 4) == 0) fits(content.be32(at + 8), 4, at + 12, end);
        }
        case "free", "skip", "uuid", "wide" -> filling(at, end);
        default -> {}
      }
    }

    /** A track says its size in 16.16 fixed point at the very end; sound has none. */
    private void track(long at, long end) {
      Unfit.unless(end - at >= 80, "a track of the video is cut off");
      long width = content.be32(end - 8) >> 16;
      long height = content.be32(end - 4) >> 16;
      if (width > 0 && height > 0) pixels = Math.max(pixels, limits.picture(width, height));
    }

    private void sources(long at, long end) {
      long count = content.be32(at + 4);
      fits(count, 12, at + 8, end);
      long place = at + 8;
      for (long i = 0; i < count; i++) {
        Unfit.unless(place + 12 <= end, "where the video's pictures are is cut off");
        if ((content.be24(place + 9) & SELF_CONTAINED) == 0) {
          throw new Unfit(Reason.VIDEO_OUTSIDE_DATA, "a track is in another file");
        }
        place += Math.max(12, content.be32(place));
      }
    }

    private void table(long at, long end, int bytesOfOne) { fits(content.be32(at + 4), bytesOfOne, at + 8, end); }

    private static void fits(long count, int bytesOfOne, long at, long end) {
      Unfit.unless(count * bytesOfOne <= end - at, "a table at " + at + " promises more than it holds");
    }

    private void filling(long at, long end) {
      for (var beginning : List.of("PK\3\4", "%PDF", "MZ", "\177ELF", "Rar!", "\37\u008B\10")) {
        if (end - at > 64 && content.is(at, beginning)) {
          throw new Unfit(Reason.TWO_FILES_IN_ONE, "another file hides in the filling at " + at);
        }
      }
    }
  }
}
