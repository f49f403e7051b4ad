package redress.admission;

import java.util.List;

/** One type of file that is taken: how it begins, what it is called, and whether one of them is sound to its end. */
interface Kind {

  /** All that are taken; text comes last, as it begins with nothing of its own. */
  static List<Kind> all() {
    return List.of(new Jpeg(), new Png(), new Gif(), new Webp(), new Pdf(), new Mp4(), new Text());
  }

  /** Its registered media type. */
  String mediaType();

  /** The endings its names have, the usual one first. */
  List<String> extensions();

  /** Other media types that the same files go by, the content's magic among them. */
  List<String> otherTypes();

  /** Whether a file that begins like this claims to be one. */
  boolean begins(Content content);

  /**
   * Looks through all of it; throws {@link Unfit} at the first thing for which it may not come in.
   *
   * @param scan is shown what is hidden from the outside by compression
   */
  Found check(Content content, Limits limits, Scan scan);

  /** What is known of one afterwards: pages or frames, pixels, and a parameter of the media type, mostly empty. */
  record Found(int pages, long pixels, String parameter) {
    static Found picture(long pixels, int frames) { return new Found(frames, pixels, ""); }
  }
}
