package redress.postgres;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The thread that starts the server and starts it again, on the same port, whenever it ends unasked. */
final class Keeper {

  private static final Logger log = LoggerFactory.getLogger(Keeper.class);

  /** Below the range of outgoing connections, so that nobody's client sits on our port while the server is down. */
  private static final int LOWEST_PORT = 15_000;
  private static final int HIGHEST_PORT = 32_000;
  private static final int PORTS_TRIED = 50;

  private static final Duration FIRST_PAUSE = Duration.ofMillis(50);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);
  private static final Duration STEADY = Duration.ofMinutes(1);

  private final DataFolder folder;
  private final Binaries binaries;
  private final Footing footing;
  private final Options options;
  private final Thread thread;
  private final CompletableFuture<Integer> port = new CompletableFuture<>();
  private final CountDownLatch stop = new CountDownLatch(1);
  private volatile @Nullable Postmaster postmaster;
  private final AtomicInteger restarts = new AtomicInteger();

  Keeper(DataFolder folder, Binaries binaries, Footing footing, Options options) {
    this.folder = folder;
    this.binaries = binaries;
    this.footing = footing;
    this.options = options;
    // A platform thread that lives as long as the server: see Postmaster.start.
    this.thread = Thread.ofPlatform().daemon().name("postgres-keeper").unstarted(this::keep);
  }

  /** Starts the server on a free port and returns the port once it takes connections. */
  int start() {
    thread.start();
    try {
      return port.join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof PostgresException refused
          ? refused
          : new PostgresException("PostgreSQL did not start: " + e.getCause(), e.getCause());
    }
  }

  long pid() {
    var now = postmaster;
    return now == null ? 0 : now.pid();
  }

  int restarts() {
    return restarts.get();
  }

  /** Ends the server and then the thread. */
  void stop() {
    stop.countDown();
    stopNow();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void keep() {
    try {
      var taken = startSomewhere();
      port.complete(taken);
      keepOn(taken);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      stopNow();
    } catch (IOException | RuntimeException e) {
      port.completeExceptionally(e);
    }
  }

  private int startSomewhere() throws IOException {
    for (var tries = 0; tries < PORTS_TRIED; tries++) {
      var candidate = freePort();
      try {
        postmaster = Postmaster.start(folder, binaries, footing, options, candidate);
        return candidate;
      } catch (Postmaster.PortTaken e) {
        log.info("{}; trying another", e.getMessage());
      }
    }
    throw new PostgresException("No free port was found for PostgreSQL between " + LOWEST_PORT + " and "
        + HIGHEST_PORT + " of 127.0.0.1.");
  }

  private void keepOn(int taken) throws InterruptedException {
    var pause = FIRST_PAUSE;
    while (true) {
      var began = System.nanoTime();
      var now = postmaster;
      if (now != null) {
        var status = now.awaitEnd();
        if (stop.getCount() == 0) {
          return;
        }
        log.error("PostgreSQL ended unasked (status {}); starting it again on port {}", status, taken);
      }
      if (System.nanoTime() - began > STEADY.toNanos()) {
        pause = FIRST_PAUSE;
      }
      if (stop.await(pause.toMillis(), TimeUnit.MILLISECONDS)) {
        return;
      }
      pause = shorter(pause.multipliedBy(2), LONGEST_PAUSE);
      startAgain(taken);
    }
  }

  private void startAgain(int taken) {
    try {
      postmaster = null;
      new Survivors(folder.cluster()).end();
      postmaster = Postmaster.start(folder, binaries, footing, options, taken);
      restarts.incrementAndGet();
      log.info("PostgreSQL is back on port {}", taken);
      if (stop.getCount() == 0) {
        stopNow();
      }
    } catch (Postmaster.PortTaken | IOException | RuntimeException e) {
      var why = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
      log.error("PostgreSQL could not be started again, trying on: {} Its own words are in {}", why, folder.logs());
    }
  }

  private void stopNow() {
    var now = postmaster;
    if (now != null) {
      now.stop();
    }
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }

  private static int freePort() throws IOException {
    for (var tries = 0; tries < PORTS_TRIED; tries++) {
      var candidate = ThreadLocalRandom.current().nextInt(LOWEST_PORT, HIGHEST_PORT);
      if (isFree(candidate)) {
        return candidate;
      }
    }
    throw new PostgresException("No free port was found for PostgreSQL.");
  }

  private static boolean isFree(int candidate) {
    try (var socket = new ServerSocket(candidate, 1, InetAddress.ofLiteral("127.0.0.1"))) {
      return socket.isBound();
    } catch (IOException e) {
      return false;
    }
  }
}
