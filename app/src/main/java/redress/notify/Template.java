package redress.notify;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import redress.dispute.Errand.Audience;

/**
 * The words of one notice. The first line is the subject; a line {@code @buyer}, {@code @merchant}, {@code @parties},
 * {@code @staff} or {@code @everyone} says for whom the following paragraphs are; {@code {name}} stands for a value. A
 * paragraph with a value that is empty is left out. Lines that begin with {@code #} are for the writer.
 */
final class Template {
  private static final String SUBJECT = "Subject: ";
  private static final Pattern VALUE = Pattern.compile("\\{([a-z.]+)}");
  private static final Set<Audience> PARTIES = EnumSet.of(Audience.BUYER, Audience.MERCHANT);

  private final String subject;
  private final List<Paragraph> paragraphs;

  private record Paragraph(Set<Audience> readers, String text) {}

  private Template(String subject, List<Paragraph> paragraphs) {
    this.subject = subject;
    this.paragraphs = List.copyOf(paragraphs);
  }

  /** Reads a template; throws IllegalArgumentException, naming it, for anything that is not as described above. */
  static Template parse(String name, String source) {
    var subject = "";
    var readers = (Set<Audience>) EnumSet.allOf(Audience.class);
    var paragraphs = new ArrayList<Paragraph>();
    var open = new StringBuilder();
    for (var line : (source + "\n\n").lines().toList()) {
      if (line.startsWith("#")) continue;
      if (line.startsWith(SUBJECT) && subject.isEmpty() && paragraphs.isEmpty()) {
        subject = line.substring(SUBJECT.length()).strip();
      } else if (line.isBlank() || line.startsWith("@")) {
        if (!open.isEmpty()) paragraphs.add(new Paragraph(readers, open.toString()));
        open.setLength(0);
        if (!line.isBlank()) readers = readers(name, line.substring(1).strip());
      } else {
        open.append(open.isEmpty() ? "" : "\n").append(line.stripTrailing());
      }
    }
    var template = new Template(subject, paragraphs);
    template.refuseStrayBraces(name);
    return template;
  }

  private static Set<Audience> readers(String name, String word) {
    return switch (word) {
      case "buyer" -> EnumSet.of(Audience.BUYER);
      case "merchant" -> EnumSet.of(Audience.MERCHANT);
      case "parties" -> PARTIES;
      case "staff" -> EnumSet.complementOf(EnumSet.copyOf(PARTIES));
      case "everyone" -> EnumSet.allOf(Audience.class);
      default -> throw new IllegalArgumentException(name + ": nobody is called @" + word);
    };
  }

  private void refuseStrayBraces(String name) {
    var bare = VALUE.matcher(all()).replaceAll("");
    if (bare.contains("{") || bare.contains("}"))
      throw new IllegalArgumentException(name + ": a brace that names no value");
  }

  private String all() {
    var all = new StringBuilder(subject);
    for (var paragraph : paragraphs) all.append('\n').append(paragraph.text);
    return all.toString();
  }

  /** The names of all values that it uses. */
  Set<String> values() {
    var names = new TreeSet<String>();
    VALUE.matcher(all()).results().forEach(result -> names.add(result.group(1)));
    return names;
  }

  /** Whether there is something in it for {@code reader}. */
  boolean speaksTo(Audience reader) {
    return paragraphs.stream().anyMatch(paragraph -> paragraph.readers.contains(reader));
  }

  /** The subject with its values filled in. */
  String subject(UnaryOperator<String> values) {
    return fill(subject, values);
  }

  /** The paragraphs for {@code reader} with their values filled in, without those in which a value is empty. */
  String body(Audience reader, UnaryOperator<String> values) {
    var body = new ArrayList<String>();
    for (var paragraph : paragraphs) {
      if (!paragraph.readers.contains(reader)) continue;
      boolean said =
          VALUE.matcher(paragraph.text).results().noneMatch(result -> values.apply(result.group(1)).isEmpty());
      if (said) body.add(fill(paragraph.text, values));
    }
    return String.join("\n\n", body);
  }

  /** {@code text} with its values filled in; what is filled in is never read as a template again. */
  static String fill(String text, UnaryOperator<String> values) {
    return VALUE.matcher(text).replaceAll(result -> Matcher.quoteReplacement(values.apply(result.group(1))));
  }
}
