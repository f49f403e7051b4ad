package redress.admission;

import java.util.Set;
import java.util.function.Supplier;

/** A file made to do harm, what its giver says of it, and the reasons any of which may be given for refusing it. */
record Attack(String kind, String what, String name, String type, Supplier<byte[]> bytes, Set<Reason> reasons) {
  /** One that may come in, because what is harmful of it is taken away or never used. */
  boolean isMadeHarmless() {
    return reasons.isEmpty();
  }

  @Override public String toString() { return kind + ": " + what; }
}
