package redress.errand;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import redress.connect.Answer;
import redress.connect.Provider;
import redress.connect.Providers;
import redress.connect.RefundOrder;
import redress.dispute.Command.RecordRefund;
import redress.dispute.Matter;
import redress.dispute.Refund;
import redress.store.Errands.Due;

/**
 * Asks the provider to pay a refund, and how it stands until that is known for good. The reference is the refund's own
 * and never
 * changes, so that asking twice pays once. No transaction is open meanwhile.
 */
final class Paying {
  private final Providers providers;
  private final Says says;

  Paying(Providers providers, Says says) {
    this.providers = providers;
    this.says = says;
  }

  /** Sends the order; when it was sent before, its answer comes again. */
  Course pay(Due due, Matter matter, int refund, Instant since, Instant now) {
    return settle(due, matter, refund, since, now, (provider, order) -> provider.refund(order, now));
  }

  /** Asks how it stands, and sends the order again only when the provider never heard of it. */
  Course enquire(Due due, Matter matter, int refund, Instant since, Instant now) {
    return settle(due, matter, refund, since, now, (provider, order) -> {
      var answer = provider.ask(order, now);
      return answer instanceof Answer.Unheard ? provider.refund(order, now) : answer;
    });
  }

  private interface Question {
    Answer put(Provider provider, RefundOrder order);
  }

  private Course settle(Due due, Matter matter, int number, Instant since, Instant now, Question question) {
    var known = matter.dispute().refund(number);
    if (known.isEmpty()) return new Course.Dropped("no refund " + number);
    var refund = known.get();
    var provider = providers.named(matter.payment().provider());
    var answer = provider.map(it -> question.put(it, order(due, matter, refund))).orElse(new Answer.Unknown());
    var course = record(due, refund, answer, occasion(since, now));
    // As long as the provider may still pay it is asked, whatever the rules make of an interim answer.
    return again(answer, since, now).map(at -> (Course) new Course.Later(at, "the refund is on its way"))
        .orElse(course);
  }

  private static RefundOrder order(Due due, Matter matter, Refund refund) {
    var payment = matter.payment();
    return new RefundOrder(refund.reference(due.dispute()), payment.id(), refund.minor(), payment.currency(),
        payment.payer());
  }

  private Course record(Due due, Refund refund, Answer answer, String occasion) {
    return switch (answer) {
      case Answer.Done done -> tell(due, refund, Refund.State.SUCCEEDED, done.arrived(), occasion);
      case Answer.Processing processing -> tell(due, refund, Refund.State.PROCESSING, processing.arrival(), occasion);
      case Answer.Refused _ -> tell(due, refund, Refund.State.FAILED, null, occasion);
      case Answer.Reversed reversed -> tell(due, refund, Refund.State.REVERSED, reversed.when(), occasion);
      case Answer.Unheard _,Answer.Unknown _ -> tell(due, refund, Refund.State.UNKNOWN, null, occasion);
    };
  }

  private Course tell(Due due, Refund refund, Refund.State state, @Nullable Instant arrival, String occasion) {
    if (refund.state() == state) return new Course.Done();
    return says.each(due, new RecordRefund(refund.id(), state, arrival), occasion);
  }

  /** The same answer may come again after another; only within one enquiry is it the same report. */
  private static String occasion(Instant since, Instant now) {
    return Long.toString(Pace.enquiry(since, now).getEpochSecond());
  }

  private static Optional<Instant> again(Answer answer, Instant since, Instant now) {
    return switch (answer) {
      case Answer.Processing(var arrival) when arrival.isAfter(now) -> Optional.of(arrival);
      case Answer.Processing _,Answer.Unheard _,Answer.Unknown _ -> Optional.of(Pace.enquiry(since, now));
      case Answer.Done _,Answer.Refused _,Answer.Reversed _ -> Optional.empty();
    };
  }
}
