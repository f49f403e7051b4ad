package redress.notify;

import redress.store.Delivery;
import redress.store.Party.Contact;

/** A way to reach a party outside the centre, such as e-mail. */
public interface Channel {

  /** Its name in the book of notices. */
  String name();

  /** Whether it can reach this contact; {@code live} false: the dispute is a test, and nobody real may be reached. */
  boolean reaches(Contact contact, boolean live);

  /** Sends once and says how it went; throws nothing. {@code delivery}'s id is the message's own for every attempt. */
  Result send(Delivery delivery, Contact contact, boolean live);

  /** How an attempt went. What it says holds no address and no name. */
  sealed interface Result {
    /** The next server has taken it over. */
    record Accepted() implements Result {}

    /** It will never work: tried no more. */
    record Refused(String why) implements Result {}

    /** It did not work now: tried again later. */
    record Unavailable(String why) implements Result {}
  }
}
