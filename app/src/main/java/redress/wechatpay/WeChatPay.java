package redress.wechatpay;

import com.wechat.pay.java.core.http.UrlEncoder;
import com.wechat.pay.java.service.payments.model.Transaction;
import com.wechat.pay.java.service.refund.RefundService;
import com.wechat.pay.java.service.refund.model.AmountReq;
import com.wechat.pay.java.service.refund.model.CreateRequest;
import com.wechat.pay.java.service.refund.model.QueryByOutRefundNoRequest;
import com.wechat.pay.java.service.refund.model.Refund;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redress.check.Facts;
import redress.connect.Answer;
import redress.connect.Callback;
import redress.connect.Heard;
import redress.connect.Provider;
import redress.connect.RefundOrder;
import redress.connect.RefundRecord;

/**
 * A merchant's account at WeChat Pay. A payment is called by the merchant's number ({@code out_trade_no}) or by WeChat
 * Pay's ({@code transaction_id}), as the account says; our reference is the refund's {@code out_refund_no}, under which
 * WeChat Pay pays once for a merchant. Amounts are fen, that is minor units of CNY, the only currency there is.
 *
 * @see <a href="https://pay.weixin.qq.com/docs/merchant/products/refund/apilist.html">WeChat Pay, refunds</a>
 */
final class WeChatPay implements Provider {
  private static final Logger log = LoggerFactory.getLogger(WeChatPay.class);

  private static final String CURRENCY = "CNY";
  private static final ZoneOffset BEIJING = ZoneOffset.ofHours(8);
  private static final Facts.Transaction SILENT = new Facts.Transaction(false, false, false, 0, null, 0);
  private static final Facts.Transaction UNHEARD = new Facts.Transaction(true, false, false, 0, null, 0);
  /** WeChat Pay's own word on how long a bank takes: one to three working days. */
  private static final Duration BANK = Duration.ofDays(3);

  private static final int NOT_FOUND = 404;
  private static final int TOO_MANY = 429;
  private static final int SERVER_ERROR = 500;
  /** Refusals that are about the moment or about the account, and say nothing about the refund itself. */
  private static final Set<String> UNSURE = Set.of("SYSTEM_ERROR", "SYSTEMERROR", "FREQUENCY_LIMITED",
      "FREQUENCY_LIMIT_EXCEED", "RATELIMIT_EXCEEDED", "BIZERR_NEED_RETRY", "SIGN_ERROR", "NO_AUTH", "MCH_NOT_EXISTS",
      "APPID_MCHID_NOT_MATCH", "NO_CODE");

  private final String name;
  private final String merchant;
  private final Wire wire;
  private final Numbers numbers;
  private final String notifyUrl;
  private final int billDays;
  private final Letters letters;
  private final RefundService refunds;

  /** @param billDays how many days of bills are looked through for refunds that others ordered; 0 for none */
  WeChatPay(String name, String merchant, Wire wire, Numbers numbers, String notifyUrl, int billDays,
      Letters letters) {
    this.name = name;
    this.merchant = merchant;
    this.wire = wire;
    this.numbers = numbers;
    this.notifyUrl = notifyUrl;
    this.billDays = billDays;
    this.letters = letters;
    refunds = new RefundService.Builder().httpClient(wire).build();
  }

  @Override public String name() {
    return name;
  }

  @Override public Facts.Transaction find(String payment, Instant at) {
    return switch (order(payment)) {
      case Said.Told<Transaction>(var order) -> transaction(order);
      case Said.Refused<Transaction>(var status, var code) -> isMissing(status, code) ? UNHEARD : SILENT;
      case Said.Silent<Transaction> _ -> SILENT;
    };
  }

  private static Facts.Transaction transaction(Transaction order) {
    var amount = order.getAmount();
    var state = order.getTradeState();
    if (state == null) return SILENT;
    boolean captured = state == Transaction.TradeStateEnum.SUCCESS || state == Transaction.TradeStateEnum.REFUND;
    if (amount == null || amount.getTotal() == null)
      return captured ? SILENT
          : new Facts.Transaction(true, true, false, 0, CURRENCY, 0);
    return new Facts.Transaction(true, true, captured, amount.getTotal(),
        amount.getCurrency() == null ? CURRENCY : amount.getCurrency(), 0);
  }

  private Said<Transaction> order(String payment) {
    var kind = numbers == Numbers.TRANSACTION_ID ? "id" : "out-trade-no";
    return wire.get("for an order", "/v3/pay/transactions/" + kind + "/" + UrlEncoder.urlEncode(payment) + "?mchid="
        + UrlEncoder.urlEncode(merchant), Transaction.class);
  }

  /** WeChat Pay wants to be told the order's whole amount too, so that is asked first. */
  @Override public Answer refund(RefundOrder order, Instant at) {
    if (!order.currency().equals(CURRENCY)) return new Answer.Refused("CURRENCY_UNKNOWN");
    var paid = find(order.payment(), at);
    if (!paid.available()) return new Answer.Unknown();
    if (!paid.captured()) return new Answer.Refused(paid.found() ? "NOT_CAPTURED" : "RESOURCE_NOT_EXISTS");
    return switch (wire.ask("for a refund", () -> refunds.create(request(order, paid.amount())))) {
      case Said.Told<Refund>(var refund) -> answer(order, refund, at);
      case Said.Refused<Refund>(var status, var code) -> refused(order, status, code, at);
      case Said.Silent<Refund> _ -> new Answer.Unknown();
    };
  }

  private CreateRequest request(RefundOrder order, long total) {
    var amount = new AmountReq();
    amount.setRefund(order.minor());
    amount.setTotal(total);
    amount.setCurrency(CURRENCY);
    var request = new CreateRequest();
    if (numbers == Numbers.TRANSACTION_ID) request.setTransactionId(order.payment());
    else request.setOutTradeNo(order.payment());
    request.setOutRefundNo(order.reference());
    request.setAmount(amount);
    if (!notifyUrl.isEmpty()) request.setNotifyUrl(notifyUrl);
    return request;
  }

  /**
   * An order that was carried out may later be refused, as for more than is left: what counts is what the books say.
   */
  private Answer refused(RefundOrder order, int status, String code, Instant at) {
    if (status >= SERVER_ERROR || status == TOO_MANY || UNSURE.contains(code)) return unclear(code);
    var found = ask(order, at);
    return found instanceof Answer.Unheard ? new Answer.Refused(code) : found;
  }

  /** The order or the refund that was asked for is not there; a merchant that is not there says the same status. */
  private static boolean isMissing(int status, String code) {
    return status == NOT_FOUND && !UNSURE.contains(code);
  }

  private static Answer unclear(String code) {
    log.warn("WeChat Pay did not carry out a request: {}", code);
    return new Answer.Unknown();
  }

  @Override public Answer ask(RefundOrder order, Instant at) {
    return switch (refund(order.reference())) {
      case Said.Told<Refund>(var refund) -> answer(order, refund, at);
      case Said.Refused<Refund>(var status, var code) ->
          isMissing(status, code) ? new Answer.Unheard() : unclear(code);
      case Said.Silent<Refund> _ -> new Answer.Unknown();
    };
  }

  private Said<Refund> refund(String reference) {
    var request = new QueryByOutRefundNoRequest();
    request.setOutRefundNo(reference);
    return wire.ask("about a refund", () -> refunds.queryByOutRefundNo(request));
  }

  private Answer answer(RefundOrder order, Refund refund, Instant at) {
    var amount = refund.getAmount();
    if (refund.getStatus() == null || amount == null || amount.getRefund() == null) return new Answer.Unknown();
    if (amount.getRefund() != order.minor() || !isOf(order.payment(), refund))
      return new Answer.Refused("REFERENCE_TAKEN");
    return switch (refund.getStatus()) {
      case SUCCESS -> new Answer.Done(instant(refund.getSuccessTime()).orElse(at));
      case PROCESSING -> underway(refund, at);
      case CLOSED -> new Answer.Refused("CLOSED");
      case ABNORMAL -> stuck(refund, at);
    };
  }

  /**
   * The bank turned it back (a card that is closed or frozen) and the money waits until the merchant directs it
   * elsewhere in WeChat Pay's pages. It may still arrive under this number, so it must not be paid under another.
   */
  private static Answer stuck(Refund refund, Instant at) {
    log.warn("Refund {} waits for the merchant in WeChat Pay's own pages: ABNORMAL", refund.getOutRefundNo());
    return underway(refund, at);
  }

  private static Answer underway(Refund refund, Instant at) {
    return new Answer.Processing(instant(refund.getCreateTime()).orElse(at).plus(BANK));
  }

  private boolean isOf(String payment, Refund refund) {
    return payment.equals(numbers == Numbers.TRANSACTION_ID ? refund.getTransactionId() : refund.getOutTradeNo());
  }

  /**
   * API v3 publishes no list of a payment's refunds. An order that was never paid back says so; of any other, what
   * Redress ordered is asked for one by one, and what others ordered is looked up in the daily bills, from the day of
   * the payment to yesterday: a refund made elsewhere today is seen from tomorrow on.
   */
  @Override public Optional<List<RefundRecord>> records(String payment, List<RefundOrder> ordered, Instant at) {
    return switch (order(payment)) {
      case Said.Told<Transaction>(var order) -> records(payment, order, ordered, at);
      case Said.Refused<Transaction>(var status, var code) ->
          isMissing(status, code) ? Optional.of(List.of()) : Optional.empty();
      case Said.Silent<Transaction> _ -> Optional.empty();
    };
  }

  @Override public Optional<List<RefundRecord>> records(String payment, Instant at) {
    return records(payment, List.of(), at);
  }

  private Optional<List<RefundRecord>> records(String payment, Transaction order, List<RefundOrder> ordered,
      Instant at) {
    var references = new LinkedHashSet<String>();
    for (var one : ordered) references.add(one.reference());
    var elsewhere = order.getTradeState() == Transaction.TradeStateEnum.REFUND ? inBills(order, at)
        : Optional.<Set<String>>of(Set.of());
    if (elsewhere.isEmpty()) return Optional.empty();
    references.addAll(elsewhere.get());
    var records = new ArrayList<RefundRecord>();
    for (var reference : references) {
      switch (refund(reference)) {
        case Said.Told<Refund>(var refund) when isOf(payment, refund) -> record(refund).ifPresent(records::add);
        case Said.Told<Refund> _ -> log.info("Refund {} is of another payment", reference);
        case Said.Refused<Refund>(var status, var code) when isMissing(status, code) -> {}
        case Said.Refused<Refund> _,Said.Silent<Refund> _ -> {
          return Optional.empty();
        }
      }
    }
    return Optional.of(records);
  }

  private Optional<Set<String>> inBills(Transaction order, Instant at) {
    var paid = instant(order.getSuccessTime());
    if (billDays == 0 || paid.isEmpty()) return billDays == 0 ? Optional.of(Set.of()) : Optional.empty();
    var yesterday = day(at).minusDays(1);
    var first = day(paid.get());
    var earliest = yesterday.minusDays(billDays - 1L);
    return new RefundBills(wire).refunds(order.getTransactionId(), first.isBefore(earliest) ? earliest : first,
        yesterday);
  }

  private static LocalDate day(Instant at) {
    return at.atOffset(BEIJING).toLocalDate();
  }

  private static Optional<RefundRecord> record(Refund refund) {
    var amount = refund.getAmount();
    if (refund.getStatus() == null || amount == null || amount.getRefund() == null) return Optional.empty();
    var created = instant(refund.getCreateTime()).orElse(null);
    var state = switch (refund.getStatus()) {
      case SUCCESS -> Facts.State.SUCCEEDED;
      case PROCESSING, ABNORMAL -> Facts.State.PROCESSING;
      case CLOSED -> Facts.State.FAILED;
    };
    var arrival = switch (refund.getStatus()) {
      case SUCCESS -> instant(refund.getSuccessTime()).orElse(created);
      case PROCESSING, ABNORMAL -> created == null ? null : created.plus(BANK);
      case CLOSED -> null;
    };
    return Optional.of(new RefundRecord(refund.getOutRefundNo(), amount.getRefund(), CURRENCY, "", "", state, arrival));
  }

  @Override public Heard read(Callback callback, Instant at) {
    return letters.read(callback, at);
  }

  /** Taken letters need no body; of the others WeChat Pay wants to be told so, and sends them again. */
  @Override public Reply reply(boolean taken) {
    return taken ? new Reply(200, "application/json", "")
        : new Reply(503, "application/json", "{\"code\":\"FAIL\",\"message\":\"later\"}");
  }

  private static Optional<Instant> instant(@Nullable String rfc3339) {
    try {
      return rfc3339 == null ? Optional.empty() : Optional.of(OffsetDateTime.parse(rfc3339).toInstant());
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }
}
