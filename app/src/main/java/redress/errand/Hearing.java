package redress.errand;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redress.connect.Callback;
import redress.connect.Heard;
import redress.connect.Provider;
import redress.connect.Providers;
import redress.connect.Wallet;
import redress.desk.Clocks;
import redress.dispute.DisputeId;
import redress.dispute.Errand;
import redress.seal.Digest;
import redress.store.Callbacks;
import redress.store.Callbacks.Genuine;
import redress.store.Callbacks.Kind;
import redress.store.Disputes;
import redress.store.Errands;
import redress.store.StoreException;
import redress.store.Text;

/**
 * Hears what providers tell of their own accord. It is never believed, only a reason to ask: a genuine callback is
 * remembered, and the first time it comes an errand asks how things stand. So one that is late, repeated, overtaken or
 * about something long over can say nothing wrong.
 */
public final class Hearing {
  private static final Logger log = LoggerFactory.getLogger(Hearing.class);
  private static final Pattern OURS = Pattern.compile("(dsp_[0-9a-f]{19})-r(\\d{1,6})");
  private static final int LONGEST_ID = 200;

  private final Providers providers;
  private final Callbacks callbacks;
  private final Disputes disputes;
  private final Errands errands;
  private final Clocks clocks;
  private final MeterRegistry meters;

  public Hearing(Providers providers, Callbacks callbacks, Disputes disputes, Errands errands, Clocks clocks,
      MeterRegistry meters) {
    this.providers = providers;
    this.callbacks = callbacks;
    this.disputes = disputes;
    this.errands = errands;
    this.clocks = clocks;
    this.meters = meters;
  }

  /** What became of a callback. */
  private enum End { FIRST, REPEATED, NO_CONCERN, FORGED }

  /** Has the wallet's own callbacks, signed as any, come the same way from now on. */
  public void listenTo(Wallet wallet) {
    wallet.onReversal(callback -> take(wallet, callback));
  }

  /**
   * Takes in what was sent to an account's address. No transaction is open while its signature is proved.
   *
   * @return the answer in the provider's own form, which asks for a repeat while the database is away; empty when there
   * is no such account or nothing proves that the provider sent it
   */
  public Optional<Provider.Reply> hear(String account, Callback callback) {
    var provider = providers.named(account);
    if (provider.isEmpty()) {
      count("unknown", "forged");
      return Optional.empty();
    }
    try {
      var end = take(provider.get(), callback);
      return end == End.FORGED ? Optional.empty() : Optional.of(provider.get().reply(true));
    } catch (RuntimeException e) {
      if (!StoreException.isPassing(e)) throw e;
      log.warn("A callback to account {} must wait for the database: {}", account, e.toString());
      count(account, "away");
      return Optional.of(provider.get().reply(false));
    }
  }

  private End take(Provider provider, Callback callback) {
    var now = clocks.now();
    var end = switch (provider.read(callback, now)) {
      case Heard.OfRefund(var id, var reference) -> ofRefund(provider.name(), id, reference, now);
      case Heard.OfPayment(var id, var payment) -> ofPayment(provider.name(), id, payment, now);
      case Heard.OfNoConcern _ -> End.NO_CONCERN;
      case Heard.Forged(var why) -> {
        log.debug("A callback to account {} proves nothing: {}", provider.name(), why);
        yield End.FORGED;
      }
    };
    count(provider.name(), end.name().toLowerCase(java.util.Locale.ROOT));
    return end;
  }

  private End ofRefund(String account, String id, String reference, Instant now) {
    var ours = OURS.matcher(reference);
    var dispute = ours.matches() ? DisputeId.parse(ours.group(1)) : Optional.<DisputeId>empty();
    if (dispute.isEmpty()) return End.NO_CONCERN;
    int refund = Integer.parseInt(ours.group(2));
    return once(Kind.REFUND, account, id, reference, List.of(dispute.get()), now,
        at -> new Errand.Enquire(at, refund));
  }

  private End ofPayment(String account, String id, String payment, Instant now) {
    if (!Text.canBeKept(payment)) return End.NO_CONCERN;
    var concerned = disputes.concerned(account, payment);
    return concerned.isEmpty() ? End.NO_CONCERN
        : once(Kind.PAYMENT, account, id, payment, concerned, now, at -> new Errand.LookAtPayment(at));
  }

  private End once(Kind kind, String account, String given, String subject, List<DisputeId> concerned, Instant now,
      Function<Instant, Errand> asking) {
    var id = given.length() <= LONGEST_ID && Text.canBeKept(given) ? given : Digest.sha256(given);
    // A key of its own: what one callback found must not be struck off with what an earlier one asked.
    var key = "callback." + Digest.sha256(account + "/" + id).substring(0, 24);
    boolean first = callbacks.take(new Genuine(concerned.getFirst().home(), account, id, kind, subject), now, () -> {
      for (var dispute : concerned) {
        disputes.place(dispute).ifPresent(place -> {
          var at = clocks.now(place.clock());
          errands.add(dispute, key, at, asking.apply(at));
        });
      }
    });
    return first ? End.FIRST : End.REPEATED;
  }

  private void count(String account, String end) {
    meters.counter("redress.callbacks", "account", account, "end", end).increment();
  }
}
