package redress.notify;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redress.dispute.Errand.Audience;
import redress.dispute.Notice;
import redress.store.NoticeTemplates;
import redress.store.NoticeTemplates.Version;

/** The words of notices as they can be changed while the server runs: checked, seen beforehand, kept in versions. */
public final class Editing {
  private static final Logger log = LoggerFactory.getLogger(Editing.class);
  private static final Duration FRESH = Duration.ofSeconds(2);
  private static final int LONGEST = 6_000;

  private final NoticeTemplates store;
  private final Clock clock;
  private volatile Known known = new Known(Instant.EPOCH, Map.of());

  public Editing(NoticeTemplates store, Clock clock) {
    this.store = store;
    this.clock = clock;
  }

  private record Key(Notice notice, Language language) {}

  private record Known(Instant at, Map<Key, Template> templates) {}

  /** A notice as its reader would get it, from sample values. */
  public record Preview(Rendered words, int grade) {}

  /** What was changed here of this notice. */
  Optional<Template> template(Language language, Notice notice) {
    var now = clock.instant();
    if (!now.isBefore(known.at.plus(FRESH))) known = read(now);
    return Optional.ofNullable(known.templates.get(new Key(notice, language)));
  }

  /**
   * What cannot be used any more, since it names a value that is gone, is left out in favour of the program's words.
   */
  private Known read(Instant now) {
    var all = new HashMap<Key, Template>();
    for (var it : store.newest()) {
      var language = Language.valueOf(it.language());
      if (problem(it.notice(), language, it.source()).isEmpty())
        all.put(new Key(it.notice(), language), Template.parse(it.notice().name(), it.source()));
      else
        log.warn("The changed words of {} in {} do not fit any more", it.notice(), language);
    }
    return new Known(now, all);
  }

  /** The newest version of whatever was written here; what is not in it is as it came with the program. */
  public Map<Notice, Map<Language, Integer>> changed() {
    return store.newest().stream().collect(Collectors.groupingBy(Version::notice,
        Collectors.toMap(it -> Language.valueOf(it.language()), Version::version)));
  }

  /** The words as they are now. */
  public String source(Notice notice, Language language) {
    return versions(notice, language).stream().findFirst().map(Version::source)
        .orElseGet(() -> Notices.builtIn(language, notice));
  }

  /** Every version that was written here, the newest first. */
  public List<Version> versions(Notice notice, Language language) {
    return store.of(notice, language.name());
  }

  /** What is wrong with these words, in English; empty when they can be used. */
  public Optional<String> problem(Notice notice, Language language, String source) {
    if (source.length() > LONGEST) return Optional.of("longer than " + LONGEST + " characters");
    try {
      var template = Notices.checked(notice.name(), source);
      var lost = new TreeSet<>(Notices.checked(notice.name(), Notices.builtIn(language, notice)).values());
      lost.removeAll(template.values());
      return lost.isEmpty() ? Optional.empty()
          : Optional.of("does not tell {" + String.join("}, {", lost) + "} any more");
    } catch (IllegalArgumentException e) {
      return Optional.of(Objects.requireNonNullElse(e.getMessage(), "cannot be read"));
    }
  }

  /** How {@code audience} would read these words. Throws IllegalArgumentException when they cannot be used. */
  public Preview preview(Notice notice, Language language, Audience audience, String source) {
    var words = Notices.sample(language, audience, Notices.checked(notice.name(), source));
    return new Preview(words, language == Language.EN ? Grade.of(words.text()) : 0);
  }

  /** Keeps these words as version {@code version}; false when somebody else was quicker. */
  public boolean keep(Notice notice, Language language, int version, String source, String person) {
    boolean kept = store.add(new Version(notice, language.name(), version, source, person, clock.instant()));
    known = new Known(Instant.EPOCH, known.templates);
    return kept;
  }
}
