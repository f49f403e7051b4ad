package redress.lab.life;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import redress.dispute.Act;
import redress.dispute.Action;
import redress.dispute.Actor;
import redress.dispute.Command;
import redress.dispute.Decision;
import redress.dispute.Matter;
import redress.dispute.Rules;
import redress.lab.judge.Invariant;
import redress.lab.judge.Violation;
import redress.policy.Role;

/**
 * Tries out what the rules advertise: each action must succeed when sent as advertised, everything else must be
 * refused.
 */
public final class Advertised {
  /** One step in so many is followed by a check for one actor. */
  public static final int RATE = 16;

  private final World world;
  private final Chance chance;

  Advertised(World world, Chance chance) {
    this.world = world;
    this.chance = chance;
  }

  /** A look at what is offered to somebody. */
  static Step.Look look(int slot, Instant at, Chance chance) {
    var by = chance.of(Cast.ALL);
    return new Step.Look(slot, at, by.role() == Role.SYSTEM ? Cast.OWNER : by, chance.next());
  }

  /** Tries out everything for whoever looks. */
  static void look(World world, Step.Look look, Tracks tracks) {
    var dispute = world.dispute(look.dispute());
    if (dispute.filing() == null) return;
    var when = look.at().isBefore(dispute.lastAt()) ? dispute.lastAt() : look.at();
    tracks.checked(check(world.matter(look.dispute()), look.by(), when, new Chance(look.chance())));
  }

  /** How many commands were tried. Throws {@link Violation} when one is not as advertised. */
  public static long check(Matter matter, Actor by, Instant at, Chance chance) {
    var actions = Rules.actions(matter, by, at);
    for (var action : actions) succeeds(matter, by, at, action, chance);
    return actions.size() + refused(matter, by, at, actions, chance);
  }

  private static void succeeds(Matter matter, Actor by, Instant at, Action action, Chance chance) {
    var body = Bodies.of(action.command(), action.about(), matter, by, chance);
    if (body == null) throw new Violation(Invariant.ADVERTISED_SUCCEEDS, "nobody knows how to send " + action);
    var decision = Rules.decide(matter, new Act(by, at, body));
    if (decision instanceof Decision.Yes yes && (!yes.events().isEmpty() || body instanceof Command.Tag)) return;
    throw new Violation(Invariant.ADVERTISED_SUCCEEDS, Cast.name(by) + " is offered " + action + " in "
        + matter.dispute().stage() + " but " + body + " gives " + decision);
  }

  private static boolean isOffered(List<Action> actions, String name, int about) {
    for (var action : actions) {
      if (action.command().equals(name) && (action.about() == about || action.about() == 0)) return true;
    }
    return false;
  }

  private static long refused(Matter matter, Actor by, Instant at, List<Action> actions, Chance chance) {
    long tried = 0;
    for (var name : Bodies.NAMES) {
      if (name.equals("File")) continue;
      for (int about : Bodies.abouts(name, matter.dispute())) {
        if (isOffered(actions, name, about)) continue;
        var body = Bodies.of(name, about, matter, by, chance);
        if (body == null) continue;
        tried++;
        var decision = Rules.decide(matter, new Act(by, at, body));
        if (!(decision instanceof Decision.Yes yes)) continue;
        throw new Violation(Invariant.UNADVERTISED_REFUSED, Cast.name(by) + " is not offered " + name + " in "
            + matter.dispute().stage() + " but " + body + " gives " + yes);
      }
    }
    return tried;
  }

  /** One of the things {@code by} may do now, or null. */
  @Nullable Command one(int slot, Actor by, Instant at) {
    if (world.dispute(slot).filing() == null) return null;
    var when = at.isBefore(world.dispute(slot).lastAt()) ? world.dispute(slot).lastAt() : at;
    List<Action> actions = Rules.actions(world.matter(slot), by, when);
    if (actions.isEmpty()) return null;
    var action = chance.of(actions);
    // What a verifier says of a refund is what the provider told; here the provider speaks for itself.
    if (action.command().equals("RecordRefund")) return null;
    return Bodies.of(action.command(), action.about(), world.matter(slot), by, chance);
  }
}
