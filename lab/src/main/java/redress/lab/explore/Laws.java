package redress.lab.explore;

import java.util.List;
import redress.dispute.Act;
import redress.dispute.Decision;
import redress.dispute.Matter;
import redress.dispute.Rules;
import redress.dispute.Timer;

/** The rules as the explorer asks them; the real ones, unless a test plants a mistake. */
interface Laws {
  /** The rules as they are. */
  Laws REAL = new Laws() {
    @Override public Decision decide(Matter matter, Act act) {
      return Rules.decide(matter, act);
    }

    @Override public List<Timer> timers(Matter matter) {
      return Rules.timers(matter);
    }
  };

  /** What happens when {@code act} is done in {@code matter}. */
  Decision decide(Matter matter, Act act);

  /** The live deadlines, the next first. */
  List<Timer> timers(Matter matter);
}
