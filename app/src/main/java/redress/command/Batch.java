package redress.command;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.function.Consumer;

/** Complaints of one day, lived together on one test clock: a step of all of them, then time passes for all. */
final class Batch {
  private static final int CONFLICT = 409;
  private static final int BACKWARDS = 422;
  private static final Duration OPEN_FOR = Duration.ofDays(2);

  private final String clock;
  private final Troupe troupe;
  private final ExecutorService hands;
  private final List<Life> lives = new ArrayList<>();
  private final Instant begins;
  private final boolean staysOpen;

  /** @param scripts all filed at the same instant, all staying open or none */
  Batch(String clock, List<Script> scripts, Troupe troupe, ExecutorService hands) {
    this.clock = clock;
    this.troupe = troupe;
    this.hands = hands;
    this.begins = scripts.getFirst().filed();
    this.staysOpen = scripts.getFirst().kind() == Script.Kind.OPEN;
    for (var script : scripts) lives.add(new Life(script, troupe, clock));
  }

  /** Lives them all and hands each to {@code ended} with what an auditor sees of it. */
  void live(Consumer<Life> ended) {
    var reply = troupe.platform().post("/v1/test-clocks", Map.of("id", clock, "now", begins), null);
    if (reply.status() != CONFLICT) reply.done();
    var agenda = new TreeMap<Duration, Map<Life, List<Runnable>>>();
    each(lives, life -> plan(agenda, life, life.begin()));
    agenda.forEach((at, acts) -> {
      advance(begins.plus(at));
      each(List.copyOf(acts.keySet()), life -> {
        if (life.failure() == null) acts.getOrDefault(life, List.of()).forEach(Runnable::run);
      });
    });
    if (staysOpen) advance(begins.plus(OPEN_FOR));
    each(lives, life -> {
      if (life.refused().isEmpty() && life.failure() == null) life.end();
    });
    lives.forEach(ended);
  }

  private static void plan(Map<Duration, Map<Life, List<Runnable>>> agenda, Life life, List<Life.Step> steps) {
    synchronized (agenda) {
      for (var step : steps) {
        agenda.computeIfAbsent(step.at(), _ -> new LinkedHashMap<>()).computeIfAbsent(life, _ -> new ArrayList<>())
            .add(step.act());
      }
    }
  }

  /** A clock that is past it already has been here in an earlier replay. */
  private void advance(Instant to) {
    var reply = troupe.platform().post("/v1/test-clocks/" + clock + "/advance", Map.of("to", to), null);
    if (reply.status() != BACKWARDS || !reply.code().equals("CLOCK_BACKWARDS")) reply.done();
  }

  /** Does it for all at once; what goes wrong is remembered with the life it went wrong in. */
  private void each(List<Life> some, Consumer<Life> act) {
    var running = new ArrayList<Future<?>>();
    for (var life : some) {
      running.add(hands.submit(() -> {
        try {
          act.accept(life);
        } catch (RuntimeException e) {
          life.fail(String.valueOf(e.getMessage()));
        }
      }));
    }
    for (var one : running) {
      try {
        one.get();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("interrupted", e);
      } catch (java.util.concurrent.ExecutionException e) {
        throw new IllegalStateException(e.getCause());
      }
    }
  }
}
