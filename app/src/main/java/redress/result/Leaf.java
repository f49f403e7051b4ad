package redress.result;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import redress.dispute.Words;
import redress.policy.Role;

/** Small pieces of the record, each as canonical JSON can hold it. */
final class Leaf {
  private Leaf() {}

  /** An object of these names and values, in turn; instants become texts (ISO 8601, UTC). */
  static Map<String, @Nullable Object> of(@Nullable Object... pairs) {
    var all = new LinkedHashMap<String, @Nullable Object>();
    for (int i = 0; i < pairs.length; i += 2) {
      var value = pairs[i + 1];
      all.put(String.valueOf(pairs[i]), value instanceof Instant at ? at.toString() : value);
    }
    return all;
  }

  /** The keyed commitment to a text, null for none: with the writer's key and the text anybody can check it. */
  static @Nullable String text(Words words) {
    return words.isPresent() ? words.commitment() : null;
  }

  /** Whoever of the staff it was: to the outside it is the platform. */
  static String by(Role role) {
    if (role == Role.BUYER) return "BUYER";
    if (role.isMerchant()) return "MERCHANT";
    return role == Role.SYSTEM ? "SYSTEM" : "PLATFORM";
  }
}
