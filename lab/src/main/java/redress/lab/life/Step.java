package redress.lab.life;

import java.time.Instant;
import redress.check.Facts;
import redress.dispute.Actor;
import redress.dispute.Command;
import redress.dispute.Errand;

/**
 * One thing that happens in a life. {@code dispute} is the dispute's place in that life (from 0), {@code at} the
 * world's clock
 * (UTC). What a step leads to depends on the world when it is taken, so that a life can be lived again with steps left
 * out.
 */
public sealed interface Step {
  int dispute();

  Instant at();

  /** Someone says something, at an instant that the desk never lets fall behind what is already written. */
  record Say(int dispute, Instant at, Actor by, Command command) implements Step {}

  /** A command reaches the rules at exactly this instant, however wrong that is. */
  record Force(int dispute, Instant at, Actor by, Command command) implements Step {}

  /** An errand is done, well or not. */
  record Run(int dispute, Instant at, Errand errand, Whim whim) implements Step {}

  /** The provider changes a record of its own, and tells it or not. */
  record Turn(int dispute, Instant at, String reference, Facts.State state, boolean told) implements Step {}

  /** The merchant pays the buyer at the provider, without us. */
  record PayOutside(int dispute, Instant at, String reference, int obligation, long minor, String currency,
      String payee)
      implements Step {}

  /** The payer's bank takes money back and the host platform is told. */
  record ChargeBack(int dispute, Instant at, long minor) implements Step {}

  /**
   * Someone looks at what is offered, tries all of it out, and everything else too; {@code chance} seeds the bodies.
   */
  record Look(int dispute, Instant at, Actor by, long chance) implements Step {}
}
