package redress.lab.mutant;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** Puts a mutant on trial in a JVM of its own, with the unchanged tools. */
final class Trials {
  private static final Pattern BREAKS = Pattern.compile(" breaks ([A-Z_]+): (.*)");
  private static final long PATIENCE_SECONDS = 240;

  /** What came of it: which invariant noticed, or that nothing did. */
  record Verdict(Mutant mutant, boolean caught, String invariant, String seen, long millis) {}

  private final long lives;
  private final long seed;

  Trials(long lives, long seed) {
    this.lives = lives;
    this.seed = seed;
  }

  Verdict of(Mutant mutant, Path classes) {
    long began = System.nanoTime();
    var said = run(command(mutant, classes));
    long millis = (System.nanoTime() - began) / 1_000_000;
    for (var line : said) {
      var breaks = BREAKS.matcher(line);
      if (breaks.find()) return new Verdict(mutant, true, breaks.group(1), breaks.group(2), millis);
    }
    return new Verdict(mutant, false, "", said.isEmpty() ? "" : said.getLast(), millis);
  }

  private List<String> command(Mutant mutant, Path classes) {
    var command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx1g",
        "-XX:+UseSerialGC", "-Dstdout.encoding=UTF-8", "-cp", classes + ":" + System.getProperty("java.class.path")));
    command.add("redress.lab.Lab");
    command.addAll(switch (mutant.trial()) {
      case SIMULATE ->
          List.of("simulate", "--lives", String.valueOf(lives), "--seed", String.valueOf(seed), "--threads", "1",
              "--stop-after", "1");
      case DATABASE -> List.of("trial", "--lives", "6");
    });
    return command;
  }

  private static List<String> run(List<String> command) {
    try {
      var process = new ProcessBuilder(command).redirectErrorStream(true).start();
      try (var reader = process.inputReader()) {
        var lines = reader.readAllLines();
        if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS))
          throw new IllegalStateException("no end of " + command);
        return lines;
      } finally {
        process.destroyForcibly();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }
}
