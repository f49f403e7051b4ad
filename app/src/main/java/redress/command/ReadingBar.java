package redress.command;

import java.io.PrintWriter;
import java.util.concurrent.TimeUnit;
import redress.statement.Progress;

/**
 * How far a file is read, on one line of the terminal that is written again and again; rare words where nobody looks.
 */
final class ReadingBar implements Progress, AutoCloseable {
  private static final int WIDTH = 30;
  private static final long RARELY = 20_000_000_000L;
  private static final long OFTEN = 200_000_000L;

  private final PrintWriter out;
  private final String name;
  private final boolean seen = Terminal.isSeen();
  private final long began = System.nanoTime();
  private long told = began;

  ReadingBar(PrintWriter out, String name) {
    this.out = out;
    this.name = name;
  }

  @Override public void at(long lines, long bytes, long all) {
    long now = System.nanoTime();
    if (now - told < (seen ? OFTEN : RARELY)) return;
    told = now;
    long seconds = Math.max(1, TimeUnit.NANOSECONDS.toSeconds(now - began));
    var words = "%s: %,d lines, %,d a second".formatted(name, lines, lines / seconds);
    int filled = (int) (WIDTH * Math.min(bytes, all) / Math.max(1, all));
    out.print(seen ? "\r[" + "█".repeat(filled) + "·".repeat(WIDTH - filled) + "] " + words + "   "
        : "  … " + words + "\n");
    out.flush();
  }

  @Override public void close() {
    if (seen && told != began) out.print("\r" + " ".repeat(100) + "\r");
  }
}
