package redress.lab.explore;

import java.util.Arrays;

/** The states seen so far: 128 bits each, numbered in the order in which they were found. */
final class Visited {
  private long[] high = new long[1 << 16];
  private long[] low = new long[1 << 16];
  private int[] slots = new int[1 << 18];
  private int size;

  Visited() {
    Arrays.fill(slots, -1);
  }

  int size() {
    return size;
  }

  /** The number of a state that was seen, −1 for any other. */
  int find(long h, long l) {
    int mask = slots.length - 1;
    int at = (int) (h ^ (h >>> 32)) & mask;
    while (slots[at] >= 0) {
      if (high[slots[at]] == h && low[slots[at]] == l) return slots[at];
      at = (at + 1) & mask;
    }
    return -1;
  }

  /** The number of this state; a new one gets the next number, and {@code size()} grows. */
  int number(long h, long l) {
    int mask = slots.length - 1;
    int at = (int) (h ^ (h >>> 32)) & mask;
    while (slots[at] >= 0) {
      if (high[slots[at]] == h && low[slots[at]] == l) return slots[at];
      at = (at + 1) & mask;
    }
    if (size == high.length) {
      high = Arrays.copyOf(high, size * 2);
      low = Arrays.copyOf(low, size * 2);
    }
    high[size] = h;
    low[size] = l;
    slots[at] = size;
    if (++size * 2 > slots.length) grow();
    return size - 1;
  }

  private void grow() {
    slots = new int[slots.length * 2];
    Arrays.fill(slots, -1);
    int mask = slots.length - 1;
    for (int i = 0; i < size; i++) {
      int at = (int) (high[i] ^ (high[i] >>> 32)) & mask;
      while (slots[at] >= 0) at = (at + 1) & mask;
      slots[at] = i;
    }
  }
}
