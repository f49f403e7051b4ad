package redress.money;

import java.util.ArrayList;
import java.util.List;

/** One double entry: lines whose debits equal their credits, or it cannot be built. */
public record Transfer(String cause, String currency, List<Line> lines) {

  /** One side of an entry; {@code minor} is positive for a debit and negative for a credit, never zero. */
  public record Line(Account account, long minor) {
    public Line {
      if (minor == 0) throw new IllegalArgumentException("an empty line on " + account.key);
    }
  }

  public Transfer {
    lines = List.copyOf(lines);
    long sum = 0;
    for (var line : lines) sum = Math.addExact(sum, line.minor());
    if (lines.isEmpty() || sum != 0) throw new IllegalArgumentException(cause + " does not balance: " + lines);
  }

  /** Moves {@code minor} units from the credited to the debited account. */
  public static Transfer of(String cause, String currency, Account debit, Account credit, long minor) {
    return new Transfer(cause, currency, List.of(new Line(debit, minor), new Line(credit, Math.negateExact(minor))));
  }

  /** The same entry the other way round, for corrections: lines are never changed. */
  public Transfer reversed(String why) {
    var back = new ArrayList<Line>();
    for (var line : lines) back.add(new Line(line.account(), Math.negateExact(line.minor())));
    return new Transfer(why, currency, back);
  }
}
