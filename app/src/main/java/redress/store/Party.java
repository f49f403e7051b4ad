package redress.store;

import java.time.Instant;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/**
 * A buyer or merchant as the host platform registered it: the account its tokens name, how far its identity was
 * verified (0: not at all) and when, its time zone and language. Name and contacts are personal and kept apart.
 */
public record Party(String id, Kind kind, String account, int level, @Nullable Instant verifiedAt, ZoneId zone,
    String language) {
  /** Which side of a dispute a party can be on. */
  public enum Kind { BUYER, MERCHANT }

  /** How a party is called and reached; empty when unknown or erased. */
  public record Contact(String name, String email, String phone) {
    /** Nothing known, or everything erased. */
    public static final Contact NONE = new Contact("", "", "");

    /** Says nothing of the person: this may end up in a log. */
    @Override public String toString() {
      return "Contact[…]";
    }
  }
}
