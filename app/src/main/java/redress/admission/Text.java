package redress.admission;

import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** Plain text in UTF-8, UTF-16 with its mark, or GB18030, that no program would run or show as a page. */
final class Text implements Kind {
  private static final Charset GB18030 = Charset.forName("GB18030");
  private static final int PIECE = 16_384;
  private static final int OVERLAP = 64;
  private static final Pattern MARKUP = Pattern.compile(
      "<\\s*(/?(html|head|body|script|svg|iframe|frameset|object|embed|applet|meta|base|style|math|foreignobject)"
          + "[\\s/>:]|!doctype\\b|!entity\\b|\\?(php|xml)\\b|\\?=|(img|video|audio|a|div|input|form|link)\\s[^<>]{0,40}"
          + "\\b(on[a-z]{3,16}\\s*=|javascript:))");
  private static final List<String> PROGRAMS = List.of("#!", "{\\rtf", "%!ps", "%pdf-", "windows registry editor",
      "regedit4", "@echo off", "[internetshortcut]", "[autorun]", "<?", "mime-version:", "gif8");

  @Override public String mediaType() { return "text/plain"; }

  @Override public List<String> extensions() { return List.of("txt", "text", "log"); }

  @Override public List<String> otherTypes() { return List.of(); }

  /** Whatever has no zero byte before its first hundred bytes are over, or a mark that says it is UTF-16. */
  @Override public boolean begins(Content content) {
    if (wide(content) != null) return true;
    for (long at = 0; at < Math.min(100, content.size()); at++) {
      int one = content.u8(at);
      if (one < ' ' && one != '\n' && one != '\r' && one != '\t' && one != '\f') return false;
    }
    return true;
  }

  @Override public Found check(Content content, Limits limits, Scan scan) {
    var wide = wide(content);
    var charset = wide != null ? wide : isIn(UTF_8, content) ? UTF_8 : GB18030;
    if (!read(charset, content)) throw new Unfit(Reason.TEXT_ENCODING, "the bytes are no text in any taken encoding");
    return new Found(1, 0, "; charset=" + (wide != null ? "UTF-16" : charset.name()));
  }

  private static @org.jspecify.annotations.Nullable Charset wide(Content content) {
    return content.is(0, "\u00FF\u00FE") ? UTF_16LE : content.is(0, "\u00FE\u00FF") ? UTF_16BE : null;
  }

  private static boolean isIn(Charset charset, Content content) {
    try (var in = reader(charset, content)) {
      var piece = new char[PIECE];
      while (in.read(piece) >= 0) content.hurry();
      return true;
    } catch (CharacterCodingException e) {
      return false;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static InputStreamReader reader(Charset charset, Content content) {
    return new InputStreamReader(content.stream(0, content.size()), charset.newDecoder()
        .onMalformedInput(CodingErrorAction.REPORT).onUnmappableCharacter(CodingErrorAction.REPORT));
  }

  /** Whether all of it is text in this encoding; throws where it is, but not of the harmless sort. */
  private static boolean read(Charset charset, Content content) {
    try (var in = reader(charset, content)) {
      var piece = new char[PIECE];
      var before = "";
      for (int count = in.read(piece); count >= 0; count = in.read(piece)) {
        var now = before + new String(piece, 0, count).toLowerCase(Locale.ROOT);
        if (before.isEmpty()) beginning(now);
        look(now);
        before = now.substring(Math.max(0, now.length() - OVERLAP));
      }
      return true;
    } catch (CharacterCodingException e) {
      return false;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void beginning(String lower) {
    var first = lower.strip().replaceFirst("^\\uFEFF\\s*", "");
    for (var program : PROGRAMS) {
      if (first.startsWith(program)) throw new Unfit(Reason.ACTIVE_CONTENT, "the text begins as a program does");
    }
  }

  private static void look(String lower) {
    for (int i = 0; i < lower.length(); i++) {
      char one = lower.charAt(i);
      if (one >= ' ' && one < 0x7F) continue;
      boolean isLayout = one == '\n' || one == '\r' || one == '\t' || one == '\f' || one == 0x85;
      if ((Character.isISOControl(one) && !isLayout) || one == 0xFFFE || one == 0xFFFF) {
        throw new Unfit(Reason.TEXT_CONTROLS, "the character U+%04X stands in the text".formatted((int) one));
      }
    }
    int bracket = lower.indexOf('<');
    if (bracket >= 0 && MARKUP.matcher(lower).find(bracket)) {
      throw new Unfit(Reason.ACTIVE_CONTENT, "markup stands in the text");
    }
  }
}
