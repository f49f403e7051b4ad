package redress.log;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redress.log.Witness.Said;
import redress.log.Witness.Telling;
import redress.seal.Checkpoint;
import redress.seal.Note;
import redress.store.LogBook;
import redress.store.LogBook.Stamped;
import redress.store.LogWitnesses;
import redress.store.LogWitnesses.Standing;

/**
 * Tells witnesses of what was published, each as far as it is behind, again and again until it knows; several processes
 * take turns. What one holds against us is kept until it does not any more.
 */
public final class Witnesses implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Witnesses.class);
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Duration LOOK = Duration.ofSeconds(5);
  private static final Duration LONGEST = Duration.ofMinutes(5);
  private static final int DOUBLINGS = 8;

  private final LogBook book;
  private final LogWitnesses standings;
  private final Log tree;
  private final List<Witness> witnesses;
  private final Clock clock;
  private final Beat beat;

  public Witnesses(LogBook book, LogWitnesses standings, Log tree, List<Witness> witnesses, Clock clock) {
    this.book = book;
    this.standings = standings;
    this.tree = tree;
    this.witnesses = List.copyOf(witnesses);
    this.clock = clock;
    this.beat = new Beat("witnesses", LOOK, this::tell);
  }

  /** Begins to run; does nothing when it runs already, or when there are no witnesses. */
  public void start() {
    if (!witnesses.isEmpty()) beat.start();
  }

  /** Looks at once instead of at the next turn. */
  public void wake() {
    beat.wake();
  }

  /** Tells every witness that is behind and due. */
  void tell() {
    for (boolean live : new boolean[] {true, false}) {
      var newest = book.published(live);
      if (newest.isEmpty()) continue;
      for (var witness : witnesses) {
        if (witness.watches(live) && isBehind(live, witness, newest.get().size())) {
          standings.claim(live, witness.name(), now(), PATIENCE)
              .ifPresent(standing -> tell(witness, standing, newest.get()));
        }
      }
    }
  }

  private boolean isBehind(boolean live, Witness witness, long size) {
    var known =
        standings.all().stream().filter(it -> it.live() == live && it.name().equals(witness.name())).findFirst();
    if (known.isEmpty()) standings.know(live, witness.name(), now());
    return known.isEmpty() || known.get().size() < size || known.get().since() != null;
  }

  private void tell(Witness witness, Standing standing, LogBook.Signed newest) {
    boolean live = standing.live();
    var note = Note.parse(newest.note());
    try {
      var said = witness.tell(new Telling(Checkpoint.parse(note.text()), note, standing.size(),
          old -> tree.consistency(live, old, newest.size())));
      switch (said) {
        case Said.Kept kept -> {
          keep(live, newest.size(), witness, kept);
          standings.told(live, witness.name(), newest.size(), now().plus(witness.every()));
        }
        case Said.Contradicts contradicts -> contradicted(witness, standing, contradicts);
      }
    } catch (IOException e) {
      log.warn("The witness {} was not told of {} entries: {}", witness.name(), newest.size(), e.toString());
      failed(witness, standing, standing.alarm());
    }
  }

  private void keep(boolean live, long size, Witness witness, Said.Kept kept) {
    for (var line : kept.lines()) book.cosign(live, size, line.name(), line.written(), now());
    kept.stamp().ifPresent(stamp -> book.stamp(live, new Stamped(size, stamp.at(), stamp.token())));
    if (!kept.lines().isEmpty()) log.debug("{} signed the checkpoint of {} entries", witness.name(), size);
  }

  private void contradicted(Witness witness, Standing standing, Said.Contradicts said) {
    // Another node may have told it of what was published since.
    boolean known = book.published(standing.live()).map(it -> it.size() >= said.size()).orElse(false)
        && said.size() > standing.size() && said.what().startsWith("it knows " + said.size());
    if (known) {
      failed(witness, standing, "");
      return;
    }
    log.error("THE WITNESS {} CONTRADICTS THE LOG: {}", witness.name(), said.what());
    failed(witness, standing, said.what());
  }

  private void failed(Witness witness, Standing standing, String alarm) {
    var wait = Duration.ofSeconds(1L << Math.min(standing.tries(), DOUBLINGS));
    var now = now();
    standings.failed(standing.live(), witness.name(), now,
        now.plus(wait.compareTo(LONGEST) > 0 ? LONGEST : wait), alarm);
  }

  /** How long the witness that is longest behind has been so; zero when all know everything that was published. */
  public Duration late() {
    var now = now();
    return standings.all().stream().map(Standing::since).filter(it -> it != null)
        .map(since -> Duration.between(since, now)).max(Duration::compareTo).orElse(Duration.ZERO);
  }

  /** What witnesses hold against us, each with its name. */
  public List<String> alarms() {
    return standings.all().stream().filter(it -> !it.alarm().isEmpty()).map(it -> it.name() + ": " + it.alarm())
        .toList();
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS);
  }

  @Override public void close() {
    beat.close();
  }
}
