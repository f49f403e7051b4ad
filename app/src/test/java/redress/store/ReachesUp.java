package redress.store;

import redress.command.Terminal;

/** A class of a low floor that uses one far above: what the architecture test must notice. */
public final class ReachesUp {
  int climb() { return Terminal.run(ReachesUp.class); }
}
