package redress.lab.bench;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
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

/** {@code ./redress bench-uploads}: how fast files come in over HTTP, beside the bare disk and the bare hash. */
@Command(name = "bench-uploads", mixinStandardHelpOptions = true,
    description = "Files of 10 MB over HTTP, looked at, hashed and durable, beside what the disk and the hash can do in"
        + " the same run; and what they leave on the heap.")
public final class UploadsBench implements Callable<Integer> {
  @Option(names = "--files", defaultValue = "40", paramLabel = "N",
      description = "How many files a run has (default ${DEFAULT-VALUE}).") private int files;

  @Option(names = "--runs", defaultValue = "3", paramLabel = "N",
      description = "How many runs the medians are of (${DEFAULT-VALUE}).") private int runs;

  @Option(names = "--at-once", defaultValue = "2", paramLabel = "N",
      description = "How many callers send at the same time (${DEFAULT-VALUE}).") private int atOnce;

  @Option(names = "--figures",
      description = "Where to write the figures; if not said, docs/figures.md.") private @Nullable Path figures;

  @Spec private CommandSpec spec;

  /** What was seen: bytes in a second over HTTP, to the bare disk and through the bare hash, and bytes on the heap. */
  private record Seen(List<Long> http, List<Long> disk, List<Long> hash, List<Long> heap) {
    long slower() {
      return Math.min(median(disk), median(hash));
    }
  }

  @Override public Integer call() throws Exception {
    var out = spec.commandLine().getOut();
    var machine = Machine.here(FiguresFile.root());
    out.println(machine);
    var seen = measure(out);
    var document = document(seen);
    var day = DateTimeFormatter.ISO_LOCAL_DATE.withZone(ZoneOffset.UTC).format(Clock.systemUTC().instant());
    var file = figures == null ? FiguresFile.ofProject() : new FiguresFile(figures);
    file.put("Uploads", "`./redress bench-uploads --files " + files + " --runs " + runs + " --at-once " + atOnce
        + "`, commit " + machine.commit() + ", " + day + ".  \n" + machine + ".\n\n" + document);
    out.println(document);
    out.println("bench-uploads: http_mb_per_s=" + mb(median(seen.http())) + " disk_mb_per_s=" + mb(median(seen.disk()))
        + " hash_mb_per_s=" + mb(median(seen.hash())) + " percent=" + percent(seen) + " heap_growth_mb="
        + mb(growth(seen)));
    out.flush();
    return 0;
  }

  private Seen measure(PrintWriter out) throws Exception {
    var seen = new Seen(new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    try (var dock = new Dock(atOnce)) {
      dock.send(files / 4); // warm-up
      for (int run = 1; run <= runs; run++) {
        seen.hash().add(dock.hash(files));
        seen.disk().add(dock.write(files));
        seen.http().add(dock.send(files));
        seen.heap().add(Dock.heap());
        out.printf("run %d: HTTP %d MB/s, disk %d MB/s, hash %d MB/s, heap %d MB%n", run, mb(seen.http().getLast()),
            mb(seen.disk().getLast()), mb(seen.hash().getLast()), mb(seen.heap().getLast()));
        out.flush();
      }
    }
    return seen;
  }

  private String document(Seen seen) {
    return """
        %d callers at once send %d files of 10 MB each as forms; a file counts when it was looked at, hashed, is on the
        disk for good and its draft is in the database. Beside it, in the same run, as many threads write the same bytes
        to files on the same disk, with fsync and a rename, and hash them in memory. Caller, server and database share
        the machine. Medians.

        | over HTTP, MB/s | bare disk, MB/s | bare hash, MB/s | of the slower of both | heap after each run, MB |
        |---:|---:|---:|---:|---|
        | %d | %d | %d | %d %% | %s |

        Aims: 50 %%, and a heap that does not grow.
        """.formatted(atOnce, files, mb(median(seen.http())), mb(median(seen.disk())), mb(median(seen.hash())),
        percent(seen), String.join(", ", seen.heap().stream().map(it -> "" + mb(it)).toList()));
  }

  private static long percent(Seen seen) {
    return 100 * median(seen.http()) / seen.slower();
  }

  private static long growth(Seen seen) {
    return Math.max(0, seen.heap().getLast() - seen.heap().getFirst());
  }

  private static long mb(long bytes) {
    return bytes / 1_000_000;
  }

  private static long median(List<Long> all) {
    return all.stream().sorted().toList().get(all.size() / 2);
  }
}
