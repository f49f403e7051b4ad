package redress.connect;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;
import redress.check.Facts;
import redress.connect.WalletBooks.Captured;
import redress.connect.WalletRefund.Step;
import redress.seal.Digest;

/**
 * The built-in provider: it holds captured payments and pays refunds from books of its own, which nobody else can
 * write. One reference is paid once; another reference is another refund, and the wallet pays again. Amounts are minor
 * units.
 */
public final class Wallet implements Provider {
  /** The name payments are registered under. */
  public static final String NAME = "WALLET";

  private static final Logger log = LoggerFactory.getLogger(Wallet.class);
  private static final String SIGNATURE = "Wallet-Signature";

  private final WalletBooks books;
  private final List<Consumer<Callback>> listeners = new CopyOnWriteArrayList<>();
  /** Nobody outside this process is called back, so nobody else need ever prove it. */
  private final byte[] secret = new byte[32];

  public Wallet(WalletDatabase database) {
    books = new WalletBooks(database);
    new SecureRandom().nextBytes(secret);
  }

  @Override public String name() {
    return NAME;
  }

  @Override public Facts.Transaction find(String payment, Instant at) {
    var silent = new Facts.Transaction(false, false, false, 0, null, 0);
    return unlessBroken(silent, () -> books.inTurn(() -> {
      var held = books.payment(payment);
      if (held.isEmpty()) return new Facts.Transaction(true, false, false, 0, null, 0);
      if (held.get().mood().down(at) || loses(held.get()).isPresent()) return silent;
      return new Facts.Transaction(true, true, true, held.get().minor(), held.get().currency(),
          held.get().chargedBack());
    }));
  }

  @Override public Answer refund(RefundOrder order, Instant at) {
    return orIfBroken(new Answer.Unknown(), () -> {
      var held = books.payment(order.payment());
      if (held.isEmpty()) return new Answer.Refused("PAYMENT_UNKNOWN");
      if (!held.get().currency().equals(order.currency())) return new Answer.Refused("CURRENCY_UNKNOWN");
      if (held.get().mood().down(at)) return new Answer.Unknown();
      var lost = loses(held.get());
      if (lost.isPresent() && !lost.get()) return new Answer.Unknown();
      var refund = carryOut(order, "", held.get(), at);
      if (lost.isPresent()) return new Answer.Unknown();
      return refund.order().equals(order) ? refund.answer() : new Answer.Refused("REFERENCE_TAKEN");
    });
  }

  @Override public Answer ask(RefundOrder order, Instant at) {
    return orIfBroken(new Answer.Unknown(), () -> {
      var held = books.payment(order.payment());
      if (held.isPresent() && (held.get().mood().down(at) || loses(held.get()).isPresent()))
        return new Answer.Unknown();
      return books.refund(order.reference()).map(found -> settled(found, merchant(held), at).answer())
          .orElse(new Answer.Unheard());
    });
  }

  @Override public Optional<List<RefundRecord>> records(String payment, Instant at) {
    return orIfBroken(Optional.empty(), () -> {
      var held = books.payment(payment);
      if (held.isEmpty()) return Optional.of(List.of());
      if (held.get().mood().down(at) || loses(held.get()).isPresent()) return Optional.empty();
      return Optional.of(books.refunds(payment).stream()
          .map(refund -> settled(refund, held.get().merchant(), at).asRecord()).toList());
    });
  }

  @Override public Heard read(Callback callback, Instant at) {
    var reference = callback.body();
    var signature = Digest.keyed(secret, reference);
    boolean genuine = callback.header(SIGNATURE).filter(given -> isEqual(given, signature)).isPresent();
    if (!genuine) return new Heard.Forged("the wallet did not sign it");
    return new Heard.OfRefund(Digest.sha256(reference).substring(0, 32), reference);
  }

  private static boolean isEqual(String one, String other) {
    return MessageDigest.isEqual(one.getBytes(UTF_8), other.getBytes(UTF_8));
  }

  /**
   * Takes in a captured payment. Taking in the same one again changes nothing.
   *
   * @param test whether it is no real money; only then can the wallet be told to misbehave about it
   * @return whether it is held under exactly these figures now; false when the id was taken by another
   */
  public boolean capture(String payment, String payer, String merchant, long minor, String currency, Instant capturedAt,
      boolean test) {
    var wanted = new Captured(payment, payer, merchant, minor, currency, capturedAt, test, 0, new Mood(List.of()));
    return books.inTurn(() -> {
      if (books.capture(wanted)) return true;
      var held = books.payment(payment).orElseThrow();
      return held.payer().equals(payer) && held.merchant().equals(merchant) && held.minor() == minor
          && held.currency().equals(currency) && held.test() == test;
    });
  }

  /**
   * The merchant pays at the wallet itself, outside Redress: only these books know of it until they are asked.
   *
   * @param memo what the merchant writes on it, for example the promise it keeps ({@code dsp_…-o2})
   * @throws IllegalArgumentException when the payment is unknown or the reference is one of Redress's own
   */
  public Answer payDirectly(RefundOrder order, String memo, Instant at) {
    if (RefundOrder.isOurs(order.reference()))
      throw new IllegalArgumentException("a reference of Redress: " + order.reference());
    return books.inOneTransaction(() -> carryOut(order, memo, held(order.payment()), at).answer());
  }

  /**
   * Takes back a refund that had arrived, and lets those who listen know. Throws IllegalArgumentException if it had
   * not.
   */
  public Answer reverse(String reference, Instant at) {
    var answer = books.inOneTransaction(() -> {
      var refund = refund(reference);
      var merchant = held(refund.order().payment()).merchant();
      if (settled(refund, merchant, at).booked() == Step.ARRIVED) books.reverseAt(reference, at);
      return settled(refund(reference), merchant, at).answer();
    });
    if (!(answer instanceof Answer.Reversed))
      throw new IllegalArgumentException("not paid, so not reversible: " + reference);
    var callback = new Callback(Map.of(SIGNATURE, Digest.keyed(secret, reference)), reference);
    listeners.forEach(listener -> listener.accept(callback));
    return answer;
  }

  /**
   * The payer's bank takes back {@code minor} units of the payment. Throws IllegalArgumentException for an unknown
   * payment.
   */
  public void chargeBack(String payment, long minor, Instant at) {
    books.inOneTransaction(() -> {
      var held = held(payment);
      books.chargeBack(payment, minor);
      books.move("chargeback:" + payment + ":" + (held.chargedBack() + minor), "CHARGED_BACK",
          "merchant:" + held.merchant(), "payer:" + held.payer(), minor, held.currency(), at);
      return held;
    });
  }

  /**
   * Tells the wallet how to behave about a test payment, until told otherwise; {@code ""} stands for all test payments.
   * Throws IllegalArgumentException for a payment that is unknown or real.
   */
  public void tell(String payment, Behaviour behaviour) {
    books.inOneTransaction(() -> {
      if (!payment.isEmpty() && !held(payment).test())
        throw new IllegalArgumentException("not a test payment: " + payment);
      books.tell(payment, behaviour);
      return behaviour;
    });
  }

  /** Takes back all it was told about the payment ({@code ""}: about all test payments). */
  public void behave(String payment) {
    books.inOneTransaction(() -> {
      books.forget(payment);
      return payment;
    });
  }

  /** Calls {@code listener} back, signed, about each refund that is taken back after it had arrived. */
  public void onReversal(Consumer<Callback> listener) {
    listeners.add(listener);
  }

  /** What each account of the wallet holds (minor units); an account's name starts with whose it is. */
  public Map<String, Long> balances(String currency) {
    return books.inOneTransaction(() -> books.balances(currency));
  }

  /** Everything in the books that does not add up; empty when all is well. */
  public List<String> unbalanced() {
    return books.inOneTransaction(books::unbalanced);
  }

  private WalletRefund carryOut(RefundOrder order, String memo, Captured held, Instant at) {
    var wanted = WalletRefund.of(order, memo, held.mood(), at);
    return settled(books.add(wanted) ? wanted : refund(order.reference()), held.merchant(), at);
  }

  /** Books every step that has fallen due since the refund was last looked at. */
  private WalletRefund settled(WalletRefund refund, String merchant, Instant at) {
    var now = refund;
    for (var step = now.next(at); step != Step.NOTHING; step = now.next(at)) {
      if (!books.advance(now, step)) return settled(refund(now.order().reference()), merchant, at);
      book(now, step, merchant);
      now = now.booked(step);
    }
    return now;
  }

  private void book(WalletRefund refund, Step step, String merchantId) {
    var order = refund.order();
    var merchant = "merchant:" + merchantId;
    var payee = "payee:" + order.payee();
    var from = switch (step) {
      case NOTHING, ORDERED -> merchant;
      case ARRIVED, FAILED -> "transit";
      case REVERSED -> payee;
    };
    var to = switch (step) {
      case NOTHING, ORDERED -> "transit";
      case ARRIVED -> payee;
      case FAILED, REVERSED -> merchant;
    };
    books.move(order.reference(), step.name(), from, to, order.minor(), order.currency(), refund.when(step));
  }

  private Optional<Boolean> loses(Captured held) {
    return held.mood().is(Behaviour.Unknown.class).isPresent() ? books.loseAnswer(held.id()) : Optional.empty();
  }

  private Captured held(String payment) {
    return books.payment(payment).orElseThrow(() -> new IllegalArgumentException("no such payment: " + payment));
  }

  private WalletRefund refund(String reference) {
    return books.refund(reference).orElseThrow(() -> new IllegalArgumentException("no such refund: " + reference));
  }

  private String merchant(Optional<Captured> held) {
    return held.map(Captured::merchant).orElseThrow();
  }

  private <T> T orIfBroken(T silent, Supplier<T> work) {
    return unlessBroken(silent, () -> books.inOneTransaction(work));
  }

  /** A provider whose own books cannot be reached is silent, and says so instead of throwing. */
  private static <T> T unlessBroken(T silent, Supplier<T> work) {
    try {
      return work.get();
    } catch (DataAccessException | TransactionException e) {
      log.warn("The wallet's books cannot be reached: {}", e.getMessage());
      return silent;
    }
  }
}
