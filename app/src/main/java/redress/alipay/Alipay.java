package redress.alipay;

import com.alipay.api.domain.AlipayTradeFastpayRefundQueryModel;
import com.alipay.api.domain.AlipayTradeQueryModel;
import com.alipay.api.domain.AlipayTradeRefundModel;
import com.alipay.api.request.AlipayTradeFastpayRefundQueryRequest;
import com.alipay.api.request.AlipayTradeQueryRequest;
import com.alipay.api.request.AlipayTradeRefundRequest;
import com.alipay.api.response.AlipayTradeFastpayRefundQueryResponse;
import com.alipay.api.response.AlipayTradeQueryResponse;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redress.check.Facts;
import redress.connect.Answer;
import redress.connect.Callback;
import redress.connect.Decimals;
import redress.connect.Heard;
import redress.connect.Provider;
import redress.connect.RefundOrder;
import redress.connect.RefundRecord;

/**
 * An account at Alipay. A payment is called by its merchant's number ({@code out_trade_no}) or by Alipay's own of 28
 * digits ({@code trade_no}); our reference is the refund's {@code out_request_no}, under which Alipay pays once for a
 * trade. Amounts are yuan with two decimals there and minor units here; no other currency is ordered.
 *
 * @see <a href="https://docs.open.alipay.com/api_1/alipay.trade.refund">alipay.trade.refund</a>
 */
final class Alipay implements Provider {
  private static final Logger log = LoggerFactory.getLogger(Alipay.class);

  private static final String CURRENCY = "CNY";
  private static final Pattern TRADE_NO = Pattern.compile("20\\d{26}");
  private static final Facts.Transaction SILENT = new Facts.Transaction(false, false, false, 0, null, 0);
  private static final Facts.Transaction UNHEARD = new Facts.Transaction(true, false, false, 0, null, 0);
  /** How long a bank may take, where Alipay does not say it. */
  private static final Duration BANK = Duration.ofDays(3);

  private static final String DONE = "10000";
  private static final String REFUSED = "40004";
  private static final String NO_TRADE = "ACQ.TRADE_NOT_EXIST";
  /** Refusals of the moment: Alipay asks that the same request be made again, and may have carried it out. */
  private static final Set<String> UNSURE =
      Set.of("ACQ.SYSTEM_ERROR", "aop.ACQ.SYSTEM_ERROR", "aop.unknow-error", "isp.unknow-error");

  private final String name;
  private final Gateway gateway;
  private final Letters letters;
  private final @Nullable AccountLog accountLog;

  /** @param readsLog whether the account may read its account log, which alone tells of refunds made elsewhere */
  Alipay(String name, Gateway gateway, Letters letters, boolean readsLog) {
    this.name = name;
    this.gateway = gateway;
    this.letters = letters;
    this.accountLog = readsLog ? new AccountLog(gateway) : null;
  }

  @Override public String name() {
    return name;
  }

  @Override public Facts.Transaction find(String payment, Instant at) {
    return trade(payment).map(Alipay::transaction).orElse(SILENT);
  }

  /**
   * Closed means two things at Alipay: never paid, or paid back in full; only a trade that was paid has a time of it.
   */
  private static Facts.Transaction transaction(AlipayTradeQueryResponse trade) {
    if (NO_TRADE.equals(trade.getSubCode())) return UNHEARD;
    boolean captured = switch (String.valueOf(trade.getTradeStatus())) {
      case "TRADE_SUCCESS", "TRADE_FINISHED" -> true;
      case "TRADE_CLOSED" -> trade.getSendPayDate() != null;
      default -> false;
    };
    var currency = trade.getTransCurrency() == null ? CURRENCY : trade.getTransCurrency();
    return minor(trade.getTotalAmount(), currency)
        .map(total -> new Facts.Transaction(true, true, captured, total, currency, 0)).orElse(SILENT);
  }

  /** The trade, or Alipay's word that there is none; empty for anything else. */
  private Optional<AlipayTradeQueryResponse> trade(String payment) {
    var model = new AlipayTradeQueryModel();
    if (isTradeNo(payment)) model.setTradeNo(payment);
    else model.setOutTradeNo(payment);
    return gateway.ask(new AlipayTradeQueryRequest(), model)
        .filter(it -> DONE.equals(it.getCode()) || NO_TRADE.equals(it.getSubCode()));
  }

  @Override public Answer refund(RefundOrder order, Instant at) {
    if (!order.currency().equals(CURRENCY)) return new Answer.Refused("CURRENCY_UNKNOWN");
    var model = new AlipayTradeRefundModel();
    if (isTradeNo(order.payment())) model.setTradeNo(order.payment());
    else model.setOutTradeNo(order.payment());
    model.setRefundAmount(Decimals.of(order.minor(), CURRENCY));
    model.setOutRequestNo(order.reference());
    model.setQueryOptions(List.of("deposit_back_info"));
    var answered = gateway.ask(new AlipayTradeRefundRequest(), model);
    if (answered.isEmpty()) return new Answer.Unknown();
    var answer = answered.get();
    if (REFUSED.equals(answer.getCode())) return refused(order, String.valueOf(answer.getSubCode()), at);
    if (!DONE.equals(answer.getCode())) return unclear("alipay.trade.refund", answer.getSubCode());
    boolean moved = "Y".equals(answer.getFundChange()) && !"true".equals(answer.getHasDepositBack());
    return moved ? new Answer.Done(instant(answer.getGmtRefundPay(), at)) : unlessUnheard(ask(order, at));
  }

  /**
   * A repeated order moves nothing (fund_change=N) though it was accepted, and an order that was carried out may later
   * be refused as too late or too much: what counts is what the books say of the reference.
   */
  private Answer refused(RefundOrder order, String subCode, Instant at) {
    if (UNSURE.contains(subCode)) return new Answer.Unknown();
    var found = ask(order, at);
    return found instanceof Answer.Unheard ? new Answer.Refused(subCode) : found;
  }

  private static Answer unlessUnheard(Answer answer) {
    return answer instanceof Answer.Unheard ? new Answer.Unknown() : answer;
  }

  /** Anything else is about the request, not about the refund: no rights, a wrong key, too many calls. */
  private static Answer unclear(String method, @Nullable String subCode) {
    log.warn("Alipay did not carry out {}: {}", method, subCode);
    return new Answer.Unknown();
  }

  @Override public Answer ask(RefundOrder order, Instant at) {
    var asked = refunded(order);
    if (asked.isEmpty()) return new Answer.Unknown();
    var refund = asked.get();
    if (NO_TRADE.equals(refund.getSubCode())) return new Answer.Unheard();
    if (!DONE.equals(refund.getCode())) return unclear("alipay.trade.fastpay.refund.query", refund.getSubCode());
    // Success in answering is no success of the refund: without its status it was not received, or has failed.
    if (!"REFUND_SUCCESS".equals(refund.getRefundStatus())) {
      return refund.getErrorCode() == null ? new Answer.Unheard() : new Answer.Refused(refund.getErrorCode());
    }
    if (!minor(refund.getRefundAmount(), CURRENCY).equals(Optional.of(order.minor())))
      return new Answer.Refused("REFERENCE_TAKEN");
    return arrived(refund, at);
  }

  private Optional<AlipayTradeFastpayRefundQueryResponse> refunded(RefundOrder order) {
    var model = new AlipayTradeFastpayRefundQueryModel();
    if (isTradeNo(order.payment())) model.setTradeNo(order.payment());
    else model.setOutTradeNo(order.payment());
    model.setOutRequestNo(order.reference());
    model.setQueryOptions(List.of("gmt_refund_pay", "deposit_back_info"));
    return gateway.ask(new AlipayTradeFastpayRefundQueryRequest(), model);
  }

  /** To a bank card it is paid when the bank says so; what the bank turns back goes to the payer's Alipay balance. */
  private static Answer arrived(AlipayTradeFastpayRefundQueryResponse refund, Instant at) {
    var paid = instant(refund.getGmtRefundPay(), at);
    var card = refund.getDepositBackInfo();
    if (card == null || !"true".equals(card.getHasDepositBack())) return new Answer.Done(paid);
    if ("P".equals(card.getDbackStatus()))
      return new Answer.Processing(instant(card.getEstBankReceiptTime()).orElse(paid.plus(BANK)));
    return new Answer.Done(instant(card.getBankAckTime()).orElse(paid));
  }

  /**
   * Alipay publishes no list of a trade's refunds. The account log ({@code alipay.data.bill.accountlog.query}, which an
   * account may have to sign up for) names every movement of a trade with its {@code out_request_no}, also of refunds
   * made in Alipay's own pages; what Redress ordered is asked for one by one besides, since it may be on its way, or
   * not yet be in the log. Without the log only the latter is seen.
   */
  @Override public Optional<List<RefundRecord>> records(String payment, List<RefundOrder> ordered, Instant at) {
    var trade = trade(payment);
    if (trade.isEmpty()) return Optional.empty();
    if (NO_TRADE.equals(trade.get().getSubCode())) return Optional.of(List.of());
    var records = new ArrayList<RefundRecord>();
    for (var order : ordered) {
      var refund = refunded(order);
      if (refund.isEmpty() || !DONE.equals(refund.get().getCode())) return Optional.empty();
      record(order, refund.get(), at).ifPresent(records::add);
    }
    if (accountLog == null) return Optional.of(records);
    var seen = new HashSet<String>();
    for (var record : records) seen.add(record.reference());
    return accountLog.refunds(trade.get().getTradeNo()).map(logged -> {
      logged.stream().filter(it -> seen.add(it.reference())).forEach(records::add);
      return records;
    });
  }

  @Override public Optional<List<RefundRecord>> records(String payment, Instant at) {
    return records(payment, List.of(), at);
  }

  private static Optional<RefundRecord> record(RefundOrder order, AlipayTradeFastpayRefundQueryResponse refund,
      Instant at) {
    if (!"REFUND_SUCCESS".equals(refund.getRefundStatus())) return Optional.empty();
    return minor(refund.getRefundAmount(), CURRENCY).map(minor -> switch (arrived(refund, at)) {
      case Answer.Processing(var arrival) -> new RefundRecord(order.reference(), minor, CURRENCY, "", "",
          Facts.State.PROCESSING, arrival);
      case Answer.Done(var arrival) -> new RefundRecord(order.reference(), minor, CURRENCY, "", "",
          Facts.State.SUCCEEDED, arrival);
      case Answer answer -> throw new IllegalStateException("arrived: " + answer);
    });
  }

  @Override public Heard read(Callback callback, Instant at) {
    return letters.read(callback);
  }

  /** Alipay takes nothing but these seven letters for an answer, and repeats itself for a day otherwise. */
  @Override public Reply reply(boolean taken) {
    return new Reply(200, "text/plain", taken ? "success" : "fail");
  }

  private static boolean isTradeNo(String payment) {
    return TRADE_NO.matcher(payment).matches();
  }

  private static Optional<Long> minor(@Nullable String amount, String currency) {
    try {
      return amount == null ? Optional.empty() : Optional.of(Decimals.minor(amount, currency));
    } catch (IllegalArgumentException e) {
      log.warn("Alipay told an amount that is none");
      return Optional.empty();
    }
  }

  private static Instant instant(@Nullable Date time, Instant otherwise) {
    return time == null ? otherwise : time.toInstant();
  }

  private static Optional<Instant> instant(@Nullable String time) {
    try {
      return time == null || time.isBlank() ? Optional.empty()
          : Optional.of(LocalDateTime.parse(time, Gateway.TIME).toInstant(Gateway.BEIJING));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }
}
