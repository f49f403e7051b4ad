package redress.desk;

import java.util.concurrent.atomic.LongAdder;

/** What a desk has done since it opened, for metrics. */
public final class Figures {
  final LongAdder rounds = new LongAdder();
  final LongAdder done = new LongAdder();
  final LongAdder refused = new LongAdder();
  final LongAdder lost = new LongAdder();
  final LongAdder retried = new LongAdder();

  void count(Round round, int moved) {
    rounds.increment();
    lost.add(moved);
    for (var served : round.served().values()) {
      if (served.answer() instanceof Answer.Done) done.increment();
      else if (!(served.answer() instanceof Answer.Repeated)) refused.increment();
    }
  }

  /** Rounds written or found to be refused. */
  public long rounds() {
    return rounds.sum();
  }

  /** Commands that happened. */
  public long done() {
    return done.sum();
  }

  /** Commands that were refused. */
  public long refused() {
    return refused.sum();
  }

  /** Commands asked again because another node had moved their dispute or payment on. */
  public long lost() {
    return lost.sum();
  }

  /** Rounds that had to be tried again. */
  public long retried() {
    return retried.sum();
  }
}
