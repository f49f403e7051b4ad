package redress.paypal;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redress.check.Facts;
import redress.connect.Answer;
import redress.connect.Callback;
import redress.connect.Heard;
import redress.connect.Provider;
import redress.connect.RefundOrder;
import redress.connect.RefundRecord;
import redress.paypal.PayPalWire.Said;
import redress.paypal.PayPalWire.Silence;
import tools.jackson.databind.JsonNode;

/**
 * An account at PayPal (https://developer.paypal.com/docs/api/payments/v2/). Payments are known by their capture. An
 * order's reference is the request's id, which PayPal keeps for 45 days, and the refund's custom and invoice id, which
 * it keeps for good. PayPal looks up no refund by any of these, but a capture's order lists all its refunds: there an
 * order is looked for before it is sent.
 */
final class PayPalAccount implements Provider {
  private static final Logger log = LoggerFactory.getLogger(PayPalAccount.class);
  /** Bank transfers take about a week; everything else is there at once. */
  private static final Duration ARRIVAL = Duration.ofDays(7);
  private static final Set<String> CAPTURED = Set.of("COMPLETED", "PARTIALLY_REFUNDED", "REFUNDED");
  private static final Set<String> REUSED = Set.of("DUPLICATE_REQUEST_ID", "REQUEST_ID_REUSED");
  private static final Set<String> TAKEN_BACK = Set.of("CHARGEBACK", "PRE_ARBITRATION", "ARBITRATION");
  private static final Set<String> SPARED = Set.of("RESOLVED_SELLER_FAVOUR", "CANCELED_BY_BUYER", "DENIED");
  private static final Facts.Transaction SILENT = new Facts.Transaction(false, false, false, 0, null, 0);
  private static final Facts.Transaction MISSING = new Facts.Transaction(true, false, false, 0, null, 0);

  private final String name;
  private final PayPalWire wire;
  private final PayPalEvents events;
  private final boolean disputes;

  PayPalAccount(String name, PayPalWire wire, PayPalEvents events, boolean disputes) {
    this.name = name;
    this.wire = wire;
    this.events = events;
    this.disputes = disputes;
  }

  /** What became of looking for an order among a capture's refunds. */
  private sealed interface Look {
    /** This is it. */
    record There(JsonNode refund) implements Look {}

    /** All its refunds are known, and it is not among them. */
    record Absent() implements Look {}

    /** The capture belongs to no order that could be read, so that nobody lists its refunds. */
    record Unlisted() implements Look {}
  }

  @Override public String name() {
    return name;
  }

  @Override public Facts.Transaction find(String payment, Instant at) {
    try {
      var said = wire.get(capture(payment));
      if (!said.isGood()) return MISSING;
      var amount = said.body().path("amount");
      return new Facts.Transaction(true, true, CAPTURED.contains(said.body().path("status").asString("")),
          PayPalMoney.minor(amount), PayPalMoney.currency(amount), chargedBack(payment));
    } catch (Silence | IllegalArgumentException e) {
      return unclear(e, SILENT);
    }
  }

  @Override public Answer refund(RefundOrder order, Instant at) {
    var value = PayPalMoney.text(order.minor(), order.currency());
    if (value.isEmpty()) return new Answer.Refused("DECIMALS_NOT_SUPPORTED");
    try {
      return switch (look(order)) {
        case Look.There(var refund) -> answer(order, refund);
        case Look.Absent _,Look.Unlisted _ -> sent(order, wire.post(capture(order.payment()) + "/refund",
            Map.of("amount", Map.of("value", value.get(), "currency_code", order.currency()), "custom_id",
                order.reference(), "invoice_id", order.reference()),
            order.reference()));
      };
    } catch (Silence | IllegalArgumentException e) {
      return unclear(e, new Answer.Unknown());
    }
  }

  private Answer sent(RefundOrder order, Said said) throws Silence {
    if (said.isGood()) return answer(order, said.body());
    if (said.status() == 404) return new Answer.Refused("PAYMENT_UNKNOWN");
    if (REUSED.contains(said.issue())) return new Answer.Refused("REFERENCE_TAKEN");
    // An order that was carried out meanwhile, its answer lost, may be refused as more than is left.
    return look(order) instanceof Look.There(var refund) ? answer(order, refund) : new Answer.Refused(said.issue());
  }

  @Override public Answer ask(RefundOrder order, Instant at) {
    try {
      return switch (look(order)) {
        case Look.There(var refund) -> answer(order, asItIs(refund));
        case Look.Absent _ -> new Answer.Unheard();
        case Look.Unlisted _ -> new Answer.Unknown();
      };
    } catch (Silence | IllegalArgumentException e) {
      return unclear(e, new Answer.Unknown());
    }
  }

  @Override public Optional<List<RefundRecord>> records(String payment, Instant at) {
    try {
      return refunds(payment).map(all -> all.stream().map(PayPalAccount::asRecord).toList());
    } catch (Silence | IllegalArgumentException e) {
      return unclear(e, Optional.empty());
    }
  }

  @Override public Heard read(Callback callback, Instant at) {
    return events.read(callback, at);
  }

  private Look look(RefundOrder order) throws Silence {
    var all = refunds(order.payment());
    if (all.isEmpty()) return new Look.Unlisted();
    return all.get().stream().filter(refund -> order.reference().equals(reference(refund))).findFirst()
        .<Look>map(Look.There::new).orElseGet(Look.Absent::new);
  }

  /** The order's list may lag behind the refund itself. */
  private JsonNode asItIs(JsonNode listed) throws Silence {
    var said = wire.get("/v2/payments/refunds/" + listed.path("id").asString(""));
    return said.isGood() ? said.body() : listed;
  }

  /** Every refund of the capture; empty when nobody lists them. */
  private Optional<List<JsonNode>> refunds(String payment) throws Silence {
    var said = wire.get(capture(payment));
    if (!said.isGood()) return Optional.of(List.of());
    var order = order(said.body());
    var listed = order.isEmpty() ? Optional.<Said>empty()
        : Optional.of(wire.get("/v2/checkout/orders/" + order.get())).filter(Said::isGood);
    // What was never refunded needs no list.
    if (listed.isEmpty())
      return said.body().path("status").asString("").equals("COMPLETED") ? Optional.of(List.of())
          : Optional.empty();
    var all = new ArrayList<JsonNode>();
    for (var unit : listed.get().body().path("purchase_units"))
      for (var refund : unit.path("payments").path("refunds"))
        if (PayPalEvents.linked(refund, "captures").filter(payment::equals).isPresent()) all.add(refund);
    return Optional.of(all);
  }

  private static Optional<String> order(JsonNode capture) {
    var related = capture.path("supplementary_data").path("related_ids").path("order_id").asString("");
    return related.isEmpty() ? PayPalEvents.linked(capture, "orders") : Optional.of(related);
  }

  /** What banks took back of the capture: disputes that went beyond an inquiry and were not won. */
  private long chargedBack(String payment) throws Silence {
    if (!disputes) return 0;
    var said = wire.get("/v1/customer/disputes?page_size=50&disputed_transaction_id=" + part(payment));
    if (!said.isGood()) return 0;
    long sum = 0;
    for (var listed : said.body().path("items")) {
      var dispute = wire.get("/v1/customer/disputes/" + part(listed.path("dispute_id").asString(""))).body();
      boolean spared = SPARED.contains(dispute.path("dispute_outcome").path("outcome_code").asString(""));
      boolean taken = TAKEN_BACK.contains(dispute.path("dispute_life_cycle_stage").asString(""));
      if (taken && !spared) sum = Math.addExact(sum, PayPalMoney.minor(dispute.path("dispute_amount")));
    }
    return sum;
  }

  private static String capture(String payment) {
    return "/v2/payments/captures/" + part(payment);
  }

  /** PayPal's ids are letters, digits and hyphens; whatever else was registered is found nowhere. */
  private static String part(String id) {
    return id.matches("[A-Za-z0-9-]{1,60}") ? id : "0";
  }

  private static Answer answer(RefundOrder order, JsonNode refund) {
    var amount = refund.path("amount");
    boolean same =
        PayPalMoney.currency(amount).equals(order.currency()) && PayPalMoney.minor(amount) == order.minor();
    if (!same) return new Answer.Refused("REFERENCE_TAKEN");
    var status = refund.path("status").asString("");
    return switch (state(status)) {
      case SUCCEEDED -> new Answer.Done(time(refund, "update_time"));
      case PROCESSING -> new Answer.Processing(time(refund, "create_time").plus(ARRIVAL));
      case FAILED -> new Answer.Refused(status);
      case REVERSED, UNKNOWN -> new Answer.Unknown();
    };
  }

  private static RefundRecord asRecord(JsonNode refund) {
    var state = state(refund.path("status").asString(""));
    var arrival = switch (state) {
      case SUCCEEDED -> time(refund, "update_time");
      case PROCESSING, UNKNOWN -> time(refund, "create_time").plus(ARRIVAL);
      case FAILED, REVERSED -> null;
    };
    return new RefundRecord(reference(refund), PayPalMoney.minor(refund.path("amount")),
        PayPalMoney.currency(refund.path("amount")), "", refund.path("note_to_payer").asString(""), state, arrival);
  }

  private static Facts.State state(String status) {
    return switch (status) {
      case "COMPLETED" -> Facts.State.SUCCEEDED;
      case "PENDING" -> Facts.State.PROCESSING;
      case "FAILED", "CANCELLED" -> Facts.State.FAILED;
      default -> Facts.State.UNKNOWN;
    };
  }

  /** Ours, or what PayPal calls a refund that somebody else ordered. */
  private static String reference(JsonNode refund) {
    var custom = refund.path("custom_id").asString("");
    return custom.startsWith("dsp_") ? custom : refund.path("id").asString("");
  }

  private static Instant time(JsonNode refund, String field) {
    var text = refund.path(field).asString(refund.path("create_time").asString(""));
    try {
      return OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeException e) {
      throw new IllegalArgumentException("no time: " + text, e);
    }
  }

  private <T> T unclear(Exception e, T answer) {
    if (!(e instanceof Silence)) log.warn("Account {}: PayPal's answer is not understood: {}", name, e.getMessage());
    return answer;
  }
}
