package redress.lab.life;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import redress.dispute.Decision;
import redress.dispute.Event;
import redress.dispute.Status;
import redress.money.Transfer;

/**
 * What lives leave behind: how often each row was taken, what went wrong outside, and one number that stands for all of
 * it.
 */
@SuppressWarnings("EnumOrdinal") // counts in arrays: a hundred million events
public final class Tracks {
  /** The rows of the transition table, T1 to T36. */
  public static final int ROWS = 36;
  private static final int STATUSES = Status.values().length;
  private static final ClassValue<Long> KINDS = new ClassValue<>() {
    @Override protected Long computeValue(Class<?> type) {
      return Chance.mix(type.getSimpleName().hashCode());
    }
  };

  private final long[][] taken = new long[ROWS + 1][STATUSES * STATUSES];
  private final Map<String, long[]> faults = new TreeMap<>();
  private final Map<String, long[]> met = new TreeMap<>();
  private final @Nullable List<Event> story;
  private final List<Said> effective = new ArrayList<>();
  private long steps;
  private long refused;
  private long silent;
  private long events;
  private long hash;
  private long lives;
  private long all;
  private long checks;

  public Tracks() {
    this(false);
  }

  /** {@code keeping}: remembers the events themselves, for telling. */
  public Tracks(boolean keeping) {
    story = keeping ? new ArrayList<>() : null;
  }

  void said(Decision decision) {
    steps++;
    switch (decision) {
      case Decision.No __ -> refused++;
      case Decision.Yes yes -> silent += yes.events().isEmpty() ? 1 : 0;
    }
  }

  void took(Event event, Status before, Status after, Instant at, List<Transfer> moved) {
    events++;
    taken[event.row()][before.ordinal() * STATUSES + after.ordinal()]++;
    long here = KINDS.get(event.getClass()) + event.row() * 31L + before.ordinal() * 7L + after.ordinal();
    here = Chance.mix(here ^ at.getEpochSecond() * 1_000_003L + at.getNano());
    for (var transfer : moved) {
      for (var line : transfer.lines()) here = Chance.mix(here + line.account().ordinal() + line.minor() * 131L);
    }
    hash = Chance.mix(hash * 31 + here);
    if (story != null) story.add(event);
  }

  void fault(String errand, Whim whim) {
    if (whim == Whim.FINE) return;
    faults.computeIfAbsent(errand + " " + whim, __ -> new long[1])[0]++;
  }

  void met(String what) {
    met.computeIfAbsent(what, __ -> new long[1])[0]++;
  }

  void checked(long cells) {
    checks += cells;
  }

  /** One life is over: its number goes into the sum, in no order, so that threads make no difference. */
  void over(long life) {
    lives++;
    all += Chance.mix(hash ^ Chance.mix(life));
    hash = 0;
  }

  /** Adds what another thread saw. */
  public void add(Tracks other) {
    steps += other.steps;
    refused += other.refused;
    silent += other.silent;
    events += other.events;
    lives += other.lives;
    all += other.all;
    checks += other.checks;
    for (int row = 0; row <= ROWS; row++) {
      for (int i = 0; i < taken[row].length; i++) taken[row][i] += other.taken[row][i];
    }
    other.faults.forEach((kind, count) -> faults.computeIfAbsent(kind, __ -> new long[1])[0] += count[0]);
    other.met.forEach((kind, count) -> met.computeIfAbsent(kind, __ -> new long[1])[0] += count[0]);
  }

  /** The events of this life so far, when they are kept. */
  public List<Event> story() {
    return story == null ? List.of() : story;
  }

  /** What had an effect in this life so far, when it is kept. */
  public List<Said> effective() {
    return effective;
  }

  void keep(Said said) {
    if (story != null) effective.add(said);
  }

  /** How often {@code row} was taken. */
  public long taken(int row) {
    long sum = 0;
    for (long count : taken[row]) sum += count;
    return sum;
  }

  /** From where to where {@code row} was taken, and how often. */
  public Map<String, Long> paths(int row) {
    var paths = new TreeMap<String, Long>();
    for (int i = 0; i < taken[row].length; i++) {
      if (taken[row][i] == 0) continue;
      paths.put(Status.values()[i / STATUSES] + " → " + Status.values()[i % STATUSES], taken[row][i]);
    }
    return paths;
  }

  /** What went wrong outside, by kind. */
  public Map<String, Long> faults() {
    return counts(faults);
  }

  /** What else was met outside: what deposits and the fund gave. */
  public Map<String, Long> met() {
    return counts(met);
  }

  private static Map<String, Long> counts(Map<String, long[]> counted) {
    var all = new TreeMap<String, Long>();
    counted.forEach((kind, count) -> all.put(kind, count[0]));
    return all;
  }

  public long lives() {
    return lives;
  }

  public long steps() {
    return steps;
  }

  public long refused() {
    return refused;
  }

  public long silent() {
    return silent;
  }

  public long events() {
    return events;
  }

  /** How many advertised and unadvertised commands were tried out. */
  public long checks() {
    return checks;
  }

  /** One number for everything that happened in all lives. */
  public long hash() {
    return all;
  }
}
