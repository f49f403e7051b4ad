package redress.api;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import redress.desk.Answer;
import redress.desk.Desk;
import redress.desk.Request;
import redress.dispute.Act;
import redress.dispute.Command.SubmitEvidence;
import redress.dispute.Decision;
import redress.dispute.Matter;
import redress.dispute.Rules;
import redress.door.Fault;
import redress.store.Key;
import redress.store.SubjectKeys;
import redress.verb.Body;
import redress.verb.Scribe;
import redress.verb.Verb;
import redress.verb.Verbs;
import redress.view.Seats.At;

/** Where everything that can be said about a filed dispute is said, whether a program or a page brings it. */
public final class Counter {
  private final Desk desk;
  private final SubjectKeys keys;
  private final Submissions submissions;

  public Counter(Desk desk, SubjectKeys keys, Submissions submissions) {
    this.desk = desk;
    this.keys = keys;
    this.submissions = submissions;
  }

  /**
   * Says it from this seat: {@code number} is what it is about (0: the dispute), {@code key} the idempotency key,
   * {@code ifVersion} the version of the dispute that was seen. Turns away a body that does not fit, and money without
   * a key.
   */
  public Answer say(At at, Verb verb, int number, Body body, @Nullable Key key, @Nullable Integer ifVersion) {
    var scribe = new Scribe(at.reader().caller(), keys, at.place().currency());
    var command = verb.maker().make(body, scribe, number);
    if (key == null && Verbs.MONEY.contains(verb.command())) {
      throw Fault.IDEMPOTENCY_KEY_NEEDED.away("Idempotency-Key");
    }
    if (command instanceof SubmitEvidence given) {
      return submissions.give(at, key, ifVersion, scribe.texts(), given);
    }
    return desk.handle(Request.of(at.seat(), command).saying(scribe.texts()).keyed(key).ifAt(ifVersion));
  }

  /**
   * What the rules would answer to it at {@code now} (UTC), as {@code matter} stands; nothing happens. Turns away a
   * body that does not fit.
   */
  public Decision weigh(At at, Matter matter, Verb verb, int number, Body body, Instant now) {
    var scribe = new Scribe(at.reader().caller(), keys, at.place().currency());
    return Rules.decide(matter, new Act(at.reader().actor(), now, verb.maker().make(body, scribe, number)));
  }
}
