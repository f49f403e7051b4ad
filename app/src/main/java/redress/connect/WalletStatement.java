package redress.connect;

import java.io.IOException;
import java.time.Instant;
import redress.check.Facts;
import redress.seal.Digest;
import redress.store.Movement;
import redress.store.Statements;
import redress.store.Statements.Cover;

/**
 * The wallet's own statement of account: every refund in its books as it is booked there, taken in like any other
 * provider's file. Taking in the same books again changes nothing.
 */
public final class WalletStatement {
  private static final String FORMAT = "wallet";

  private final WalletBooks books;
  private final Statements statements;

  public WalletStatement(WalletDatabase database, Statements statements) {
    this.books = new WalletBooks(database);
    this.statements = statements;
  }

  /** Takes in what was booked until now; {@code at} is when (UTC). */
  public void take(Instant at) throws IOException {
    for (boolean test : new boolean[] {false, true}) {
      var mark = books.mark(test);
      if (mark.isEmpty()) continue;
      var id = Digest.sha256("wallet " + test + " " + mark.get());
      var cover = new Cover(id, !test, FORMAT, Wallet.NAME, at, "system");
      if (statements.find(cover.id()).isPresent()) continue;
      statements.take(cover, sink -> {
        long[] line = {0};
        books.eachRefund(test, (refund, payer) -> sink.take(movement(refund, payer, ++line[0])));
        return Wallet.NAME;
      });
    }
  }

  private static Movement movement(WalletRefund refund, String payer, long line) {
    var order = refund.order();
    var state = switch (refund.booked()) {
      case NOTHING, ORDERED -> Facts.State.PROCESSING;
      case ARRIVED -> Facts.State.SUCCEEDED;
      case FAILED -> Facts.State.FAILED;
      case REVERSED -> Facts.State.REVERSED;
    };
    // A refund goes back to whoever paid; the wallet can also be told to pay somebody else.
    boolean back = order.payee().equals(payer);
    return new Movement(Wallet.NAME, back ? Movement.Kind.REFUND : Movement.Kind.OTHER, state, order.reference(),
        order.reference(), order.reference(), order.payment(), "", -order.minor(), order.currency(), 0,
        back ? "" : order.payee(), refund.memo(), refund.when(refund.booked()), line);
  }
}
