package redress.desk;

import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import redress.dispute.DisputeId;
import redress.dispute.Home;
import redress.store.Key;
import redress.store.RuleSets;
import redress.store.Wire;

/**
 * The one door every command goes through. Commands that arrive together are served together: read all their
 * disputes, decide one after another in memory, write everything they cause in one transaction. Several desks may
 * work on one database: each change is checked against the version it was decided on, and the loser decides again.
 */
public final class Desk implements AutoCloseable {
  private static final SecureRandom RANDOM = new SecureRandom();

  private record Held(String principal, String key) {}

  private final DeskSettings settings;
  private final List<Lane> lanes;
  private final List<Thread> threads;
  private final Set<Held> inFlight = ConcurrentHashMap.newKeySet();
  private final Figures figures = new Figures();

  /** Opens a desk; each of its lanes keeps a connection of its own from {@code wire}. */
  public Desk(DeskSettings settings, Wire wire, RuleSets ruleSets, Clock clock) {
    this.settings = settings;
    this.lanes = IntStream.range(0, settings.lanes())
        .mapToObj(_ -> new Lane(settings, wire, ruleSets, clock, figures)).toList();
    this.threads = IntStream.range(0, settings.lanes())
        .mapToObj(n -> Thread.ofPlatform().name("desk-" + n).daemon().start(lanes.get(n))).toList();
  }

  /**
   * The id of a dispute about to be filed about {@code payment}: random, or, with an idempotency key, the same for
   * every repeat.
   */
  public static DisputeId newDispute(String payment, @Nullable Key key) {
    return key == null ? new DisputeId(Home.of(payment), RANDOM.nextLong(1, Long.MAX_VALUE)) : key.dispute(payment);
  }

  /** Serves {@code request} and waits for its answer, which is durable. Throws IllegalStateException for a defect. */
  public Answer handle(Request request) {
    try {
      return ask(request).join();
    } catch (CompletionException defect) {
      throw new IllegalStateException("the command failed", defect.getCause());
    }
  }

  /**
   * Serves {@code request}. The future is completed by the desk's own thread: whoever goes on from there for long
   * must do so on another one.
   */
  public CompletableFuture<Answer> ask(Request request) {
    var key = request.key();
    var held = key == null ? null : new Held(key.principal(), key.key());
    if (held != null && !inFlight.add(held)) return CompletableFuture.completedFuture(new Answer.KeyInFlight());
    var answer = new CompletableFuture<Answer>();
    var asked = new Asked(request, answer, System.nanoTime() + settings.patience().toNanos());
    var lane = lanes.get(request.dispute().home() % lanes.size());
    if (!lane.offer(asked)) answer.complete(new Answer.Busy());
    return held == null ? answer : answer.whenComplete((_, _) -> inFlight.remove(held));
  }

  /** How many requests wait. */
  public int waiting() {
    return lanes.stream().mapToInt(Lane::waiting).sum();
  }

  /** What the desk has done since it opened. */
  public Figures figures() {
    return figures;
  }

  /** Finishes what waits, and closes. */
  @Override public void close() {
    lanes.forEach(Lane::close);
    try {
      for (var thread : threads) thread.join();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
