package redress.statement;

import java.io.IOException;
import java.util.function.LongConsumer;
import redress.store.Movement;
import redress.store.Statements;
import redress.store.Statements.Flaw;

/** Where a format writes what it reads: records, broken lines, and totals that disagree. */
final class Ledger {
  private static final int TELL_EVERY = 1_000;

  private final Statements.Sink sink;
  private final LongConsumer progress;
  private final boolean fixed;
  private String book;
  private long lines;

  /**
   * Writes for the account that was {@code named}, or else the one that the file names; {@code progress} hears of
   * lines.
   */
  Ledger(Statements.Sink sink, String named, LongConsumer progress) {
    this.sink = sink;
    this.book = named;
    this.fixed = !named.isEmpty();
    this.progress = progress;
  }

  /** The account as the file names it, unless somebody named it already. */
  void book(String account) {
    if (!fixed && !account.isBlank()) book = Draft.named(account);
  }

  String book() {
    return book;
  }

  /** One record, or a broken line if it cannot be one. */
  void take(Draft draft) throws IOException {
    try {
      sink.take(draft.movement(book));
      tick();
    } catch (Bad bad) {
      broken(draft.line, bad);
    }
  }

  void broken(long line, Bad bad) {
    broken(line, bad.reason, bad.detail());
  }

  void broken(long line, String reason, String detail) {
    sink.flaw(new Flaw(line, Flaw.Kind.BROKEN, reason, detail));
    tick();
  }

  /** A total that the file states and its lines do not give. */
  void total(long line, String reason, String what, long stated, long found) {
    if (stated == found) return;
    sink.flaw(new Flaw(line, Flaw.Kind.TOTAL, reason, "%s: stated %d, found %d".formatted(what, stated, found)));
  }

  /** A statement that cannot be checked because a total in it cannot be read. */
  void unreadable(long line, String what) {
    sink.flaw(new Flaw(line, Flaw.Kind.TOTAL, "UNREADABLE", what));
  }

  private void tick() {
    if (++lines % TELL_EVERY == 0) progress.accept(lines);
  }

  static Movement.Kind kind(long minor) {
    return minor < 0 ? Movement.Kind.OTHER : Movement.Kind.PAYMENT;
  }
}
