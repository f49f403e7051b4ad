package redress.result;

import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import redress.stamp.TimeStamps;
import redress.store.ResultBook;

/**
 * Has records on paper: drawn and signed when first asked for, then the same file for everybody, with its fingerprint
 * in the log.
 */
public final class Stationer {
  private final ResultBook book;
  private final Supplier<PaperKey> key;
  private final @Nullable TimeStamps stamps;
  private final String issuer;
  private final Clock clock;
  private @Nullable Seal seal;

  /**
   * @param key asked for once, when the first paper is signed: making one takes a while
   * @param issuer what the platform calls itself
   * @param stamps the authority that stamps the time of signing, null for none
   */
  public Stationer(ResultBook book, Supplier<PaperKey> key, @Nullable TimeStamps stamps, String issuer, Clock clock) {
    this.book = book;
    this.key = key;
    this.stamps = stamps;
    this.issuer = issuer;
    this.clock = clock;
  }

  private synchronized Seal seal() {
    var known = seal;
    if (known == null) {
      known = new Seal(key.get(), stamps);
      seal = known;
    }
    return known;
  }

  /**
   * The signed paper (PDF) of a record in {@code language}, {@code zh} or {@code en}. The first time it may ask a time
   * stamp authority: never inside a database transaction.
   */
  public byte[] paper(ResultBook.Kept kept, String language) {
    var words = language.equals("zh") ? Phrasebook.ZH : Phrasebook.EN;
    return book.paper(kept.dispute(), kept.number(), words.language).orElseGet(() -> {
      var now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
      var pdf = seal().sign(Paper.of(kept, words), issuer, now);
      return book.keep(kept, words.language, pdf, now);
    });
  }
}
