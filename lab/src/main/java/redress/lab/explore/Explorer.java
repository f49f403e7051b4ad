package redress.lab.explore;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import redress.dispute.Act;
import redress.dispute.Command;
import redress.dispute.Decision;
import redress.dispute.Event;
import redress.dispute.Matter;
import redress.dispute.Payment;
import redress.dispute.Rules;
import redress.dispute.Status;
import redress.lab.explore.Move.Kind;
import redress.lab.life.Cast;

/** Walks through every state that can be reached in the small world by the real rules, breadth first. */
public final class Explorer {
  private static final Set<Class<? extends Event>> ALARMS = Set.of(Event.Alerted.class, Event.Breached.class,
      Event.TargetMissed.class);
  private static final Set<Class<? extends Event>> HANDS = Set.of(Event.Assigned.class, Event.Recused.class);

  private final int most;
  private final Visited visited = new Visited();
  private final Graph graph = new Graph();
  private final BitSet closed = new BitSet();
  private final BitSet open = new BitSet();
  private final Map<Status, Integer> statuses = new EnumMap<>(Status.class);
  private final List<Parent> parents = new ArrayList<>();
  private final ArrayDeque<Place> frontier = new ArrayDeque<>();
  private long tried;
  private int filedAt = -1;

  /** A state that has been reached and not yet left. */
  private record Place(int number, Matter matter, Instant now) {}

  /** How a state was first reached. */
  private record Parent(int from, String how) {}

  /** What the walk found. */
  public record Findings(int states, int transitions, long tried, Map<Status, Integer> statuses, int byDeadlines,
      int byStaff,
      List<String> deadEnds, List<String> loops, boolean complete) {}

  /** {@code most}: gives up beyond so many states. */
  public Explorer(int most) {
    this.most = most;
  }

  /** Walks until nothing new is found. */
  public Findings explore() {
    reach(-1, "the beginning", SmallWorld.beginning(), SmallWorld.BEGIN);
    while (!frontier.isEmpty() && visited.size() < most) leave(frontier.poll());
    return findings();
  }

  private int reach(int from, String how, Matter matter, Instant now) {
    var print = Fingerprint.of(matter, SmallWorld.ID, now, SmallWorld.PAST);
    int known = visited.size();
    int number = visited.number(print.high(), print.low());
    if (number < known) return number;
    parents.add(new Parent(from, how));
    var status = matter.dispute().status();
    statuses.merge(status, 1, Integer::sum);
    if (status == Status.CLOSED) closed.set(number);
    else if (status != Status.NOT_FILED) open.set(number);
    else filedAt = number;
    frontier.add(new Place(number, matter, now));
    return number;
  }

  private void leave(Place place) {
    var timers = Rules.timers(place.matter());
    boolean isClosed = place.matter().dispute().status() == Status.CLOSED;
    if (!timers.isEmpty() && !isClosed) {
      var next = timers.getFirst();
      var now = next.due().isBefore(place.now()) ? place.now() : next.due();
      take(place, now,
          new Move(Kind.DEADLINE, Cast.SYSTEM, new Command.Pass(next.deadline(), next.about(), next.due())));
    }
    for (var move : Moves.of(place.matter(), place.now())) take(place, place.now(), move);
  }

  private void take(Place place, Instant now, Move move) {
    tried++;
    var matter = place.matter();
    var decision = Rules.decide(matter, new Act(move.by(), now, move.command()));
    if (!(decision instanceof Decision.Yes yes) || yes.events().isEmpty()) return;
    var dispute = matter.dispute();
    Payment payment = matter.payment();
    for (var event : yes.events()) {
      dispute = Rules.evolve(dispute, event, now);
      payment = Rules.evolve(payment, SmallWorld.ID, event);
    }
    int number = reach(place.number(), name(move),
        new Matter(matter.rules(), payment, dispute), now);
    graph.edge(place.number(), number, kind(move, yes.events()));
  }

  private static String name(Move move) {
    return Cast.name(move.by()) + " " + switch (move.command()) {
      case Command.Pass pass -> pass.deadline();
      case Command.RecordRefund refund -> "says refund " + refund.state();
      case Command command -> command.name();
    };
  }

  private static Kind kind(Move move, List<Event> events) {
    if (move.kind() == Kind.DEADLINE && events.stream().allMatch(e -> ALARMS.contains(e.getClass()))) return Kind.ALERT;
    if (move.kind() == Kind.STAFF && events.stream().allMatch(e -> HANDS.contains(e.getClass()))) return Kind.HANDS;
    return move.kind();
  }

  private Findings findings() {
    int states = visited.size();
    var anyway = graph.reaching(closed, states, Kind.values());
    var byTime = graph.reaching(closed, states, Kind.DEADLINE, Kind.ALERT, Kind.MACHINE);
    var byStaff = graph.reaching(closed, states, Kind.DEADLINE, Kind.ALERT, Kind.MACHINE, Kind.STAFF, Kind.HANDS);
    var deadEnds = new ArrayList<String>();
    for (int s = open.nextSetBit(0); s >= 0 && deadEnds.size() < 5; s = open.nextSetBit(s + 1)) {
      if (!anyway.get(s)) deadEnds.add("no way to the end: " + way(s));
      else if (!byStaff.get(s)) deadEnds.add("no way to the end by deadlines and alerted staff: " + way(s));
    }
    byTime.and(open);
    byStaff.and(open);
    return new Findings(states, graph.edges(), tried, Map.copyOf(statuses), byTime.cardinality(),
        byStaff.cardinality() - byTime.cardinality(), deadEnds, loops(states), frontier.isEmpty());
  }

  private List<String> loops(int states) {
    var found = new ArrayList<String>();
    // What people can do over and over at one instant is their affair; here is asked whether time can go round.
    int edge = graph.onCycle(states, Kind.values(), new Kind[] {Kind.DEADLINE});
    if (edge >= 0) found.add(way(graph.from(edge)) + " ⟶ " + how(graph.to(edge)));
    return found;
  }

  private @Nullable String how(int state) {
    return parents.get(state).how();
  }

  /** How a state can be reached, step by step. */
  private String way(int state) {
    var steps = new ArrayDeque<String>();
    for (int s = state; s >= 0 && s != filedAt; s = parents.get(s).from()) steps.push(parents.get(s).how());
    return String.join(" → ", steps);
  }
}
