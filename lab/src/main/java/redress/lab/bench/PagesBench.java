package redress.lab.bench;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import redress.lab.bench.PagesHall.Times;
import redress.lab.bench.PagesHall.Visitor;
import redress.policy.Role;

/** {@code ./redress bench-pages}: how heavy and how quick pages are when there are very many disputes. */
@Command(name = "bench-pages", mixinStandardHelpOptions = true,
    description = "Pages as browsers ask for them, over HTTP, with very many disputes in the database and 200 in each"
        + " inbox: bytes of a first view, and times.")
public final class PagesBench implements Callable<Integer> {
  private static final long MOST_BYTES = 60_000;
  private static final long DISPUTE_MS = 25;
  private static final long LIST_MS = 50;

  @Option(names = "--disputes", defaultValue = "1000000", paramLabel = "N",
      description = "How many disputes there are (default ${DEFAULT-VALUE}).") private int disputes;

  @Option(names = "--requests", defaultValue = "1000", paramLabel = "N",
      description = "How many requests of each page are timed (${DEFAULT-VALUE}).") private int requests;

  @Option(names = "--figures",
      description = "Where to write the figures; if not said, docs/figures.md.") private @Nullable Path figures;

  @Spec private CommandSpec spec;

  private final Map<String, Times> seen = new LinkedHashMap<>();

  @Override public Integer call() throws Exception {
    var out = spec.commandLine().getOut();
    var machine = Machine.here(FiguresFile.root());
    out.println(machine);
    out.flush();
    long bytes;
    long filled;
    try (var hall = new PagesHall()) {
      long began = System.nanoTime();
      hall.fill(disputes);
      filled = Duration.ofNanos(System.nanoTime() - began).toSeconds();
      out.println(disputes + " disputes in " + filled + " s");
      out.flush();
      bytes = measure(hall);
    }
    seen.forEach((page, times) -> out.printf("%-40s p50 %6d µs  p95 %6d µs  p99 %6d µs%n", page, times.at(50),
        times.at(95), times.at(99)));
    var line = "bench-pages: disputes=%d bytes=%d dispute_p95_ms=%s inbox_p95_ms=%s search_p95_ms=%s filled_s=%d"
        .formatted(disputes, bytes, ms(worst("dispute")), ms(worst("inbox")), ms(worst("search")), filled);
    var day = DateTimeFormatter.ISO_LOCAL_DATE.withZone(ZoneOffset.UTC).format(Clock.systemUTC().instant());
    var file = figures == null ? FiguresFile.ofProject() : new FiguresFile(figures);
    file.put("Pages", "`./redress bench-pages --disputes " + disputes + " --requests " + requests + "`, commit "
        + machine.commit() + ", " + day + ".  \n" + machine + ".\n\n" + document(bytes, line));
    out.println(line);
    out.flush();
    return 0;
  }

  private long measure(PagesHall hall) {
    var merchant = hall.merchant();
    var buyer = hall.buyer();
    time(hall, "dispute, merchant", merchant, hall::dispute);
    time(hall, "dispute, buyer", buyer, hall::dispute);
    time(hall, "inbox, merchant", merchant, _ -> "/disputes");
    time(hall, "inbox, buyer", buyer, _ -> "/disputes");
    time(hall, "inbox by amount, merchant", merchant, _ -> "/disputes?sort=-amount");
    time(hall, "search for an order, merchant", merchant, n -> "/disputes?q=order-" + n % 200);
    time(hall, "search for words, merchant", merchant, _ -> "/disputes?q=scratched");
    time(hall, "search for words, buyer", buyer, _ -> "/disputes?q=money%20back");
    time(hall, "list of all, head of mediation", hall.visitor(Role.MEDIATOR_LEAD, "lead-1"), _ -> "/disputes");
    return Math.max(hall.bytes(merchant, hall.dispute(0)), hall.bytes(buyer, hall.dispute(0)));
  }

  private void time(PagesHall hall, String page, Visitor visitor, IntFunction<String> path) {
    seen.put(page, hall.times(visitor, Math.max(20, requests / 3), requests, path));
  }

  private long worst(String kind) {
    return seen.entrySet().stream().filter(it -> it.getKey().startsWith(kind)).mapToLong(it -> it.getValue().at(95))
        .max().orElse(0);
  }

  private static String ms(long micros) {
    return micros / 1_000 + "." + micros % 1_000 / 100;
  }

  private String document(long bytes, String line) {
    var table = new StringBuilder("""
        Times are those of the whole request on the same machine, one after another: the server's own and the client's.

        | page | p50 ms | p95 ms | p99 ms | aim, p95 |
        |---|--:|--:|--:|---|
        """);
    seen.forEach((page, it) -> table.append("| %s | %s | %s | %s | %s |%n".formatted(page, ms(it.at(50)),
        ms(it.at(95)), ms(it.at(99)), aim(page, it))));
    return table
        + "\nThe first view of a dispute takes %,d bytes over the wire (headers, HTML, styles, scripts, icon; gzip)"
            .formatted(bytes)
        + "; the aim is %,d: %s.\n\n```\n%s\n```\n".formatted(MOST_BYTES, met(bytes <= MOST_BYTES), line);
  }

  private static String aim(String page, Times times) {
    if (page.startsWith("list")) return "–";
    long most = page.startsWith("dispute") ? DISPUTE_MS : LIST_MS;
    return most + " ms: " + met(times.at(95) <= most * 1_000);
  }

  private static String met(boolean is) {
    return is ? "met" : "missed";
  }
}
