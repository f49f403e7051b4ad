package redress.notify;

import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A notice's text as a page of HTML for mail programs: the same words in the same order, its links to be pressed. No
 * picture, nothing from elsewhere, so that nobody learns when it is read.
 */
final class Letter {
  private static final Pattern LINK = Pattern.compile("https?://[^\\s，。；]+");

  /** The page; {@code language} as RFC 5646 has it. */
  static String of(String subject, String text, String language) {
    var body = text.strip().split("\\n\\n+");
    var paragraphs = new StringBuilder();
    for (var paragraph : body) paragraphs.append(paragraph(paragraph));
    return """
        <!doctype html><html lang="%s"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">\
        <title>%s</title></head><body style="margin:0;background:#f4f5f7;color:#1a1d21;font:16px/1.5 sans-serif">\
        <div style="max-width:36em;margin:0 auto;padding:24px 20px;background:#ffffff">\
        <h1 style="font-size:20px;line-height:1.3">%s</h1>
        %s</div></body></html>
        """.formatted(language, escaped(subject), escaped(subject), paragraphs);
  }

  /** Lines that begin with a dash become a list. */
  private static String paragraph(String text) {
    var plain = text.lines().filter(line -> !line.startsWith("- ")).map(Letter::line)
        .collect(Collectors.joining("<br>"));
    var items = text.lines().filter(line -> line.startsWith("- "))
        .map(line -> "<li>" + line(line.substring(2)) + "</li>").collect(Collectors.joining());
    return (plain.isEmpty() ? "" : "<p>" + plain + "</p>\n") + (items.isEmpty() ? "" : "<ul>" + items + "</ul>\n");
  }

  private static String line(String text) {
    return LINK.matcher(escaped(text)).replaceAll("<a href=\"$0\">$0</a>");
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\"", "&quot;");
  }

  private Letter() {}
}
