package redress.statement;

import java.io.IOException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import redress.check.Facts.State;
import redress.store.Movement.Kind;

/**
 * A merchant's bill of WeChat Pay: all, successful or refunded orders of a day, every cell behind a backtick, two lines
 * of
 * totals at the end. Layout: WeChat Pay API v3, 申请交易账单 (pay.weixin.qq.com/doc/v3/merchant/4012791914).
 */
final class WechatPayBill implements Format {
  private static final List<String> HEADER = List.of("交易时间", "商户号", "微信订单号", "商户订单号", "交易状态");
  private static final String TOTALS = "总交易单数";
  private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");

  /** What a total is called in the last lines, and the column it adds up. */
  private static final Map<String, String> SUMS = Map.of("应结订单总金额", "应结订单金额", "退款总金额", "退款金额",
      "充值券退款总金额", "充值券退款金额", "手续费总金额", "手续费", "订单总金额", "订单金额", "申请退款总金额", "申请退款金额",
      "总交易额", "总金额", "总退款金额", "退款金额", "总代金券或立减优惠退款金额", "代金券或立减优惠退款金额");

  @Override public String name() {
    return "wechatpay-bill";
  }

  @Override public boolean recognises(Sample sample) {
    return sample.isText() && sample.header(HEADER, ',').isPresent();
  }

  @Override public void read(Source source, Ledger ledger) throws IOException {
    ledger.book("WECHATPAY");
    source.lines(new Reader(ledger)::line);
  }

  /** Reads line by line. */
  private static final class Reader {
    private final Ledger ledger;
    private final Map<String, Long> sums = new HashMap<>();
    private @Nullable Columns columns;
    private @Nullable List<String> totals;
    private long rows;
    private String currency = "CNY";

    Reader(Ledger ledger) {
      this.ledger = ledger;
    }

    void line(long number, String text) throws IOException {
      if (text.isBlank()) return;
      var known = columns;
      var stated = totals;
      if (text.startsWith("`") && stated != null) total(number, stated, parted(text));
      else if (text.startsWith("`") && known != null) row(new Row(number, parted(text)), known);
      else if (text.strip().startsWith(TOTALS)) totals = named(text);
      else if (known == null && named(text).containsAll(HEADER)) columns = new Columns(named(text));
      else ledger.broken(number, "CELLS", "cells that begin with a backtick");
    }

    private static List<String> named(String text) {
      return Arrays.stream(text.split(",", -1)).map(String::strip).toList();
    }

    /** Names of goods hold commas, but no comma with a backtick behind it. */
    private static List<String> parted(String text) {
      return Arrays.stream(text.substring(1).split(",`", -1)).map(String::strip).toList();
    }

    private void row(Row row, Columns known) throws IOException {
      rows++;
      var draft = new Draft(row.line());
      try {
        draft.currency = Amounts.currency(known.cell(row, "货币种类"), "货币种类");
        currency = draft.currency;
        fill(draft, row, known);
        add(row, known);
      } catch (Bad bad) {
        ledger.broken(row.line(), bad);
        return;
      }
      ledger.take(draft);
    }

    /** Into every sum, or into none. */
    private void add(Row row, Columns known) throws Bad {
      var own = new HashMap<String, Long>();
      for (var column : SUMS.values()) {
        var cell = known.cell(row, column);
        if (!cell.isEmpty()) own.put(column, minor(cell, column));
      }
      own.forEach((column, minor) -> sums.merge(column, minor, Long::sum));
    }

    private void fill(Draft draft, Row row, Columns known) throws Bad {
      draft.called = known.cell(row, "商户订单号");
      draft.alias = known.cell(row, "微信订单号");
      draft.memo = known.cell(row, "商户数据包");
      draft.fee = minor(known.cell(row, "手续费"), "手续费");
      switch (known.cell(row, "交易状态")) {
        case "SUCCESS" -> {
          draft.kind = Kind.PAYMENT;
          draft.minor = minor(known.first(row, List.of("订单金额", "总金额", "应结订单金额")), "订单金额");
          draft.providerId = draft.alias;
          draft.reference = draft.called;
          draft.at = at(known.cell(row, "交易时间"));
        }
        case "REFUND", "REVOKED" -> refund(draft, row, known);
        default -> throw new Bad("STATE", "交易状态: SUCCESS, REFUND or REVOKED");
      }
      draft.own = draft.providerId.isEmpty() ? "" : draft.providerId + "|" + draft.at + "|" + draft.minor;
    }

    private void refund(Draft draft, Row row, Columns known) throws Bad {
      draft.kind = Kind.REFUND;
      draft.minor = -minor(known.first(row, List.of("申请退款金额", "退款金额")), "退款金额");
      draft.providerId = known.cell(row, "微信退款单号");
      draft.reference = known.cell(row, "商户退款单号");
      var done = Draft.named(known.cell(row, "退款成功时间"));
      draft.at = at(done.isEmpty() ? known.first(row, List.of("退款申请时间", "交易时间")) : done);
      draft.state = switch (known.cell(row, "退款状态")) {
        case "SUCCESS", "" -> State.SUCCEEDED;
        case "PROCESSING" -> State.PROCESSING;
        case "FAIL", "CHANGE", "ABNORMAL", "CLOSED", "REFUNDCLOSE" -> State.FAILED;
        default -> throw new Bad("STATE", "退款状态: SUCCESS, PROCESSING or FAIL");
      };
    }

    private long minor(String text, String column) throws Bad {
      return text.isEmpty() ? 0 : Amounts.minor(text, currency, '.', column);
    }

    private static Instant at(String text) throws Bad {
      try {
        return LocalDateTime.parse(text.replace('：', ':'), TIME).atZone(ZONE).toInstant();
      } catch (DateTimeParseException e) {
        throw new Bad("DATE", "交易时间: a date and a time");
      }
    }

    private void total(long number, List<String> names, List<String> cells) {
      var stated = new Row(number, cells);
      for (int i = 0; i < names.size(); i++) {
        var name = names.get(i);
        try {
          if (name.equals(TOTALS)) ledger.total(number, "COUNT", name, Long.parseLong(stated.cell(i)), rows);
          else if (SUMS.containsKey(name)) {
            long found = sums.getOrDefault(SUMS.get(name), 0L);
            ledger.total(number, "SUM", name, minor(stated.cell(i), name), found);
          }
        } catch (NumberFormatException | Bad e) {
          ledger.unreadable(number, name);
        }
      }
    }
  }
}
