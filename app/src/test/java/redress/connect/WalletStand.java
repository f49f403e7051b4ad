package redress.connect;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import redress.check.Facts;
import redress.seal.Digest;

/** The wallet's own side: its books, moved by hand. */
final class WalletStand implements Stand {
  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
  private static final Duration SLOW = Duration.ofDays(2);
  private static final AtomicInteger PAYMENTS = new AtomicInteger();

  private final Wallet wallet;
  private Instant now = NOON;

  WalletStand(WalletDatabase database) {
    wallet = new Wallet(database);
  }

  @Override public Provider provider() {
    return wallet;
  }

  @Override public List<String> currencies() {
    return List.of("EUR", "JPY", "KWD");
  }

  @Override public Instant now() {
    return now;
  }

  @Override public String payIn(long minor, String currency) {
    var payment = "paid-in-" + PAYMENTS.incrementAndGet();
    if (!wallet.capture(payment, "buyer-1", "shop-1", minor, currency, now, true))
      throw new IllegalStateException("not captured");
    return payment;
  }

  @Override public void payDirectly(String payment, String reference, long minor) {
    var currency = String.valueOf(wallet.find(payment, now).currency());
    wallet.payDirectly(new RefundOrder(reference, payment, minor, currency, "buyer-1"), "", now);
  }

  @Override public void loseNextAnswer(String payment) {
    wallet.tell(payment, new Behaviour.Unknown(1, true));
  }

  @Override public void down(String payment, boolean down) {
    if (down) wallet.tell(payment, new Behaviour.Down(now.plus(Duration.ofDays(100))));
    else wallet.behave(payment);
  }

  @Override public void slowNext(String payment, boolean arrives) {
    wallet.tell(payment, arrives ? new Behaviour.Slow(SLOW) : new Behaviour.Fail("CARD_CLOSED", SLOW));
  }

  @Override public Instant later() {
    now = now.plus(SLOW);
    return now;
  }

  @Override public Callback callback(String payment, String reference) {
    var sent = new AtomicReference<Callback>();
    wallet.onReversal(sent::set);
    wallet.reverse(reference, now);
    return sent.get();
  }

  @Override public Map<String, Callback> forgeries(String payment, String reference) {
    var genuine = callback(payment, reference);
    var signature = genuine.headers();
    return Map.of("altered body", new Callback(signature, reference + "0"),
        "altered signature", new Callback(Map.of("wallet-signature", "00"), reference),
        "other key", new Callback(Map.of("wallet-signature", Digest.keyed(new byte[32], reference)), reference),
        "no signature", new Callback(Map.of(), reference));
  }

  @Override public long paidBack(String payment) {
    return wallet.records(payment, now).orElseThrow().stream()
        .filter(record -> record.state() == Facts.State.SUCCEEDED).mapToLong(RefundRecord::minor).sum();
  }

  @Override public void close() {}
}
