package redress.notify;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import redress.dispute.Errand.Audience;
import redress.dispute.Matter;
import redress.dispute.Notice;
import redress.dispute.Rules;
import redress.dispute.Timer;

/**
 * The words of every notice in every language, and how they are written for one reader. Pure: the same matter and
 * reader give
 * the same words. A template that is missing, names an unknown value or has nothing to say to somebody stops the start.
 */
public final class Notices {
  private static final String LINK = "link";
  private static final String BODY = "body";
  private static final String FRAME = "frame";

  private final String link;
  private final Optional<Editing> editing;
  private final Map<Language, Edition> editions = new EnumMap<>(Language.class);

  private record Edition(Phrases phrases, Template frame, Map<Notice, Template> templates) {}

  /**
   * Reads all templates. {@code link} is where a dispute is opened, with {@code {dispute}} for its id; empty for none.
   * Throws
   * IllegalArgumentException when a template is not right.
   */
  public Notices(String link) {
    this(link, Optional.empty());
  }

  /** The same; what was changed in {@code editing} takes the place of the program's own words. */
  public Notices(String link, Optional<Editing> editing) {
    this.link = link;
    this.editing = editing;
    for (var language : Language.values()) editions.put(language, read(language));
  }

  /**
   * What {@code reader} is told when {@code notice} is about the offer, promise, refund or finding {@code about} (0:
   * none).
   */
  public Rendered write(Matter matter, Notice notice, int about, Reader reader) {
    return write(matter, Rules.timers(matter), notice, about, null, reader);
  }

  /** What {@code reader} is told when the deadline {@code timer} comes near. */
  public Rendered remind(Matter matter, Timer timer, Reader reader) {
    return write(matter, Rules.timers(matter), Notice.DUE_SOON, timer.about(), timer, reader);
  }

  Rendered write(Matter matter, List<Timer> timers, Notice notice, int about, @Nullable Timer timer, Reader reader) {
    var edition = edition(reader.language());
    var scene = new Scene(matter, timers, about, timer, reader, new Wording(reader, edition.phrases));
    UnaryOperator<String> values = name -> Values.read(name, scene);
    var template = editing.flatMap(it -> it.template(reader.language(), notice)).orElseGet(() -> of(edition, notice));
    var body = template.body(reader.audience(), values);
    var text = edition.frame.body(reader.audience(), name -> switch (name) {
      case BODY -> body;
      case LINK -> link.replace("{dispute}", scene.filing().id().toString());
      default -> values.apply(name);
    });
    return new Rendered(template.subject(values), text, brief(template, scene, edition, reader));
  }

  /** The subject, where a template has nothing shorter to say to this reader. */
  private String brief(Template template, Scene scene, Edition edition, Reader reader) {
    var close = new Scene(scene.matter(), scene.timers(), scene.about(), scene.timer(), reader,
        scene.words().inBrief());
    UnaryOperator<String> values = name -> Values.read(name, close);
    var said = template.brief(reader.audience(), values, edition.phrases.get("sentence.gap"));
    return edition.phrases.get("brief", Map.of("body", said.isEmpty() ? template.subject(values) : said, "link",
        link.replace("{dispute}", scene.filing().id().toString()))).strip();
  }

  private Edition edition(Language language) {
    var edition = editions.get(language);
    if (edition == null) throw new IllegalStateException("no words in " + language);
    return edition;
  }

  private static Template of(Edition edition, Notice notice) {
    var template = edition.templates.get(notice);
    if (template == null) throw new IllegalStateException("no words for " + notice);
    return template;
  }

  /** The template of one notice, as it is kept. */
  Template template(Language language, Notice notice) {
    return of(edition(language), notice);
  }

  /** The short words of one language. */
  Phrases phrases(Language language) {
    return edition(language).phrases;
  }

  private static Edition read(Language language) {
    var folder = "/notices/" + language.folder() + "/";
    var templates = new EnumMap<Notice, Template>(Notice.class);
    for (var notice : Notice.values()) {
      templates.put(notice, checked(folder + notice + ".txt", builtIn(language, notice)));
    }
    var frame = Template.parse(FRAME, resource(folder + FRAME + ".txt"));
    var own = new TreeSet<>(Values.names());
    own.addAll(List.of(BODY, LINK));
    refuseUnknown(folder + FRAME, frame.values(), own);
    return new Edition(phrases(language, folder), frame, templates);
  }

  /** A template that can be used; throws IllegalArgumentException, naming it, for any other. */
  static Template checked(String name, String source) {
    var template = Template.parse(name, source);
    refuseUnknown(name, template.values(), Values.names());
    for (var reader : Audience.values()) {
      if (!template.speaksTo(reader)) throw new IllegalArgumentException(name + " says nothing to " + reader);
    }
    return template;
  }

  /** The words that come with the program. */
  static String builtIn(Language language, Notice notice) {
    return resource("/notices/" + language.folder() + "/" + notice + ".txt");
  }

  /** A template as {@code audience} would read it, with sample values. */
  static Rendered sample(Language language, Audience audience, Template template) {
    var folder = "/notices/" + language.folder() + "/";
    var samples = properties(folder + "samples.properties");
    var phrases = phrases(language, folder);
    UnaryOperator<String> values = name -> samples.getProperty(name, "");
    var body = template.body(audience, values);
    var text = Template.parse(FRAME, resource(folder + FRAME + ".txt")).body(audience,
        name -> name.equals(BODY) ? body : values.apply(name));
    UnaryOperator<String> inBrief = name -> samples.getProperty(name + ".short", values.apply(name));
    var said = template.brief(audience, inBrief, phrases.get("sentence.gap"));
    var subject = template.subject(values);
    return new Rendered(subject, text, phrases.get("brief", Map.of("body", said.isEmpty() ? subject : said, "link",
        values.apply(LINK))).strip());
  }

  private static void refuseUnknown(String name, Set<String> used, Set<String> known) {
    for (var value : used) {
      if (!known.contains(value)) throw new IllegalArgumentException(name + ": no value is called " + value);
    }
  }

  private static Phrases phrases(Language language, String folder) {
    return new Phrases(language, properties(folder + "phrases.properties"));
  }

  private static Properties properties(String name) {
    try (var in = Notices.class.getResourceAsStream(name)) {
      if (in == null) throw new IllegalArgumentException(name + " is missing");
      var words = new Properties();
      words.load(new InputStreamReader(in, StandardCharsets.UTF_8));
      return words;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String resource(String name) {
    try (var in = Notices.class.getResourceAsStream(name)) {
      if (in == null) throw new IllegalArgumentException(name + " is missing");
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
