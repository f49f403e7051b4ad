package redress.errand;

import java.time.Instant;
import redress.dispute.Command.Pot;
import redress.dispute.Command.ReserveFunds;
import redress.dispute.Matter;
import redress.dispute.Stage.Excepted.Ask;
import redress.store.Errands.Due;
import redress.store.Reserve;
import redress.store.Reserves;

/**
 * Draws on deposits and the fund, which live elsewhere than the dispute: reserve there, tell the desk, confirm there.
 * Whatever dies between two of these steps, the next attempt goes on with what was reserved before, so that money is
 * neither drawn twice nor lost.
 */
final class Reserving {
  private final Reserves reserves;
  private final Says says;

  Reserving(Reserves reserves, Says says) {
    this.reserves = reserves;
    this.says = says;
  }

  /** Has the reserve set aside what is asked and the desk hear how much that is, be it nothing. */
  Course reserve(Due due, Matter matter, Ask ask, Instant now) {
    var id = Reserve.behind(matter.payment(), ask.pot());
    var draw = reserves.reserve(id, due.dispute(), ask, matter.payment().merchant(), now);
    return switch (draw.state()) {
      case CONFIRMED, RELEASED -> new Course.Dropped("it was heard of before");
      case OPEN -> {
        var course = says.once(due, new ReserveFunds(ask.pot(), ask.number(), draw.granted()));
        if (course instanceof Course.Done) reserves.confirm(id, due.dispute(), ask, now);
        else reserves.release(id, due.dispute(), ask, now);
        yield course;
      }
    };
  }

  /** Gives back what the dispute did not use. */
  Course giveBack(Due due, Matter matter, int number, Pot pot, long minor, Instant now) {
    var payment = matter.payment();
    reserves.giveBack(Reserve.behind(payment, pot), due.dispute(), number, minor, payment.merchant(), now);
    return new Course.Done(null);
  }
}
