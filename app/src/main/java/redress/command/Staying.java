package redress.command;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import redress.Centre;
import redress.dispute.Status;
import redress.policy.Role;

/** {@code ./redress demo --keep}: a living centre that stays open until Ctrl-C, and who is let in how. */
final class Staying {
  private static final Duration BEAT = Duration.ofSeconds(2);
  private static final int WIDTH = 20;

  private final PrintWriter out;
  private final Path folder;
  private final long began = System.nanoTime();
  private final AtomicReference<@Nullable Premises> running = new AtomicReference<>();
  private String summary = "";

  Staying(PrintWriter out, Path folder) {
    this.out = out;
    this.folder = folder;
  }

  /** Opens on this port (0: any free one), and never comes back: Ctrl-C ends the JVM. */
  void open(int port) throws InterruptedException {
    // What is to be said last is said where the JVM ends.
    Runtime.getRuntime().addShutdownHook(new Thread(this::stop, "stop"));
    var premises = Premises.throwaway(Centre.Settings.local(port));
    running.set(premises);
    out.println("120 disputes are lived on a database of their own, told by real complaints …");
    out.flush();
    var clock = premises.centre().the(Clock.class);
    var lines = new Lines(premises.address());
    var key = premises.firstKey();
    var centre = new LivingCentre(new Troupe(lines, key, new Residents()), clock.instant());
    var counts = centre.live();
    var judged = Judgement.of(premises.database(), out);
    var doorman = doorman(premises, lines, key);
    var file = doorman.keep(folder);
    tell(counts, judged, doorman);
    out.println("Ctrl-C ends it, and everything in it. The keys for programs are in " + file.toAbsolutePath());
    out.flush();
    goOn(centre);
  }

  private static Doorman doorman(Premises premises, Lines lines, String key) {
    var platform = new Visitor(lines, () -> key).post("/v1/keys",
        Map.of("role", Role.PLATFORM, "subject", "market", "name", "doorman"), null).done().text("/secret");
    return new Doorman(premises.address(), key, platform);
  }

  private void tell(Map<Status, Integer> counts, Judgement judged, Doorman doorman) {
    int all = counts.values().stream().mapToInt(Integer::intValue).sum();
    out.println();
    out.println(all + " disputes, by what is awaited:");
    counts.forEach((status, count) -> out.printf("  %-" + WIDTH + "s %3d%n", status, count));
    out.println(judged.words());
    out.println();
    out.println("Come in; each address opens once, with the button on its page:");
    var guests = Residents.guests();
    for (var guest : guests) {
      out.printf("  %-" + WIDTH + "s %-22s %s%n", guest.role(),
          guest.person() == null ? guest.subject() : guest.person(), doorman.link(guest));
    }
    out.println("What people are told, as a telephone would show it: " + doorman.server() + "/outbox (ADMIN, SUPPORT)");
    out.println("Another one at any time: ./redress sign-in-link --role ROLE [--subject ID]");
    out.println("Test payments live by the clock " + LivingCentre.CLOCK + ", which goes as yours does.");
    summary = "demo: disputes=" + all + " statuses=" + counts.size() + " merchants=" + Residents.MERCHANTS.size()
        + " links=" + guests.size() + " violations=" + judged.violations();
  }

  private static void goOn(LivingCentre centre) throws InterruptedException {
    try (var beat = Executors.newSingleThreadScheduledExecutor(Thread.ofVirtual().factory())) {
      var _ = beat.scheduleAtFixedRate(() -> {
        try {
          centre.goOn(BEAT);
        } catch (IllegalStateException _) {
          // Somebody else advances it just now, or the centre is closing: the next beat goes on.
        }
      }, BEAT.toMillis(), BEAT.toMillis(), TimeUnit.MILLISECONDS);
      new CountDownLatch(1).await();
    }
  }

  private void stop() {
    var premises = running.get();
    if (premises == null) return;
    premises.close();
    try {
      Doorman.forget(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    if (!summary.isEmpty()) {
      out.println(summary + " seconds=" + Duration.ofNanos(System.nanoTime() - began).toSeconds());
    }
    out.flush();
  }
}
