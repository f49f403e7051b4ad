package redress.keys;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Keys that are gone with the process: for tests and throwaway premises. */
final class MemoryChest implements Chest {
  private final Map<Purpose, List<Kept>> keys = new EnumMap<>(Purpose.class);

  @Override public synchronized List<Kept> read(Purpose purpose) {
    return List.copyOf(keys.getOrDefault(purpose, List.of()));
  }

  @Override public synchronized boolean add(Purpose purpose, int number, Kept kept) {
    var known = keys.computeIfAbsent(purpose, _ -> new ArrayList<>());
    return known.size() == number - 1 && known.add(kept);
  }

  @Override public synchronized void forget(Purpose purpose, int number) {
    var known = keys.getOrDefault(purpose, new ArrayList<>());
    known.set(number - 1, new Kept(known.get(number - 1).statement(), Optional.empty()));
  }

  @Override public String name() {
    return "memory";
  }
}
