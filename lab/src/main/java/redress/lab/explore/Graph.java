package redress.lab.explore;

import java.util.Arrays;
import java.util.BitSet;

/** What leads where: states by number, and one edge for each step that changes something. */
final class Graph {
  private int[] from = new int[1 << 18];
  private int[] to = new int[1 << 18];
  private byte[] kind = new byte[1 << 18];
  private int size;

  void edge(int a, int b, Move.Kind k) {
    if (size == from.length) {
      from = Arrays.copyOf(from, size * 2);
      to = Arrays.copyOf(to, size * 2);
      kind = Arrays.copyOf(kind, size * 2);
    }
    from[size] = a;
    to[size] = b;
    kind[size++] = k.code;
  }

  int edges() {
    return size;
  }

  /** The states from which one of {@code goals} can be reached by steps of these kinds alone. */
  BitSet reaching(BitSet goals, int states, Move.Kind... kinds) {
    int allowed = 0;
    for (var k : kinds) allowed |= 1 << k.code;
    var into = backwards(states, allowed);
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

  /** Edges sorted by a node: those of node n are {@code edge[first[n]]} up to {@code edge[first[n + 1]]}. */
  private static final class Sorted {
    final int[] first;
    final int[] edge;

    Sorted(int[] first, int[] edge) {
      this.first = first;
      this.edge = edge;
    }
  }

  private Sorted backwards(int states, int allowed) {
    return sorted(to, states, allowed);
  }

  private Sorted sorted(int[] by, int states, int allowed) {
    int[] first = new int[states + 1];
    for (int e = 0; e < size; e++) if ((allowed >> kind[e] & 1) != 0) first[by[e] + 1]++;
    for (int s = 0; s < states; s++) first[s + 1] += first[s];
    int[] edge = new int[first[states]];
    int[] next = Arrays.copyOf(first, states);
    for (int e = 0; e < size; e++) if ((allowed >> kind[e] & 1) != 0) edge[next[by[e]]++] = e;
    return new Sorted(first, edge);
  }

  /**
   * An edge of a kind in {@code watched} that lies on a cycle of edges of the kinds in {@code allowed}, or −1: with it,
   * something
   * could go round for ever.
   */
  int onCycle(int states, Move.Kind[] allowed, Move.Kind[] watched) {
    int mask = 0;
    for (var k : allowed) mask |= 1 << k.code;
    int watch = 0;
    for (var k : watched) watch |= 1 << k.code;
    int[] component = components(states, sorted(from, states, mask));
    for (int e = 0; e < size; e++) {
      if ((watch >> kind[e] & 1) != 0 && component[from[e]] == component[to[e]]) return e;
    }
    return -1;
  }

  int from(int edge) {
    return from[edge];
  }

  int to(int edge) {
    return to[edge];
  }

  /** Tarjan's strongly connected components, without recursion. */
  private int[] components(int states, Sorted out) {
    int[] index = new int[states];
    int[] lowest = new int[states];
    int[] component = new int[states];
    int[] at = Arrays.copyOf(out.first, states);
    int[] stack = new int[states];
    int[] path = new int[states];
    Arrays.fill(component, -1);
    int counter = 0;
    int depth = 0;
    int found = 0;
    for (int root = 0; root < states; root++) {
      if (index[root] != 0) continue;
      int length = 0;
      path[length++] = root;
      while (length > 0) {
        int node = path[length - 1];
        if (index[node] == 0) {
          index[node] = lowest[node] = ++counter;
          stack[depth++] = node;
        }
        int next = step(node, at, out, index, lowest, component);
        if (next >= 0) {
          path[length++] = next;
          continue;
        }
        if (lowest[node] == index[node]) {
          int member;
          do {
            member = stack[--depth];
            component[member] = found;
          } while (member != node);
          found++;
        }
        length--;
        if (length > 0) lowest[path[length - 1]] = Math.min(lowest[path[length - 1]], lowest[node]);
      }
    }
    return component;
  }

  /** The next unseen neighbour of {@code node}, or −1 when all were seen. */
  private int step(int node, int[] at, Sorted out, int[] index, int[] lowest, int[] component) {
    while (at[node] < out.first[node + 1]) {
      int neighbour = to[out.edge[at[node]++]];
      if (index[neighbour] == 0) return neighbour;
      if (component[neighbour] < 0) lowest[node] = Math.min(lowest[node], index[neighbour]);
    }
    return -1;
  }
}
