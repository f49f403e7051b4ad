package redress.check;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A promise to pay as books are searched for it: {@code minor} units of {@code currency} to {@code payee}.
 * {@code claimed} tells whether its debtor is to pay it by itself or says that it has; only then may a record that does
 * not name it stand for it. {@code stated} are the references its debtor gave. Records from before {@code since} (null:
 * none) were paid for something else, unless they name it or are exactly what is missing. {@code until} is when it must
 * be found (null: now).
 */
public record Owed(String id, long minor, String currency, String payee, boolean claimed, List<Order> orders,
    Set<String> stated, @Nullable Instant since, @Nullable Instant until) {
  public Owed {
    if (minor < 0) throw new IllegalArgumentException("a promise to pay less than nothing: " + minor);
    orders = List.copyOf(orders);
    stated = Set.copyOf(stated);
  }

  /** A payment of ours for a promise that counts in our own book as paid or on its way. */
  public record Order(String reference, long minor) {}
}
