package redress.dispute;

import java.time.Instant;
import redress.policy.Deadline;

/**
 * Something to do outside because of an event. Stored with it in one transaction, done later, at least once. {@code at}
 * is when it is due (UTC).
 */
public sealed interface Errand {
  Instant at();

  /** Tell {@code to} about it; {@code about} is the number of the offer, obligation, finding … concerned. */
  record Tell(Instant at, Notice notice, Audience to, int about) implements Errand {}

  /** Remind {@code to} of a deadline, unless it no longer stands then. */
  record Remind(Instant at, Deadline deadline, Instant due, Side to) implements Errand {}

  /** Look up who agreed and who paid. */
  record CheckIdentity(Instant at) implements Errand {}

  /** Ask the provider about the payment afresh. */
  record CheckTransaction(Instant at) implements Errand {}

  /** Ask the provider to pay a refund, under the refund's own reference. */
  record Pay(Instant at, int refund) implements Errand {}

  /** Ask the provider how a refund stands. */
  record Enquire(Instant at, int refund) implements Errand {}

  /** Ask a reserve for what an enforcement is short of. */
  record Reserve(Instant at, Stage.Excepted.Ask ask) implements Errand {}

  /** Give a reserve back what was not used of it (minor units), as event {@code number} says. */
  record Return(Instant at, int number, Command.Pot pot, long minor) implements Errand {}

  /** Look whether the payer's bank took money back, and at the records again: the provider says something happened. */
  record LookAtPayment(Instant at) implements Errand {}

  /** Look at every record the promises are compared with. */
  record Audit(Instant at) implements Errand {}

  /** Write down the result that event {@code number} made final. */
  record WriteResult(Instant at, int number) implements Errand {}

  /** Ask the buyer whether the promise was kept. */
  record Contact(Instant at, int attempt) implements Errand {}

  /** Who is told. */
  enum Audience { BUYER, MERCHANT, MEDIATOR, LEAD, VERIFIER, FINANCE, SUPPORT }
}
