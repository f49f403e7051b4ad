package redress.alipay;

import com.alipay.api.domain.AccountLogItemResult;
import com.alipay.api.domain.AlipayDataBillAccountlogQueryModel;
import com.alipay.api.request.AlipayDataBillAccountlogQueryRequest;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redress.check.Facts;
import redress.connect.Decimals;
import redress.connect.RefundRecord;

/**
 * The log of everything that moved on the merchant's account at Alipay, of which the refunds of one trade are read.
 *
 * @see <a href=
 * "https://docs.open.alipay.com/api_15/alipay.data.bill.accountlog.query/">alipay.data.bill.accountlog.query</a>
 */
record AccountLog(Gateway gateway) {
  private static final Logger log = LoggerFactory.getLogger(AccountLog.class);
  private static final String CURRENCY = "CNY";
  private static final int PAGE = 2_000;
  /** No trade has that many movements: more pages than these mean that something else came back. */
  private static final int PAGES = 20;

  /** Every refund of the trade, with all its parts under one reference; empty when the log cannot be had or read. */
  Optional<List<RefundRecord>> refunds(String trade) {
    var lines = new ArrayList<AccountLogItemResult>();
    for (int page = 1; page <= PAGES; page++) {
      var model = new AlipayDataBillAccountlogQueryModel();
      model.setAlipayOrderNo(trade);
      model.setPageNo(Integer.toString(page));
      model.setPageSize(Integer.toString(PAGE));
      var answer = gateway.ask(new AlipayDataBillAccountlogQueryRequest(), model);
      if (answer.isEmpty()) return Optional.empty();
      if (!"10000".equals(answer.get().getCode())) {
        log.warn("Alipay did not show its account log: {}", answer.get().getSubCode());
        return Optional.empty();
      }
      var found = Objects.requireNonNullElse(answer.get().getDetailList(), List.<AccountLogItemResult>of());
      lines.addAll(found);
      if (found.size() < PAGE) return records(lines);
    }
    return Optional.empty();
  }

  private static Optional<List<RefundRecord>> records(List<AccountLogItemResult> lines) {
    var records = new LinkedHashMap<String, RefundRecord>();
    try {
      for (var line : lines) {
        if (isRefund(line)) records.merge(reference(line), record(line), AccountLog::together);
      }
    } catch (IllegalArgumentException | DateTimeException e) {
      log.warn("Alipay's account log has a line that cannot be read");
      return Optional.empty();
    }
    return Optional.of(List.copyOf(records.values()));
  }

  /** Money that left the account for a refund; fees and shares of others bear no refund number and other names. */
  private static boolean isRefund(AccountLogItemResult line) {
    boolean left = "支出".equals(line.getDirection()) || String.valueOf(line.getTransAmount()).startsWith("-");
    return left && (hasText(line.getMerchantOutRefundNo()) || isCalledRefund(line.getType())
        || isCalledRefund(line.getBizDesc()));
  }

  /** Alipay warns that the type may change; the description of the business behind the line names it too. */
  private static boolean isCalledRefund(@Nullable String words) {
    return words != null && words.contains("退款");
  }

  private static RefundRecord record(AccountLogItemResult line) {
    var minor = Math.abs(Decimals.minor(String.valueOf(line.getTransAmount()), CURRENCY));
    return new RefundRecord(reference(line), minor, CURRENCY, "", Objects.requireNonNullElse(line.getTransMemo(), ""),
        Facts.State.SUCCEEDED, time(String.valueOf(line.getTransDt())));
  }

  private static Instant time(String text) {
    return LocalDateTime.parse(text, Gateway.TIME).toInstant(Gateway.BEIJING);
  }

  /** A refund made in Alipay's own pages may bear no number of the merchant's; the log's own is its name then. */
  private static String reference(AccountLogItemResult line) {
    return hasText(line.getMerchantOutRefundNo()) ? line.getMerchantOutRefundNo()
        : "alipay:" + line.getAccountLogId();
  }

  private static RefundRecord together(RefundRecord one, RefundRecord other) {
    return new RefundRecord(one.reference(), Math.addExact(one.minor(), other.minor()), one.currency(), one.payee(),
        one.memo(), one.state(), other.arrival());
  }

  private static boolean hasText(@Nullable String text) {
    return text != null && !text.isBlank();
  }
}
