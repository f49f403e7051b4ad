package redress.admission;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.text.Normalizer;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A name that somebody gave a file, made harmless: one part of a path, of characters one can see, short, with one
 * ending; to be shown and offered for saving, never used as a path here.
 */
public final class FileName {
  private static final int LONGEST = 120;
  private static final int LONGEST_ENDING = 8;
  private static final Pattern FORBIDDEN = Pattern.compile("[\"<>|:*?%\\\\/]");
  private static final Pattern DEVICE = Pattern.compile("(?i)(con|prn|aux|nul|clock\\$|conin\\$|conout\\$|com[0-9¹²³]"
      + "|lpt[0-9¹²³])(\\..*)?");
  /** Endings that say what a file is; in the middle of a name they try to deceive. Country codes are left out. */
  private static final Set<String> TELLING = Set.of("jpg", "jpeg", "png", "gif", "webp", "pdf", "txt", "mp4", "exe",
      "scr", "bat", "cmd", "pif", "msi", "dll", "jar", "js", "jse", "mjs", "vbs", "vbe", "wsf", "wsh", "hta", "lnk",
      "url", "ps1", "psm1", "reg", "inf", "php", "php3", "php4", "php5", "php7", "phtml", "phar", "asp", "aspx", "ashx",
      "jsp", "jspx", "cgi", "htm", "html", "xhtml", "shtml", "mht", "mhtml", "svg", "svgz", "xml", "xsl", "swf", "zip",
      "rar", "7z", "gz", "tgz", "tar", "iso", "img", "doc", "docx", "docm", "dotm", "xls", "xlsx", "xlsm", "xlsb",
      "ppt", "pptx", "pptm", "rtf", "csv", "eml", "msg", "apk", "ipa", "dmg", "pkg", "deb", "rpm", "app", "htaccess");

  private final String stem;
  private final String ending;

  private FileName(String stem, String ending) {
    this.stem = stem;
    this.ending = ending;
  }

  /** Reads a name as it was given, whatever is in it. */
  public static FileName of(String declared) {
    var shown = new StringBuilder();
    Normalizer.normalize(declared, Normalizer.Form.NFC).codePoints().filter(FileName::isSeen).forEach(
        shown::appendCodePoint);
    var path = shown.toString().replace('\\', '/');
    var last = path.substring(path.lastIndexOf('/') + 1);
    var name = FORBIDDEN.matcher(last).replaceAll("_").strip().replaceAll("[. ]+$", "").replaceAll("^[. ]+", "");
    int dot = name.lastIndexOf('.');
    boolean hasEnding = dot > 0 && name.length() - dot - 1 <= LONGEST_ENDING && name.substring(dot + 1).matches(
        "[A-Za-z0-9]+");
    return hasEnding
        ? new FileName(name.substring(0, dot).replaceAll("[. ]+$", ""),
            name.substring(dot + 1).toLowerCase(Locale.ROOT))
        : new FileName(name, "");
  }

  /** Neither controls, nor what turns the direction of writing, nor halves of characters, nor unassigned ones. */
  private static boolean isSeen(int point) {
    return switch (Character.getType(point)) {
      case Character.CONTROL, Character.FORMAT, Character.SURROGATE, Character.PRIVATE_USE, Character.UNASSIGNED,
          Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> false;
      default -> true;
    };
  }

  /** What stands behind the last dot, in lower case; empty without one. */
  String ending() { return ending; }

  /** Endings within the name that say it is something other than a file with these endings. */
  List<String> deceptions(List<String> endings) {
    return List.of(stem.toLowerCase(Locale.ROOT).split("\\.")).stream().skip(1).map(String::strip)
        .filter(TELLING::contains).filter(part -> !endings.contains(part)).toList();
  }

  /** The harmless name, with its own ending where that is one of these, else with the first of them. */
  String safe(List<String> endings) {
    var right = endings.contains(ending) ? ending : endings.getFirst();
    var name = DEVICE.matcher(stem).matches() ? "_" + stem : stem;
    return (name.isBlank() ? "evidence" : shortened(name)) + "." + right;
  }

  /** At most so many bytes of UTF-8, and no character cut in two. */
  private static String shortened(String name) {
    var kept = new StringBuilder();
    int bytes = 0;
    for (int point : name.codePoints().toArray()) {
      bytes += Character.toString(point).getBytes(UTF_8).length;
      if (bytes > LONGEST) break;
      kept.appendCodePoint(point);
    }
    return kept.toString().strip();
  }

  /**
   * The value of a Content-Disposition that has a browser save the file under this name and never show it: RFC 6266,
   * with the name in ASCII for old programs and in UTF-8 (RFC 8187) for the rest.
   */
  public static String attachment(String safeName) {
    var ascii = safeName.replaceAll("[^\\x20-\\x7E]", "_").replaceAll("[\"\\\\%;]", "_");
    var all = new StringBuilder();
    for (byte one : safeName.getBytes(UTF_8)) {
      boolean isPlain = (one >= 'a' && one <= 'z') || (one >= 'A' && one <= 'Z') || (one >= '0' && one <= '9')
          || "-._~".indexOf(one) >= 0;
      if (isPlain) all.append((char) one);
      else all.append("%%%02X".formatted(one & 0xFF));
    }
    return "attachment; filename=\"" + ascii + "\"; filename*=UTF-8''" + all;
  }
}
