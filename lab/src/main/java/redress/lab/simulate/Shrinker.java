package redress.lab.simulate;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import redress.lab.judge.Violation;
import redress.lab.life.Life;
import redress.lab.life.Step;
import redress.lab.life.Tracks;
import redress.lab.life.World;
import redress.policy.RuleSet;

/** Makes a broken life short: leaves out steps as long as the same invariant still does not hold. */
final class Shrinker {
  private final World.Setting setting;
  private final Violation violation;
  private final int length;
  private List<Step> steps;

  Shrinker(long seed, long number, RuleSet rules, Violation violation) {
    var life = new Life(seed, number, rules, new Tracks());
    try {
      life.live();
    } catch (Violation again) {
      // That is what it is here for.
    }
    this.setting = life.world().setting();
    this.steps = List.copyOf(life.steps());
    this.violation = violation;
    this.length = steps.size();
  }

  World.Setting setting() {
    return setting;
  }

  /** How many steps there were. */
  int length() {
    return length;
  }

  /** The shortest story found. */
  List<Step> shortest() {
    if (violates(steps) == null) return steps;
    for (int chunk = Math.max(1, steps.size() / 2); chunk >= 1; chunk /= 2) {
      boolean shorter = true;
      while (shorter) shorter = without(chunk);
    }
    return steps;
  }

  private boolean without(int chunk) {
    boolean shorter = false;
    for (int from = steps.size() - chunk; from >= 0; from -= chunk) {
      var fewer = new ArrayList<>(steps.subList(0, from));
      fewer.addAll(steps.subList(from + chunk, steps.size()));
      if (violates(fewer) != null) {
        steps = fewer;
        shorter = true;
      }
    }
    return shorter;
  }

  /** The violation of the same invariant that these steps lead to, or null. */
  @Nullable Violation violates(List<Step> some) {
    var world = new World(setting, new Tracks());
    try {
      for (var step : some) world.take(step);
      return null;
    } catch (Violation again) {
      return again.invariant == violation.invariant ? again : null;
    }
  }
}
