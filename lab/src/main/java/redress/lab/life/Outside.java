package redress.lab.life;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import redress.check.Facts;
import redress.dispute.Command;
import redress.dispute.Decision;
import redress.dispute.Errand;
import redress.dispute.Refund;
import redress.lab.judge.Books;

/** The world outside the desk: a provider with books of its own, registers, people who can be reached or not. */
final class Outside {
  private static final String ACCOUNT = "account-1";
  private static final Duration ASK_AGAIN = Duration.ofHours(6);
  private static final Duration ARRIVES = Duration.ofHours(30);

  /** Does an errand and tells the rules what came of it. */
  static @Nullable Decision run(World world, Step.Run run) {
    int slot = run.dispute();
    var at = run.at();
    world.fault(run.errand().getClass().getSimpleName(), run.whim());
    var command = switch (run.errand()) {
      case Errand.CheckIdentity __ -> new Command.ConfirmIdentity(identity(at, run.whim()));
      case Errand.CheckTransaction __ -> new Command.ConfirmTransaction(transaction(world, run.whim()));
      case Errand.Audit __ -> audit(world, slot, run.whim());
      case Errand.Contact contact ->
          new Command.RecordContact(contact.attempt() % 2 == 0 ? "EMAIL" : "SMS", isFine(run));
      case Errand.Remind remind -> new Command.RecordReminder(remind.deadline(), remind.due(), isFine(run));
      case Errand.Pay pay -> paid(world, slot, pay.refund(), at, run.whim());
      case Errand.Enquire enquire -> enquired(world, slot, enquire.refund(), at, run.whim());
      case Errand.Reserve reserve -> reserved(world, slot, reserve, at, run.whim());
      case Errand.Return back -> returned(world, slot, back, at, run.whim());
      case Errand.Tell __ -> null;
      case Errand.LookAtPayment __ -> null;
      case Errand.WriteResult __ -> null;
    };
    if (command == null) return null;
    var decision = world.say(slot, at, Cast.SYSTEM, command);
    if (run.errand() instanceof Errand.Reserve(var __, var ask)) {
      var reserves = world.books().reserves();
      if (decision instanceof Decision.No) reserves.release(world.id(slot), ask.number());
      else reserves.confirm(world.id(slot), ask.number());
    }
    return decision;
  }

  /** A reserve answers an ask once; until the rules have heard of it, it is asked again. */
  private static @Nullable Command reserved(World world, int slot, Errand.Reserve reserve, Instant at, Whim whim) {
    boolean away = whim == Whim.DOWN;
    var ask = reserve.ask();
    var granted = away ? Optional.<Long>empty()
        : world.books().reserves().grant(world.id(slot), ask.number(), ask.pot(), ask.minor());
    if (away || whim == Whim.SILENT_LOST) world.await(slot, new Errand.Reserve(at.plus(ASK_AGAIN), reserve.ask()));
    if (granted.isEmpty() || whim == Whim.SILENT_LOST) return null;
    if (whim == Whim.SILENT_PAID) world.await(slot, reserve);
    world.answered(reserve.ask(), granted.get());
    return new Command.ReserveFunds(reserve.ask().pot(), reserve.ask().number(), granted.get());
  }

  private static @Nullable Command returned(World world, int slot, Errand.Return back, Instant at, Whim whim) {
    if (whim == Whim.DOWN) {
      world.await(slot, new Errand.Return(at.plus(ASK_AGAIN), back.number(), back.pot(), back.minor()));
    } else {
      world.books().reserves().back(world.id(slot), back.number(), back.pot(), back.minor());
    }
    return null;
  }

  private static boolean isFine(Step.Run run) {
    return run.whim() == Whim.FINE;
  }

  private static Facts.Identity identity(Instant at, Whim whim) {
    return switch (whim) {
      case DOWN -> new Facts.Identity(null, null, 0, null, false);
      case ABSENT -> new Facts.Identity(ACCOUNT, null, 0, null, true);
      case WRONG -> new Facts.Identity("account-2", ACCOUNT, 1, at, true);
      case UNVERIFIED -> new Facts.Identity(ACCOUNT, ACCOUNT, 0, null, true);
      case FINE, SLOW, SLOW_FAILS, REFUSED, SILENT_PAID, SILENT_LOST ->
          new Facts.Identity(ACCOUNT, ACCOUNT, 1, at.minus(Duration.ofDays(9)), true);
    };
  }

  private static Facts.Transaction transaction(World world, Whim whim) {
    var payment = world.payment();
    long captured = whim == Whim.WRONG ? payment.captured() - 1 : payment.captured();
    boolean available = whim != Whim.DOWN;
    boolean found = available && whim != Whim.ABSENT;
    return new Facts.Transaction(available, found, found, found ? captured : 0, found ? payment.currency() : null,
        world.books().chargedBack());
  }

  private static @Nullable Command audit(World world, int slot, Whim whim) {
    var settlement = world.dispute(slot).settlement();
    if (settlement == null) return null;
    int evidence = world.dispute(slot).tally().evidence();
    List<Integer> broken = whim == Whim.UNVERIFIED && evidence > 0 ? List.of(1) : List.of();
    List<Integer> contradicts = whim == Whim.REFUSED && evidence > 0 ? List.of(evidence) : List.of();
    boolean complete = whim != Whim.DOWN && whim != Whim.SLOW;
    var hash = whim == Whim.SLOW_FAILS ? "0".repeat(64) : settlement.termsHash();
    return new Command.RecordAudit(
        new Facts.Audit(complete, hash, evidence, broken, contradicts, transaction(world, whim),
            complete ? entries(world, slot) : List.of()));
  }

  private static List<Facts.Entry> entries(World world, int slot) {
    var all = new ArrayList<Facts.Entry>();
    for (var record : world.books().records()) {
      boolean ours = world.id(slot).equals(record.dispute);
      // What names another dispute is known by its reference alone.
      all.add(new Facts.Entry(record.reference, ours ? record.refund : 0, ours ? record.obligation : 0, record.minor,
          record.currency, record.payee, record.state(), record.arrival));
    }
    return all;
  }

  private static @Nullable Command paid(World world, int slot, int refund, Instant at, Whim whim) {
    var order = world.dispute(slot).refund(refund).orElse(null);
    if (order == null) return null;
    if (whim == Whim.DOWN) {
      world.await(slot, new Errand.Pay(at.plus(ASK_AGAIN), refund));
      return null;
    }
    if (whim == Whim.SILENT_LOST) return silence(world, slot, refund, at);
    var reference = order.reference(world.id(slot));
    var state = switch (whim) {
      case SLOW, SLOW_FAILS -> Facts.State.PROCESSING;
      case REFUSED -> Facts.State.FAILED;
      case FINE, SILENT_PAID, SILENT_LOST, WRONG, ABSENT, UNVERIFIED, DOWN -> Facts.State.SUCCEEDED;
    };
    var record = world.books().pay(reference, world.id(slot), refund, order.obligation(), order.minor(),
        world.payment().currency(), world.payment().payer(), at, state,
        state == Facts.State.PROCESSING ? at.plus(ARRIVES) : null);
    if (whim == Whim.SILENT_PAID) return silence(world, slot, refund, at);
    return told(world, slot, refund, record);
  }

  private static Command silence(World world, int slot, int refund, Instant at) {
    world.await(slot, new Errand.Enquire(at.plus(ASK_AGAIN), refund));
    return new Command.RecordRefund(refund, Refund.State.UNKNOWN, null);
  }

  private static Command told(World world, int slot, int refund, Books.Payout record) {
    var arrival = record.arrival;
    if (record.state() == Facts.State.PROCESSING && arrival != null) {
      world.await(slot, new Errand.Enquire(arrival, refund));
    }
    return new Command.RecordRefund(refund, stateOf(record.state()),
        record.state() == Facts.State.PROCESSING ? arrival : null);
  }

  private static @Nullable Command enquired(World world, int slot, int refund, Instant at, Whim whim) {
    var order = world.dispute(slot).refund(refund).orElse(null);
    if (order == null) return null;
    var record = world.books().find(order.reference(world.id(slot)));
    if (whim == Whim.DOWN || whim == Whim.SILENT_LOST) return silence(world, slot, refund, at);
    if (record == null) {
      // Never heard of: asking again under the same reference is safe.
      return paid(world, slot, refund, at, whim);
    }
    var arrival = record.arrival;
    if (record.state() == Facts.State.PROCESSING && arrival != null && !at.isBefore(arrival)) {
      record.become(whim == Whim.REFUSED ? Facts.State.FAILED : Facts.State.SUCCEEDED, at);
    }
    return told(world, slot, refund, record);
  }

  /** The provider changes one of its records. */
  static @Nullable Decision turn(World world, Step.Turn turn) {
    var record = world.books().find(turn.reference());
    if (record == null || record.state() == turn.state()) return null;
    record.become(turn.state(), turn.at());
    if (!turn.told() || record.refund == 0) return null;
    return world.say(turn.dispute(), turn.at(), Cast.SYSTEM,
        new Command.RecordRefund(record.refund, stateOf(turn.state()), null));
  }

  /** The merchant pays at the provider without us. */
  static @Nullable Decision pay(World world, Step.PayOutside pay) {
    world.books().pay(pay.reference(), world.id(pay.dispute()), 0, pay.obligation(), pay.minor(), pay.currency(),
        pay.payee(),
        pay.at(), Facts.State.SUCCEEDED, null);
    return null;
  }

  /** The payer's bank takes money back. */
  static Decision chargeBack(World world, Step.ChargeBack chargeBack) {
    world.books().chargeBack(chargeBack.minor());
    return world.say(chargeBack.dispute(), chargeBack.at(), Cast.PLATFORM,
        new Command.OpenChargeback(chargeBack.minor()));
  }

  private static Refund.State stateOf(Facts.State state) {
    return switch (state) {
      case PROCESSING -> Refund.State.PROCESSING;
      case SUCCEEDED -> Refund.State.SUCCEEDED;
      case FAILED -> Refund.State.FAILED;
      case REVERSED -> Refund.State.REVERSED;
      case UNKNOWN -> Refund.State.UNKNOWN;
    };
  }

  private Outside() {}
}
