package redress.wechatpay;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.wechat.pay.java.service.billdownload.DigestBillEntity;
import com.wechat.pay.java.service.billdownload.model.QueryBillEntity;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The daily bills of refunds, in which alone WeChat Pay lists refunds that others ordered. A day's bill is made the
 * morning after, and shows a refund on the day it was accepted, as it stood then.
 *
 * @see <a href="https://pay.weixin.qq.com/docs/merchant/products/bill-download/format-trade.html">WeChat Pay, trade
 * bills</a>
 */
record RefundBills(Wire wire) {
  private static final Logger log = LoggerFactory.getLogger(RefundBills.class);
  private static final String NONE = "NO_STATEMENT_EXIST";
  private static final String TRANSACTION = "微信订单号";
  private static final String REFUND = "商户退款单号";
  private static final Pattern BETWEEN = Pattern.compile(",`");

  /**
   * The merchant's numbers of all refunds of the transaction accepted on these days; empty when a bill is not there.
   */
  Optional<Set<String>> refunds(String transaction, LocalDate first, LocalDate last) {
    var found = new HashSet<String>();
    for (var day = first; !day.isAfter(last); day = day.plusDays(1)) {
      var ofDay = refunds(transaction, day);
      if (ofDay.isEmpty()) return Optional.empty();
      found.addAll(ofDay.get());
    }
    return Optional.of(found);
  }

  private Optional<Set<String>> refunds(String transaction, LocalDate day) {
    var path = "/v3/bill/tradebill?bill_date=" + day + "&bill_type=REFUND";
    return switch (wire.get("for a bill", path, QueryBillEntity.class)) {
      case Said.Told<QueryBillEntity>(var bill) -> read(transaction, bill);
      case Said.Refused<QueryBillEntity>(_, var code) when code.equals(NONE) -> Optional.of(Set.of());
      case Said.Refused<QueryBillEntity>(_, var code) -> {
        log.warn("WeChat Pay did not give the bill of {}: {}", day, code);
        yield Optional.empty();
      }
      case Said.Silent<QueryBillEntity> _ -> Optional.empty();
    };
  }

  private Optional<Set<String>> read(String transaction, QueryBillEntity bill) {
    var file = wire.ask("for a bill's file", () -> {
      var digest = new DigestBillEntity(wire.download(bill.getDownloadUrl()), bill.getHashValue(), bill.getHashType());
      var found = read(transaction, digest);
      if (!digest.verifyHash()) throw new IllegalArgumentException("a bill with another hash");
      return found;
    });
    return file instanceof Said.Told<Set<String>>(var found) ? Optional.of(found) : Optional.empty();
  }

  /** The columns stand in no order that is promised; each field of a line is led by a back-tick. */
  private static Set<String> read(String transaction, DigestBillEntity bill) {
    var found = new HashSet<String>();
    try (var lines = new BufferedReader(new InputStreamReader(bill.getInputStream(), UTF_8))) {
      var header = List.of(String.valueOf(lines.readLine()).replace("\uFEFF", "").strip().split(",", -1));
      int of = header.indexOf(TRANSACTION);
      int refund = header.indexOf(REFUND);
      if (of < 0 || refund < 0) throw new IllegalArgumentException("a bill without its columns");
      boolean summed = false;
      for (var line = lines.readLine(); line != null; line = lines.readLine()) {
        // The bill's sums have a header of their own; they are read for the hash.
        summed |= !line.startsWith("`");
        var fields = summed ? new String[0] : BETWEEN.split(line.substring(1), -1);
        if (fields.length > Math.max(of, refund) && fields[of].equals(transaction)) found.add(fields[refund]);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return found;
  }
}
