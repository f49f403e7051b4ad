package redress.dispute;

import java.time.Instant;
import java.util.Map;
import java.util.Set;

/**
 * The money one payment stands for, over all its disputes (minor units): what was captured, what of it is refunded or
 * in flight, compensated, charged back, what of it is claimed back from the buyer because it is above what was
 * captured, still available to hold or refund from, held per dispute; and which items are
 * in dispute. {@code version} counts the changes of this money, so that no two disputes can spend it twice.
 * {@code outside} are the references of payments the merchant made elsewhere: each proves one promise and no other.
 * {@code atProvider} is what its provider calls it.
 */
public record Payment(String id, int version, String payer, String merchant, long captured, String currency,
    Set<String> items, Instant capturedAt, String provider, String atProvider, boolean live, long refunded,
    long compensated, long chargedBack, long overpaid, long available, Map<DisputeId, Long> holds,
    Map<DisputeId, Set<String>> open,
    Set<String> outside) {

  public Payment {
    items = Set.copyOf(items);
    holds = Map.copyOf(holds);
    open = Map.copyOf(open);
    outside = Set.copyOf(outside);
  }

  /** A payment as it is registered: captured and not yet touched, and called at its provider as it is called here. */
  public static Payment registered(String id, String payer, String merchant, long captured, String currency,
      Set<String> items, Instant capturedAt, String provider, boolean live) {
    return new Payment(id, 1, payer, merchant, captured, currency, items, capturedAt, provider, id, live, 0, 0, 0, 0,
        captured, Map.of(), Map.of(), Set.of());
  }

  /** The same payment, called {@code name} at its provider. */
  public Payment called(String name) {
    return new Payment(id, version, payer, merchant, captured, currency, items, capturedAt, provider, name, live,
        refunded, compensated, chargedBack, overpaid, available, holds, open, outside);
  }

  /** What may still be refunded: captured less refunds done and in flight and less chargebacks, never negative. */
  public long refundable() {
    return Math.max(0, captured - refunded - chargedBack);
  }

  /** What is held for this dispute. */
  public long held(DisputeId dispute) {
    return holds.getOrDefault(dispute, 0L);
  }

  /** Whether another open dispute is about any of these items; no items means the whole payment. */
  public boolean isDisputed(DisputeId except, Set<String> wanted) {
    for (var other : open.entrySet()) {
      if (other.getKey().equals(except)) continue;
      if (wanted.isEmpty() || other.getValue().isEmpty()) return true;
      if (wanted.stream().anyMatch(other.getValue()::contains)) return true;
    }
    return false;
  }
}
