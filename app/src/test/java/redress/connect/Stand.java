package redress.connect;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * The provider's own side of a connector, as a test of {@link ProviderContract} moves it: something real that keeps its
 * own books, usually a server on the loopback address that speaks the provider's documented protocol. Amounts are minor
 * units.
 */
public interface Stand extends AutoCloseable {

  /** The connector under test, opened on this stand. */
  Provider provider();

  /** Currencies it pays, one with two digits first. */
  List<String> currencies();

  /** What its clock shows. */
  Instant now();

  /** A payment was captured here; gives what the provider calls it. */
  String payIn(long minor, String currency);

  /** The merchant pays back at the provider itself: nobody tells Redress. */
  void payDirectly(String payment, String reference, long minor);

  /** The next refund ordered of the payment is carried out, but the answer never arrives. */
  void loseNextAnswer(String payment);

  /** From now on nothing answers, at least about this payment, and nothing is carried out; or everything does again. */
  void down(String payment, boolean down);

  /** The next refund of the payment stays on its way until {@link #later}, and then arrives, or fails for good. */
  void slowNext(String payment, boolean arrives);

  /** Lets time pass here until everything has come to its end and is on every list; gives what its clock shows then. */
  Instant later();

  /** What it sends about this refund, signed, as it stands; called again, the same is sent again. */
  Callback callback(String payment, String reference);

  /** The same letter as others would have it: altered, signed by another, too old; by what is wrong with it. */
  Map<String, Callback> forgeries(String payment, String reference);

  /** What in its own books went back to the payer of this payment, whoever ordered it. */
  long paidBack(String payment);

  @Override void close();
}
