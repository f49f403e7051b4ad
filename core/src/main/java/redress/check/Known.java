package redress.check;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the platform knows and a document may speak of: the payment ({@code captured} minor units, {@code names} under
 * which it is known, the day it was paid, UTC), the dispute and its amount, what was promised and refunded.
 * {@code booksAreEmpty}: the provider answered and knows of no refund that did not fail.
 */
public record Known(String currency, long captured, LocalDate paidOn, Set<String> names, String dispute, long disputed,
    List<Promised> promises, List<Refunded> refunds, boolean booksAreEmpty) {
  public Known {
    names = Set.copyOf(names);
    promises = List.copyOf(promises);
    refunds = List.copyOf(refunds);
  }

  /** A promise: its number, its amount (0: in kind), and the day it is due. */
  public record Promised(int obligation, long minor, @Nullable LocalDate due) {}

  /** A refund: the names under which it is known, its amount, and the day before which it cannot have been paid. */
  public record Refunded(Set<String> names, long minor, LocalDate since) {
    public Refunded {
      names = Set.copyOf(names);
    }
  }

  /** Every name a document may use for the payment, the dispute or a refund. */
  public Set<String> wanted() {
    var wanted = new ArrayList<String>(names);
    wanted.add(dispute);
    for (var refund : refunds) wanted.addAll(refund.names());
    return Set.copyOf(wanted);
  }

  /** Every amount a document may rightly name, by what it is. */
  Map<Long, Testimony.Rule> amounts() {
    var amounts = new LinkedHashMap<Long, Testimony.Rule>();
    amounts.put(captured, Testimony.Rule.PAYMENT_AMOUNT);
    for (var promise : promises) amounts.putIfAbsent(promise.minor(), Testimony.Rule.PROMISED_AMOUNT);
    for (var refund : refunds) amounts.putIfAbsent(refund.minor(), Testimony.Rule.REFUND_AMOUNT);
    amounts.putIfAbsent(disputed, Testimony.Rule.DISPUTED_AMOUNT);
    amounts.remove(0L);
    return amounts;
  }

  boolean isOurs(String reference) {
    return reference.startsWith(dispute) || names.contains(reference)
        || refunds.stream().anyMatch(refund -> refund.names().contains(reference));
  }
}
