package redress.dispute;

import java.time.Instant;
import java.time.ZoneId;
import java.util.Set;

/**
 * What a dispute is about; fixed when it is filed. {@code minor} is the disputed amount; items may be empty: the whole
 * payment.
 */
public record Filing(DisputeId id, String payment, String buyer, String merchant, String currency, long minor,
    Set<String> items, Reason reason, Remedy wish, Words description, Instant at, String rules, ZoneId buyerZone,
    boolean live) {
  public Filing {
    items = Set.copyOf(items);
  }
}
