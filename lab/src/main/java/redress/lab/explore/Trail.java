package redress.lab.explore;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import redress.dispute.Status;

/** How each state was first reached, and where the dispute stood there. */
final class Trail {
  private int[] from = new int[1 << 16];
  private int[] how = new int[1 << 16];
  private int size;
  private short[] edges = new short[1 << 18];
  private int taken;
  private final List<String> names = new ArrayList<>();
  private final Map<String, Integer> numbers = new HashMap<>();
  private final Map<Status, BitSet> standing = new EnumMap<>(Status.class);

  void reached(int before, String step, Status status) {
    if (size == from.length) {
      from = Arrays.copyOf(from, size * 2);
      how = Arrays.copyOf(how, size * 2);
    }
    from[size] = before;
    how[size] = number(step);
    standing.computeIfAbsent(status, _ -> new BitSet()).set(size++);
  }

  /** By what the next edge of the graph was taken. */
  void taken(String step) {
    if (taken == edges.length) edges = Arrays.copyOf(edges, taken * 2);
    edges[taken++] = (short) number(step);
  }

  private int number(String step) {
    return numbers.computeIfAbsent(step, name -> {
      names.add(name);
      return names.size() - 1;
    });
  }

  int states() {
    return size;
  }

  /** The states in which the dispute stands at {@code status}. */
  BitSet at(Status status) {
    return (BitSet) standing.getOrDefault(status, new BitSet()).clone();
  }

  /** The states in which it has been filed and is not over. */
  BitSet open() {
    var open = new BitSet();
    standing.forEach((status, states) -> {
      if (status != Status.NOT_FILED && status != Status.CLOSED) open.or(states);
    });
    return open;
  }

  /** How many states there are of each status. */
  Map<Status, Integer> counts() {
    var counts = new EnumMap<Status, Integer>(Status.class);
    standing.forEach((status, states) -> counts.put(status, states.cardinality()));
    return counts;
  }

  /** How a state can be reached, step by step. */
  String way(int state) {
    var steps = new ArrayDeque<String>();
    for (int s = state; from[s] >= 0; s = from[s]) steps.push(names.get(how[s]));
    return String.join(" → ", steps);
  }

  /** By what an edge was taken. */
  String how(int edge) {
    return names.get(edges[edge]);
  }
}
