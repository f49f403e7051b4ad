package redress.admission;

import java.util.List;
import java.util.Locale;

/**
 * What gives away a file that is made to be read as two things: as a picture by one program, as a script by another.
 */
final class Disguise {
  private static final int BEFORE_A_PDF = 1024;
  private static final int BEHIND_A_ZIP = 65_557;
  static final int CAMERA_TRAILER = 65_536;
  private static final int READABLE = 8;

  /** How markup and scripts begin, in lower case. */
  private static final List<String> MARKUP = List.of("<?php", "<script", "<svg", "<html", "<!doctype", "<iframe",
      "<object", "<embed", "<foreignobject", "<body", "<meta", "<?xml-stylesheet");
  /** What only programs say, in lower case. */
  private static final List<String> CODE = List.of("javascript:", "eval(", "alert(", "document.cookie",
      "document.write", "document.location", "window.location", "system(", "passthru(", "shell_exec", "<?=", "<%");
  /** How files begin that other programs would open. */
  private static final List<String> BEGINNINGS = List.of("PK\3\4", "PK\5\6", "%PDF-", "Rar!\32\7", "7z\u00BC\u00AF'\34",
      "GIF87a", "GIF89a", "\u0089PNG", "\177ELF", "\u00CA\u00FE\u00BA\u00BE", "ftyp", "\u00FF\u00D8\u00FF", "RIFF",
      "\u00D0\u00CF\u0011\u00E0", "ustar");

  private final Content content;

  Disguise(Content content) {
    this.content = content;
  }

  /** Refuses a picture, video or document that other programs would take for an archive or for a PDF. */
  void otherTypes(boolean isPdf) {
    if (!isPdf && content.find("%PDF-", 0, BEFORE_A_PDF + 5) >= 0) throw two("a PDF begins in it");
    if (endsAsZip()) throw two("it ends as a ZIP archive does");
    if (content.find("Rar!\32\7", 0, content.size()) >= 0) throw two("a RAR archive begins in it");
    if (content.find("7z\u00BC\u00AF'\34", 0, content.size()) >= 0) throw two("a 7z archive begins in it");
    if (content.is(257, "ustar")) throw two("it begins as a TAR archive does");
    if (content.is(0x8001, "CD001")) throw two("it is a disk image as well");
  }

  /** Refuses a picture or video with markup or a script in it, or that is itself read as a script. */
  void scripts() {
    markup(0, content.size());
    int behindName = content.is(0, "GIF8") ? 6 : 4;
    if (content.is(behindName, "/*") && content.find("*/", behindName, content.size()) >= 0) {
      throw two("it reads as a script whose comment hides the picture");
    }
  }

  /** Refuses markup between these places: a beginning of it that is followed by something readable. */
  void markup(long from, long to) {
    for (long at = content.find("<", from, to); at >= 0; at = content.find("<", at + 1, to)) {
      for (var mark : MARKUP) {
        if (saysThere(mark, at) && isReadable(at + mark.length())) {
          throw new Unfit(Reason.ACTIVE_CONTENT, mark.substring(1) + " stands at " + at);
        }
      }
    }
  }

  /** Refuses code in what is meant for people to read: comments and titles. */
  void words(String words, String where) {
    var lower = words.toLowerCase(Locale.ROOT);
    for (var code : CODE) {
      if (lower.contains(code)) throw new Unfit(Reason.ACTIVE_CONTENT, "a script stands in " + where);
    }
  }

  /** Refuses what hangs behind the end, unless it is filling or the few bytes that some cameras leave there. */
  void behind(long end) {
    long at = end;
    while (at < content.size() && isFilling(content.u8(at))) at++;
    if (at == content.size()) return;
    if (content.size() - at > CAMERA_TRAILER) {
      throw new Unfit(Reason.DATA_BEHIND_END, content.size() - at + " bytes hang behind the end at " + end);
    }
    if (content.is(at, "MZ") || content.is(at, "\37\u008B") || content.is(at, "BZh")) throw another(at);
    for (var beginning : BEGINNINGS) if (content.find(beginning, at, content.size()) >= 0) throw another(at);
    words(content.latin(at, (int) (content.size() - at)), "what hangs behind the end");
  }

  private static boolean isFilling(int one) {
    return one == 0 || one == 0xFF || one == ' ' || one == '\n' || one == '\r';
  }

  private static Unfit another(long at) {
    return new Unfit(Reason.DATA_BEHIND_END, "another file begins behind the end, at " + at);
  }

  private boolean endsAsZip() {
    long from = Math.max(0, content.size() - BEHIND_A_ZIP);
    for (long at = content.find("PK\5\6", from, content.size()); at >= 0; at = content.find("PK\5\6", at + 1, content
        .size())) {
      if (at + 22 > content.size()) return false;
      long directory = content.le32(at + 12);
      if (directory == 0xFFFF_FFFFL || (directory > 0 && content.is(at - directory, "PK\1\2"))) return true;
    }
    return false;
  }

  private boolean saysThere(String lower, long at) {
    if (at + lower.length() > content.size()) return false;
    for (int i = 0; i < lower.length(); i++) {
      if (Character.toLowerCase(content.u8(at + i)) != lower.charAt(i)) return false;
    }
    return true;
  }

  private boolean isReadable(long from) {
    long to = Math.min(content.size(), from + READABLE);
    for (long at = from; at < to; at++) {
      int one = content.u8(at);
      if (at == from && Character.isLetterOrDigit(one)) return false;
      if ((one < ' ' || one > '~') && one != '\n' && one != '\r' && one != '\t') return false;
    }
    return true;
  }

  private static Unfit two(String detail) {
    return new Unfit(Reason.TWO_FILES_IN_ONE, detail);
  }
}
