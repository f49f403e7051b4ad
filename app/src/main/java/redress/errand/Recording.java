package redress.errand;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import redress.dispute.Errand;
import redress.result.Registrar;
import redress.store.Errands.Due;
import redress.store.Errands.Work;

/**
 * Has the result written down when the log proves the event that made it final. That comes by itself soon; nobody has
 * the log signed for one record, except who asks for the record.
 */
final class Recording {
  private static final Duration PAUSE = Duration.ofSeconds(5);

  private final Registrar registrar;

  Recording(Registrar registrar) {
    this.registrar = registrar;
  }

  /** Has the log prove what many are about to need at one instant of a test clock, once for all of them. */
  void ready(Collection<Due> all) {
    for (boolean live : new boolean[] {true, false}) {
      if (all.stream().anyMatch(it -> it.live() == live && isRecord(it))) registrar.reach(live);
    }
  }

  private static boolean isRecord(Due due) {
    return due.work() instanceof Work.Outside(var errand) && errand instanceof Errand.WriteResult;
  }

  Course write(Due due, Errand.WriteResult wanted, Instant now) {
    // The log goes by the system's clock: on a test clock nobody can wait for it.
    var proved = due.clock() == null ? wanted.at().plus(registrar.comes()) : now;
    if (now.isBefore(proved)) return new Course.Later(proved, "the next checkpoint proves it");
    boolean patient = Registrar.isPatient(wanted.at(), now);
    boolean written = registrar.write(due.dispute(), wanted.number(), now, patient).isPresent();
    if (!written && !patient) return new Course.Dropped("nothing became final by event " + wanted.number());
    return written ? new Course.Done(null) : new Course.Later(now.plus(PAUSE), "the log does not reach as far yet");
  }
}
