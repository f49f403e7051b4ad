package redress.lab.explore;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import redress.dispute.Status;
import redress.lab.explore.Move.Kind;

/** What the whole of a small world shows once every state of it is known: ways to the end, dead ends, loops. */
final class Examination {
  private static final int SHOWN = 5;

  private final Graph graph;
  private final Trail trail;
  private final int states;
  private final BitSet open;
  private final BitSet closed;
  private final List<String> deadEnds = new ArrayList<>();
  private final List<String> loops = new ArrayList<>();

  Examination(Graph graph, Trail trail) {
    this.graph = graph;
    this.trail = trail;
    this.states = trail.states();
    this.open = trail.open();
    this.closed = trail.at(Status.CLOSED);
  }

  Findings findings(Findings.Walk walk, List<String> strangers) {
    var byDeadlines = alone();
    var byAnswers = graph.reaching(closed, states, Kind.NOBODY);
    var byStaff = graph.reaching(closed, states, Kind.PLATFORM);
    for (int s = open.nextSetBit(0); s >= 0; s = open.nextSetBit(s + 1)) {
      if (!byStaff.get(s)) deadEnd("no way to the end by deadlines, answers and staff", s);
    }
    timeGoesRound();
    answersGoRound();
    byStaff.andNot(byAnswers);
    byAnswers.andNot(byDeadlines);
    byStaff.and(open);
    byAnswers.and(open);
    return new Findings(walk, byDeadlines.cardinality(), byAnswers.cardinality(), byStaff.cardinality(), deadEnds,
        loops, strangers);
  }

  private void deadEnd(String what, int state) {
    if (deadEnds.size() < SHOWN) deadEnds.add(what + ": " + trail.way(state));
  }

  /**
   * The open states from which deadlines alone lead to the end, nobody saying anything ever. From all others they must
   * lead to where staff is told again and again.
   */
  private BitSet alone() {
    int[] next = new int[states];
    var told = new BitSet(states);
    Arrays.fill(next, -1);
    for (int e = 0; e < graph.edges(); e++) {
      if (!graph.is(e, Kind.DEADLINE, Kind.CLOCK)) continue;
      next[graph.from(e)] = graph.to(e);
      if ((graph.asks(e) & Asks.STAFF) != 0) told.set(graph.from(e));
    }
    var ends = new BitSet(states);
    var alerted = new BitSet(states);
    for (int s = open.nextSetBit(0); s >= 0; s = open.nextSetBit(s + 1)) {
      if (!ends.get(s) && !alerted.get(s)) follow(s, next, told, ends, alerted);
    }
    ends.and(open);
    return ends;
  }

  private void follow(int start, int[] next, BitSet told, BitSet ends, BitSet alerted) {
    var seen = new BitSet();
    int s = start;
    while (s >= 0 && !closed.get(s) && !ends.get(s) && !alerted.get(s) && !seen.get(s)) {
      seen.set(s);
      s = next[s];
    }
    boolean end = s >= 0 && (closed.get(s) || ends.get(s));
    if (s < 0) deadEnd("nothing is waited for", start);
    else if (!end && !alerted.get(s) && !tellsAround(s, next, told)) deadEnd("time goes on and nobody is told", start);
    (end ? ends : alerted).or(seen);
  }

  private static boolean tellsAround(int start, int[] next, BitSet told) {
    int s = start;
    do {
      if (told.get(s)) return true;
      s = next[s];
    } while (s != start);
    return false;
  }

  /** A deadline that changes something and can pass again and again, whatever anybody does, has no bound. */
  private void timeGoesRound() {
    var round = graph.onCycles(states, graph.allowed(Kind.values()));
    for (int e = round.nextSetBit(0); e >= 0; e = round.nextSetBit(e + 1)) {
      if (graph.is(e, Kind.DEADLINE)) loop("time goes round", round, e);
    }
  }

  /** Checks and providers that keep each other busy: steps that ask again for what the others answer. */
  private void answersGoRound() {
    var edges = graph.allowed(Kind.DEADLINE, Kind.MACHINE, Kind.OUTSIDE);
    int before;
    do {
      before = edges.cardinality();
      edges = graph.onCycles(states, edges);
      int asked = 0;
      for (int e = edges.nextSetBit(0); e >= 0; e = edges.nextSetBit(e + 1)) asked |= graph.asks(e);
      for (int e = edges.nextSetBit(0); e >= 0; e = edges.nextSetBit(e + 1)) {
        if (graph.is(e, Kind.MACHINE) && (graph.answers(e) & asked) == 0) edges.clear(e);
      }
    } while (edges.cardinality() < before);
    for (int e = edges.nextSetBit(0); e >= 0; e = edges.nextSetBit(e + 1)) loop("answers go round", edges, e);
  }

  private void loop(String what, BitSet edges, int edge) {
    if (loops.size() >= SHOWN) return;
    var round = new ArrayList<String>(List.of(trail.how(edge)));
    for (int e : graph.way(states, edges, graph.to(edge), graph.from(edge))) round.add(trail.how(e));
    loops.add(what + ": " + trail.way(graph.from(edge)) + " ⟳ " + String.join(" → ", round));
  }
}
