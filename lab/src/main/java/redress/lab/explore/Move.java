package redress.lab.explore;

import redress.dispute.Actor;
import redress.dispute.Command;

/** Something that can be tried in a state: who sends what. */
record Move(Kind kind, Actor by, Command command) {
  /** Whose doing it is, and whether it only raises an alarm. */
  enum Kind {
    /** Time passes to the next deadline, and it acts. */
    DEADLINE(0),
    /** Time passes, and all that happens is that somebody is alerted. */
    ALERT(1),
    /** The parties. */
    PARTY(2),
    /** The platform's own people. */
    STAFF(3),
    /** Checks and providers answer. */
    MACHINE(4),
    /** Banks and carriers report. */
    OUTSIDE(5),
    /** Who works on it changes and nothing else. */
    HANDS(6);

    final byte code;

    Kind(int code) {
      this.code = (byte) code;
    }
  }
}
