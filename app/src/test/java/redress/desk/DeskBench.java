package redress.desk;

import static org.assertj.core.api.Assertions.assertThat;
import static redress.desk.Office.MERCHANT;
import static redress.desk.Office.filing;
import static redress.desk.Office.message;
import static redress.desk.Office.request;
import static redress.desk.Office.words;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redress.desk.Answer.Done;
import redress.dispute.Command.MakeOffer;
import redress.dispute.Command.WithdrawOffer;
import redress.dispute.DisputeId;
import redress.dispute.Executor;
import redress.dispute.Remedy;
import redress.dispute.Terms;
import redress.store.Key;

/** How many commands a second the desk serves durably, with 128 callers in its own process. */
@Tag("bench")
class DeskBench {
  private static final Logger LOG = LoggerFactory.getLogger(DeskBench.class);
  private static final int CALLERS = Integer.getInteger("callers", 128);
  private static final int DISPUTES = Integer.getInteger("disputes", 5_000);
  private static final int WARM_UP = 2;
  private static final int ROUNDS = Integer.getInteger("rounds", 3);
  private static final Duration EACH = Duration.ofSeconds(Integer.getInteger("seconds", 5));
  private static final Terms TERMS = Terms.of(Remedy.PARTIAL_REFUND, 4_000, 0, Executor.PLATFORM, 0);

  @Test void commands_with_128_callers() throws Exception {
    try (var office = new Office()) {
      var disputes = file(office);
      for (int n = 0; n < WARM_UP + ROUNDS; n++) measure(office, disputes, n);
      office.audit();
    }
  }

  private static List<DisputeId> file(Office office) {
    long start = System.nanoTime();
    var payments = new ArrayList<redress.dispute.Payment>();
    for (int n = 0; n < DISPUTES; n++) payments.add(office.database.pay("pay-" + n));
    LOG.info("registered {} payments in {} ms", DISPUTES, (System.nanoTime() - start) / 1_000_000);
    start = System.nanoTime();
    var filings = payments.stream().map(payment -> filing(payment, 6_000, "lamp")).toList();
    var answers = filings.stream().map(office.desk::ask).toList();
    assertThat(answers.stream().map(CompletableFuture::join)).allMatch(Done.class::isInstance);
    LOG.info("filed {} disputes in {} ms", DISPUTES, (System.nanoTime() - start) / 1_000_000);
    return filings.stream().map(Request::dispute).toList();
  }

  private static void measure(Office office, List<DisputeId> disputes, int n) throws Exception {
    long start = System.nanoTime();
    long end = start + EACH.toNanos();
    long rounds = office.desk.figures().rounds();
    long[] cpu = cpu(office);
    var took = new ArrayList<Future<long[]>>();
    try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int c = 0; c < CALLERS; c++) {
        int seed = n * 1_000 + c;
        took.add(callers.submit(() -> call(office, disputes, new Random(seed), end)));
      }
    }
    double seconds = (System.nanoTime() - start) / 1e9;
    var all = new ArrayList<long[]>();
    for (var one : took) all.add(one.get());
    var sorted = all.stream().flatMapToLong(Arrays::stream).sorted().toArray();
    rounds = office.desk.figures().rounds() - rounds;
    long[] spent = cpu(office);
    LOG.info("{} commands/s, {} a round, p50 {} us, p99 {} us, max {} us; CPU {} us here and {} us in PostgreSQL each",
        Math.round(sorted.length / seconds),
        sorted.length / Math.max(1, rounds), sorted[sorted.length / 2] / 1_000,
        sorted[sorted.length * 99 / 100] / 1_000,
        sorted[sorted.length - 1] / 1_000, (spent[0] - cpu[0]) / sorted.length, (spent[1] - cpu[1]) / sorted.length);
  }

  /** The CPU time used so far by this process and by the server's processes together, in microseconds. */
  private static long[] cpu(Office office) {
    var here = ProcessHandle.current().info().totalCpuDuration().orElseThrow();
    var server = ProcessHandle.of(office.database.postgres.pid()).orElseThrow();
    var there = Stream.concat(Stream.of(server), server.descendants())
        .map(process -> process.info().totalCpuDuration().orElse(Duration.ZERO)).reduce(Duration.ZERO, Duration::plus);
    return new long[] {here.toNanos() / 1_000, there.toNanos() / 1_000};
  }

  private static long[] call(Office office, List<DisputeId> disputes, Random random, long end) {
    var took = new long[1 << 20];
    int n = 0;
    for (long now = System.nanoTime(); now < end; n++) {
      var id = disputes.get(random.nextInt(disputes.size()));
      var key = new Key("buyer-1", Long.toHexString(random.nextLong()) + n, "hash");
      var asked = switch (random.nextInt(4)) {
        case 0 -> request(id, MERCHANT, new MakeOffer(TERMS, null, words("let us settle")));
        case 1 -> request(id, MERCHANT, new WithdrawOffer(1));
        default -> message(id, "Where is my lamp? I have been waiting for three weeks now.");
      };
      office.desk.handle(asked.keyed(key));
      long after = System.nanoTime();
      took[n] = after - now;
      now = after;
    }
    return Arrays.copyOf(took, n);
  }
}
