package redress.log;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redress.keys.Keyring;
import redress.keys.Purpose;
import redress.log.StoredEntries.Broken;
import redress.seal.Checkpoint;
import redress.seal.KeyChain;
import redress.seal.KeyStatement;
import redress.seal.Merkle;
import redress.seal.Note;
import redress.seal.Tiles;
import redress.store.LogBook;
import redress.store.LogBook.Alarm;
import redress.store.LogBook.Signed;
import redress.store.LogTurn;

/**
 * Numbers committed entries and signs the tree, at intervals and when asked to. Several processes may run one each:
 * they
 * take turns. Nothing is signed that was not held against the stored rows first, and nothing is published that was not
 * read back; what is wrong stops the signing, on every node, until it is put right.
 */
public final class Sequencer implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Sequencer.class);
  private static final Duration AT_ONCE = Duration.ofMillis(1);
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final LogBook book;
  private final Keyring keys;
  private final List<Witness> witnesses;
  private final Clock clock;
  private final Settings settings;
  private final Steps steps;
  private final Examiner examiner;
  private final Beat beat;
  private final ReentrantLock turns = new ReentrantLock();
  private final AtomicLong asked = new AtomicLong();
  private volatile long served;
  private Instant nextRound = Instant.MIN;
  private volatile Runnable published = () -> {};

  /** At most how long a committed entry waits for a checkpoint; of how many old entries it makes sure in half of it. */
  public record Settings(Duration interval, int slice) {
    /** The standard: a minute. */
    public static final Settings STANDARD = new Settings(Duration.ofSeconds(60), 4_096);
  }

  /** Told after each step of a turn. */
  @FunctionalInterface
  interface Steps {
    void done(Step step);
  }

  /** What a turn does. */
  enum Step {
    NUMBERED, EXAMINED, SIGNED, PUBLISHED
  }

  /** {@code witnesses} that can show what they were told are held against the database before anything is signed. */
  public Sequencer(LogBook book, StoredEntries entries, Keyring keys, List<Witness> witnesses, Clock clock,
      Settings settings) {
    this(book, entries, keys, witnesses, clock, settings, _ -> {});
  }

  Sequencer(LogBook book, StoredEntries entries, Keyring keys, List<Witness> witnesses, Clock clock, Settings settings,
      Steps steps) {
    this.book = book;
    this.keys = keys;
    this.witnesses = List.copyOf(witnesses);
    this.clock = clock;
    this.settings = settings;
    this.steps = steps;
    this.examiner = new Examiner(book, entries, settings.slice());
    // Twice in the interval, so that what is committed in the middle of a turn does not wait longer than one.
    this.beat = new Beat("log", settings.interval().dividedBy(2), () -> turn(AT_ONCE));
  }

  /** Begins to run; does nothing when it runs already. {@code whenPublished} is told of every new checkpoint. */
  public void start(Runnable whenPublished) {
    published = whenPublished;
    beat.start();
  }

  /**
   * Brings everything that was committed before this call under a published checkpoint of its tree. Callers at the same
   * time share a turn. Throws IllegalStateException that says why when nothing is signed of this tree now, whatever may
   * be wrong with the other.
   */
  public void cover(boolean live) {
    if (!turn(PATIENCE)) throw new IllegalStateException("another node has been at the log for too long");
    trouble(live).ifPresent(why -> {
      throw new IllegalStateException("the log signs nothing: " + why);
    });
  }

  /** True when everything that was committed before this call has had its turn; false when another node has it. */
  private boolean turn(Duration patience) {
    long mine = asked.incrementAndGet();
    turns.lock();
    try {
      if (served >= mine) return true;
      long all = asked.get();
      if (book.turn(patience, this::take).isEmpty()) return false;
      served = all;
      return true;
    } finally {
      turns.unlock();
    }
  }

  private boolean take(LogTurn turn) {
    var broken = turn.number();
    for (var tree : broken) raise(tree.live, Broken.tree(String.valueOf(tree.getMessage())));
    steps.done(Step.NUMBERED);
    boolean round = roundIsDue();
    for (boolean live : new boolean[] {true, false}) {
      if (broken.stream().noneMatch(tree -> tree.live == live)) sign(live, round);
    }
    return true;
  }

  /** What is old is gone through at a steady pace, however often somebody wants a checkpoint at once. */
  private boolean roundIsDue() {
    var now = clock.instant();
    if (now.isBefore(nextRound)) return false;
    nextRound = now.plus(settings.interval().dividedBy(2));
    return true;
  }

  private void sign(boolean live, boolean round) {
    long size = book.size(live);
    var last = book.last(live);
    if (size == 0 && last.isEmpty() && book.alarm(live).isEmpty()) {
      witnessed(live, 0).ifPresent(wrong -> raise(live, wrong));
      return;
    }
    // Nothing is new, and what is old has its own pace.
    if (!round && last.isPresent() && isUpToDate(live, last.get(), size)) return;
    var wrong = examined(live, last, size, round);
    if (wrong.isPresent()) {
      raise(live, wrong.get());
      return;
    }
    if (book.alarm(live).isPresent()) {
      log.warn("What was wrong with the {} has been put right; it is signed again.", name(live));
      book.lower(live);
    }
    steps.done(Step.EXAMINED);
    if (last.isPresent() && !last.get().published()) publish(live, last.get());
    if (size > last.map(Signed::size).orElse(0L)) sign(live, size);
  }

  private boolean isUpToDate(boolean live, Signed last, long size) {
    return last.size() == size && last.published() && book.alarm(live).isEmpty();
  }

  /** What is wrong, the oldest trouble first; empty when the tree may be signed. */
  private Optional<Broken> examined(boolean live, Optional<Signed> last, long size, boolean round) {
    var chain = chain(Purpose.log(live));
    if (chain.isEmpty()) return Optional.of(Broken.tree("the keys are not those it was signed with before"));
    var known = book.alarm(live).filter(alarm -> alarm.index() >= 0);
    if (known.isPresent()) {
      var still = examiner.again(live, known.get().index());
      if (still.isPresent()) return still;
    }
    var outside = witnessed(live, size);
    return outside.isPresent() ? outside : examiner.before(live, last, size, chain.get(), round);
  }

  /** Holds the published keys against the keyring's, and publishes what is new; empty when they do not agree. */
  private Optional<KeyChain> chain(Purpose purpose) {
    try {
      var chain = keys.all(purpose);
      var ours = keys.statements(purpose).stream().map(Note::written).toList();
      var known = book.keys(purpose.name());
      if (known.size() > ours.size() || !ours.subList(0, known.size()).equals(known)) return Optional.empty();
      for (int i = known.size(); i < ours.size(); i++) book.keep(purpose.name(), i + 1, ours.get(i));
      return Optional.of(chain);
    } catch (IllegalStateException e) {
      log.error("The keys cannot be used: {}", e.getMessage());
      return Optional.empty();
    }
  }

  /** Whether a witness can show more than there is here, or something else. */
  private Optional<Broken> witnessed(boolean live, long size) {
    var purpose = Purpose.log(live);
    for (var witness : witnesses) {
      try {
        var shown = witness.watches(live) ? witness.latest(keys.name(purpose)) : Optional.<Note>empty();
        if (shown.isEmpty() || keys.all(purpose).proves(shown.get()).isEmpty()) continue;
        var said = Checkpoint.parse(shown.get().text());
        if (said.size() > size) {
          return Optional
              .of(Broken.tree(witness.name() + " knows " + said.size() + " entries, and here are only " + size));
        }
        var differs = examiner.root(live, said);
        if (differs.isPresent())
          return Optional.of(Broken.tree(witness.name() + " knows other entries: " + differs.get().what()));
      } catch (IOException e) {
        log.warn("{} cannot be read: {}", witness.name(), e.toString());
      } catch (IllegalStateException e) {
        return Optional.of(Broken.tree("the keys cannot be used: " + e.getMessage()));
      }
    }
    return Optional.empty();
  }

  private void raise(boolean live, Broken wrong) {
    log.error("THE {} IS NOT WHAT IT WAS AND IS NOT SIGNED ANY MORE: {}", name(live), wrong.what());
    book.raise(live, new Alarm(wrong.index(), wrong.what(), now()));
  }

  private static String name(boolean live) {
    return live ? "LOG" : "LOG OF TEST PAYMENTS";
  }

  private void sign(boolean live, long size) {
    var purpose = Purpose.log(live);
    var tiles = new Tiles((level, number) -> book.tile(live, level, number));
    var checkpoint = Checkpoint.of(keys.name(purpose), size, Merkle.root(size, tiles));
    var note = keys.current(purpose).sign(Note.of(checkpoint.text()));
    var at = now();
    book.sign(live, size, at, note.written());
    steps.done(Step.SIGNED);
    var kept = book.last(live).orElseThrow();
    if (kept.size() != size || !kept.note().equals(note.written())) {
      raise(live, Broken.tree("the checkpoint of " + size + " entries was not kept as it was signed"));
      return;
    }
    publish(live, kept);
  }

  /** What was kept is verified as anybody would, and only then shown. */
  private void publish(boolean live, Signed kept) {
    var wrong = examiner.signed(live, kept, keys.all(Purpose.log(live)));
    if (wrong.isPresent()) {
      raise(live, wrong.get());
      return;
    }
    book.publish(live, kept.size(), now());
    steps.done(Step.PUBLISHED);
    published.run();
  }

  /** Why nothing is signed; empty when all is well. */
  public Optional<String> trouble(boolean live) {
    return book.alarm(live).map(Alarm::what);
  }

  /** Makes sure of every entry ever signed; the first that is not what it was, empty when all are. */
  public Optional<Broken> examine(boolean live) {
    return examiner.all(live, keys.all(Purpose.log(live)));
  }

  /**
   * Retires a key in favour of a new one, which the old one signs. A log's old key may sign nothing beyond what is
   * signed when this is called. Throws IllegalStateException, with nothing changed, when another node has the turn for
   * too long or the keys are not those that were published.
   */
  public KeyStatement rotate(Purpose purpose) {
    turns.lock();
    try {
      return book.turn(PATIENCE, _ -> {
        if (chain(purpose).isEmpty()) throw new IllegalStateException("the keys are not those that were published");
        long size = purpose == Purpose.RESULT ? 0
            : book.last(purpose == Purpose.LOG).map(Signed::size).orElse(0L);
        var said = keys.rotate(purpose, size);
        if (chain(purpose).isEmpty()) throw new IllegalStateException("the keys are not those that were published");
        log.info("Key {} of {} signs from now on: {}", said.number(), purpose.word, said.key().line());
        return said;
      }).orElseThrow(() -> new IllegalStateException("another node has been at the log for too long"));
    } finally {
      turns.unlock();
    }
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS);
  }

  /** Stops after the turn it is in. */
  @Override public void close() {
    beat.close();
  }
}
