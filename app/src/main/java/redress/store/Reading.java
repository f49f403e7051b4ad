package redress.store;

import java.util.Map;
import java.util.Optional;
import redress.dispute.DisputeId;

/** What one look into the database found, in one state of it. */
public record Reading(Map<DisputeId, Page> pages, Map<String, Purse> purses, Map<Key, Receipt> receipts) {

  /** The receipt under this key, whatever was asked with it. */
  public Optional<Receipt> receipt(Key key) {
    return Optional.ofNullable(receipts.get(bare(key)));
  }

  static Key bare(Key key) {
    return new Key(key.principal(), key.key(), "");
  }
}
