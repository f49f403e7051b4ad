package redress.command;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import redress.Centre;

/**
 * {@code ./redress replay}: lives real complaints through the API, each from its filing to its recorded result, and
 * holds the matcher against other people's books.
 */
@Command(name = "replay", mixinStandardHelpOptions = true,
    description = "Lives real complaints (CFPB files) through the API on test clocks, and checks what came of them;"
        + " holds the matcher against a town's fines and a shop's invoices.")
public final class Replay implements Callable<Integer> {
  private static final int TOGETHER = 400;
  private static final int MOST_WAITING = 20_000;

  @Spec CommandSpec spec;

  @Parameters(arity = "1..*", paramLabel = "FILE", description = "csv, also as .gz, .xz or .zip; docs/replay.md tells"
      + " how a complaint becomes a life.") List<Path> files;

  @Option(names = "--seed", defaultValue = "1", paramLabel = "N",
      description = "What the amounts, which the data lacks, follow from. ${DEFAULT-VALUE} when left out.") long seed;

  @Option(names = "--at-once", defaultValue = "2", paramLabel = "N",
      description = "How many days of complaints are lived at once. ${DEFAULT-VALUE} when left out.") int atOnce;

  @Option(names = "--data", paramLabel = "FOLDER", description = "Keeps the database there, so that the same replay can"
      + " be repeated; a throwaway one when left out.")
  @Nullable Path data;

  @Option(names = "--database-url", paramLabel = "URL", description = "Uses this PostgreSQL instead.")
  @Nullable String databaseUrl;

  private final Tally tally = new Tally();
  private final Map<String, List<Script>> waiting = new HashMap<>();
  private final Map<String, Integer> batches = new HashMap<>();
  private final Set<Long> seen = new HashSet<>();
  private int waitingRows;

  @Override public Integer call() throws InterruptedException {
    for (var file : files) if (!Files.isReadable(file)) throw new Trouble(file + " cannot be read; is it there?");
    long began = System.nanoTime();
    Terminal.quiet();
    var kinds = files.stream().map(BookReplay.Kind::of).toList();
    if (kinds.stream().anyMatch(Optional::isPresent)) return books(kinds);
    try (var premises = premises()) {
      return replay(premises, began);
    }
  }

  private int books(List<Optional<BookReplay.Kind>> kinds) {
    int worst = 0;
    var books = new BookReplay(spec.commandLine().getOut());
    for (int i = 0; i < files.size(); i++) {
      var file = files.get(i);
      var kind = kinds.get(i).orElseThrow(() -> new Trouble(file + " is of another kind; replay it by itself"));
      worst = Math.max(worst, books.replay(kind, file));
    }
    return worst;
  }

  private Premises premises() {
    var settings = Centre.Settings.local(0);
    if (databaseUrl != null) return Premises.on(databaseUrl, settings);
    return data == null ? Premises.throwaway(settings) : Premises.in(data, settings);
  }

  private int replay(Premises premises, long began) throws InterruptedException {
    var out = spec.commandLine().getOut();
    out.println("Amounts are not in the data: they are generated from seed " + seed + ".");
    out.flush();
    try (var lines = new Lines(premises.address());
        var hands = Executors.newFixedThreadPool(64, Thread.ofVirtual().factory());
        var days = Executors.newVirtualThreadPerTaskExecutor(); var _ = new ProgressBar(out, tally)) {
      var troupe = new Troupe(lines, premises.firstKey(), Casting.BY_DATA);
      var stage = new Stage(troupe, hands, days, new Semaphore(atOnce));
      for (var file : files) Complaints.read(file, complaint -> add(complaint, file, stage), tally::odd);
      for (var day : List.copyOf(waiting.keySet())) flush(day, stage);
      stage.places().acquire(atOnce);
    }
    tally.print(out);
    var judged = Judgement.of(premises.database(), out);
    out.println();
    out.println(judged.words());
    out.println();
    out.println("replay: rows=" + tally.rows() + " lives=" + tally.lives() + " refused=" + tally.refused() + " odd="
        + tally.odd() + " outcomes=" + tally.outcomes() + " otherwise=" + tally.failures() + " checked="
        + judged.rows() + " violations=" + judged.violations() + " seconds="
        + Duration.ofNanos(System.nanoTime() - began).toSeconds());
    out.flush();
    return judged.violations() == 0 && tally.failures() == 0 ? 0 : 1;
  }

  /** Where batches are lived: by whom, with which hands, and how many at the same time. */
  private record Stage(Troupe troupe, ExecutorService hands, ExecutorService days, Semaphore places) {}

  private void add(Complaint complaint, Path file, Stage stage) {
    if (!seen.add(complaint.id())) {
      tally.odd(new Complaints.Odd(file, complaint.line(), "complaint " + complaint.id() + " was there before"));
      return;
    }
    tally.row();
    var script = Script.of(complaint, seed);
    var day = complaint.sent() + (script.kind() == Script.Kind.OPEN ? "-open" : "");
    var together = waiting.computeIfAbsent(day, _ -> new ArrayList<>());
    together.add(script);
    waitingRows++;
    if (together.size() >= TOGETHER) flush(day, stage);
    else if (waitingRows >= MOST_WAITING) flush(fullest(), stage);
  }

  private String fullest() {
    return waiting.entrySet().stream().max((a, b) -> Integer.compare(a.getValue().size(), b.getValue().size()))
        .orElseThrow().getKey();
  }

  /** Lives what waits for this day, as soon as there is a place. */
  private void flush(String day, Stage stage) {
    var scripts = waiting.remove(day);
    if (scripts == null) return;
    waitingRows -= scripts.size();
    int number = batches.merge(day, 1, Integer::sum);
    stage.places().acquireUninterruptibly();
    stage.days().execute(() -> {
      try {
        new Batch("cfpb-" + seed + "-" + day + "-" + number, scripts, stage.troupe(), stage.hands()).live(this::ended);
      } catch (RuntimeException e) {
        scripts.forEach(script -> tally.failed(script, String.valueOf(e.getMessage())));
      } finally {
        stage.places().release();
      }
    });
  }

  private void ended(Life life) {
    var view = life.view();
    if (!life.refused().isEmpty()) tally.refused(life.refused());
    else if (life.failure() != null) tally.failed(life.script(), life.failure());
    else if (view != null) tally.ended(view);
  }
}
