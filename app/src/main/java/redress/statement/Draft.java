package redress.statement;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import redress.check.Facts;
import redress.store.Movement;

/** A record while it is being put together from the parts of a line. */
final class Draft {
  private static final String NOTHING = "-/\\*·—　";
  private static final Instant EARLIEST = Instant.parse("1970-01-01T00:00:00Z");
  private static final Instant LATEST = Instant.parse("2200-01-01T00:00:00Z");
  private static final int LONGEST_MEMO = 1_000;

  final long line;
  Movement.Kind kind = Movement.Kind.OTHER;
  Facts.State state = Facts.State.SUCCEEDED;
  String own = "";
  String reference = "";
  String providerId = "";
  String called = "";
  String alias = "";
  long minor;
  String currency = "";
  long fee;
  String counterparty = "";
  String memo = "";
  @Nullable Instant at;

  Draft(long line) {
    this.line = line;
  }

  /** A name as it is kept: without what only stands for nothing. */
  static String named(String text) {
    var stripped = text.strip();
    for (int i = 0; i < stripped.length(); i++) {
      char c = stripped.charAt(i);
      if (NOTHING.indexOf(c) < 0 && !Character.isWhitespace(c)) return stripped;
    }
    return "";
  }

  Movement movement(String book) throws Bad {
    var when = at;
    if (when == null || when.isBefore(EARLIEST) || when.isAfter(LATEST))
      throw new Bad("DATE", "a date between 1970 and 2199");
    providerId = name(providerId, "the provider's id");
    reference = name(reference, "the reference");
    var known = reference.isEmpty() ? providerId : reference;
    return new Movement(book, kind, state, own, known, providerId, name(called, "the payment's name"),
        name(alias, "the payment's other name"), minor, currency, fee, words(counterparty), words(memo), when, line);
  }

  private static String name(String text, String what) throws Bad {
    var name = named(text);
    if (name.length() > Movement.LONGEST_NAME) throw new Bad("TOO_LONG", what + ": at most 256 characters");
    return name;
  }

  private static String words(String text) {
    var said = named(text);
    if (said.indexOf('\n') >= 0 || said.indexOf('\t') >= 0 || said.contains("  ")) said = said.replaceAll("\\s+", " ");
    return said.length() <= LONGEST_MEMO ? said : said.substring(0, LONGEST_MEMO);
  }
}
