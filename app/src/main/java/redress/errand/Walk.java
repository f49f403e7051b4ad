package redress.errand;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import redress.desk.Answer;
import redress.desk.Desk;
import redress.desk.Request;
import redress.dispute.Command;
import redress.dispute.DisputeId;
import redress.dispute.Matter;
import redress.dispute.Timer;
import redress.errand.Telling.Word;
import redress.errand.TestTime.Advance;
import redress.store.Errands;
import redress.store.Errands.Due;
import redress.store.Errands.Work;
import redress.store.TestClocks;

/**
 * One advance of one clock. The clock is moved in the store only before the desk may hear of something: until then
 * nobody can tell the difference.
 */
final class Walk {
  private static final int AHEAD = 32;
  private static final int ENDLESS = 10_000;
  private static final Duration BREATH = Duration.ofMillis(20);
  /** How long it holds the clock before it has to say so again. */
  static final Duration HOLD = Duration.ofMinutes(1);

  private final Tools tools;
  private final String clock;
  private final String holder;
  private final Outcomes outcomes;
  private final Map<DisputeId, Matter> known = new ConcurrentHashMap<>();
  private final Set<String> passedHere = ConcurrentHashMap.newKeySet();
  private volatile boolean stirred;
  private Instant now;
  private Instant shown;
  private Instant heldUntil = Instant.EPOCH;
  private int steps;
  private int done;

  /** What it works with; {@code hands} bounds how much it does at once. */
  record Tools(TestClocks clocks, Errands errands, Desk desk, Carrier carrier, Clock system, Semaphore hands) {}

  Walk(Tools tools, Outcomes outcomes, String clock, String holder, Instant now) {
    this.tools = tools;
    this.outcomes = outcomes;
    this.clock = clock;
    this.holder = holder;
    this.now = now;
    this.shown = now;
  }

  Advance to(Instant target) {
    int rounds = 0;
    var before = now;
    for (var ahead = ahead(target); !ahead.isEmpty(); ahead = ahead(target)) {
      rounds = now.equals(before) ? rounds + 1 : 0;
      before = now;
      if (rounds > ENDLESS) throw new IllegalStateException("clock " + clock + " finds no quiet at " + now);
      walk(ahead);
    }
    now = target;
    show();
    return new Advance.Advanced(now, steps, done);
  }

  private List<Due> ahead(Instant target) {
    outcomes.write();
    if (tools.system().instant().isAfter(heldUntil.minus(HOLD.dividedBy(2)))) hold();
    return tools.errands().ahead(clock, AHEAD).stream().takeWhile(one -> !one.due().isAfter(target)).toList();
  }

  /** From one instant to the next, until something has happened that may have put other errands in front. */
  private void walk(List<Due> ahead) {
    stirred = false;
    int from = 0;
    while (from < ahead.size() && !stirred) {
      var at = ahead.get(from).due();
      if (at.isAfter(now)) {
        now = at;
        steps++;
        passedHere.clear();
      }
      int to = from;
      while (to < ahead.size() && !ahead.get(to).due().isAfter(now)) to++;
      run(ahead.subList(from, to));
      from = to;
    }
  }

  private void hold() {
    var until = tools.system().instant().plus(HOLD);
    if (!tools.clocks().advance(clock, holder, now, until)) {
      throw new IllegalStateException("clock " + clock + " was taken by somebody else");
    }
    heldUntil = until;
    shown = now;
  }

  private void show() {
    if (!shown.equals(now)) hold();
  }

  /** In order within a payment; different payments take their steps together. */
  private void run(List<Due> due) {
    var lines = new TreeMap<Integer, Deque<Due>>();
    for (var one : due) lines.computeIfAbsent(one.dispute().home(), _ -> new ArrayDeque<>()).add(one);
    var waiting = new ArrayList<>(lines.values());
    while (!waiting.isEmpty()) {
      tell(waiting);
      speak(waiting);
      waiting.removeIf(Deque::isEmpty);
    }
    done += due.size();
  }

  /** All that comes first in each line and tells people something, as far as the desk need not hear of it between. */
  private void tell(List<Deque<Due>> lines) {
    learn(lines);
    var words = new ArrayList<Word>();
    boolean heard = false;
    for (var line : lines) heard |= take(line, words);
    if (heard) {
      show();
      stirred = true;
    }
    if (words.isEmpty()) return;
    var left = tools.carrier().tell(words, now);
    together(IntStream.range(0, left.size()).boxed().toList(), i -> words.get(i).due(),
        i -> took(words.get(i).due(), left.get(i).get()));
  }

  /** Takes the words in front of a line; true when the last of them is one that the desk hears of. */
  private boolean take(Deque<Due> line, List<Word> words) {
    while (!line.isEmpty() && line.getFirst().work() instanceof Work.Outside(var errand) && Telling.isWord(errand)) {
      var due = line.remove();
      var matter = known.get(due.dispute());
      if (matter == null) {
        guarded(due, () -> took(due, tools.carrier().carry(due, errand, tools.carrier().matter(due), now)));
        continue;
      }
      var word = new Word(due, errand, matter);
      words.add(word);
      if (!Telling.speaks(word)) continue;
      known.remove(due.dispute());
      return true;
    }
    return false;
  }

  private void learn(List<Deque<Due>> lines) {
    var missing = new HashSet<DisputeId>();
    for (var line : lines) {
      for (var due : line) {
        if (!isWord(due)) break;
        if (!known.containsKey(due.dispute())) missing.add(due.dispute());
      }
    }
    known.putAll(tools.carrier().matters(missing));
  }

  /** What comes first in each line and the desk may hear of. */
  private void speak(List<Deque<Due>> lines) {
    var next = lines.stream().filter(line -> !line.isEmpty() && !isWord(line.getFirst())).map(Deque::remove).toList();
    if (next.isEmpty()) return;
    show();
    stirred = true;
    for (var due : next) known.remove(due.dispute());
    var matters =
        tools.carrier().matters(next.stream().filter(due -> due.work() instanceof Work.Outside).map(Due::dispute)
            .collect(Collectors.toSet()));
    tools.carrier().ready(next);
    together(next, due -> due, due -> {
      switch (due.work()) {
        case Work.Passing(var timer) -> pass(due, timer);
        case Work.Outside(var errand) -> {
          var matter = matters.get(due.dispute());
          took(due, tools.carrier().carry(due, errand, matter == null ? tools.carrier().matter(due) : matter, now));
        }
      }
    });
  }

  private static boolean isWord(Due due) {
    return due.work() instanceof Work.Outside(var errand) && Telling.isWord(errand);
  }

  /** In order within a payment; payments do not wait for each other. What goes wrong goes wrong for one alone. */
  private <T> void together(List<T> all, Function<T, Due> due, Consumer<T> work) {
    var homes = all.stream().collect(Collectors.groupingBy(one -> due.apply(one).dispute().home()));
    if (homes.size() == 1) {
      all.forEach(one -> guarded(due.apply(one), () -> work.accept(one)));
      return;
    }
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (var home : homes.values()) {
        threads.execute(() -> {
          tools.hands().acquireUninterruptibly();
          try {
            home.forEach(one -> guarded(due.apply(one), () -> work.accept(one)));
          } finally {
            tools.hands().release();
          }
        });
      }
    }
  }

  private void guarded(Due due, Runnable work) {
    try {
      work.run();
    } catch (Says.Unserved busy) {
      unserved(due);
    } catch (RuntimeException e) {
      stirred = true;
      outcomes.failed(due, e, now);
    }
  }

  private void took(Due due, Course course) {
    if (course instanceof Course.Later) stirred = true;
    if (course instanceof Course.Done(Matter after) && after != null) known.put(due.dispute(), after);
    outcomes.took(due, course, now);
  }

  private void pass(Due due, Timer timer) {
    var passing = new Command.Pass(timer.deadline(), timer.about(), timer.due());
    switch (tools.desk().handle(Request.system(due.dispute(), passing))) {
      case Answer.Done passed -> {
        // The desk has put the next deadline in its place; if not, it must not come due at this instant for ever.
        boolean again = !passedHere.add(due.dispute() + "." + due.n());
        if (passed.events().isEmpty() || again) throw new IllegalStateException("the deadline passes without effect");
        known.put(due.dispute(), passed.after());
      }
      case Answer.Refused refused -> throw new IllegalStateException(refused.why().name());
      case Answer.Busy _,Answer.KeyInFlight _,Answer.VersionMismatch _ -> unserved(due);
      case Answer.Repeated _,Answer.KeyReused _ -> throw new IllegalStateException("a deadline has no key");
    }
  }

  private void unserved(Due due) {
    stirred = true;
    outcomes.unserved(due, now, "the desk is busy");
    LockSupport.parkNanos(BREATH.toNanos());
  }
}
