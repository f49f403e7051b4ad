package redress.errand;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import redress.connect.Answer;
import redress.connect.Provider;
import redress.connect.Providers;
import redress.connect.RefundOrder;
import redress.dispute.Command.RecordRefund;
import redress.dispute.DisputeId;
import redress.dispute.Matter;
import redress.dispute.Payment;
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
    return settle(due, matter, refund, since, now, Provider::refund);
  }

  /**
   * Asks how it stands, and sends the order again only when the provider never heard of it. While it is on its way the
   * enquiry that its own event caused goes on; one from outside, a callback or somebody who looked, asks once.
   */
  Course enquire(Due due, Matter matter, int refund, Instant since, Instant now) {
    var course = settle(due, matter, refund, since, now, (provider, order, at) -> {
      var answer = provider.ask(order, at);
      return answer instanceof Answer.Unheard ? provider.refund(order, at) : answer;
    });
    boolean goesOn = matter.dispute().refund(refund).filter(it -> it.state().isInFlight()).isPresent();
    return course instanceof Course.Later && due.isFromOutside() && goesOn ? new Course.Done(null) : course;
  }

  private interface Question {
    Answer put(Provider provider, RefundOrder order, Instant at);
  }

  private Course settle(Due due, Matter matter, int number, Instant since, Instant now, Question question) {
    var known = matter.dispute().refund(number);
    if (known.isEmpty()) return new Course.Dropped("no refund " + number);
    var refund = known.get();
    // What has ended for us must not be paid any more, even if the provider never heard of it.
    Question put = refund.state().isInFlight() ? question : Provider::ask;
    var answer = providers.of(matter.payment())
        .map(provider -> put.put(provider, order(due.dispute(), matter, refund), now)).orElse(new Answer.Unknown());
    if (!refund.state().isInFlight() && answer instanceof Answer.Unheard)
      return new Course.Dropped("it was never sent");
    var course = record(due, refund, answer, occasion(since, now));
    // A refund that goes over into an interim state gets an enquiry of its own from the rules.
    boolean another = state(answer) != refund.state() && course instanceof Course.Done;
    return (another ? Optional.<Instant>empty() : again(answer, since, now))
        .map(at -> (Course) new Course.Later(at, "the refund is on its way")).orElse(course);
  }

  /** The order of a refund, the same whenever it is sent or asked about. */
  static RefundOrder order(DisputeId dispute, Matter matter, Refund refund) {
    return order(refund.reference(dispute), matter.payment(), refund.minor());
  }

  /** The order to pay back {@code minor} units of the payment to whoever paid. */
  static RefundOrder order(String reference, Payment payment, long minor) {
    return new RefundOrder(reference, payment.atProvider(), minor, payment.currency(), payment.payer());
  }

  private Course record(Due due, Refund refund, Answer answer, String occasion) {
    var state = state(answer);
    var arrival = answer instanceof Answer.Processing processing ? processing.arrival() : null;
    boolean same = state == refund.state() && Objects.equals(arrival, refund.arrival());
    return same ? new Course.Done(null) : says.each(due, new RecordRefund(refund.id(), state, arrival), occasion);
  }

  private static Refund.State state(Answer answer) {
    return switch (answer) {
      case Answer.Done _ -> Refund.State.SUCCEEDED;
      case Answer.Processing _ -> Refund.State.PROCESSING;
      case Answer.Refused _ -> Refund.State.FAILED;
      case Answer.Reversed _ -> Refund.State.REVERSED;
      case Answer.Unheard _,Answer.Unknown _ -> Refund.State.UNKNOWN;
    };
  }

  /** The same answer may come again after another; only within one enquiry is it the same report. */
  private static String occasion(Instant since, Instant now) {
    return Long.toString(Pace.enquiry(since, now).getEpochSecond());
  }

  private static Optional<Instant> again(Answer answer, Instant since, Instant now) {
    return switch (answer) {
      case Answer.Processing(var arrival) when arrival.isAfter(now) ->
          Optional.of(earlier(arrival, Pace.enquiry(since, now)));
      case Answer.Processing _,Answer.Unheard _,Answer.Unknown _ -> Optional.of(Pace.enquiry(since, now));
      case Answer.Done _,Answer.Refused _,Answer.Reversed _ -> Optional.empty();
    };
  }

  /** A provider's arrival date is an estimate: it may arrive, or fail, before. */
  private static Instant earlier(Instant one, Instant other) {
    return one.isBefore(other) ? one : other;
  }
}
