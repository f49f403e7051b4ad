package redress.lab.simulate;

import java.io.PrintWriter;
import redress.lab.judge.Violation;
import redress.lab.life.Life;
import redress.lab.life.Tracks;
import redress.policy.RuleSet;

/** Lives told on paper: a whole one, or the shortest that breaks an invariant. */
final class Stories {
  /** Tells one whole life; 1 when it breaks an invariant. */
  static int tellOne(PrintWriter out, long seed, long number) {
    var life = new Life(seed, number, RuleSet.STANDARD, new Tracks());
    int code = 0;
    try {
      life.live();
    } catch (Violation violation) {
      code = 1;
    }
    for (var line : new Teller(life.world().setting()).tell(life.steps())) out.println(line);
    out.flush();
    return code;
  }

  /** Tells the shortest form of a life, if it breaks an invariant; 1 then. */
  static int tellShortest(PrintWriter out, long seed, long number) {
    try {
      new Life(seed, number, RuleSet.STANDARD, new Tracks()).live();
      return 0;
    } catch (Violation violation) {
      tell(out, seed, new Simulation.Broken(number, violation));
      return 1;
    }
  }

  /** Names a broken life. */
  static void name(PrintWriter out, long seed, Simulation.Broken broken) {
    out.println("Life " + broken.life() + " of seed " + seed + " breaks " + broken.violation().getMessage());
    out.flush();
  }

  /** Tells the shortest story of a broken life. */
  static void tell(PrintWriter out, long seed, Simulation.Broken broken) {
    var shrinker = new Shrinker(seed, broken.life(), RuleSet.STANDARD, broken.violation());
    var steps = shrinker.shortest();
    out.println();
    out.println("The shortest story of life " + broken.life() + " (" + steps.size() + " of " + shrinker.length()
        + " steps; --life " + broken.life() + " tells all of it):");
    for (var line : new Teller(shrinker.setting()).tell(steps)) out.println(line);
    out.flush();
  }

  private Stories() {}
}
