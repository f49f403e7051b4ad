package redress.admission;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import redress.admission.Verdict.Admitted;
import redress.admission.Verdict.Refused;
import redress.policy.CardNumbers;

/**
 * Decides of a file, before anybody sees it, whether it may come in as evidence: by what is in it, never by what it is
 * called. Files of many sizes may be looked at by many threads; only so many at once.
 */
public final class Admission {
  private static final int AT_ONCE = 4;
  private static final Set<String> NO_TYPE = Set.of("", "application/octet-stream", "binary/octet-stream");

  private final Limits limits;
  private final Scanner scanner;
  private final Magic magic = new Magic();
  private final List<Kind> kinds = Kind.all();
  private final Semaphore places = new Semaphore(AT_ONCE);

  /** Within these limits, and asking this scanner at the end. */
  public Admission(Limits limits, Scanner scanner) {
    this.limits = limits;
    this.scanner = scanner;
  }

  /**
   * Looks at all of the file.
   *
   * @param declaredName what its giver calls it; empty when nothing is known
   * @param declaredType the media type its giver says it has; empty when nothing is known
   * @throws UncheckedIOException when the file cannot be read
   */
  public Verdict inspect(Path file, String declaredName, String declaredType) {
    places.acquireUninterruptibly();
    try (var content = Content.of(file, limits.time())) {
      var admitted = look(content, FileName.of(declaredName), declaredType);
      var harm = scan(file);
      return harm.isEmpty() ? admitted : new Refused(Reason.MALWARE, harm);
    } catch (Unfit e) {
      return new Refused(e.reason, e.detail);
    } catch (StackOverflowError e) {
      return new Refused(Reason.TOO_COMPLICATED, "its parts stand too deep in each other");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      places.release();
    }
  }

  private Admitted look(Content content, FileName name, String declaredType) {
    if (content.size() == 0) throw new Unfit(Reason.FILE_EMPTY, "0 bytes");
    if (content.size() > limits.bytes()) throw new Unfit(Reason.FILE_TOO_LARGE, content.size() + " bytes");
    var scan = new Scan(content, limits);
    scan.file();
    var type = magic.type(content);
    var kind = kinds.stream().filter(it -> it.begins(content)).findFirst().orElseThrow(() -> magic.unfit(type));
    magic.agree(kind, type);
    names(kind, name, declaredType);
    if (!(kind instanceof Text)) new Disguise(content).otherTypes(kind instanceof Pdf);
    var found = kind.check(content, limits, scan);
    content.hurry();
    return new Admitted(kind.mediaType() + found.parameter(), kind.extensions().getFirst(), name.safe(kind
        .extensions()), found.pages(), found.pixels());
  }

  /** Whether a file may be called this, before anything of it is here; the reason if not. */
  public static Optional<Reason> objection(String declaredName) {
    return CardNumbers.isIn(declaredName) ? Optional.of(Reason.NAME_HOLDS_CARD) : Optional.empty();
  }

  private static void names(Kind kind, FileName name, String declaredType) {
    if (!name.ending().isEmpty() && !kind.extensions().contains(name.ending())) {
      throw new Unfit(Reason.NAME_DISAGREES, "it is " + kind.mediaType() + " and is called ." + name.ending());
    }
    var deceptions = name.deceptions(kind.extensions());
    if (!deceptions.isEmpty()) {
      throw new Unfit(Reason.NAME_DISAGREES, "it is " + kind.mediaType() + " and is called ." + deceptions.getFirst()
          + " as well");
    }
    var declared = declaredType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
    if (NO_TYPE.contains(declared) || declared.equals(kind.mediaType()) || kind.otherTypes().contains(declared)) return;
    throw new Unfit(Reason.TYPE_DISAGREES, "it is " + kind.mediaType());
  }

  private String scan(Path file) {
    try {
      return scanner.nameOfHarm(file);
    } catch (IOException e) {
      throw new Unfit(Reason.SCANNER_AWAY, String.valueOf(e.getMessage()));
    }
  }
}
