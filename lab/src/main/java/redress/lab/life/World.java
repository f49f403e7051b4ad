package redress.lab.life;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import redress.dispute.Act;
import redress.dispute.Actor;
import redress.dispute.Command;
import redress.dispute.Decision;
import redress.dispute.Dispute;
import redress.dispute.DisputeId;
import redress.dispute.Errand;
import redress.dispute.Event;
import redress.dispute.Home;
import redress.dispute.Matter;
import redress.dispute.Payment;
import redress.dispute.Rules;
import redress.dispute.Stage;
import redress.dispute.Status;
import redress.dispute.Timer;
import redress.lab.judge.Books;
import redress.lab.judge.Invariant;
import redress.lab.judge.Judge;
import redress.lab.judge.Violation;
import redress.policy.RuleSet;
import redress.posting.Postings;

/** One payment, its disputes, the provider that paid it, and a judge who sees everything that happens. */
public final class World {
  /** How many disputes a life can have at the most. */
  public static final int SLOTS = 4;

  private final Setting setting;
  private final DisputeId[] ids = new DisputeId[SLOTS];
  private final Dispute[] disputes = new Dispute[SLOTS];
  private final List<List<Timer>> timers = new ArrayList<>();
  private final List<Pending> pending = new ArrayList<>();
  private final Books books = new Books();
  private final Judge judge;
  private final Tracks tracks;
  private Payment payment;

  /**
   * What a life starts from: the rules it is lived by, those that were published, and the payment as it was registered.
   */
  public record Setting(RuleSet rules, RuleSet published, Payment payment) {}

  public World(Setting setting, Tracks tracks) {
    this.setting = setting;
    this.tracks = tracks;
    payment = setting.payment();
    for (int i = 0; i < SLOTS; i++) {
      ids[i] = new DisputeId(Home.of(payment.id()), i + 1L);
      disputes[i] = Dispute.NONE;
      timers.add(List.of());
    }
    judge = new Judge(setting.published(), payment.payer(), payment.merchant(), payment.captured(), payment.currency(),
        books);
    judge.registered(Postings.registered(payment));
    fill();
  }

  /** Every third merchant has no deposit, and the fund runs out; what there is follows from the payment alone. */
  private void fill() {
    long dice = Chance.mix(payment.id().hashCode());
    long most = payment.captured() + 1;
    for (var pot : Command.Pot.values()) {
      dice = Chance.mix(dice);
      boolean empty = Math.floorMod(dice, 3) == 0;
      dice = Chance.mix(dice);
      books.reserves().fill(pot, empty ? 0 : Math.floorMod(dice, most));
    }
  }

  public Setting setting() {
    return setting;
  }

  public Payment payment() {
    return payment;
  }

  public Books books() {
    return books;
  }

  public DisputeId id(int slot) {
    return ids[slot];
  }

  public Dispute dispute(int slot) {
    return disputes[slot];
  }

  /** What a decision about this dispute looks at. */
  public Matter matter(int slot) {
    return new Matter(setting.rules(), payment, disputes[slot]);
  }

  /** The live deadlines, the next first. */
  public List<Timer> timers(int slot) {
    return timers.get(slot);
  }

  /** The errands not yet done, in no order. */
  public List<Pending> pending() {
    return pending;
  }

  /** Whether something was filed here and is not closed. */
  public boolean isOpen(int slot) {
    var status = disputes[slot].status();
    return status != Status.NOT_FILED && status != Status.CLOSED;
  }

  /** Takes one step; null when nobody said anything to the rules. Throws {@link Violation}. */
  public @Nullable Decision take(Step step) {
    return switch (step) {
      case Step.Say say -> say(say.dispute(), latest(say.at(), say), say.by(), say.command());
      case Step.Force force -> say(force.dispute(), force.at(), force.by(), force.command());
      case Step.Run run -> Outside.run(this, run);
      case Step.Turn turn -> Outside.turn(this, turn);
      case Step.PayOutside pay -> Outside.pay(this, pay);
      case Step.Look look -> {
        Advertised.look(this, look, tracks);
        yield null;
      }
      case Step.ChargeBack cb -> Outside.chargeBack(this, cb);
    };
  }

  private Instant latest(Instant at, Step.Say say) {
    var last = disputes[say.dispute()].lastAt();
    var when = at.isBefore(last) ? last : at;
    return say.command() instanceof Command.Pass pass && when.isBefore(pass.due()) ? pass.due() : when;
  }

  /** Says {@code command} to the rules, writes down what happens, and lets the judge see it. */
  Decision say(int slot, Instant at, Actor by, Command command) {
    var when = at.isBefore(disputes[slot].lastAt()) ? disputes[slot].lastAt() : at;
    Decision decision;
    try {
      decision = Rules.decide(matter(slot), new Act(by, when, command));
      tracks.said(decision);
      if (decision instanceof Decision.Yes yes && !yes.events().isEmpty())
        happen(slot, when, by, command, yes.events());
    } catch (Violation violation) {
      throw violation;
    } catch (RuntimeException broken) {
      throw new Violation(Invariant.RULES_ANSWER, command.name() + " by " + by.role() + " broke the rules: " + broken
          + " at " + (broken.getStackTrace().length == 0 ? "?" : broken.getStackTrace()[0]));
    }
    return decision;
  }

  private void happen(int slot, Instant at, Actor by, Command command, List<Event> events) {
    tracks.keep(new Said(slot, at, by, command));
    judge.begins(ids[slot], at, by, command instanceof Command.Pass pass ? pass : null);
    for (var event : events) {
      var before = disputes[slot].status();
      disputes[slot] = Rules.evolve(disputes[slot], event, at);
      payment = Rules.evolve(payment, ids[slot], event);
      var moved = Postings.after(payment.currency(), payment.provider(), event);
      judge.saw(event, moved);
      for (var errand : Rules.errands(matter(slot), event, at)) await(slot, errand);
      tracks.took(event, before, disputes[slot].status(), at, moved);
    }
    timers.set(slot, Rules.timers(matter(slot)));
    var now = disputes[slot];
    if (command instanceof Command.Pass(var deadline, var about, var due)) {
      for (var timer : timers.get(slot)) {
        boolean same = timer.deadline() == deadline && timer.about() == about && timer.due().equals(due);
        if (same) throw new Violation(Invariant.DEADLINE_ACTS, timer + " passed and still stands in " + now.stage());
      }
    }
    judge.ends(now.status(), now.version(), timers.get(slot), payment.held(ids[slot]), payment.refundable());
  }

  /** Queues what is to be done outside; what only informs people changes nothing here. */
  void await(int slot, Errand errand) {
    boolean answered = !(errand instanceof Errand.Tell || errand instanceof Errand.WriteResult);
    if (answered) pending.add(new Pending(slot, errand, errand.at()));
  }

  /** The items of the payment, for filings. */
  public Set<String> items() {
    return payment.items();
  }

  /** How long this life has lasted. */
  public Duration horizon(Instant began) {
    var last = began;
    for (var dispute : disputes) if (dispute.lastAt().isAfter(last)) last = dispute.lastAt();
    return Duration.between(began, last);
  }

  /** A reserve answered. */
  void answered(Stage.Excepted.Ask ask, long granted) {
    var how = granted == 0 ? "nothing" : granted < ask.minor() ? "a part" : "all of it";
    tracks.met(ask.pot() + " gives " + how);
  }

  void fault(String kind, Whim whim) {
    tracks.fault(kind, whim);
  }

}
