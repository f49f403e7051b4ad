package redress.lab.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import redress.dispute.DisputeId;
import redress.dispute.Home;

/**
 * A merchant's bill at Alipay as long as wanted, always the same: line by line a payment, and at every fifth line a
 * refund
 * for the payment before it, under the reference of a dispute about it. What it tells can be asked here, so that
 * promises
 * can be made that fit.
 */
final class StatementFile {
  /** Of so many lines one is a refund. */
  static final int REFUND_EVERY = 5;
  /** The account at the provider. */
  static final String BOOK = "ALIPAY-BENCH";

  private static final Instant BEGAN = Instant.parse("2026-03-01T00:00:00Z");
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss").withZone(ZoneId.of("Asia/Shanghai"));
  private static final int DEAREST = 100_000;
  private static final int SPREAD = 2_654_435;

  private StatementFile() {}

  /** Writes {@code lines} lines. */
  static void write(Path file, int lines) throws IOException {
    try (var out = Files.newBufferedWriter(file, UTF_8)) {
      out.write("#支付宝业务明细查询\n#账号：[20880000000000000156]\n#----业务明细列表----\n");
      out.write("支付宝交易号,商户订单号,业务类型,商品名称,创建时间,完成时间,门店编号,门店名称,操作员,终端号,对方账户,"
          + "订单金额（元）,商家实收（元）,支付宝红包（元）,集分宝（元）,支付宝优惠（元）,商家优惠（元）,券核销金额（元）,"
          + "券名称,商家红包消费金额（元）,卡消费金额（元）,退款批次号/请求号,服务费（元）,分润（元）,备注\n");
      for (int line = 1; line <= lines; line++) write(out, line);
      out.write("#----业务明细列表结束----\n");
    }
  }

  private static void write(Writer out, int line) throws IOException {
    boolean refund = isRefund(line);
    int of = refund ? line - 1 : line;
    var time = TIME.format(BEGAN.plusSeconds(line));
    var minor = (refund ? "-" : "") + yuan(refund ? refunded(line) : paid(of));
    out.write("20260301220014%09d\t,%s\t,%s\t,Lamp\t,%s\t,%s\t,,,,,*li(136***@qq.com)\t,%s\t,%s\t".formatted(of,
        payment(of), refund ? "退款" : "交易", time, time, minor, minor));
    out.write(",0.00,0.00,0.00,0.00,0.00,,0.00,0.00,%s\t,-0.06\t,0.00,\n".formatted(refund ? reference(line) : ""));
  }

  private static String yuan(long minor) {
    return "%d.%02d".formatted(minor / 100, minor % 100);
  }

  /** Whether this line is a refund: of the payment in the line before. */
  static boolean isRefund(int line) {
    return line % REFUND_EVERY == 0;
  }

  /** What the payment in this line is called by the merchant. */
  static String payment(int line) {
    return "order-" + line;
  }

  /** What was paid in this line, in minor units of CNY. */
  static long paid(int line) {
    return 1_000 + (long) line * SPREAD % DEAREST;
  }

  /** What was refunded in this line, in minor units of CNY. */
  static long refunded(int line) {
    return paid(line - 1) / 2;
  }

  /** The dispute that the refund in this line is for. */
  static DisputeId dispute(int line) {
    return new DisputeId(Home.of(payment(line - 1)), line);
  }

  /** The refund's reference in this line. */
  static String reference(int line) {
    return dispute(line) + "-r1";
  }
}
