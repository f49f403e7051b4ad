package redress.notify;

import redress.notify.Channel.Addressee;
import redress.store.Delivery;

/**
 * Puts a link that lets its reader in into the words that leave for outside. What is kept holds the plain address
 * only, so that nobody comes in with what is read in the book.
 */
@FunctionalInterface
public interface Entrance {
  /** No such links. */
  Entrance NONE = (delivery, _) -> delivery;

  /** The same delivery with the link in its text; the delivery itself where there is none for this reader. */
  Delivery open(Delivery delivery, Addressee to);
}
