package redress.connect;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Supplier;
import redress.check.Facts;

/**
 * A provider under watch: what it was asked, what it answered and how long that took, for whoever watches the server.
 */
public final class Watched implements Provider {
  private static final String SILENT = "silent";

  private final Provider provider;
  private final MeterRegistry meters;
  /** How many calls in a row were not answered. */
  private final AtomicInteger silences = new AtomicInteger();

  public Watched(Provider provider, MeterRegistry meters) {
    this.provider = provider;
    this.meters = meters;
    Gauge.builder("redress.provider.silences", silences, AtomicInteger::get).tag("provider", provider.name())
        .description("Calls in a row to which the provider gave no answer that could be relied on").register(meters);
  }

  @Override public String name() {
    return provider.name();
  }

  @Override public Facts.Transaction find(String payment, Instant at) {
    return watch("find", () -> provider.find(payment, at),
        it -> !it.available() ? SILENT : it.found() ? "found" : "unheard");
  }

  @Override public Answer refund(RefundOrder order, Instant at) {
    return watch("refund", () -> provider.refund(order, at), Watched::word);
  }

  @Override public Answer ask(RefundOrder order, Instant at) {
    return watch("ask", () -> provider.ask(order, at), Watched::word);
  }

  @Override public Optional<List<RefundRecord>> records(String payment, Instant at) {
    return watch("records", () -> provider.records(payment, at), it -> it.isEmpty() ? SILENT : "found");
  }

  @Override public Optional<List<RefundRecord>> records(String payment, List<RefundOrder> ordered, Instant at) {
    return watch("records", () -> provider.records(payment, ordered, at), it -> it.isEmpty() ? SILENT : "found");
  }

  @Override public Heard read(Callback callback, Instant at) {
    return provider.read(callback, at);
  }

  @Override public Reply reply(boolean taken) {
    return provider.reply(taken);
  }

  private <T> T watch(String call, Supplier<T> asked, Function<T, String> word) {
    long began = System.nanoTime();
    var answer = "failed";
    try {
      var given = asked.get();
      answer = word.apply(given);
      return given;
    } finally {
      boolean answered = !answer.equals(SILENT) && !answer.equals("failed");
      silences.updateAndGet(before -> answered ? 0 : before + 1);
      meters.timer("redress.provider.calls", "provider", name(), "call", call, "answer", answer)
          .record(Duration.ofNanos(System.nanoTime() - began));
    }
  }

  private static String word(Answer answer) {
    return answer instanceof Answer.Unknown ? SILENT : answer.getClass().getSimpleName().toLowerCase(Locale.ROOT);
  }
}
