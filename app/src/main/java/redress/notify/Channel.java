package redress.notify;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import redress.store.Delivery;
import redress.store.Party.Contact;
import redress.store.PostBook.Receipt;

/** A way to reach a party outside the centre, such as e-mail. */
public interface Channel {

  /** Its name in the book of notices. */
  String name();

  /** Whether there is little room, so that it carries a notice's brief words; such a channel rings in a pocket. */
  default boolean isBrief() {
    return false;
  }

  /** Whether it can reach them; a test reaches nobody real. */
  boolean reaches(Addressee to);

  /** Sends once and says how it went; throws nothing. {@code delivery}'s id is the message's own for every attempt. */
  Result send(Delivery delivery, Addressee to);

  /**
   * Asks what became of a message that was taken over under {@code reference} at {@code at} (UTC); empty: not known
   * yet.
   * Throws nothing. Only asked where {@link Result.Accepted#inquire} said so.
   */
  default Optional<Receipt> inquire(String reference, Addressee to, Instant at) {
    return Optional.empty();
  }

  /** Who is to be reached: the party's id and contacts; {@code live} false: it is about a test. */
  record Addressee(String party, Contact contact, boolean live) {}

  /** How an attempt went. What it says holds no address and no name. */
  sealed interface Result {
    /**
     * The next server has taken it over, in so many parts, each message under its reference there (none: it sends no
     * receipts). {@code inquire} tells when to ask for the receipts (UTC), null where they come unasked or not at all.
     */
    record Accepted(int parts, List<String> references, @Nullable Instant inquire) implements Result {
      public Accepted {
        references = List.copyOf(references);
      }

      /** As one message without receipts. */
      public Accepted() {
        this(1, List.of(), null);
      }
    }

    /** It will never work: tried no more. */
    record Refused(String why) implements Result {}

    /** It did not work now: tried again later. */
    record Unavailable(String why) implements Result {}
  }
}
