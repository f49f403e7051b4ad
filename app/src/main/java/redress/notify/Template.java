package redress.notify;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import redress.dispute.Errand.Audience;

/**
 * The words of one notice. The first line is the subject; a line {@code @buyer}, {@code @merchant}, {@code @parties},
 * {@code @staff} or {@code @everyone} says for whom the following paragraphs are; {@code {name}} stands for a value. A
 * paragraph with a value that is empty is left out. A line {@code Short: …} is what the same readers are told where
 * there is little room. Lines that begin with {@code #} are for the writer.
 */
final class Template {
  private static final String SUBJECT = "Subject: ";
  private static final String SHORT = "Short: ";
  private static final Set<Audience> PARTIES = EnumSet.of(Audience.BUYER, Audience.MERCHANT);

  private final Blanks subject;
  private final List<Paragraph> paragraphs;

  /** {@code brief}: for where there is little room, and only there. */
  private record Paragraph(Set<Audience> readers, Blanks text, boolean brief) {}

  private Template(String subject, List<Paragraph> paragraphs) {
    this.subject = new Blanks(subject);
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
      } else if (line.startsWith(SHORT)) {
        paragraphs.add(new Paragraph(readers, new Blanks(line.substring(SHORT.length()).strip()), true));
      } else if (line.isBlank() || line.startsWith("@")) {
        if (!open.isEmpty()) paragraphs.add(new Paragraph(readers, new Blanks(open.toString()), false));
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
    if (texts().anyMatch(Blanks::hasStrayBraces))
      throw new IllegalArgumentException(name + ": a brace that names no value");
  }

  private Stream<Blanks> texts() {
    return Stream.concat(Stream.of(subject), paragraphs.stream().map(Paragraph::text));
  }

  /** The names of all values that it uses. */
  Set<String> values() {
    return texts().flatMap(text -> text.names().stream()).collect(Collectors.toCollection(TreeSet::new));
  }

  /** Whether there is something in it for {@code reader}. */
  boolean speaksTo(Audience reader) {
    return paragraphs.stream().anyMatch(paragraph -> !paragraph.brief && paragraph.readers.contains(reader));
  }

  /** The subject with its values filled in. */
  String subject(UnaryOperator<String> values) {
    return subject.fill(values);
  }

  /** The paragraphs for {@code reader} with their values filled in, without those in which a value is empty. */
  String body(Audience reader, UnaryOperator<String> values) {
    return filled(false, reader, values).collect(Collectors.joining("\n\n"));
  }

  /** What {@code reader} is told where there is little room, its sentences joined by {@code gap}; empty for nothing. */
  String brief(Audience reader, UnaryOperator<String> values, String gap) {
    return filled(true, reader, values).collect(Collectors.joining(gap));
  }

  private Stream<String> filled(boolean brief, Audience reader, UnaryOperator<String> values) {
    return paragraphs.stream().filter(it -> it.brief == brief && it.readers.contains(reader))
        .flatMap(paragraph -> paragraph.text.fillAll(values).stream());
  }
}
