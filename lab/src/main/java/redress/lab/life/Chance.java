package redress.lab.life;

import java.util.List;

/** A source of chance that gives the same numbers for the same seed, on every machine. */
public final class Chance {
  private long state;

  public Chance(long seed) {
    this.state = seed;
  }

  /** The chance of one life: every life of a seed has its own, whichever thread lives it. */
  public static Chance of(long seed, long life) {
    return new Chance(mix(seed * 0x9E3779B97F4A7C15L + mix(life + 0x632BE59BD9B4E019L)));
  }

  /** Scatters the bits of {@code value}. */
  public static long mix(long value) {
    long z = (value ^ (value >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }

  /** The next 64 bits. */
  public long next() {
    state += 0x9E3779B97F4A7C15L;
    return mix(state);
  }

  /** A whole number from 0 to {@code bound} − 1. */
  public int below(int bound) {
    return (int) Long.remainderUnsigned(next() >>> 11, bound);
  }

  /** A whole number from {@code low} to {@code high}, both included. */
  public long between(long low, long high) {
    return low >= high ? low : low + Long.remainderUnsigned(next() >>> 1, high - low + 1);
  }

  /** Whether something that happens in {@code percent} of 100 cases happens. */
  public boolean percent(int percent) {
    return below(100) < percent;
  }

  /** Whether something that happens once in {@code n} cases happens. */
  public boolean oneIn(int n) {
    return below(n) == 0;
  }

  /** One of these. */
  @SafeVarargs public final <T> T of(T... choices) {
    return choices[below(choices.length)];
  }

  /** One of these; the list is not empty. */
  public <T> T of(List<T> choices) {
    return choices.get(below(choices.size()));
  }
}
