package redress.lab.explore;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.IntFunction;
import redress.lab.explore.Move.Kind;

/** What leads where: states by number, and one edge for each step that changes something. */
final class Graph {
  private int[] from = new int[1 << 18];
  private int[] to = new int[1 << 18];
  private byte[] kind = new byte[1 << 18];
  private byte[] asks = new byte[1 << 18];
  private byte[] answers = new byte[1 << 18];
  private int size;

  /** Edges sorted by a node: those of node n are {@code edge[first[n]]} up to {@code edge[first[n + 1]]}. */
  private static final class Sorted {
    final int[] first;
    final int[] edge;

    Sorted(int[] first, int[] edge) {
      this.first = first;
      this.edge = edge;
    }
  }

  /** {@code asked}, {@code answered}: bits of {@link Asks}. */
  void edge(int a, int b, Kind k, int asked, int answered) {
    if (size == from.length) grow();
    from[size] = a;
    to[size] = b;
    kind[size] = k.code;
    asks[size] = (byte) asked;
    answers[size++] = (byte) answered;
  }

  private void grow() {
    from = Arrays.copyOf(from, size * 2);
    to = Arrays.copyOf(to, size * 2);
    kind = Arrays.copyOf(kind, size * 2);
    asks = Arrays.copyOf(asks, size * 2);
    answers = Arrays.copyOf(answers, size * 2);
  }

  int edges() {
    return size;
  }

  int from(int edge) {
    return from[edge];
  }

  int to(int edge) {
    return to[edge];
  }

  int asks(int edge) {
    return asks[edge];
  }

  int answers(int edge) {
    return answers[edge];
  }

  boolean is(int edge, Kind... kinds) {
    return (mask(kinds) >> kind[edge] & 1) != 0;
  }

  private static int mask(Kind... kinds) {
    int mask = 0;
    for (var k : kinds) mask |= 1 << k.code;
    return mask;
  }

  /** What follows each state. */
  IntFunction<Set<Long>> ways(int states) {
    var out = sorted(from, states, allowed(Kind.values()));
    return state -> {
      var ways = new HashSet<Long>();
      for (int i = out.first[state]; i < out.first[state + 1]; i++) {
        ways.add(way(to[out.edge[i]], kind[out.edge[i]]));
      }
      return ways;
    };
  }

  /** One number for a step of this kind to this state. */
  static long way(int to, Kind kind) {
    return way(to, kind.code);
  }

  private static long way(int to, byte code) {
    return ((long) to << Byte.SIZE) + code;
  }

  /** The states from which one of {@code goals} can be reached by steps of these kinds alone. */
  BitSet reaching(BitSet goals, int states, Kind... kinds) {
    var into = sorted(to, states, allowed(kinds));
    var reached = (BitSet) goals.clone();
    int[] queue = new int[states];
    int tail = 0;
    for (int s = goals.nextSetBit(0); s >= 0; s = goals.nextSetBit(s + 1)) queue[tail++] = s;
    for (int head = 0; head < tail; head++) {
      for (int i = into.first[queue[head]]; i < into.first[queue[head] + 1]; i++) {
        int before = from[into.edge[i]];
        if (reached.get(before)) continue;
        reached.set(before);
        queue[tail++] = before;
      }
    }
    return reached;
  }

  /** The edges of these kinds. */
  BitSet allowed(Kind... kinds) {
    int mask = mask(kinds);
    var edges = new BitSet(size);
    for (int e = 0; e < size; e++) if ((mask >> kind[e] & 1) != 0) edges.set(e);
    return edges;
  }

  private Sorted sorted(int[] by, int states, BitSet edges) {
    int[] first = new int[states + 1];
    for (int e = edges.nextSetBit(0); e >= 0; e = edges.nextSetBit(e + 1)) first[by[e] + 1]++;
    for (int s = 0; s < states; s++) first[s + 1] += first[s];
    int[] edge = new int[first[states]];
    int[] next = Arrays.copyOf(first, states);
    for (int e = edges.nextSetBit(0); e >= 0; e = edges.nextSetBit(e + 1)) edge[next[by[e]]++] = e;
    return new Sorted(first, edge);
  }

  /** The shortest way from one state to another along {@code edges}, as edges; empty when there is none. */
  List<Integer> way(int states, BitSet edges, int start, int end) {
    var out = sorted(from, states, edges);
    int[] by = new int[states];
    Arrays.fill(by, -1);
    var queue = new ArrayDeque<Integer>(List.of(start));
    while (!queue.isEmpty() && start != end && by[end] < 0) {
      int state = queue.poll();
      for (int i = out.first[state]; i < out.first[state + 1]; i++) {
        int next = to[out.edge[i]];
        if (by[next] >= 0 || next == start) continue;
        by[next] = out.edge[i];
        queue.add(next);
      }
    }
    var way = new ArrayDeque<Integer>();
    for (int state = end; state != start && by[state] >= 0; state = from[by[state]]) way.push(by[state]);
    return List.copyOf(way);
  }

  /** Of {@code edges}, those that lie on a cycle of such edges: what can go round and round. */
  BitSet onCycles(int states, BitSet edges) {
    int[] component = new Components(states, sorted(from, states, edges)).find();
    var round = new BitSet(size);
    for (int e = edges.nextSetBit(0); e >= 0; e = edges.nextSetBit(e + 1)) {
      if (component[from[e]] == component[to[e]]) round.set(e);
    }
    return round;
  }

  /** Tarjan's strongly connected components, without recursion. */
  private final class Components {
    private final Sorted out;
    private final int[] index;
    private final int[] lowest;
    private final int[] component;
    private final int[] at;
    private final int[] stack;
    private final int[] path;
    private int counter;
    private int depth;
    private int found;

    Components(int states, Sorted out) {
      this.out = out;
      this.index = new int[states];
      this.lowest = new int[states];
      this.component = new int[states];
      this.at = Arrays.copyOf(out.first, states);
      this.stack = new int[states];
      this.path = new int[states];
      Arrays.fill(component, -1);
    }

    int[] find() {
      for (int root = 0; root < index.length; root++) if (index[root] == 0) from(root);
      return component;
    }

    private void from(int root) {
      int length = 0;
      path[length++] = root;
      while (length > 0) {
        int node = path[length - 1];
        if (index[node] == 0) {
          index[node] = lowest[node] = ++counter;
          stack[depth++] = node;
        }
        int next = step(node);
        if (next >= 0) {
          path[length++] = next;
          continue;
        }
        if (lowest[node] == index[node]) close(node);
        length--;
        if (length > 0) lowest[path[length - 1]] = Math.min(lowest[path[length - 1]], lowest[node]);
      }
    }

    private void close(int node) {
      int member;
      do {
        member = stack[--depth];
        component[member] = found;
      } while (member != node);
      found++;
    }

    /** The next unseen neighbour of {@code node}, or −1 when all were seen. */
    private int step(int node) {
      while (at[node] < out.first[node + 1]) {
        int neighbour = to[out.edge[at[node]++]];
        if (index[neighbour] == 0) return neighbour;
        if (component[neighbour] < 0) lowest[node] = Math.min(lowest[node], index[neighbour]);
      }
      return -1;
    }
  }
}
