package redress.command;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import redress.check.Match;
import redress.replay.Archive;
import redress.replay.Fines;
import redress.replay.Retail;

/**
 * Real books held against the matcher: a town's fines, a shop's invoices. Each is read twice and must come out alike.
 */
final class BookReplay {
  private final PrintWriter out;

  BookReplay(PrintWriter out) {
    this.out = out;
  }

  /** A kind of book that is known by its first line. */
  enum Kind {
    FINES(Fines.SIGN), RETAIL(Retail.SIGN);

    private final String sign;

    Kind(String sign) {
      this.sign = sign;
    }

    /** The kind of book a file holds; empty for anything else, such as complaints. */
    static Optional<Kind> of(Path file) {
      try {
        var first = Archive.firstLine(file);
        return Arrays.stream(values()).filter(kind -> first.startsWith(kind.sign)).findFirst();
      } catch (IOException e) {
        throw new Trouble(file + " cannot be read: " + e.getMessage());
      }
    }
  }

  /** Replays one book. Returns the exit code: 1 when a second reading comes out otherwise. */
  int replay(Kind kind, Path file) {
    try {
      return switch (kind) {
        case FINES -> fines(file);
        case RETAIL -> retail(file);
      };
    } catch (IOException | IllegalArgumentException e) {
      throw new Trouble(file + " cannot be read: " + e.getMessage());
    }
  }

  private int fines(Path file) throws IOException {
    long began = System.nanoTime();
    var ledger = Fines.read(file);
    boolean same = Fines.read(file).equals(ledger);
    out.printf("%-12s %8s %8s %10s %10s   %s%n", "fines", "number", "in parts", "appealed", "dismissed", "for example");
    for (var end : Fines.End.values()) {
      var those = ledger.fines().stream().filter(fine -> fine.end() == end).toList();
      out.printf("%-12s %,8d %,8d %,10d %,10d   %s%n", word(end), those.size(),
          those.stream().filter(fine -> fine.match().parts().size() > 1).count(),
          those.stream().filter(Fines.Fine::appealed).count(),
          those.stream().filter(Fines.Fine::dismissed).count(),
          those.stream().findFirst().map(BookReplay::words).orElse("–"));
    }
    out.println();
    out.println("replay: fines=" + ledger.fines().size() + " events=" + ledger.events() + " parts=" + ledger.inParts()
        + " again=" + (same ? "same" : "OTHERWISE") + " seconds=" + seconds(began) + " " + counts(ledger.ends()));
    out.flush();
    return same ? 0 : 1;
  }

  private static String words(Fines.Fine fine) {
    var match = fine.match();
    var parts = match.parts().stream().map(part -> pounds(part.minor())).collect(Collectors.joining(" + "));
    var remarks = match.remarks().stream().filter(it -> it.kind() != Match.Kind.ONLY_THEIRS)
        .map(it -> it.kind().english + " (" + pounds(it.minor()) + ")").toList();
    return fine.id() + ": owed " + pounds(match.owed().minor()) + ", paid " + (parts.isEmpty() ? "nothing" : parts)
        + (remarks.isEmpty() ? "" : "; " + String.join("; ", remarks));
  }

  private static String pounds(long minor) {
    return "%d.%02d".formatted(minor / 100, minor % 100);
  }

  private int retail(Path file) throws IOException {
    long began = System.nanoTime();
    var report = Retail.read(file);
    boolean same = Retail.read(file).equals(report);
    out.printf("%-12s %8s %14s   %s%n", "returned", "lines", "GBP", "rule, and an example");
    for (var kind : Retail.Kind.values()) {
      long mils = report.values().getOrDefault(kind, 0L);
      out.printf("%-12s %,8d %14s   %s%n", word(kind), report.counts().getOrDefault(kind, 0L),
          "%,d.%03d".formatted(mils / 1_000, mils % 1_000), kind.words);
      report.examples().stream().filter(it -> it.kind() == kind).findFirst()
          .ifPresent(it -> out.printf("%38s %s%n", "", words(it)));
    }
    out.println();
    var words = new ArrayList<String>(List.of("replay: rows=" + report.rows(), "purchases=" + report.purchases(),
        "repeated=" + report.repeated(), "returns=" + report.returns(), "again=" + (same ? "same" : "OTHERWISE"),
        "seconds=" + seconds(began)));
    for (var kind : Retail.Kind.values()) words.add(word(kind) + "=" + report.counts().getOrDefault(kind, 0L));
    out.println(String.join(" ", words));
    out.flush();
    return same ? 0 : 1;
  }

  private static String words(Retail.Returned it) {
    return "%s: %d of %s%s".formatted(it.invoice(), it.quantity(), it.item(),
        it.purchases().isEmpty() ? "" : ", bought by " + String.join(", ", it.purchases()));
  }

  private static String counts(Map<Fines.End, Long> ends) {
    return ends.entrySet().stream().map(end -> word(end.getKey()) + "=" + end.getValue())
        .collect(Collectors.joining(" "));
  }

  private static String word(Enum<?> kind) {
    return kind.name().toLowerCase(Locale.ROOT);
  }

  private static long seconds(long began) {
    return Duration.ofNanos(System.nanoTime() - began).toSeconds();
  }
}
