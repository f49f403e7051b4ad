package redress.sms;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A text as short messages: in the GSM 7 bit default alphabet with its extension table where that has every character
 * (3GPP TS 23.038 §6.2.1), else in UCS-2. One message holds 160 septets or 70 units of UCS-2; of a longer text each
 * part
 * holds 153 or 67, since the header that puts them together takes 6 bytes (3GPP TS 23.040 §9.2.3.24.1).
 */
public record Sms(Encoding encoding, List<String> parts) {
  // @formatter:off
  private static final String GSM =
      "@£$¥èéùìòÇ\nØø\rÅå" + "Δ_ΦΓΛΩΠΨΣΘΞ\u001bÆæßÉ" + " !\"#¤%&'()*+,-./0123456789:;<=>?"
    + "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§" + "¿abcdefghijklmnopqrstuvwxyzäöñüà";
  /** What takes two septets, the first an escape: the character and its second septet. */
  private static final String EXTENSION = "\f\n" + "^\u0014" + "{(" + "})" + "\\/" + "[<" + "~=" + "]>" + "|@" + "€e";
  // @formatter:on
  private static final char ESCAPE = 0x1b;

  public Sms {
    parts = List.copyOf(parts);
  }

  /** An alphabet, and how many of its units one message and one part of several hold. */
  public enum Encoding {
    GSM_7(160, 153), UCS_2(70, 67);

    private final int alone;
    private final int together;

    Encoding(int alone, int together) {
      this.alone = alone;
      this.together = together;
    }
  }

  /** The text as it is sent. */
  public static Sms of(String text) {
    var encoding = text.chars().allMatch(c -> septets((char) c) > 0) ? Encoding.GSM_7 : Encoding.UCS_2;
    if (length(encoding, text) <= encoding.alone) return new Sms(encoding, List.of(text));
    var parts = new ArrayList<String>();
    int from = 0;
    int used = 0;
    for (int at = 0; at < text.length();) {
      int step = Character.charCount(text.codePointAt(at));
      int units = length(encoding, text.substring(at, at + step));
      if (used + units > encoding.together) {
        parts.add(text.substring(from, at));
        from = at;
        used = 0;
      }
      used += units;
      at += step;
    }
    parts.add(text.substring(from));
    return new Sms(encoding, parts);
  }

  /** How many units the whole text takes. */
  public int length() {
    return parts.stream().mapToInt(part -> length(encoding, part)).sum();
  }

  private static int length(Encoding encoding, String text) {
    return switch (encoding) {
      case GSM_7 -> text.chars().map(c -> septets((char) c)).sum();
      case UCS_2 -> text.length();
    };
  }

  /** How many septets a character takes; 0: the alphabet has no such character. */
  private static int septets(char c) {
    if (c == ESCAPE) return 0;
    if (GSM.indexOf(c) >= 0) return 1;
    return extension(c) >= 0 ? 2 : 0;
  }

  private static int extension(char c) {
    for (int i = 0; i < EXTENSION.length(); i += 2) if (EXTENSION.charAt(i) == c) return EXTENSION.charAt(i + 1);
    return -1;
  }

  /** A part as bytes: a septet each, not packed, as SMPP takes them, or UCS-2 with the high byte first. */
  public byte[] bytes(String part) {
    if (encoding == Encoding.UCS_2) return part.getBytes(StandardCharsets.UTF_16BE);
    var bytes = new ByteArrayOutputStream();
    for (int i = 0; i < part.length(); i++) {
      char c = part.charAt(i);
      int plain = GSM.indexOf(c);
      if (plain < 0) {
        bytes.write(ESCAPE);
        plain = extension(c);
      }
      bytes.write(plain);
    }
    return bytes.toByteArray();
  }

  /** What such bytes say; the other way round of {@link #bytes}. */
  public static String text(Encoding encoding, byte[] bytes) {
    if (encoding == Encoding.UCS_2) return new String(bytes, StandardCharsets.UTF_16BE);
    var text = new StringBuilder();
    for (int i = 0; i < bytes.length; i++) {
      if (bytes[i] == ESCAPE && i + 1 < bytes.length) text.append(extended(bytes[++i]));
      else text.append(GSM.charAt(bytes[i]));
    }
    return text.toString();
  }

  private static char extended(byte septet) {
    for (int i = 0; i < EXTENSION.length(); i += 2) if (EXTENSION.charAt(i + 1) == septet) return EXTENSION.charAt(i);
    return ' ';
  }
}
