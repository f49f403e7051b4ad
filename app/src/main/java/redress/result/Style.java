package redress.result;

import java.awt.Color;

/** How a text is set: size in points, weight and colour. */
record Style(float size, boolean bold, Color color) {
  static final Color INK = new Color(0x16202c);
  static final Color SOFT = new Color(0x5b6877);
  static final Color HAIR = new Color(0xd5dbe2);
  static final Color PALE = new Color(0xf4f6f9);

  static final Style BODY = new Style(9.2f, false, INK);
  static final Style STRONG = new Style(9.2f, true, INK);
  static final Style LABEL = new Style(7.6f, false, SOFT);
  static final Style SMALL = new Style(6.9f, false, SOFT);
  static final Style HEADING = new Style(11f, true, INK);
  static final Style FIGURE = new Style(12f, true, INK);
  static final Style TITLE = new Style(20f, true, INK);
  static final Style LEAD = new Style(11f, false, INK);

  private static final float LEADING = 1.42f;

  /** The same in another colour. */
  Style in(Color other) {
    return new Style(size, bold, other);
  }

  /** From one line to the next, in points. */
  float leading() {
    return size * LEADING;
  }

  /** What a result feels like: the colour of its words and of what is behind them. */
  enum Tone {
    GOOD(0x0f6b4f, 0xe7f4ee), CARE(0x8a5200, 0xfcf1de), BAD(0xa8211b, 0xfbeae9), CALM(0x1c4a96, 0xe9f0fb),
    PLAIN(0x44505d, 0xeef1f4);

    final Color ink;
    final Color ground;

    Tone(int ink, int ground) {
      this.ink = new Color(ink);
      this.ground = new Color(ground);
    }

    /** What it feels like that something is in this state. */
    static Tone of(String state) {
      return switch (state) {
        case "VERIFIED", "PASSED", "CURED", "RESOLVED", "SUCCEEDED", "REFUTED", "SATISFIED" -> GOOD;
        case "ENFORCED", "WAIVED_BY_CREDITOR", "LAPSED", "SIGNED", "MISSING", "NOT_REACHED" -> CARE;
        case "BROKEN", "OVERDUE", "FAILED", "REVERSED", "OPEN", "ENFORCING" -> BAD;
        default -> PLAIN;
      };
    }
  }
}
