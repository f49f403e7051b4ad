package redress.web;

import java.util.List;
import redress.api.Readings.EntryView;
import redress.api.Readings.MessageView;

/** What was said and what happened in a dispute, as much of it as one page shows. */
public record Past(List<MessageView> messages, List<EntryView> entries, boolean newest) {
  /** How many messages, and how many entries, a page shows. */
  static final int MOST = 100;

  public Past {
    messages = List.copyOf(messages);
    entries = List.copyOf(entries);
  }

  /** The number before which more was said; 0 when the page begins with the first message. */
  public int messagesBefore() {
    return messages.size() < MOST ? 0 : messages.getFirst().number();
  }

  /** The number before which more happened; 0 when the page begins with the filing, which everybody may know of. */
  public int entriesBefore() {
    return entries.isEmpty() || entries.getFirst().number() == 1 ? 0 : entries.getFirst().number();
  }
}
