package redress.lab.judge;

/** An invariant that does not hold, and what was seen instead. */
public final class Violation extends RuntimeException {
  public final Invariant invariant;

  public Violation(Invariant invariant, String seen) {
    super(invariant + ": " + seen, null, false, false);
    this.invariant = invariant;
  }
}
