package redress.bundle;

import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import redress.dispute.DisputeId;
import redress.result.Registrar;
import redress.result.Stationer;
import redress.store.Acts;
import redress.store.ResultBook;

/** The latest result of a dispute on paper, in both languages, with what the log says of each paper. */
public final class Papers {
  private static final List<String> LANGUAGES = List.of("en", "zh");

  private final Registrar registrar;
  private final Stationer stationer;
  private final Acts acts;

  public Papers(Registrar registrar, Stationer stationer, Acts acts) {
    this.registrar = registrar;
    this.stationer = stationer;
    this.acts = acts;
  }

  /** A signed paper and its act in the log; null for one from before papers were logged. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Made(String language, byte[] pdf, Acts.@Nullable Logged logged) {
    /** Its name in a bundle. */
    String file() {
      return "result-" + language + ".pdf";
    }
  }

  /** The newest record, null before the first end, and its papers. */
  record Latest(ResultBook.@Nullable Kept record, List<Made> papers) {
    Latest {
      papers = List.copyOf(papers);
    }

    List<Long> acts() {
      return papers.stream().map(Made::logged).flatMap(Stream::ofNullable).map(Acts.Logged::id).toList();
    }
  }

  /** What there is to take away {@code now} (UTC); what nobody asked for yet is made. */
  Latest latest(DisputeId dispute, Instant now) {
    var all = registrar.wanted(dispute, now);
    if (all.isEmpty()) return new Latest(null, List.of());
    var kept = all.getLast();
    return new Latest(kept, LANGUAGES.stream().map(it -> made(kept, it)).toList());
  }

  private Made made(ResultBook.Kept kept, String language) {
    var pdf = stationer.paper(kept, language);
    return new Made(language, pdf, acts.ofPaper(ResultBook.fingerprint(pdf)).orElse(null));
  }
}
