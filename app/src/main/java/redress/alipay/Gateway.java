package redress.alipay;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.alipay.api.AlipayApiException;
import com.alipay.api.AlipayObject;
import com.alipay.api.AlipayRequest;
import com.alipay.api.AlipayResponse;
import com.alipay.api.internal.parser.json.ObjectJsonParser;
import com.alipay.api.internal.util.json.JSONWriter;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Alipay's gateway, asked one thing at a time: the request signed, the answer proved to be Alipay's. Requests, answers
 * and signatures are those of Alipay's own kit; its client is not used, because loading it switches off the JVM's list
 * of certificate algorithms that are too weak, for everybody, and because it takes an unsigned refusal for an answer.
 * Source: Alipay's open platform, signing and verifying by oneself (自行实现签名, 自行实现验签).
 */
final class Gateway {
  private static final Logger log = LoggerFactory.getLogger(Gateway.class);

  /** All of Alipay's times are Beijing's, whatever the server's zone; China has no summer time. */
  static final ZoneOffset BEIJING = ZoneOffset.ofHours(8);
  /** How Alipay writes a time. */
  static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");

  private final String address;
  private final String app;
  private final String token;
  private final Keys keys;
  private final Duration patience;
  private final Clock clock;
  private final HttpClient http;

  Gateway(String address, String app, String token, Keys keys, Duration patience, Clock clock) {
    this.address = address;
    this.app = app;
    this.token = token;
    this.keys = keys;
    this.patience = patience;
    this.clock = clock;
    http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(patience).build();
  }

  /** What Alipay answers, be it a refusal; empty when nothing came back that it signed. */
  <T extends AlipayResponse> Optional<T> ask(AlipayRequest<T> request, AlipayObject model) {
    var method = request.getApiMethodName();
    try {
      var sent = http.send(signed(request, new JSONWriter().write(model, true)), HttpResponse.BodyHandlers.ofString());
      if (sent.statusCode() != 200) return silent(method, "HTTP status " + sent.statusCode());
      return read(request, sent.body());
    } catch (IOException | AlipayApiException e) {
      // The message of either may quote what was sent.
      return silent(method, e.getClass().getSimpleName());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return silent(method, "interrupted");
    }
  }

  private HttpRequest signed(AlipayRequest<?> request, String content) throws AlipayApiException {
    var query = new TreeMap<>(Map.of("method", request.getApiMethodName(), "version", request.getApiVersion(),
        "app_id", app, "format", "json", "charset", "utf-8", "sign_type", "RSA2",
        "timestamp", TIME.format(clock.instant().atOffset(BEIJING))));
    query.putAll(keys.serials());
    var body = new TreeMap<>(Map.of("biz_content", content));
    if (!token.isEmpty()) body.put("app_auth_token", token);
    var all = new TreeMap<>(query);
    all.putAll(body);
    query.put("sign", keys.sign(all));
    return HttpRequest.newBuilder(URI.create(address + "?" + form(query))).timeout(patience)
        .header("Content-Type", "application/x-www-form-urlencoded;charset=utf-8")
        .POST(HttpRequest.BodyPublishers.ofString(form(body))).build();
  }

  private <T extends AlipayResponse> Optional<T> read(AlipayRequest<T> request, String body) throws AlipayApiException {
    var parser = new ObjectJsonParser<>(request.getResponseClass());
    try {
      var answer = parser.parse(body);
      var proof = parser.getSignItem(request, body);
      var text = proof == null ? null : proof.getSignSourceDate();
      var signature = proof == null ? null : proof.getSign();
      // What is wrong with the request itself is told unsigned; it is nothing that a refund could be refused by.
      if (text == null || signature == null || !isAlipays(text, signature))
        return silent(request.getApiMethodName(), "an answer without its signature: " + answer.getSubCode());
      return Optional.of(answer);
    } catch (IllegalArgumentException | ClassCastException | NullPointerException e) {
      return silent(request.getApiMethodName(), "no answer of its form");
    }
  }

  /** A slash may have been escaped on the way after it was signed: the kit tries both, and so does this. */
  private boolean isAlipays(String text, String signature) {
    return keys.isAlipays(text, signature) || keys.isAlipays(text.replace("\\/", "/"), signature);
  }

  private static <T> Optional<T> silent(String method, String why) {
    log.warn("Alipay did not answer {}: {}", method, why);
    return Optional.empty();
  }

  private static String form(Map<String, String> parameters) {
    return parameters.entrySet().stream()
        .map(it -> it.getKey() + "=" + URLEncoder.encode(it.getValue(), UTF_8)).collect(Collectors.joining("&"));
  }
}
