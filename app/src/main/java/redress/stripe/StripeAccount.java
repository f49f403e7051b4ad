package redress.stripe;

import com.stripe.StripeClient;
import com.stripe.exception.AuthenticationException;
import com.stripe.exception.CardException;
import com.stripe.exception.IdempotencyException;
import com.stripe.exception.InvalidRequestException;
import com.stripe.exception.PermissionException;
import com.stripe.exception.RateLimitException;
import com.stripe.exception.StripeException;
import com.stripe.model.Refund;
import com.stripe.net.RequestOptions;
import com.stripe.param.DisputeListParams;
import com.stripe.param.RefundCreateParams;
import com.stripe.param.RefundListParams;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import redress.check.Facts;
import redress.connect.Answer;
import redress.connect.Callback;
import redress.connect.Heard;
import redress.connect.Provider;
import redress.connect.RefundOrder;
import redress.connect.RefundRecord;

/**
 * An account at Stripe (https://docs.stripe.com/api). Payments are known by their PaymentIntent (pi_…) or their charge.
 * An order's reference is its idempotency key and stands in the refund's metadata: Stripe forgets keys after a day, so
 * that an order is looked for among the payment's refunds before it is sent.
 */
final class StripeAccount implements Provider {
  /** Where the reference stands in a refund's metadata. */
  static final String REFERENCE = "redress_reference";
  /** Where the merchant may say which promise its own refund keeps ({@code dsp_…-o2}). */
  static final String MEMO = "redress_memo";

  private static final Logger log = LoggerFactory.getLogger(StripeAccount.class);
  /** Refunds take five to ten business days (https://docs.stripe.com/refunds). */
  private static final Duration ARRIVAL = Duration.ofDays(14);
  private static final Facts.Transaction SILENT = new Facts.Transaction(false, false, false, 0, null, 0);
  private static final Facts.Transaction MISSING = new Facts.Transaction(true, false, false, 0, null, 0);
  /** A dispute that took no money, or gave it back. */
  private static final Set<String> HARMLESS =
      Set.of("won", "prevented", "warning_needs_response", "warning_under_review", "warning_closed");

  private final String name;
  private final StripeClient stripe;
  private final StripeEvents events;

  StripeAccount(String name, StripeClient stripe, StripeEvents events) {
    this.name = name;
    this.stripe = stripe;
    this.events = events;
  }

  /** What was captured, as Stripe counts it; {@code currency} in capitals. */
  private record Captured(boolean captured, long amount, String currency) {}

  @Override public String name() {
    return name;
  }

  @Override public Facts.Transaction find(String payment, Instant at) {
    try {
      var found = captured(payment);
      return new Facts.Transaction(true, true, found.captured, StripeMoney.toMinor(found.amount, found.currency),
          found.currency, StripeMoney.toMinor(chargedBack(payment), found.currency));
    } catch (StripeException e) {
      return isMissing(e) ? MISSING : silent(e, SILENT);
    } catch (ArithmeticException e) {
      log.warn("Account {}: the amount of a payment cannot be counted: {}", name, e.getMessage());
      return SILENT;
    }
  }

  @Override public Answer refund(RefundOrder order, Instant at) {
    var amount = StripeMoney.toStripe(order.minor(), order.currency());
    if (amount.isEmpty()) return new Answer.Refused("AMOUNT_NOT_PAYABLE");
    try {
      var known = ordered(order);
      if (known.isPresent()) return answer(order, known.get());
      // Stripe takes the currency from the payment and would not notice another.
      if (!captured(order.payment()).currency.equals(order.currency())) return new Answer.Refused("CURRENCY_UNKNOWN");
      var wanted = of(order.payment(), RefundCreateParams.builder()).setAmount(amount.getAsLong())
          .setMetadata(Map.of(REFERENCE, order.reference())).build();
      var key = RequestOptions.builder().setIdempotencyKey(order.reference()).build();
      return answer(order, stripe.v1().refunds().create(wanted, key));
    } catch (StripeException e) {
      return refusal(order, e);
    }
  }

  @Override public Answer ask(RefundOrder order, Instant at) {
    try {
      return ordered(order).map(found -> answer(order, found)).orElse(new Answer.Unheard());
    } catch (StripeException e) {
      return isMissing(e) ? new Answer.Unheard() : silent(e, new Answer.Unknown());
    }
  }

  @Override public Optional<List<RefundRecord>> records(String payment, Instant at) {
    try {
      return Optional.of(refunds(payment).stream().map(StripeAccount::asRecord).toList());
    } catch (StripeException e) {
      return isMissing(e) ? Optional.of(List.of()) : silent(e, Optional.empty());
    } catch (ArithmeticException e) {
      log.warn("Account {}: the amount of a refund cannot be counted: {}", name, e.getMessage());
      return Optional.empty();
    }
  }

  @Override public Heard read(Callback callback, Instant at) {
    return events.read(callback, at);
  }

  private Captured captured(String payment) throws StripeException {
    if (isIntent(payment)) {
      var intent = stripe.v1().paymentIntents().retrieve(payment);
      long received = Objects.requireNonNullElse(intent.getAmountReceived(), 0L);
      return new Captured(received > 0, received, currency(intent.getCurrency()));
    }
    var charge = stripe.v1().charges().retrieve(payment);
    boolean captured = Boolean.TRUE.equals(charge.getCaptured()) && "succeeded".equals(charge.getStatus());
    return new Captured(captured, Objects.requireNonNullElse(charge.getAmountCaptured(), 0L),
        currency(charge.getCurrency()));
  }

  private long chargedBack(String payment) throws StripeException {
    var wanted = DisputeListParams.builder().setLimit(100L);
    var disputes = stripe.v1().disputes()
        .list((isIntent(payment) ? wanted.setPaymentIntent(payment) : wanted.setCharge(payment)).build());
    return disputes.getData().stream().filter(dispute -> !HARMLESS.contains(dispute.getStatus()))
        .mapToLong(dispute -> Objects.requireNonNullElse(dispute.getAmount(), 0L)).sum();
  }

  private Optional<Refund> ordered(RefundOrder order) throws StripeException {
    return refunds(order.payment()).stream().filter(refund -> order.reference().equals(reference(refund))).findFirst();
  }

  /** Every refund of the payment, page by page. */
  private List<Refund> refunds(String payment) throws StripeException {
    var all = new ArrayList<Refund>();
    for (boolean more = true; more;) {
      var wanted = RefundListParams.builder().setLimit(100L);
      if (!all.isEmpty()) wanted.setStartingAfter(all.getLast().getId());
      var page = stripe.v1().refunds()
          .list((isIntent(payment) ? wanted.setPaymentIntent(payment) : wanted.setCharge(payment)).build());
      all.addAll(page.getData());
      more = Boolean.TRUE.equals(page.getHasMore()) && !page.getData().isEmpty();
    }
    return all;
  }

  private static RefundCreateParams.Builder of(String payment, RefundCreateParams.Builder wanted) {
    return isIntent(payment) ? wanted.setPaymentIntent(payment) : wanted.setCharge(payment);
  }

  private static boolean isIntent(String payment) {
    return payment.startsWith("pi_");
  }

  /** What a refund says about the order that it carries the reference of. */
  private static Answer answer(RefundOrder order, Refund found) {
    var amount = StripeMoney.toStripe(order.minor(), order.currency());
    boolean same = amount.isPresent() && amount.getAsLong() == found.getAmount()
        && currency(found.getCurrency()).equals(order.currency());
    if (!same) return new Answer.Refused("REFERENCE_TAKEN");
    return switch (Objects.requireNonNullElse(found.getStatus(), "")) {
      case "succeeded" -> new Answer.Done(created(found));
      case "pending", "requires_action" -> new Answer.Processing(created(found).plus(ARRIVAL));
      case "failed" -> new Answer.Refused(code(found.getFailureReason(), "FAILED"));
      case "canceled" -> new Answer.Refused("CANCELED");
      default -> new Answer.Unknown();
    };
  }

  private static RefundRecord asRecord(Refund refund) {
    var currency = currency(refund.getCurrency());
    var state = switch (Objects.requireNonNullElse(refund.getStatus(), "")) {
      case "succeeded" -> Facts.State.SUCCEEDED;
      case "pending", "requires_action" -> Facts.State.PROCESSING;
      case "failed", "canceled" -> Facts.State.FAILED;
      default -> Facts.State.UNKNOWN;
    };
    var arrival = switch (state) {
      case SUCCEEDED -> created(refund);
      case PROCESSING, UNKNOWN -> created(refund).plus(ARRIVAL);
      case FAILED, REVERSED -> null;
    };
    return new RefundRecord(reference(refund), StripeMoney.toMinor(refund.getAmount(), currency), currency, "",
        metadata(refund, MEMO, ""), state, arrival);
  }

  /** Ours, or what Stripe calls a refund that somebody else ordered. */
  private static String reference(Refund refund) {
    return metadata(refund, REFERENCE, refund.getId());
  }

  private static String metadata(Refund refund, String key, String otherwise) {
    return refund.getMetadata() == null ? otherwise : refund.getMetadata().getOrDefault(key, otherwise);
  }

  private static Instant created(Refund refund) {
    return Instant.ofEpochSecond(Objects.requireNonNullElse(refund.getCreated(), 0L));
  }

  private static String currency(@Nullable String code) {
    return code == null ? "" : code.toUpperCase(Locale.ROOT);
  }

  private static String code(@Nullable String reason, String otherwise) {
    return reason == null || reason.isBlank() ? otherwise : reason.toUpperCase(Locale.ROOT);
  }

  /** What an order came to that was not taken (https://docs.stripe.com/api/errors): only a clear no is a no. */
  private Answer refusal(RefundOrder order, StripeException e) {
    return switch (e) {
      case IdempotencyException _ -> new Answer.Refused("REFERENCE_TAKEN");
      case RateLimitException _ -> silent(e, new Answer.Unknown());
      case InvalidRequestException _ when isMissing(e) -> new Answer.Refused("PAYMENT_UNKNOWN");
      case InvalidRequestException _,CardException _ ->
          unlessOrdered(order, new Answer.Refused(code(e.getCode(), "INVALID_REQUEST")));
      default -> silent(e, new Answer.Unknown());
    };
  }

  /** An order that was carried out meanwhile, its answer lost, may be refused as more than is left. */
  private Answer unlessOrdered(RefundOrder order, Answer refused) {
    try {
      return ordered(order).map(found -> answer(order, found)).orElse(refused);
    } catch (StripeException e) {
      return silent(e, new Answer.Unknown());
    }
  }

  private static boolean isMissing(StripeException e) {
    return e instanceof InvalidRequestException && "resource_missing".equals(e.getCode());
  }

  /** Its words may hold a part of a key, so that only kind and code go to the log. */
  private <T> T silent(StripeException e, T answer) {
    // Silence is ordinary and counted elsewhere; a key that is refused is for the operator to put right.
    boolean refused = e instanceof AuthenticationException || e instanceof PermissionException;
    log.atLevel(refused ? Level.WARN : Level.DEBUG).log("Account {}: Stripe gave no answer: {} {} {}", name,
        e.getClass().getSimpleName(), e.getStatusCode(), e.getCode());
    return answer;
  }
}
