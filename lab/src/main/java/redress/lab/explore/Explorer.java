package redress.lab.explore;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import redress.dispute.Act;
import redress.dispute.Command;
import redress.dispute.Decision;
import redress.dispute.Event;
import redress.dispute.Matter;
import redress.dispute.Rules;
import redress.dispute.Status;
import redress.dispute.Timer;
import redress.lab.explore.Findings.Walk;
import redress.lab.explore.Move.Kind;
import redress.lab.life.Cast;

/**
 * Walks through every state of a small world that the rules can reach, breadth first, until nothing new is found.
 *
 * <p>
 * Time goes in whole days, as all deadlines there are one or two days long: in each state everything can be said
 * before the clock goes on, then a day goes by or the next deadline passes, whichever is first. So every order in
 * which what is said and what falls due can come, by day, is walked. That deadlines act late is not explored. States
 * are told apart by {@link Fingerprint}, with instants relative to now.
 */
final class Explorer {
  /** What changes nothing but clocks. */
  private static final Set<Class<? extends Event>> CLOCKS = Set.of(Event.Alerted.class, Event.Breached.class,
      Event.TargetMissed.class, Event.FindingWaits.class, Event.Assigned.class);
  private static final Set<Class<? extends Event>> HANDS = Set.of(Event.Assigned.class, Event.Recused.class);
  private static final Duration DAY = Duration.ofDays(1);
  /** In every so many states it is also tried what is only said. */
  private static final int CHATTY = 16;
  /**
   * Of the states that are met again the first are compared with the one that was explored in their place, and then
   * every so many, up to so many.
   */
  private static final int FIRST = 500;
  private static final int TWIN = 211;
  private static final int TWINS = 3_000;

  private final SmallWorld world;
  private final Laws laws;
  private final int most;
  private final Visited visited = new Visited();
  private final Graph graph = new Graph();
  private final Trail trail = new Trail();
  private final ArrayDeque<Place> frontier = new ArrayDeque<>();
  private final List<Place> twins = new ArrayList<>();
  private final Set<String> commands = new TreeSet<>();
  private final Set<Integer> rows = new TreeSet<>();
  private long tried;
  private long met;
  private int left;

  /** A state that has been reached and not yet left. */
  private record Place(int number, Matter matter, List<Timer> timers, Instant now) {}

  /** What follows a state: by what, and what it asks and answers. */
  private record Step(Kind kind, String how, Matter matter, Instant now, int asks, int answers) {}

  /** {@code most}: gives up beyond so many states. */
  Explorer(SmallWorld world, Laws laws, int most) {
    this.world = world;
    this.laws = laws;
    this.most = most;
  }

  /** Explores all of {@code worlds}, two at a time. */
  static List<Findings> explore(List<SmallWorld> worlds, int most) {
    try (var two = Executors.newFixedThreadPool(2)) {
      var all = worlds.stream().map(
          world -> CompletableFuture.supplyAsync(() -> new Explorer(world, Laws.REAL, most).explore(), two)).toList();
      return all.stream().map(CompletableFuture::join).toList();
    }
  }

  /** Walks until nothing new is found, and says what the whole looks like. */
  Findings explore() {
    reach(new Step(Kind.PARTY, "", world.beginning(), SmallWorld.BEGIN, 0, 0), -1);
    for (; !frontier.isEmpty() && visited.size() < most; left++) leave(frontier.poll());
    var walk = new Walk(world.name(), trail.states(), graph.edges(), tried, trail.counts(), commands, rows,
        frontier.isEmpty());
    return new Examination(graph, trail).findings(walk, strangers());
  }

  private int reach(Step step, int from) {
    var timers = laws.timers(step.matter());
    var print = Fingerprint.of(step.matter(), timers, step.now());
    int known = visited.size();
    int number = visited.number(print.high(), print.low());
    if (number < known) {
      boolean chosen = twins.size() < FIRST || (++met % TWIN == 0 && twins.size() < TWINS);
      if (chosen) twins.add(new Place(number, step.matter(), timers, step.now()));
      return number;
    }
    trail.reached(from, step.how(), step.matter().dispute().status());
    frontier.add(new Place(number, step.matter(), timers, step.now()));
    return number;
  }

  private void leave(Place place) {
    boolean over = isOver(place);
    steps(place, step -> {
      int number = reach(step, place.number());
      if (!over || number != place.number()) {
        graph.edge(place.number(), number, step.kind(), step.asks(), step.answers());
        trail.taken(step.how());
      }
    });
  }

  /** After the end, what leaves it there is no step. */
  private static boolean isOver(Place place) {
    return place.matter().dispute().status() == Status.CLOSED;
  }

  /** Everything that changes something here. */
  private void steps(Place place, Consumer<Step> each) {
    if (!place.timers().isEmpty()) time(place, place.timers().getFirst(), each);
    for (var move : Moves.of(world, place.matter(), place.now(), place.number() % CHATTY == 0))
      take(place, place.now(), move, each);
  }

  private void time(Place place, Timer next, Consumer<Step> each) {
    var now = next.due().isBefore(place.now()) ? place.now() : next.due();
    take(place, now, new Move(Kind.DEADLINE, Cast.SYSTEM,
        new Command.Pass(next.deadline(), next.about(), next.due())), each);
    var tomorrow = place.now().plus(DAY);
    if (tomorrow.isBefore(next.due())) {
      each.accept(new Step(Kind.WAIT, "a day goes by", place.matter(), tomorrow, 0, 0));
    }
  }

  private void take(Place place, Instant now, Move move, Consumer<Step> each) {
    tried++;
    var matter = place.matter();
    var decision = laws.decide(matter, new Act(move.by(), now, move.command()));
    if (!(decision instanceof Decision.Yes yes) || yes.events().isEmpty()) return;
    int asks = 0;
    commands.add(move.command().name());
    for (var event : yes.events()) {
      rows.add(event.row());
      matter = new Matter(matter.rules(), Rules.evolve(matter.payment(), SmallWorld.ID, event),
          Rules.evolve(matter.dispute(), event, now));
      for (var errand : Rules.errands(matter, event, now)) asks |= Asks.by(errand);
    }
    each.accept(
        new Step(kind(move, yes.events()), name(move), matter, now, asks, Asks.answeredBy(move.command())));
  }

  /** States that were met again by another way and do not go on like the one that was explored in their place. */
  private List<String> strangers() {
    var found = new ArrayList<String>();
    var explored = graph.ways(visited.size());
    for (var twin : twins) {
      if (twin.number() >= left) continue;
      var ways = new HashSet<Long>();
      boolean over = isOver(twin);
      steps(twin, step -> {
        int number = find(step);
        if (!over || number != twin.number()) ways.add(Graph.way(number, step.kind()));
      });
      if (!ways.equals(explored.apply(twin.number()))) found.add(trail.way(twin.number()));
    }
    return found;
  }

  private int find(Step step) {
    var print = Fingerprint.of(step.matter(), laws.timers(step.matter()), step.now());
    return visited.find(print.high(), print.low());
  }

  private static String name(Move move) {
    return Cast.name(move.by()) + " " + switch (move.command()) {
      case Command.Pass pass -> pass.deadline();
      case Command.RecordRefund refund -> "says refund " + refund.state();
      case Command command -> command.name();
    };
  }

  private static Kind kind(Move move, List<Event> events) {
    return switch (move.kind()) {
      case DEADLINE -> events.stream().allMatch(e -> CLOCKS.contains(e.getClass())) ? Kind.CLOCK : Kind.DEADLINE;
      case STAFF -> events.stream().allMatch(e -> HANDS.contains(e.getClass())) ? Kind.HANDS : Kind.STAFF;
      case CLOCK, WAIT, PARTY, HANDS, MACHINE, OUTSIDE -> move.kind();
    };
  }
}
