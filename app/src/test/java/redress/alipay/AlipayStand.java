package redress.alipay;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import redress.connect.Account;
import redress.connect.Callback;
import redress.connect.HttpStand;
import redress.connect.KeyCase;
import redress.connect.Provider;
import redress.connect.Till.Back;
import redress.connect.Till.Paid;
import redress.connect.Till.State;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Alipay's gateway as its documentation describes it, with books of its own: signed forms in, signed JSON out. It signs
 * and verifies by the published rules with java.security and shares no code with the connector.
 */
public final class AlipayStand extends HttpStand {
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");
  private static final ZoneOffset BEIJING = ZoneOffset.ofHours(8);
  static final String APP = "2021000100000001";

  final KeyCase apps;
  final KeyCase alipays;
  private final Map<String, String> certificates;
  private final KeyCase others = KeyCase.fresh();
  private final Map<String, String> troubles = new LinkedHashMap<>();
  private final List<String> asked = new ArrayList<>();
  private final Provider provider;
  private volatile InstantSource clock = Clock.systemUTC();

  /** A stand for an account of this name, whose private key is kept in {@code folder}. */
  public AlipayStand(String name, Path folder) {
    this(name, folder, KeyCase.fresh(), KeyCase.fresh(), Map.of(), Map.of());
  }

  /** The same with keys of one's own; every request has to name these certificates by their serial numbers. */
  AlipayStand(String name, Path folder, KeyCase apps, KeyCase alipays, Map<String, String> certificates,
      Map<String, String> settings) {
    this.apps = apps;
    this.alipays = alipays;
    this.certificates = certificates;
    provider = new AlipayConnector(Clock.systemUTC()).open(account(name, folder, settings));
    listen();
  }

  /** The account as an operator would configure it, its key in a file, with these settings besides. */
  public Account account(String name, Path folder, Map<String, String> more) {
    var file = folder.resolve(name + ".key");
    try {
      Files.writeString(file, apps.secret());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    var settings = new LinkedHashMap<>(Map.of("appId", APP, "appPrivateKeyFile", file.toString(),
        "alipayPublicKey", alipays.shown(), "gateway", address() + "/gateway.do", "patience", "PT5S"));
    settings.putAll(more);
    if (more.containsKey("alipayCertificate")) settings.remove("alipayPublicKey");
    return new Account(name, AlipayConnector.KIND, false, settings);
  }

  /** Expects requests to be stamped by this clock, and lives by it. */
  public void expect(InstantSource stamps) {
    clock = stamps;
    liveBy(stamps);
  }

  @Override public Provider provider() {
    return provider;
  }

  @Override public List<String> currencies() {
    return List.of("CNY");
  }

  /** The next call of this method is answered with this code and sub-code, and nothing is done. */
  void refuseNext(String method, String code, String subCode) {
    troubles.put(method, code + " " + subCode);
  }

  /** The methods called so far. */
  synchronized List<String> asked() {
    return List.copyOf(asked);
  }

  @Override protected void serve(HttpExchange exchange) throws IOException {
    var body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
    var fields = form(exchange.getRequestURI().getRawQuery());
    fields.putAll(form(body));
    var content = JSON.readTree(fields.get("biz_content"));
    var payment = till.payments().stream().filter(it -> isMeant(it, content)).findFirst();
    synchronized (this) {
      asked.add(fields.get("method"));
    }
    reply(exchange, payment.map(Paid::id).orElse(""),
        () -> new Sent(200, Map.of("Content-Type", "text/html;charset=utf-8"),
            answer(fields, content)));
  }

  @Override protected boolean isOrder(HttpExchange exchange) {
    return String.valueOf(exchange.getRequestURI().getRawQuery()).contains("method=alipay.trade.refund&");
  }

  private static boolean isMeant(Paid paid, JsonNode content) {
    return paid.id().equals(content.path("out_trade_no").asString(""))
        || tradeNo(paid).equals(content.path("trade_no").asString(content.path("alipay_order_no").asString("")));
  }

  /** 28 digits that begin with the day. */
  static String tradeNo(Paid paid) {
    return "20260301220014%014d".formatted(paid.number());
  }

  String tradeNo(String payment) {
    return tradeNo(till.payment(payment).orElseThrow());
  }

  private String answer(Map<String, String> fields, JsonNode content) {
    var method = fields.getOrDefault("method", "");
    var problem = problem(fields);
    if (!problem.isEmpty())
      return "{\"error_response\":{\"code\":\"40002\",\"msg\":\"Invalid Arguments\",\"sub_code\":\"" + problem + "\"}}";
    var said = new LinkedHashMap<String, Object>();
    var trouble = troubles.remove(method);
    if (trouble != null) {
      say(said, trouble.split(" ")[0], trouble.split(" ")[1]);
    } else {
      var payment = till.payments().stream().filter(it -> isMeant(it, content)).findFirst();
      if (payment.isEmpty()) say(said, "40004", "ACQ.TRADE_NOT_EXIST");
      else carryOut(method, payment.get(), content, said);
    }
    var inner = JSON.writeValueAsString(said);
    return "{\"" + method.replace('.', '_') + "_response\":" + inner
        + (certificates.isEmpty() ? "" : ",\"alipay_cert_sn\":\"" + certificates.get("alipay_cert_sn") + "\"")
        + ",\"sign\":\"" + alipays.sign(inner) + "\"}";
  }

  /** What is wrong with the request itself, by the gateway's own words. */
  private String problem(Map<String, String> fields) {
    var signed = new TreeMap<>(fields);
    var signature = signed.remove("sign");
    signed.values().removeIf(String::isEmpty);
    if (!APP.equals(fields.get("app_id"))) return "isv.invalid-app-id";
    for (var serial : List.of("app_cert_sn", "alipay_root_cert_sn")) {
      if (!certificates.getOrDefault(serial, "").equals(fields.getOrDefault(serial, ""))) return "isv.invalid-cert-sn";
    }
    if (!"RSA2".equals(fields.get("sign_type"))) return "isv.invalid-signature-type";
    if (signature == null || !apps.isSigned(joined(signed), signature)) return "isv.invalid-signature";
    var sent = LocalDateTime.parse(fields.get("timestamp"), TIME).toInstant(BEIJING);
    boolean close = Duration.between(sent, clock.instant()).abs().compareTo(Duration.ofMinutes(5)) < 0;
    return close && "1.0".equals(fields.get("version")) ? "" : "isv.invalid-timestamp";
  }

  private void carryOut(String method, Paid payment, JsonNode content, Map<String, Object> said) {
    switch (method) {
      case "alipay.trade.query" -> query(payment, said);
      case "alipay.trade.refund" -> refund(payment, content, said);
      case "alipay.trade.fastpay.refund.query" -> refundQuery(payment, content, said);
      case "alipay.data.bill.accountlog.query" -> accountLog(payment, said);
      default -> say(said, "40002", "isv.invalid-method");
    }
  }

  private void query(Paid payment, Map<String, Object> said) {
    say(said, "10000", "");
    said.putAll(Map.of("trade_no", tradeNo(payment), "out_trade_no", payment.id(), "total_amount",
        yuan(payment.minor()), "send_pay_date", time(payment.at()), "trade_status",
        till.promised(payment) == payment.minor() ? "TRADE_CLOSED" : "TRADE_SUCCESS"));
  }

  private void refund(Paid payment, JsonNode content, Map<String, Object> said) {
    var reference = content.path("out_request_no").asString();
    switch (till.payBack(payment, reference, fen(content.path("refund_amount").asString()))) {
      case MADE -> refunded(payment, reference, "Y", said);
      case REPEATED -> refunded(payment, reference, "N", said);
      case OTHER_AMOUNT -> say(said, "40004", "ACQ.DISCORDANT_REPEAT_REQUEST");
      case TOO_MUCH -> say(said, "40004", "ACQ.REFUND_AMT_NOT_EQUAL_TOTAL");
    }
  }

  /** refund_fee is the sum of all refunds of the trade so far, not of this one. */
  private void refunded(Paid payment, String reference, String moved, Map<String, Object> said) {
    var refund = till.refund(reference).orElseThrow();
    say(said, "10000", "");
    said.putAll(Map.of("trade_no", tradeNo(payment), "out_trade_no", payment.id(), "fund_change", moved, "refund_fee",
        yuan(till.promised(payment)), "gmt_refund_pay", time(refund.at()), "has_deposit_back",
        Boolean.toString(isToCard(refund))));
  }

  private static boolean isToCard(Back refund) {
    return refund.state() != State.ARRIVED;
  }

  private void refundQuery(Paid payment, JsonNode content, Map<String, Object> said) {
    say(said, "10000", "");
    till.refund(content.path("out_request_no").asString()).filter(it -> it.payment().equals(payment))
        .ifPresent(refund -> {
          said.putAll(Map.of("trade_no", tradeNo(payment), "out_trade_no", payment.id(), "out_request_no",
              refund.reference(), "total_amount", yuan(payment.minor()), "refund_amount", yuan(refund.minor()),
              "refund_status", "REFUND_SUCCESS"));
          var options = content.path("query_options").valueStream().map(JsonNode::asString).toList();
          if (options.contains("gmt_refund_pay")) said.put("gmt_refund_pay", time(refund.at()));
          if (options.contains("deposit_back_info") && isToCard(refund)) said.put("deposit_back_info", card(refund));
        });
  }

  private Map<String, String> card(Back refund) {
    var status = switch (refund.state()) {
      case ON_ITS_WAY -> "P";
      case ARRIVED -> "S";
      case FAILED -> "F";
    };
    return Map.of("has_deposit_back", "true", "dback_status", status, "dback_amount", yuan(refund.minor()),
        "est_bank_receipt_time", time(refund.at().plus(Duration.ofDays(1))));
  }

  /** The payment, Alipay's fee for it, and its refunds. */
  private void accountLog(Paid payment, Map<String, Object> said) {
    var lines = new ArrayList<Map<String, String>>();
    lines.add(line(payment, "1", payment.at(), yuan(payment.minor()), "收入", "在线支付", ""));
    lines.add(line(payment, "2", payment.at(), "-0.06", "支出", "收费", ""));
    for (var refund : till.refunds(payment)) {
      var named = refund.reference().startsWith("console-") ? "" : refund.reference();
      lines.add(line(payment, "3" + refund.number(), refund.at(), "-" + yuan(refund.minor()), "支出",
          named.isEmpty() ? "交易" : "交易退款", named));
    }
    say(said, "10000", "");
    said.putAll(Map.of("page_no", "1", "page_size", "2000", "total_size", Integer.toString(lines.size()),
        "detail_list", lines));
  }

  private static Map<String, String> line(Paid payment, String number, Instant at, String amount, String direction,
      String type, String refund) {
    return Map.of("account_log_id", "2026" + payment.number() + number, "alipay_order_no", tradeNo(payment),
        "merchant_order_no", payment.id(), "trans_dt", time(at), "trans_amount", amount, "direction", direction,
        "type", type, "merchant_out_refund_no", refund, "biz_desc",
        refund.isEmpty() && type.equals("交易") ? "0020001|交易退款" : "");
  }

  @Override public Callback callback(String payment, String reference) {
    return letter(fields(payment, reference), alipays, true);
  }

  @Override public Map<String, Callback> forgeries(String payment, String reference) {
    var genuine = fields(payment, reference);
    var elsewhere = new TreeMap<>(genuine);
    elsewhere.put("app_id", "2021000100000002");
    var body = letter(genuine, alipays, true).body();
    return Map.of("altered body", new Callback(Map.of(), body.replace("refund_fee=", "refund_fee=9")),
        "altered signature", new Callback(Map.of(), body.replaceFirst("sign=..", "sign=AA")),
        "other key", letter(genuine, others, true), "no signature", letter(genuine, alipays, false),
        "other application", letter(elsewhere, alipays, true));
  }

  private Map<String, String> fields(String payment, String reference) {
    var refund = till.refund(reference).orElseThrow();
    var paid = till.payment(payment).orElseThrow();
    return new TreeMap<>(Map.ofEntries(Map.entry("notify_time", time(now())), Map.entry("version", "1.0"),
        Map.entry("notify_type", "trade_status_sync"), Map.entry("charset", "utf-8"), Map.entry("app_id", APP),
        Map.entry("notify_id", "2026030100222%d".formatted(refund.number())), Map.entry("out_trade_no", payment),
        Map.entry("trade_no", tradeNo(paid)), Map.entry("trade_status", "TRADE_SUCCESS"),
        Map.entry("subject", "一本书 & more = ?"), Map.entry("total_amount", yuan(paid.minor())),
        Map.entry("out_biz_no", reference), Map.entry("refund_fee", yuan(till.promised(paid))),
        Map.entry("gmt_refund", time(refund.at()) + ".320")));
  }

  /** A signed form; what is signed leaves out sign and sign_type and everything empty, sorted by name. */
  static Callback letter(Map<String, String> fields, KeyCase key, boolean signed) {
    var sent = new TreeMap<>(fields);
    if (signed) sent.put("sign", key.sign(joined(fields)));
    sent.put("sign_type", "RSA2");
    var body = sent.entrySet().stream()
        .map(it -> URLEncoder.encode(it.getKey(), UTF_8) + "=" + URLEncoder.encode(it.getValue(), UTF_8))
        .collect(Collectors.joining("&"));
    return new Callback(Map.of("Content-Type", "application/x-www-form-urlencoded"), body);
  }

  static String joined(Map<String, String> fields) {
    return new TreeMap<>(fields).entrySet().stream().filter(it -> !it.getValue().isEmpty())
        .map(it -> it.getKey() + "=" + it.getValue()).collect(Collectors.joining("&"));
  }

  private static void say(Map<String, Object> said, String code, String subCode) {
    said.put("code", code);
    said.put("msg", code.equals("10000") ? "Success" : "Business Failed");
    if (!subCode.isEmpty()) said.put("sub_code", subCode);
  }

  private static String time(Instant at) {
    return TIME.format(at.atOffset(BEIJING));
  }

  private static String yuan(long fen) {
    return "%d.%02d".formatted(fen / 100, fen % 100);
  }

  private static long fen(String yuan) {
    if (!yuan.matches("\\d+\\.\\d\\d")) throw new IllegalArgumentException("not yuan with two decimals: " + yuan);
    return Long.parseLong(yuan.replace(".", ""));
  }
}
