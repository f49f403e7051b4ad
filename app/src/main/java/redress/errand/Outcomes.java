package redress.errand;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redress.store.Errands;
import redress.store.Errands.Due;
import redress.store.Errands.Postponed;

/**
 * What errands came to, gathered and then written together. Whatever is lost before that is done again, which changes
 * nothing.
 */
final class Outcomes {
  private static final Logger log = LoggerFactory.getLogger(Outcomes.class);

  private final Errands errands;
  private final Figures figures;
  private final Pace pace;
  private final ConcurrentLinkedQueue<Due> done = new ConcurrentLinkedQueue<>();
  private final ConcurrentLinkedQueue<Postponed> postponed = new ConcurrentLinkedQueue<>();

  Outcomes(Errands errands, Figures figures, Pace pace) {
    this.errands = errands;
    this.figures = figures;
    this.pace = pace;
  }

  /** Takes note of how an errand ended at {@code now} on its clock. */
  void took(Due due, Course course, Instant now) {
    switch (course) {
      case Course.Done _ -> {
        done.add(due);
        figures.ended(due, "done");
      }
      case Course.Dropped(var why) -> {
        done.add(due);
        figures.ended(due, "dropped");
        log.debug("{} of {} is not needed any more: {}", Figures.kind(due.work()), due.dispute(), why);
      }
      case Course.Later(var at, var why) -> {
        postponed.add(new Postponed(due, at, 0, null, why));
        figures.ended(due, "later");
      }
    }
  }

  /** Takes note of a failure: it is tried again, and parked when enough was tried. */
  void failed(Due due, Throwable why, Instant now) {
    var words = why.getClass().getSimpleName() + ": " + why.getMessage();
    if (pace.isOver(due.tries())) {
      postponed.add(new Postponed(due, now, due.tries(), now, words));
      figures.ended(due, "parked");
      log.error("{} of {} is parked after {} tries", Figures.kind(due.work()), due.dispute(), due.tries(), why);
    } else {
      postponed.add(new Postponed(due, pace.retry(due.tries(), now), due.tries(), null, words));
      figures.ended(due, "failed");
      log.warn("{} of {} failed at try {}: {}", Figures.kind(due.work()), due.dispute(), due.tries(), words);
    }
  }

  /** It could not even be tried: the same again soon, and no try counted. */
  void unserved(Due due, Instant at, String why) {
    postponed.add(new Postponed(due, at, due.tries() - 1, null, why));
    figures.ended(due, "unserved");
  }

  /** Writes what was gathered. */
  void write() {
    errands.done(drain(done));
    errands.postpone(drain(postponed));
  }

  private static <T> List<T> drain(ConcurrentLinkedQueue<T> queue) {
    var all = new ArrayList<T>();
    for (var next = queue.poll(); next != null; next = queue.poll()) all.add(next);
    return all;
  }
}
