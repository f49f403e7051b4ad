package redress.lab.bench;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/**
 * A statement of very many lines in the layout of Stripe's itemised balance report: for each promise one refund and
 * four payments, one of them what the promise is about. Of a hundred refunds 90 are exact, 4 a cent short, 2 a cent too
 * much, 2 in two parts and 2 are about somebody else's payment.
 */
final class BigStatement {
  private static final DateTimeFormatter WHEN = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss");
  private static final int KINDS = 100;

  private BigStatement() {}

  /** What a file of this many promises must come to. */
  record Due(long exact, long under, long over, long missing) {}

  /** Writes a file of five lines for each of so many promises, the same one every time. */
  static void write(Path file, int promises) throws IOException {
    try (var out = Files.newBufferedWriter(file)) {
      out.write("balance_transaction_id,created_utc,currency,gross,fee,net,reporting_category,source_id,description,"
          + "payment_intent_id\n");
      for (int n = 0; n < promises; n++) {
        var payment = payment(n);
        line(out, n, 0, Town.CAPTURED, "charge", payment);
        line(out, n, 1, 1_999, "charge", "other-" + n);
        line(out, n, 2, 2_999, "charge", "another-" + n);
        refund(out, n, payment);
      }
    }
  }

  /** The payment of the {@code n}th promise, from 0: the one that was filed, and then its copies. */
  static String payment(int n) {
    return n == 0 ? BooksHall.MODEL : Copier.payment(n);
  }

  static Due due(int promises) {
    long exact = 0;
    long under = 0;
    long over = 0;
    for (int n = 0; n < promises; n++) {
      int kind = n % KINDS;
      if (kind < 90 || kind == 96 || kind == 97) exact++;
      else if (kind < 94) under++;
      else if (kind < 96) over++;
    }
    return new Due(exact, under, over, promises - exact - under - over);
  }

  private static void refund(BufferedWriter out, int n, String payment) throws IOException {
    int kind = n % KINDS;
    long owed = Town.CAPTURED;
    boolean parts = kind == 96 || kind == 97;
    line(out, n, 3, parts ? -owed / 2 : -199, "refund", parts ? payment : "nobody-" + n);
    if (parts) line(out, n, 4, -(owed - owed / 2), "refund", payment);
    else if (kind < 90) line(out, n, 4, -owed, "refund", payment);
    else if (kind < 94) line(out, n, 4, -(owed - 1), "refund", payment);
    else if (kind < 96) line(out, n, 4, -(owed + 1), "refund", payment);
    else line(out, n, 4, -owed, "refund", "stranger-" + n);
  }

  private static void line(BufferedWriter out, int n, int which, long minor, String category, String payment)
      throws IOException {
    var at = Town.MORNING.plusSeconds(3_600 + n).atOffset(ZoneOffset.UTC).format(WHEN);
    var amount = (minor < 0 ? "-" : "") + Math.abs(minor) / 100 + "." + Math.abs(minor) % 100 / 10
        + Math.abs(minor) % 10;
    out.write("txn_" + n + "_" + which + "," + at + ",eur," + amount + ",0.00," + amount + "," + category + ",re_" + n
        + "_" + which + ",Order " + payment + "," + payment + "\n");
  }
}
