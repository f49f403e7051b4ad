package redress.command;

import java.io.PrintWriter;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** How far a replay is, on one line of the terminal that is written again and again; nothing where nobody looks. */
final class ProgressBar implements AutoCloseable {
  private static final int WIDTH = 30;
  private static final int RARELY = 20;

  private final PrintWriter out;
  private final Tally tally;
  private final ScheduledExecutorService ticks = Executors.newSingleThreadScheduledExecutor();
  private final boolean seen = Terminal.isSeen();
  private final long began = System.nanoTime();

  ProgressBar(PrintWriter out, Tally tally) {
    this.out = out;
    this.tally = tally;
    int seconds = seen ? 1 : RARELY;
    var _ = ticks.scheduleAtFixedRate(seen ? this::draw : this::tell, seconds, seconds, TimeUnit.SECONDS);
  }

  private void draw() {
    long rows = Math.max(1, tally.rows());
    int filled = (int) ((long) WIDTH * tally.done() / rows);
    out.print("\r[" + "█".repeat(filled) + "·".repeat(WIDTH - filled) + "] " + words() + "   ");
    out.flush();
  }

  private void tell() {
    out.println("  … " + words());
    out.flush();
  }

  private String words() {
    long seconds = Math.max(1, TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - began));
    return "%,d of %,d rows read so far, %,d a second".formatted(tally.done(), tally.rows(), tally.done() / seconds);
  }

  @Override public void close() {
    ticks.shutdownNow();
    if (seen) {
      draw();
      out.println();
    }
  }
}
