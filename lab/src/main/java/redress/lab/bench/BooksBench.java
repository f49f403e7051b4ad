package redress.lab.bench;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code ./redress bench-books}: what it takes to import a large statement and to match it, beside plain SQL. */
@Command(name = "bench-books", mixinStandardHelpOptions = true,
    description = "Imports a statement of very many lines and matches it with a fifth as many promises, beside the best"
        + " plain SQL that fills the same tables, and a tenth of it to see how the cost grows.")
public final class BooksBench implements Callable<Integer> {
  static final int LINES_PER_PROMISE = 5;
  private static final int TENTH = 10;

  @Option(names = "--lines", defaultValue = "1000000", paramLabel = "N",
      description = "How many lines the statement has (default ${DEFAULT-VALUE}).") private int lines;

  @Option(names = "--runs", defaultValue = "3", paramLabel = "N",
      description = "How many runs the medians are of (${DEFAULT-VALUE}).") private int runs;

  @Option(names = "--figures",
      description = "Where to write the figures; if not said, docs/figures.md.") private @Nullable Path figures;

  @Spec private CommandSpec spec;

  /** One size, run several times: how long importing, matching and the plain SQL took, in milliseconds. */
  private record Size(int lines, int promises, List<Long> imported, List<Long> matched, List<Long> plain) {
    long ours() {
      return median(imported) + median(matched);
    }
  }

  @Override public Integer call() throws Exception {
    var out = spec.commandLine().getOut();
    var machine = Machine.here(FiguresFile.root());
    out.println(machine);
    var tenth = measure(lines / TENTH, out);
    var whole = measure(lines, out);
    var heap = Runtime.getRuntime().maxMemory() >> 20;
    var document = document(tenth, whole, heap);
    var day = DateTimeFormatter.ISO_LOCAL_DATE.withZone(ZoneOffset.UTC).format(Clock.systemUTC().instant());
    var file = figures == null ? FiguresFile.ofProject() : new FiguresFile(figures);
    file.put("Statements and matching", "`JAVA_OPTS=-Xmx" + heap + "m ./redress bench-books --lines " + lines
        + " --runs " + runs + "`, commit " + machine.commit() + ", " + day + ".  \n" + machine + ".\n\n" + document);
    out.println(document);
    out.println("bench-books: lines=" + lines + " promises=" + whole.promises() + " seconds="
        + Duration.ofMillis(whole.ours()).toSeconds() + " plain_seconds="
        + Duration.ofMillis(median(whole.plain())).toSeconds() + " ratio=" + ratio(whole.ours(), median(whole.plain()))
        + " ten_times_costs=" + ratio(whole.ours(), tenth.ours()) + " heap_mb=" + heap);
    out.flush();
    return 0;
  }

  private Size measure(int count, PrintWriter out) throws SQLException, IOException {
    var size = new Size(count, count / LINES_PER_PROMISE, new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    var folder = Files.createTempDirectory("redress-books-");
    try {
      var file = folder.resolve("statement.csv");
      BigStatement.write(file, size.promises());
      for (int run = 1; run <= runs; run++) {
        try (var hall = new BooksHall(size.promises())) {
          size.imported().add(hall.take(file, count));
          size.matched().add(hall.match());
          hall.forget();
          size.plain().add(hall.plain(file));
        }
        out.printf("%,d lines, run %d: imported in %,d ms, matched in %,d ms, plain SQL %,d ms%n", count, run,
            size.imported().getLast(), size.matched().getLast(), size.plain().getLast());
        out.flush();
      }
    } finally {
      try (var all = Files.list(folder)) {
        for (var one : all.toList()) Files.delete(one);
      }
      Files.delete(folder);
    }
    return size;
  }

  private static String document(Size tenth, Size whole, long heap) {
    var text = new StringBuilder("""
        A statement is imported and every promise matched with it; beside it the best plain SQL we know fills the same
        tables with the same indexes and constraints (`COPY` of the same file, joins, sums), without reading dates,
        signs or totals, without finding part payments, and without saying why. Medians, milliseconds.

        | lines | promises | import | match | both | plain SQL | ratio |
        |---:|---:|---:|---:|---:|---:|---:|
        """);
    for (var size : List.of(tenth, whole)) {
      text.append("| %,d | %,d | %,d | %,d | %,d | %,d | %s |%n".formatted(size.lines(), size.promises(),
          median(size.imported()), median(size.matched()), size.ours(), median(size.plain()),
          ratio(size.ours(), median(size.plain()))));
    }
    return text.append("\nTen times the lines cost ").append(ratio(whole.ours(), tenth.ours()))
        .append(" times as much; the heap was bounded to ").append(heap).append(" MB. Aims: 60 s for 1,000,000 lines")
        .append(" and 200,000 promises, at most 512 MB, at most 12 times.\n").toString();
  }

  private static long median(List<Long> all) {
    return all.stream().sorted().toList().get(all.size() / 2);
  }

  private static String ratio(long one, long other) {
    long hundredths = Math.round(100.0 * one / other);
    return "%d.%02d".formatted(hundredths / 100, hundredths % 100);
  }
}
