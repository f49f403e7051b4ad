package redress.wechatpay;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import redress.connect.Account;
import redress.connect.Callback;
import redress.connect.HttpStand;
import redress.connect.KeyCase;
import redress.connect.Provider;
import redress.connect.Till.Back;
import redress.connect.Till.Paid;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * WeChat Pay's API v3 as its documentation describes it, with books of its own: what a merchant signed comes in, what
 * WeChat Pay signs goes out. It signs, verifies and encrypts by the published rules with java.security; the connector's
 * code has no part in it.
 */
public final class WeChatPayStand extends HttpStand {
  static final String MERCHANT = "1900000001";
  static final String SERIAL = "5157F09EFDC096DE15EBE81A47057A7232F1B8E1";
  static final String KEY_ID = "PUB_KEY_ID_0119000000012026030100000000000001";
  static final String API_KEY = "0123456789abcdef0123456789ABCDEF";

  private static final JsonMapper JSON = JsonMapper.shared();
  private static final ZoneOffset BEIJING = ZoneOffset.ofHours(8);
  private static final DateTimeFormatter BILL_TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");
  private static final Pattern AUTHORIZATION = Pattern.compile("WECHATPAY2-SHA256-RSA2048 mchid=\"(\\w+)\","
      + "nonce_str=\"(\\w+)\",timestamp=\"(\\d+)\",serial_no=\"(\\w+)\",signature=\"([^\"]+)\"");
  private static final AtomicInteger NONCES = new AtomicInteger();

  final KeyCase merchants = KeyCase.fresh();
  final KeyCase wechats = KeyCase.fresh();
  private final KeyCase others = KeyCase.fresh();
  private final Map<String, String> troubles = new LinkedHashMap<>();
  private final Map<String, String> stuck = new LinkedHashMap<>();
  private final Provider provider;
  private volatile KeyCase signs = wechats;
  private volatile String serial = KEY_ID;

  /** A stand for an account of this name, whose keys are kept in {@code folder}. */
  public WeChatPayStand(String name, Path folder) {
    provider = new WeChatPayConnector().open(account(name, folder, Map.of()));
    listen();
  }

  /** The account as an operator would configure it, its secrets in files, with these settings besides. */
  public Account account(String name, Path folder, Map<String, String> more) {
    var key = folder.resolve(name + ".pem");
    var apiKey = folder.resolve(name + ".apiv3");
    try {
      Files.writeString(key, "-----BEGIN PRIVATE KEY-----\n" + merchants.secret() + "\n-----END PRIVATE KEY-----\n");
      Files.writeString(apiKey, API_KEY + "\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    var settings = new LinkedHashMap<>(Map.of("merchantId", MERCHANT, "merchantSerial", SERIAL, "merchantKeyFile",
        key.toString(), "apiV3KeyFile", apiKey.toString(), "platformKeyId", KEY_ID, "platformKey", wechats.shown(),
        "address", address(), "patience", "PT5S"));
    settings.putAll(more);
    return new Account(name, WeChatPayConnector.KIND, false, settings);
  }

  @Override public Provider provider() {
    return provider;
  }

  @Override public List<String> currencies() {
    return List.of("CNY");
  }

  /** The next request whose path begins so is answered with this status and code, signed, and nothing is done. */
  void refuseNext(String path, int status, String code) {
    troubles.put(path, status + " " + code);
  }

  /** From now on answers are signed with this key under this serial number. */
  void signWith(KeyCase key, String number) {
    signs = key;
    serial = number;
  }

  /** The bank has turned this refund back; or the merchant has directed it elsewhere. */
  void stick(String reference, boolean sticks) {
    if (sticks) stuck.put(reference, "ABNORMAL");
    else stuck.remove(reference);
  }

  @Override protected boolean isOrder(HttpExchange exchange) {
    return exchange.getRequestMethod().equals("POST");
  }

  @Override protected void serve(HttpExchange exchange) throws IOException {
    var body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
    var asked = exchange.getRequestURI();
    var about = body.isEmpty() ? Optional.<Paid>empty() : payment(JSON.readTree(body));
    reply(exchange, about.map(Paid::id).orElse(""), () -> {
      if (asked.getPath().equals("/v3/billdownload/file"))
        return new Sent(200, Map.of("Content-Type", "text/plain"),
            bill(form(asked.getRawQuery()).getOrDefault("token", "")));
      if (!isFromMerchant(exchange, body)) return json(401, Map.of("code", "SIGN_ERROR", "message", "签名错误"), false);
      var trouble = troubles.keySet().stream().filter(asked.getPath()::startsWith).findFirst();
      if (trouble.isPresent()) {
        var words = String.valueOf(troubles.remove(trouble.get())).split(" ");
        return refusal(Integer.parseInt(words[0]), words[1]);
      }
      return answer(exchange.getRequestMethod(), asked.getPath(), asked.getRawQuery(), body);
    });
  }

  private boolean isFromMerchant(HttpExchange exchange, String body) {
    var header = AUTHORIZATION.matcher(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
    if (!header.matches() || !header.group(1).equals(MERCHANT) || !header.group(4).equals(SERIAL)) return false;
    var sent = Instant.ofEpochSecond(Long.parseLong(header.group(3)));
    if (Duration.between(sent, Clock.systemUTC().instant()).abs().compareTo(Duration.ofMinutes(5)) > 0) return false;
    var uri = exchange.getRequestURI();
    var address = uri.getRawPath() + (uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery());
    return merchants.isSigned(exchange.getRequestMethod() + "\n" + address + "\n" + header.group(3) + "\n"
        + header.group(2) + "\n" + body + "\n", header.group(5));
  }

  private Sent answer(String method, String path, String query, String body) {
    var last = path.substring(path.lastIndexOf('/') + 1);
    if (path.startsWith("/v3/pay/transactions/")) return order(path.contains("/id/"), last, form(query));
    if (method.equals("POST") && path.equals("/v3/refund/domestic/refunds")) return refund(JSON.readTree(body));
    if (path.startsWith("/v3/refund/domestic/refunds/"))
      return till.refund(last).map(it -> json(200, told(it), true)).orElse(refusal(404, "RESOURCE_NOT_EXISTS"));
    if (path.equals("/v3/bill/tradebill")) return bill(form(query));
    return refusal(404, "NOT_FOUND");
  }

  static String transaction(Paid paid) {
    return "42000000002026%014d".formatted(paid.number());
  }

  String transaction(String payment) {
    return transaction(till.payment(payment).orElseThrow());
  }

  private Optional<Paid> payment(JsonNode asked) {
    return till.payments().stream().filter(it -> it.id().equals(asked.path("out_trade_no").asString(""))
        || transaction(it).equals(asked.path("transaction_id").asString(""))).findFirst();
  }

  private Sent order(boolean byTransaction, String number, Map<String, String> query) {
    var paid = till.payments().stream().filter(it -> number.equals(byTransaction ? transaction(it) : it.id()))
        .findFirst();
    if (paid.isEmpty() || !MERCHANT.equals(query.get("mchid"))) return refusal(404, "ORDER_NOT_EXIST");
    var it = paid.get();
    return json(200, Map.of("mchid", MERCHANT, "out_trade_no", it.id(), "transaction_id", transaction(it),
        "trade_state", till.refunds(it).isEmpty() ? "SUCCESS" : "REFUND", "success_time", time(it.at()), "amount",
        Map.of("total", it.minor(), "currency", "CNY", "payer_total", it.minor())), true);
  }

  private Sent refund(JsonNode asked) {
    var paid = payment(asked);
    var amount = asked.path("amount");
    if (paid.isEmpty()) return refusal(404, "RESOURCE_NOT_EXISTS");
    if (amount.path("total").asLong(-1) != paid.get().minor() || !amount.path("currency").asString("").equals("CNY"))
      return refusal(400, "PARAM_ERROR");
    var reference = asked.path("out_refund_no").asString("");
    if (!reference.matches("[0-9A-Za-z_|*@-]{1,64}")) return refusal(400, "PARAM_ERROR");
    return switch (till.payBack(paid.get(), reference, amount.path("refund").asLong(-1))) {
      case MADE, REPEATED -> json(200, told(till.refund(reference).orElseThrow()), true);
      case OTHER_AMOUNT, TOO_MUCH -> refusal(400, "INVALID_REQUEST");
    };
  }

  private Map<String, Object> told(Back refund) {
    var told = new LinkedHashMap<String, Object>();
    told.put("refund_id", "5030000000%018d".formatted(refund.number()));
    told.put("out_refund_no", refund.reference());
    told.put("transaction_id", transaction(refund.payment()));
    told.put("out_trade_no", refund.payment().id());
    told.put("channel", "ORIGINAL");
    told.put("create_time", time(refund.at()));
    told.put("status", status(refund));
    if (status(refund).equals("SUCCESS")) told.put("success_time", time(refund.at()));
    told.put("amount", Map.of("total", refund.payment().minor(), "refund", refund.minor(), "currency", "CNY"));
    return told;
  }

  private String status(Back refund) {
    return stuck.getOrDefault(refund.reference(), switch (refund.state()) {
      case ON_ITS_WAY -> "PROCESSING";
      case ARRIVED -> "SUCCESS";
      case FAILED -> "CLOSED";
    });
  }

  /** There is none of today, and none of a day without refunds. */
  private Sent bill(Map<String, String> query) {
    var day = LocalDate.parse(query.get("bill_date"));
    if (!day.isBefore(day(now())) || !"REFUND".equals(query.get("bill_type"))) return refusal(400, "INVALID_REQUEST");
    var bill = bill(day.toString());
    if (bill.lines().noneMatch(line -> line.contains("`REFUND"))) return refusal(400, "NO_STATEMENT_EXIST");
    // The host is WeChat Pay's own here too, whoever is asked.
    return json(200, Map.of("hash_type", "SHA1", "hash_value", sha1(bill), "download_url",
        "https://api.mch.weixin.qq.com/v3/billdownload/file?token=" + day), true);
  }

  /** The layout of a refund bill, with a field that has the separator in it. */
  private String bill(String day) {
    var bill = new StringBuilder("\uFEFF交易时间,公众账号ID,商户号,微信订单号,商户订单号,交易状态,商户退款单号,退款金额,退款状态,商品名称\r\n");
    for (var paid : till.payments()) {
      for (var refund : till.refunds(paid)) {
        if (!day(refund.at()).toString().equals(day)) continue;
        bill.append("`").append(BILL_TIME.format(refund.at().atOffset(BEIJING))).append(",`wx0000000000000001,`")
            .append(MERCHANT).append(",`").append(transaction(paid)).append(",`").append(paid.id()).append(",`REFUND,`")
            .append(refund.reference()).append(",`").append("%d.%02d".formatted(refund.minor() / 100,
                refund.minor() % 100))
            .append(",`").append(status(refund)).append(",`一本书,精装\r\n");
      }
    }
    return bill.append("总交易单数,退款总金额\r\n`1,`0.00\r\n").toString();
  }

  private Sent refusal(int status, String code) {
    return json(status, Map.of("code", code, "message", "说明"), true);
  }

  private Sent json(int status, Map<String, Object> told, boolean signed) {
    var body = JSON.writeValueAsString(told);
    var headers = new LinkedHashMap<>(Map.of("Content-Type", "application/json; charset=utf-8"));
    if (signed) headers.putAll(signature(body, Clock.systemUTC().instant(), signs, serial));
    return new Sent(status, headers, body);
  }

  private static Map<String, String> signature(String body, Instant at, KeyCase key, String serial) {
    var nonce = "nonce" + NONCES.incrementAndGet();
    var signed = at.getEpochSecond() + "\n" + nonce + "\n" + body + "\n";
    return Map.of("Wechatpay-Timestamp", Long.toString(at.getEpochSecond()), "Wechatpay-Nonce", nonce,
        "Wechatpay-Serial", serial, "Wechatpay-Signature", key.sign(signed), "Wechatpay-Signature-Type",
        "WECHATPAY2-SHA256-RSA2048");
  }

  @Override public Callback callback(String payment, String reference) {
    return letter(body(reference, MERCHANT, API_KEY), now(), wechats);
  }

  @Override public Map<String, Callback> forgeries(String payment, String reference) {
    var genuine = callback(payment, reference);
    var unsigned = new LinkedHashMap<>(genuine.headers());
    unsigned.remove("wechatpay-signature");
    var altered = new LinkedHashMap<>(genuine.headers());
    altered.put("wechatpay-signature", others.sign("something else"));
    return Map.of("altered body", new Callback(genuine.headers(), genuine.body().replace("SUCCESS", "SUCCES2")),
        "altered signature", new Callback(altered, genuine.body()), "other key",
        letter(genuine.body(), now(), others), "no signature", new Callback(unsigned, genuine.body()), "stale",
        letter(genuine.body(), now().minusSeconds(301), wechats), "from the future",
        letter(genuine.body(), now().plusSeconds(302), wechats), "other merchant",
        letter(body(reference, "1900000002", API_KEY), now(), wechats), "other API key",
        letter(body(reference, MERCHANT, API_KEY.toLowerCase(Locale.ROOT)), now(), wechats));
  }

  private String body(String reference, String merchant, String apiKey) {
    var refund = till.refund(reference).orElseThrow();
    var event = status(refund).equals("SUCCESS") ? "REFUND.SUCCESS" : "REFUND." + status(refund);
    return body("EV-" + refund.number(), event, apiKey, Map.of("mchid", merchant, "out_trade_no",
        refund.payment().id(), "transaction_id", transaction(refund.payment()), "out_refund_no", reference,
        "refund_status", status(refund), "amount", Map.of("total", refund.payment().minor(), "refund",
            refund.minor())));
  }

  static String body(String id, String event, String apiKey, Map<String, Object> resource) {
    var nonce = "%012d".formatted(NONCES.incrementAndGet());
    return JSON.writeValueAsString(Map.of("id", id, "create_time", "2026-03-01T12:00:00+08:00", "event_type", event,
        "resource_type", "encrypt-resource", "summary", "退款通知 SUCCESS", "resource",
        Map.of("algorithm", "AEAD_AES_256_GCM", "original_type", "refund", "associated_data", "refund", "nonce", nonce,
            "ciphertext", sealed(apiKey, "refund", nonce, JSON.writeValueAsString(resource)))));
  }

  static Callback letter(String body, Instant at, KeyCase key) {
    return new Callback(signature(body, at, key, KEY_ID), body);
  }

  /** AES-256-GCM with a tag of 128 bits at the end, base64. */
  static String sealed(String key, String associated, String nonce, String text) {
    try {
      var cipher = Cipher.getInstance("AES/GCM/NoPadding");
      cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(key.getBytes(UTF_8), "AES"),
          new GCMParameterSpec(128, nonce.getBytes(UTF_8)));
      cipher.updateAAD(associated.getBytes(UTF_8));
      return Base64.getEncoder().encodeToString(cipher.doFinal(text.getBytes(UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String sha1(String text) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-1").digest(text.getBytes(UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static LocalDate day(Instant at) {
    return at.atOffset(BEIJING).toLocalDate();
  }

  private static String time(Instant at) {
    return DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(at.truncatedTo(ChronoUnit.SECONDS)
        .atOffset(BEIJING));
  }
}
