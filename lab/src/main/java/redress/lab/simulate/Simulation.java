package redress.lab.simulate;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;
import redress.lab.judge.Violation;
import redress.lab.life.Life;
import redress.lab.life.Tracks;
import redress.policy.RuleSet;

/** A number of random lives, shared among threads; what they do depends on the seed alone. */
public final class Simulation {
  private static final int BATCH = 64;

  private final long lives;
  private final long seed;
  private final int threads;
  private final int enough;
  private final RuleSet rules;
  private final AtomicLong next = new AtomicLong();
  private final List<Broken> broken = new ArrayList<>();

  /** A life in which an invariant did not hold. */
  public record Broken(long life, Violation violation) {}

  /** What all lives came to. {@code horizon}: the mean time a life spans. */
  public record Result(Tracks tracks, List<Broken> broken, Duration took, Duration horizon) {
    public Result {
      broken = List.copyOf(broken);
    }

    /** Lives lived in a minute of this run. */
    public long perMinute() {
      return tracks.lives() * 60_000 / Math.max(1, took.toMillis());
    }
  }

  /** Stops after {@code enough} broken lives. */
  public Simulation(long lives, long seed, int threads, int enough, RuleSet rules) {
    this.lives = lives;
    this.seed = seed;
    this.threads = threads;
    this.enough = enough;
    this.rules = rules;
  }

  /** What one thread did. */
  private record Part(Tracks tracks, long horizonSeconds) {}

  /** Lives them all, or stops at the first few violations. */
  public Result run(LongConsumer progress) {
    long began = System.nanoTime();
    var tracks = new Tracks();
    long seconds = 0;
    try (var pool = Executors.newFixedThreadPool(threads)) {
      var parts = new ArrayList<Callable<Part>>();
      for (int i = 0; i < threads; i++) parts.add(() -> part(progress));
      for (var part : pool.invokeAll(parts)) {
        tracks.add(part.get().tracks());
        seconds += part.get().horizonSeconds();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    } catch (ExecutionException e) {
      throw new IllegalStateException("a life could not be lived", e);
    }
    var horizon = Duration.ofSeconds(seconds / Math.max(1, tracks.lives()));
    return new Result(tracks, broken, Duration.ofNanos(System.nanoTime() - began), horizon);
  }

  private Part part(LongConsumer progress) {
    var tracks = new Tracks();
    long seconds = 0;
    while (!isEnough()) {
      long from = next.getAndAdd(BATCH);
      if (from >= lives) break;
      for (long number = from; number < Math.min(lives, from + BATCH); number++) {
        var life = new Life(seed, number, rules, tracks);
        var violation = liveOne(life);
        if (violation != null) add(new Broken(number, violation));
        seconds += life.horizon().toSeconds();
        life.over(number);
      }
      progress.accept(next.get());
    }
    return new Part(tracks, seconds);
  }

  private static @Nullable Violation liveOne(Life life) {
    try {
      life.live();
      return null;
    } catch (Violation violation) {
      return violation;
    }
  }

  private boolean isEnough() {
    synchronized (broken) {
      return broken.size() >= enough;
    }
  }

  private void add(Broken one) {
    synchronized (broken) {
      if (broken.size() < enough) broken.add(one);
    }
  }
}
