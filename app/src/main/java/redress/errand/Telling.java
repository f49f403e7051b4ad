package redress.errand;

import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import redress.dispute.Command.RecordContact;
import redress.dispute.Command.RecordReminder;
import redress.dispute.Errand;
import redress.dispute.Matter;
import redress.dispute.Rules;
import redress.notify.Notifier;
import redress.notify.Notifier.Call;
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

  /** An errand that tells somebody something, and where its dispute stands. */
  record Word(Due due, Errand errand, Matter matter) {}

  /** Whether this is an errand for {@link #begin}. */
  static boolean isWord(Errand errand) {
    return errand instanceof Errand.Tell || errand instanceof Errand.Remind;
  }

  /** Whether the desk hears of it: of a reminder whose deadline still stands. */
  static boolean speaks(Word word) {
    return word.errand instanceof Errand.Remind remind && Rules.timers(word.matter).stream()
        .anyMatch(timer -> timer.deadline() == remind.deadline() && timer.due().equals(remind.due()));
  }

  /**
   * Puts all of them into the inboxes at once; what is left to do for each comes back in the same order. What cannot be
   * written together is written alone, so that nothing fails but what is at fault.
   */
  List<Supplier<Course>> begin(List<Word> words, Instant now) {
    try {
      return write(words, now);
    } catch (RuntimeException e) {
      return words.stream().<Supplier<Course>>map(word -> () -> carry(word, now)).toList();
    }
  }

  /** Does one from beginning to end. */
  Course carry(Word word, Instant now) {
    return write(List.of(word), now).getFirst().get();
  }

  private List<Supplier<Course>> write(List<Word> words, Instant now) {
    var calls = words.stream().map(it -> new Call(it.matter, it.errand, it.due.key(), now)).toList();
    var letters = notifier.write(calls);
    return IntStream.range(0, words.size())
        .<Supplier<Course>>mapToObj(i -> () -> end(words.get(i), letters.get(i).get())).toList();
  }

  /** Whether a reminder was delivered is for the rules to know: nobody loses for silence that was not warned of. */
  private Course end(Word word, Sent sent) {
    return switch (sent) {
      case Sent.Done(var delivered, _) when word.errand instanceof Errand.Remind remind ->
          says.once(word.due, new RecordReminder(remind.deadline(), remind.due(), delivered));
      case Sent.Done _ -> new Course.Done(null);
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
