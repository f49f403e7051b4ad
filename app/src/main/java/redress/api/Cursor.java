package redress.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Base64;
import org.jspecify.annotations.Nullable;
import redress.dispute.DisputeId;
import redress.door.Fault;
import redress.store.Inbox.End;
import redress.store.Inbox.Order;

/** Where a page ended, as a text that callers hand back and need not understand. */
final class Cursor {
  private static final String BREAK = "\n";

  private Cursor() {}

  static String of(Order order, boolean descending, End end) {
    var text = String.join(BREAK, order.name(), Boolean.toString(descending), end.value(), end.id().toString());
    return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(UTF_8));
  }

  /** Reads what was given out for a list of this order. Turns away anything else; null for the first page. */
  static @Nullable End read(@Nullable String cursor, Order order, boolean descending) {
    if (cursor == null) return null;
    try {
      var parts = new String(Base64.getUrlDecoder().decode(cursor), UTF_8).split(BREAK, -1);
      var id = parts.length == 4 ? DisputeId.parse(parts[3]) : java.util.Optional.<DisputeId>empty();
      boolean mine = id.isPresent() && parts[0].equals(order.name()) && parts[1].equals(Boolean.toString(descending))
          && parts[2].matches(order == Order.AMOUNT ? "\\d{1,18}" : "infinity|[-0-9:.+ ]{19,40}");
      if (mine) return new End(parts[2], id.orElseThrow());
    } catch (IllegalArgumentException e) {
      throw Fault.CURSOR_INVALID.away("cursor");
    }
    throw Fault.CURSOR_INVALID.away("cursor");
  }
}
