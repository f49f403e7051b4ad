package redress.errand;

import redress.desk.Answer;
import redress.desk.Desk;
import redress.desk.Request;
import redress.dispute.Command;
import redress.seal.Digest;
import redress.store.Errands.Due;
import redress.store.Key;

/** What errands say to the desk, as SYSTEM and under a key of the errand: said twice, it counts once. */
final class Says {
  private static final String PRINCIPAL = "system:errand";

  private final Desk desk;

  Says(Desk desk) {
    this.desk = desk;
  }

  /** The desk did not serve it; nothing is known to have happened. */
  static final class Unserved extends RuntimeException {
    Unserved(Answer answer) {
      super("the desk answered " + answer);
    }
  }

  /** Says {@code command} once for this errand, whatever it says: for what must not be counted twice. */
  Course once(Due due, Command command) {
    return say(due, command, due.dispute() + "." + due.key());
  }

  /**
   * Says {@code command} once for this errand and this content; {@code occasion} tells repeats of one content apart.
   */
  Course each(Due due, Command command, String occasion) {
    return say(due, command, due.dispute() + "." + due.key() + "." + occasion + "."
        + Digest.sha256(command.toString()).substring(0, 16));
  }

  /** Says {@code command} once for {@code fact}, whichever errand of whichever dispute of the payment finds it out. */
  Course fact(Due due, Command command, String fact) {
    return say(due, command, fact);
  }

  private Course say(Due due, Command command, String name) {
    var key = new Key(PRINCIPAL, name, Digest.sha256(command.toString()));
    return switch (desk.handle(Request.system(due.dispute(), command).keyed(key))) {
      case Answer.Done done -> new Course.Done(done.after());
      case Answer.Repeated _,Answer.KeyReused _ -> new Course.Done(null);
      case Answer.Refused refused -> new Course.Dropped(command.name() + " " + refused.why());
      case Answer.KeyInFlight busy -> throw new Unserved(busy);
      case Answer.VersionMismatch busy -> throw new Unserved(busy);
      case Answer.Busy busy -> throw new Unserved(busy);
    };
  }
}
