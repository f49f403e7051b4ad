package redress.errand;

import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import redress.dispute.Command.RecordContact;
import redress.dispute.Command.RecordReminder;
import redress.dispute.Errand;
import redress.dispute.Matter;
import redress.dispute.Rules;
import redress.notify.Notifier;
import redress.notify.Sent;
import redress.policy.RuleSet;
import redress.store.Errands.Due;

/** Tells people: of what happened, of deadlines that still stand, and asks the buyer whether the promise was kept. */
final class Telling {
  private final Notifier notifier;
  private final Says says;

  Telling(Notifier notifier, Says says) {
    this.notifier = notifier;
    this.says = says;
  }

  Course tell(Due due, Matter matter, Errand.Tell tell, Instant now) {
    return switch (notifier.tell(matter, tell, due.key(), now)) {
      case Sent.Done _ -> new Course.Done();
      case Sent.Later(var at, var why) -> new Course.Later(at, why);
      case Sent.Suppressed(var why) -> new Course.Dropped(why);
    };
  }

  /** Whether the deadline still stands; if not, the reminder is suppressed. */
  boolean stands(Errand.Remind remind, Matter matter) {
    return Rules.timers(matter).stream()
        .anyMatch(timer -> timer.deadline() == remind.deadline() && timer.due().equals(remind.due()));
  }

  /** Whether the reminder was delivered is for the rules to know: nobody loses for silence that was not warned of. */
  Course remind(Due due, Matter matter, Errand.Remind remind, Instant now) {
    return switch (notifier.remind(matter, remind, due.key(), now)) {
      case Sent.Done(var delivered, _) ->
          says.once(due, new RecordReminder(remind.deadline(), remind.due(), delivered));
      case Sent.Later(var at, var why) -> new Course.Later(at, why);
      case Sent.Suppressed(var why) -> new Course.Dropped(why);
    };
  }

  /** Within the buyer's waking hours. */
  Course contact(Due due, Matter matter, Errand.Contact contact, Instant now) {
    var wake = awake(matter.rules(), matter.dispute().about().buyerZone(), now);
    if (wake.isAfter(now)) return new Course.Later(wake, "the buyer sleeps");
    return switch (notifier.contact(matter, contact, due.key(), now)) {
      case Sent.Done(var delivered, var channel) -> says.once(due, new RecordContact(channel, delivered));
      case Sent.Later(var at, var why) -> new Course.Later(at, why);
      case Sent.Suppressed(var why) -> new Course.Dropped(why);
    };
  }

  /** {@code now}, or when the waking hours of {@code zone} begin next. */
  static Instant awake(RuleSet rules, ZoneId zone, Instant now) {
    var there = now.atZone(zone);
    if (there.getHour() >= rules.wakingFromHour() && there.getHour() < rules.wakingToHour()) return now;
    var day = there.getHour() < rules.wakingFromHour() ? there : there.plusDays(1);
    return day.truncatedTo(ChronoUnit.DAYS).withHour(rules.wakingFromHour()).toInstant();
  }
}
