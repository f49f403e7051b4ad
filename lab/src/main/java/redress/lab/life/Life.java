package redress.lab.life;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import redress.dispute.Command;
import redress.dispute.Payment;
import redress.dispute.Remedy;
import redress.dispute.Timer;
import redress.lab.judge.Invariant;
import redress.lab.judge.Violation;
import redress.policy.RuleSet;

/**
 * One random life: a payment, its disputes, the people and machines around them, from registration until everything is
 * closed
 * and quiet. The same seed lives the same life.
 */
public final class Life {
  private static final Instant PAID = Instant.parse("2026-01-05T08:00:00Z");
  private static final int MOVES = 70;
  private static final int END = 2_400;

  private final Chance chance;
  private final Temper temper;
  private final World world;
  private final Play play;
  private final Advertised advertised;
  private final Tracks tracks;
  private final List<Step> steps = new ArrayList<>();
  private final int wanted;
  private Instant now;
  private Instant downUntil = Instant.EPOCH;
  private int moves;
  private int filed;

  public Life(long seed, long number, RuleSet rules, Tracks tracks) {
    chance = Chance.of(seed, number);
    temper = Temper.of(chance);
    this.tracks = tracks;
    world = new World(new World.Setting(rules, RuleSet.STANDARD, payment(number)), tracks);
    play = new Play(world, temper, chance);
    advertised = new Advertised(world, chance);
    wanted = chance.of(1, 1, 1, 2, 2, 3, 4);
    now = PAID.plusSeconds(chance.oneIn(12) ? Duration.ofDays(179).toSeconds() + chance.between(0, 200_000)
        : chance.between(0, 5_000_000));
    moves = chance.percent(80) ? MOVES : chance.below(MOVES);
  }

  private Payment payment(long number) {
    long captured = switch (chance.below(6)) {
      case 0 -> chance.between(1, 3);
      case 1 -> chance.between(400_000, 2_000_000);
      default -> chance.between(10, 30_000);
    };
    var items = chance.of(List.of(Set.<String>of(), Set.of("a"), Set.of("a", "b"), Set.of("a", "b", "c")));
    return Payment.registered("pay-" + number, Cast.PAYER, Cast.SHOP, captured, chance.of("CNY", "USD", "JPY"), items,
        PAID,
        "WALLET", chance.oneIn(2));
  }

  /** What happened, step by step, so far. */
  public List<Step> steps() {
    return steps;
  }

  /** The world as it stands. */
  public World world() {
    return world;
  }

  /** Lives it to its end. Throws {@link Violation} at the first invariant that does not hold. */
  public Life live() {
    int turns = 0;
    while (!isOver()) {
      if (++turns > END)
        throw new Violation(Invariant.COMES_TO_AN_END, "not closed after " + END + " turns: " + standing());
      turn();
    }
    return this;
  }

  private String standing() {
    var all = new StringBuilder();
    for (int slot = 0; slot < World.SLOTS; slot++)
      if (world.isOpen(slot)) all.append(world.dispute(slot).stage()).append(' ');
    return all.toString();
  }

  /** How much time it spanned. */
  public Duration horizon() {
    return world.horizon(PAID);
  }

  private boolean isOver() {
    if (filed < wanted && moves > 0) return false;
    for (int slot = 0; slot < World.SLOTS; slot++) if (world.isOpen(slot)) return false;
    return moves <= 0 && world.pending().isEmpty();
  }

  private void take(Step step) {
    steps.add(step);
    world.take(step);
    if (!chance.oneIn(Advertised.RATE)) return;
    var look = Advertised.look(step.dispute(), now, chance);
    steps.add(look);
    world.take(look);
  }

  private void turn() {
    boolean down = now.isBefore(downUntil);
    int slot = nextToFire();
    if (!down && slot >= 0 && !next(slot).due().isAfter(now)) {
      fire(slot, next(slot));
      return;
    }
    int errand = down ? -1 : dueErrand();
    if (errand >= 0 && chance.percent(80)) {
      run(errand);
      return;
    }
    if (moves > 0 && chance.percent(55)) move();
    else if (moves <= 0 && !down && chance.percent(30)) duty();
    else advance(slot);
  }

  private Timer next(int slot) {
    return world.timers(slot).getFirst();
  }

  /** The dispute whose deadline is the next one, or -1. */
  private int nextToFire() {
    int best = -1;
    for (int slot = 0; slot < World.SLOTS; slot++) {
      if (!world.isOpen(slot) || world.timers(slot).isEmpty()) continue;
      if (best < 0 || next(slot).due().isBefore(next(best).due())) best = slot;
    }
    return best;
  }

  private void fire(int slot, Timer timer) {
    var pass = new Command.Pass(timer.deadline(), timer.about(), timer.due());
    if (chance.percent(4)) take(new Step.Force(slot, timer.due().minusNanos(1_000), Cast.SYSTEM, pass));
    take(new Step.Say(slot, now, Cast.SYSTEM, pass));
    if (chance.percent(4)) take(new Step.Say(slot, now, Cast.SYSTEM, pass));
  }

  private int dueErrand() {
    var pending = world.pending();
    if (pending.isEmpty()) return -1;
    int start = chance.below(pending.size());
    for (int i = 0; i < pending.size(); i++) {
      int index = (start + i) % pending.size();
      if (!pending.get(index).at().isAfter(now)) return index;
    }
    return -1;
  }

  private void run(int index) {
    var pending = world.pending();
    var errand = pending.get(index);
    boolean again = chance.percent(6);
    if (!again) {
      pending.set(index, pending.getLast());
      pending.removeLast();
    }
    boolean bad = moves > 0 && chance.percent(temper.trouble());
    take(new Step.Run(errand.dispute(), now, errand.errand(), bad ? chance.of(Whim.values()) : Whim.FINE));
  }

  private void move() {
    moves--;
    if (filed == 0 || (filed < wanted && chance.percent(20))) {
      file();
      return;
    }
    int slot = chance.below(filed);
    if (chance.percent(temper.nonsense())) {
      take(new Step.Say(slot, now, chance.of(Cast.ALL), Mischief.any(world.matter(slot), world.id(slot), now, chance)));
      return;
    }
    if (chance.percent(8)) {
      advertised(slot);
      return;
    }
    var step = outOfTheBlue(slot);
    if (step == null) step = play.move(slot, now);
    if (step != null) take(step);
  }

  private void advertised(int slot) {
    var by = chance.of(Cast.ALL);
    var command = advertised.one(slot, by, now);
    if (command != null) take(new Step.Say(slot, now, by, command));
  }

  private @Nullable Step outOfTheBlue(int slot) {
    if (chance.oneIn(600)) return new Step.ChargeBack(slot, now, chance.between(1, world.payment().captured()));
    if (chance.oneIn(150)) return Trouble.providerTurns(world, slot, now, chance);
    return null;
  }

  private void file() {
    int slot = filed;
    var items = Set.copyOf(world.items().stream().sorted().limit(1 + chance.below(2)).skip(slot % 2).toList());
    if (chance.percent(30)) items = Set.of();
    long most = world.payment().refundable();
    long minor = chance.oneIn(20) ? most + 1 : chance.oneIn(2) ? most : chance.between(1, Math.max(1, most));
    var file = Bodies.file(world.matter(slot), world.id(slot), items, minor, chance.of(Remedy.values()), now);
    take(new Step.Say(slot, now, chance.percent(90) ? Cast.BUYER : Cast.SUE, file));
    if (world.isOpen(slot)) filed++;
    else if (chance.oneIn(4)) moves -= 10;
  }

  private void duty() {
    int slot = chance.below(Math.max(1, filed));
    var step = play.dutiful(slot, now);
    if (step != null) take(step);
    else advance(nextToFire());
  }

  /** Time goes by: to the next thing that is due, or some way towards it. */
  private void advance(int slot) {
    if (chance.percent(temper.outages()) && moves > 0) downUntil = now.plusSeconds(chance.between(60, 500_000));
    var target = slot < 0 ? now.plusSeconds(chance.between(3_600, 400_000)) : next(slot).due();
    for (var errand : world.pending()) if (errand.at().isBefore(target)) target = errand.at();
    if (!target.isAfter(now)) target = now.plusSeconds(chance.between(1, 20_000));
    else if (chance.percent(45)) target = now.plusSeconds(chance.between(0, Duration.between(now, target).toSeconds()));
    else if (chance.percent(50)) target = target.plusMillis(chance.between(0, 3_000));
    now = target;
    if (moves > 0 && filed >= wanted && !anyOpen()) moves -= 3;
  }

  private boolean anyOpen() {
    for (int slot = 0; slot < World.SLOTS; slot++) if (world.isOpen(slot)) return true;
    return false;
  }

  /** Ends the count of this life. */
  public void over(long number) {
    tracks.over(number);
  }
}
