package redress.admission;

import java.util.Map;

/**
 * The bytes of a PDF outside its streams, read without following anything: so that what no table of contents lists, or
 * lists for some programs only, is seen as well.
 */
final class PdfSyntax {
  private static final int MOST_BRACKETS = 200_000;
  private static final int LONGEST_NAME = 40;
  /** A dictionary counts twice. */
  private static final int DEEPEST = 128;
  private static final Map<String, Reason> FORBIDDEN = Map.of("JavaScript", Reason.PDF_SCRIPT, "JS", Reason.PDF_SCRIPT,
      "Launch", Reason.PDF_ACTION, "SubmitForm", Reason.PDF_ACTION, "ImportData", Reason.PDF_ACTION, "GoToE",
      Reason.PDF_ACTION, "RichMedia", Reason.PDF_ACTION, "XFA", Reason.PDF_LIVE_FORM, "FileAttachment",
      Reason.PDF_ATTACHMENT);

  private final Content content;
  private final Limits limits;
  private long at;
  private long seen;
  private int brackets;
  private int depth;

  PdfSyntax(Content content, Limits limits) {
    this.content = content;
    this.limits = limits;
  }

  void check() {
    for (at = 0; at < content.size(); at++) {
      if ((++seen & 0xFFF) == 0) content.hurry();
      switch (content.u8(at)) {
        case '(' -> string();
        case '%' -> comment();
        case '/' -> name();
        case '<', '[' -> open();
        case '>', ']' -> depth = Math.max(0, depth - 1);
        case 's' -> stream();
        default -> {}
      }
      if (seen > limits.syntax()) throw new Unfit(Reason.TOO_COMPLICATED, "more than " + seen + " bytes of structure");
      if (brackets > MOST_BRACKETS) throw new Unfit(Reason.TOO_COMPLICATED, "more than " + brackets + " brackets");
    }
  }

  private void open() {
    brackets++;
    if (++depth > DEEPEST) throw new Unfit(Reason.TOO_COMPLICATED, "objects stand too deep in each other, at " + at);
  }

  /** Goes to the bracket that closes a text. */
  private void string() {
    int open = 0;
    for (; at < content.size(); at++, seen++) {
      int one = content.u8(at);
      if (one == '\\') at++;
      else if (one == '(') open++;
      else if (one == ')' && --open == 0) return;
    }
  }

  private void comment() {
    while (at + 1 < content.size() && content.u8(at + 1) != '\n' && content.u8(at + 1) != '\r') at++;
  }

  private void name() {
    var name = new StringBuilder();
    while (at + 1 < content.size() && name.length() < LONGEST_NAME && isRegular(content.u8(at + 1))) {
      int one = content.u8(++at);
      if (one == '#' && at + 2 < content.size()) {
        int high = Character.digit(content.u8(at + 1), 16);
        int low = Character.digit(content.u8(at + 2), 16);
        if (high >= 0 && low >= 0) {
          one = (high << 4) + low;
          at += 2;
        }
      }
      name.append((char) one);
    }
    var reason = FORBIDDEN.get(name.toString());
    if (reason != null) throw new Unfit(reason, name + " stands at " + at);
  }

  private static boolean isRegular(int one) { return one > ' ' && "()<>[]{}/%".indexOf(one) < 0; }

  /** Leaps over the bytes of a stream. */
  private void stream() {
    boolean begins = content.is(at, "stream") && at + 6 < content.size() && (content.u8(at + 6) == '\n' || content.u8(
        at + 6) == '\r') && !content.is(at - 3, "end");
    if (!begins) return;
    long end = content.find("endstream", at + 6, content.size());
    if (end >= 0) at = end + 8;
  }
}
