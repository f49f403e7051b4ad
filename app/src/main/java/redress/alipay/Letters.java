package redress.alipay;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLDecoder;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import redress.connect.Callback;
import redress.connect.Heard;
import redress.connect.RefundOrder;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * What Alipay sends by itself: forms signed with RSA2, about a trade, or in newer messages about a refund to a bank
 * card. It documents no time after which a letter is stale and repeats one for a day, so that its age proves nothing;
 * each has an id that it keeps. Source: Alipay's open platform, asynchronous notification (异步通知).
 */
record Letters(String app, Keys keys, Names names) {
  /** Which of Alipay's two numbers the host platform registered its payments under. */
  enum Names {
    OUT_TRADE_NO, TRADE_NO
  }

  private static final JsonMapper JSON = JsonMapper.shared();

  /** What the letter is about, once its signature was proved. */
  Heard read(Callback callback) {
    Map<String, String> fields;
    try {
      fields = form(callback.body());
    } catch (IllegalArgumentException e) {
      return new Heard.Forged("no form");
    }
    var signature = fields.getOrDefault("sign", "");
    if (signature.isEmpty()) return new Heard.Forged("not signed");
    if (!fields.getOrDefault("sign_type", "").equals("RSA2")) return new Heard.Forged("not signed with RSA2");
    if (!isSigned(fields, signature)) return new Heard.Forged("Alipay did not sign it");
    if (!fields.getOrDefault("app_id", "").equals(app)) return new Heard.Forged("for another application");
    return about(fields);
  }

  /** Letters about trades leave sign_type out of what is signed, messages keep it in: the same key proves either. */
  private boolean isSigned(Map<String, String> fields, String signature) {
    var signed = new TreeMap<>(fields);
    signed.remove("sign");
    var withType = joined(signed);
    signed.remove("sign_type");
    return keys.isAlipays(joined(signed), signature) || keys.isAlipays(withType, signature);
  }

  private static String joined(Map<String, String> sorted) {
    return sorted.entrySet().stream().filter(it -> !it.getValue().isEmpty())
        .map(it -> it.getKey() + "=" + it.getValue()).collect(Collectors.joining("&"));
  }

  private Heard about(Map<String, String> fields) {
    var id = fields.getOrDefault("notify_id", "");
    if (id.isEmpty()) return new Heard.Forged("without an id");
    if (fields.containsKey("biz_content")) return about(id, content(fields.get("biz_content")));
    var refund = fields.getOrDefault("out_biz_no", "");
    if (RefundOrder.isOurs(refund)) return new Heard.OfRefund(id, refund);
    boolean refunded = fields.containsKey("gmt_refund") || fields.containsKey("refund_fee");
    return refunded ? payment(id, fields) : new Heard.OfNoConcern(id);
  }

  private Heard about(String id, Map<String, String> content) {
    var refund = content.getOrDefault("out_request_no", "");
    if (RefundOrder.isOurs(refund)) return new Heard.OfRefund(id, refund);
    return refund.isEmpty() ? new Heard.OfNoConcern(id) : payment(id, content);
  }

  private Heard payment(String id, Map<String, String> fields) {
    var payment = fields.getOrDefault(names == Names.TRADE_NO ? "trade_no" : "out_trade_no", "");
    return payment.isEmpty() ? new Heard.OfNoConcern(id) : new Heard.OfPayment(id, payment);
  }

  private static Map<String, String> content(String json) {
    try {
      var content = new HashMap<String, String>();
      for (var field : JSON.readTree(json).properties()) content.put(field.getKey(), field.getValue().asString(""));
      return content;
    } catch (JacksonException e) {
      return Map.of();
    }
  }

  private static Map<String, String> form(String body) {
    var fields = new TreeMap<String, String>();
    for (var pair : List.of(body.strip().split("&", -1))) {
      int equals = pair.indexOf('=');
      if (equals < 1) continue;
      var before = fields.put(URLDecoder.decode(pair.substring(0, equals), UTF_8),
          URLDecoder.decode(pair.substring(equals + 1), UTF_8));
      if (before != null) throw new IllegalArgumentException("said twice");
    }
    return fields;
  }
}
