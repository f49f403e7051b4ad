package redress.lab.judge;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import redress.dispute.Actor;
import redress.dispute.Command;
import redress.dispute.DisputeId;
import redress.dispute.Event;
import redress.dispute.Status;
import redress.dispute.Timer;
import redress.money.Transfer;
import redress.policy.Deadline;
import redress.policy.RuleSet;

/**
 * Sees everything that happens to one payment and its disputes, as the journal, the ledger and the provider's books
 * tell it,
 * and throws a {@link Violation} at the first thing that must not be. It never asks the rules.
 */
public final class Judge {
  private final Map<DisputeId, Shadow> shadows = new HashMap<>();
  private final MoneyJudge money;
  private final TimeJudge time;
  private final PeopleJudge people;
  private final TalkJudge talk;
  private final VerificationJudge verification;
  private @Nullable Moment moment;

  public Judge(RuleSet rules, String payer, String merchant, long captured, String currency, Books books) {
    money = new MoneyJudge(captured, currency, payer, books);
    time = new TimeJudge(rules);
    people = new PeopleJudge(payer, merchant);
    talk = new TalkJudge(rules.limits());
    verification = new VerificationJudge(rules.limits(), books, payer, currency);
  }

  /** The payment's own entry. */
  public void registered(Transfer entry) {
    money.registered(entry);
  }

  /** A decision with events begins. {@code fired}: the deadline that acted, or null. */
  public void begins(DisputeId id, Instant at, Actor by, Command.@Nullable Pass fired) {
    var shadow = shadows.computeIfAbsent(id, Shadow::new);
    moment = new Moment(shadow, at, by, fired);
    moment.require(!at.isBefore(shadow.last), Invariant.TIME_FORWARD, () -> at + " after " + shadow.last);
    shadow.last = at;
    if (fired != null) time.acts(moment, fired);
  }

  /** One event of it, with what it moved in the ledger. */
  public void saw(Event event, List<Transfer> moved) {
    var m = here();
    var shadow = m.shadow();
    if (event instanceof Event.Filed filed) onlyOne(m, filed);
    people.saw(m, event);
    talk.saw(m, event);
    verification.saw(m, event);
    money.saw(m, event, moved, shadows.values());
    var before = shadow.status;
    shadow.status = Statuses.after(shadow, event);
    shadow.events++;
    m.require(Machine.allows(event.row(), before, shadow.status), Invariant.STATUS_ROW,
        () -> event.getClass().getSimpleName() + " by row " + event.row() + " leads from " + before + " to "
            + shadow.status);
    time.saw(m, event);
  }

  /**
   * The decision is over; the dispute is published with this status and version, these live deadlines, this much held
   * for it
   * and this much refundable of its payment.
   */
  public void ends(Status status, int version, List<Timer> timers, long held, long refundable) {
    var m = here();
    var shadow = m.shadow();
    m.require(status == shadow.status, Invariant.STATUS_AGREES,
        () -> status + " is published, " + shadow.status + " adds up");
    m.require(version == shadow.events, Invariant.EVENTS_GAPLESS,
        () -> "version " + version + " after " + shadow.events);
    nextStep(m, timers);
    time.live(m, timers);
    money.ends(m, held, refundable, shadows.values());
    verification.ends(m);
    moment = null;
  }

  private static void nextStep(Moment m, List<Timer> timers) {
    if (m.shadow().isOpen()) {
      m.require(!timers.isEmpty(), Invariant.NEXT_STEP, () -> m.shadow().status + " waits for nothing");
      return;
    }
    for (var timer : timers) {
      boolean afterClose = timer.deadline() == Deadline.REOPEN_AFTER_CLOSE || timer.deadline() == Deadline.RETENTION;
      m.require(afterClose, Invariant.NEXT_STEP, () -> timer + " lives on after closing");
    }
  }

  private void onlyOne(Moment m, Event.Filed filed) {
    for (var other : shadows.values()) {
      var theirs = other.filing;
      if (other == m.shadow() || !other.isOpen() || theirs == null) continue;
      var items = filed.filing().items();
      boolean same = items.isEmpty() || theirs.items().isEmpty() || items.stream().anyMatch(theirs.items()::contains);
      m.require(!same, Invariant.ONE_OPEN_A_ITEM, () -> items + " and " + theirs.items() + " are both in dispute");
    }
  }

  private Moment here() {
    if (moment == null) throw new IllegalStateException("nothing has begun");
    return moment;
  }
}
