package redress.api;

import jakarta.servlet.http.HttpServletRequest;
import java.util.regex.Pattern;
import redress.door.Fault;
import redress.store.Uploads.Upload;

/**
 * Which bytes of a file are wanted (RFC 9110, section 14): all, or one range; several at once are answered with all.
 */
record Span(long from, long length, boolean whole) {
  private static final Pattern RANGE = Pattern.compile("bytes=(\\d{1,15})?-(\\d{1,15})?");

  /** Turns away a range that lies outside of the file. */
  static Span of(HttpServletRequest request, Upload file) {
    long size = file.length();
    var all = new Span(0, size, true);
    var header = request.getHeader("Range");
    var condition = request.getHeader("If-Range");
    if (header == null) return all;
    if (condition != null && !condition.equals("\"" + file.content().sha256() + "\"")) return all;
    var range = RANGE.matcher(header.replace(" ", ""));
    if (!range.matches() || (range.group(1) == null && range.group(2) == null)) return all;
    long last = range.group(2) == null ? size - 1 : Math.min(size - 1, Long.parseLong(range.group(2)));
    long from = range.group(1) == null ? Math.max(0, size - Long.parseLong(range.group(2)))
        : Long.parseLong(range.group(1));
    long to = range.group(1) == null ? size - 1 : last;
    if (from > to) throw Fault.RANGE_OUTSIDE.away("Range");
    return new Span(from, to - from + 1, false);
  }

  @Override public String toString() {
    return "bytes " + from + "-" + (from + length - 1);
  }
}
