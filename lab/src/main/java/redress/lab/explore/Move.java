package redress.lab.explore;

import redress.dispute.Actor;
import redress.dispute.Command;

/** One thing that can be tried in a state, and on whose account it happens. */
record Move(Kind kind, Actor by, Command command) {

  /** Who or what brings a step about. */
  enum Kind {
    /** The next deadline passes and changes where the dispute stands, what is owed, or what was found. */
    DEADLINE(0),
    /** The next deadline passes, and somebody is alerted or something is looked at again: nothing but clocks change. */
    CLOCK(1),
    /** A day goes by in which no deadline passes. */
    WAIT(2),
    /** The buyer or the merchant does something. */
    PARTY(3),
    /** The platform's own people do something. */
    STAFF(4),
    /** Who works on it changes and nothing else. */
    HANDS(5),
    /** Checks and providers answer. */
    MACHINE(6),
    /** Banks and carriers report. */
    OUTSIDE(7);

    /** Steps for which nobody at all is needed. */
    static final Kind[] TIME = {DEADLINE, CLOCK, WAIT};
    /** Steps for which no person is needed. */
    static final Kind[] NOBODY = {DEADLINE, CLOCK, WAIT, MACHINE};
    /** Steps for which neither party is needed. */
    static final Kind[] PLATFORM = {DEADLINE, CLOCK, WAIT, MACHINE, STAFF, HANDS};

    final byte code;

    Kind(int code) {
      this.code = (byte) code;
    }
  }
}
