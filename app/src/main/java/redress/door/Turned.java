package redress.door;

/** A request that was turned away; carries no stack, because nothing is broken. */
public final class Turned extends RuntimeException {
  public final Fault fault;
  /** The field or parameter that is wrong; empty for none. */
  public final String field;
  /** What is to be said beside the fault's own words; empty for nothing. */
  public final String more;

  Turned(Fault fault, String field, String more) {
    super(fault + (field.isEmpty() ? "" : " " + field), null, false, false);
    this.fault = fault;
    this.field = field;
    this.more = more;
  }
}
