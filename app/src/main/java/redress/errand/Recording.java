package redress.errand;

import java.time.Duration;
import java.time.Instant;
import redress.dispute.Errand;
import redress.result.Registrar;
import redress.store.Errands.Due;

/** Has the result written down, as soon as the log proves the event that made it final. */
final class Recording {
  /** How long the record waits for the log; then it is made without, and says so. */
  private static final Duration PATIENCE = Duration.ofMinutes(10);
  private static final Duration PAUSE = Duration.ofSeconds(5);

  private final Registrar registrar;

  Recording(Registrar registrar) {
    this.registrar = registrar;
  }

  Course write(Due due, Errand.WriteResult wanted, Instant now) {
    boolean patient = now.isBefore(wanted.at().plus(PATIENCE));
    boolean written = registrar.write(due.dispute(), wanted.number(), now, patient).isPresent();
    if (!written && !patient) return new Course.Dropped("nothing became final by event " + wanted.number());
    return written ? new Course.Done(null) : new Course.Later(now.plus(PAUSE), "the log does not reach as far yet");
  }
}
