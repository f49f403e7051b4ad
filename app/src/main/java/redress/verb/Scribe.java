package redress.verb;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import redress.dispute.Words;
import redress.door.Caller;
import redress.door.Fault;
import redress.store.SubjectKeys;
import redress.store.Text;

/**
 * Takes down what one caller writes in one request: the rules get the words' commitment and length, the store the
 * clear text beside it. Checks that money is named in the currency of the payment.
 */
public final class Scribe {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final int ID_BYTES = 12;

  private final Caller caller;
  private final SubjectKeys keys;
  private final String currency;
  private final List<Text> texts = new ArrayList<>();

  /** @param currency the ISO 4217 code of the payment the caller speaks about */
  public Scribe(Caller caller, SubjectKeys keys, String currency) {
    this.caller = caller;
    this.keys = keys;
    this.currency = currency;
  }

  /** What was taken down, in clear. */
  public List<Text> texts() {
    return List.copyOf(texts);
  }

  /** The words of a field; none when nothing was written. */
  public Words words(Body body, String field) {
    return taken(body.text(field));
  }

  /** The same of a field that holds what a carrier or a provider calls something. */
  public Words reference(Body body, String field) {
    return taken(body.reference(field));
  }

  private Words taken(String clear) {
    if (clear.isEmpty()) return Words.NONE;
    var bytes = new byte[ID_BYTES];
    RANDOM.nextBytes(bytes);
    var id = "wrd_" + HexFormat.of().formatHex(bytes);
    var words = new Words(id, keys.commitment(caller.subject(), id, clear), clear.codePointCount(0, clear.length()));
    texts.add(new Text(words, caller.subject(), caller.role(), clear));
    return words;
  }

  /** Turns away money in another currency than the payment's; {@code minor} 0 needs none. */
  public void sameCurrency(Body body, long minor) {
    var named = body.id("currency");
    if (named.isEmpty() && minor != 0) throw Fault.FIELD_MISSING.away(body.at("currency"));
    if (!named.isEmpty() && !named.equals(currency)) throw Fault.CURRENCY_MISMATCH.away(body.at("currency"));
  }
}
