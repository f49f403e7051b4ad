package redress.door;

/** A request that was turned away; carries no stack, because nothing is broken. */
public final class Turned extends RuntimeException {
  public final Fault fault;
  /** The field or parameter that is wrong; empty for none. */
  public final String field;

  Turned(Fault fault, String field) {
    super(fault + (field.isEmpty() ? "" : " " + field), null, false, false);
    this.fault = fault;
    this.field = field;
  }
}
