package redress.wechatpay;

import com.wechat.pay.java.core.auth.WechatPay2Credential;
import com.wechat.pay.java.core.auth.WechatPay2Validator;
import com.wechat.pay.java.core.cipher.Signer;
import com.wechat.pay.java.core.cipher.Verifier;
import com.wechat.pay.java.core.exception.HttpException;
import com.wechat.pay.java.core.exception.ServiceException;
import com.wechat.pay.java.core.exception.ValidationException;
import com.wechat.pay.java.core.http.AbstractHttpClient;
import com.wechat.pay.java.core.http.HttpHeaders;
import com.wechat.pay.java.core.http.HttpRequest;
import com.wechat.pay.java.core.http.JsonRequestBody;
import com.wechat.pay.java.core.http.OriginalResponse;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * WeChat Pay's API v3 over HTTP. The kit builds, signs and verifies; its requests go to the account's address and not
 * to the one the kit fixes, which no signature covers. Unlike the kit, it also has refusals proved: WeChat Pay signs
 * every answer to a request whose own signature was right.
 *
 * @see <a href="https://pay.weixin.qq.com/docs/merchant/development/interface-rules/build-verify-sign-src.html">WeChat
 * Pay, signatures of API v3</a>
 */
final class Wire extends AbstractHttpClient {
  private static final Logger log = LoggerFactory.getLogger(Wire.class);
  private static final List<String> HEADERS =
      List.of("Wechatpay-Timestamp", "Wechatpay-Nonce", "Wechatpay-Signature", "Wechatpay-Serial", "Request-ID");
  private static final int OK = 200;

  private final String address;
  private final Duration patience;
  private final HttpClient http;

  Wire(String address, String merchant, Signer signer, Verifier verifier, Duration patience) {
    super(new WechatPay2Credential(merchant, signer), new WechatPay2Validator(verifier));
    this.address = address;
    this.patience = patience;
    http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(patience).build();
  }

  /** Asks through the kit; whatever the kit throws is silence, unless it is a refusal. */
  <T> Said<T> ask(String what, Supplier<T> question) {
    try {
      return new Said.Told<>(question.get());
    } catch (ServiceException e) {
      return new Said.Refused<>(e.getHttpStatusCode(), Objects.requireNonNullElse(e.getErrorCode(), "NO_CODE"));
    } catch (RuntimeException e) {
      // The kit throws half a dozen kinds, some of the JDK's own; their messages quote what was sent and received.
      log.warn("WeChat Pay did not answer {}: {}", what, e.getClass().getSimpleName());
      return new Said.Silent<>();
    }
  }

  /** The answer to a signed GET of {@code path}, read as {@code type}. */
  <T> Said<T> get(String what, String path, Class<T> type) {
    var headers = new HttpHeaders();
    headers.addHeader("Accept", "application/json");
    return ask(what, () -> get(headers, address + path, type).getServiceResponse());
  }

  @Override protected OriginalResponse innerExecute(HttpRequest request) {
    var answer = send(request, BodyHandlers.ofString());
    var headers = new HashMap<String, String>();
    for (var name : HEADERS) answer.headers().firstValue(name).ifPresent(value -> headers.put(name, value));
    if (isInvalidHttpCode(answer.statusCode()) && !validator.validate(new HttpHeaders(headers), answer.body()))
      throw new ValidationException("a refusal that is not signed");
    return new OriginalResponse.Builder().request(request).statusCode(answer.statusCode()).headers(headers)
        .contentType(answer.headers().firstValue("Content-Type").orElse("")).body(answer.body()).build();
  }

  /** A file; it bears no signature, but its hash stands in the signed answer that named its address. */
  @Override protected InputStream innerDownload(HttpRequest request) {
    var answer = send(request, BodyHandlers.ofInputStream());
    if (answer.statusCode() != OK) throw new ServiceException(request, answer.statusCode(), "");
    return answer.body();
  }

  private <T> HttpResponse<T> send(HttpRequest request, HttpResponse.BodyHandler<T> handler) {
    var asked = request.getUri();
    var query = asked.getRawQuery() == null ? "" : "?" + asked.getRawQuery();
    var built = java.net.http.HttpRequest.newBuilder(URI.create(address + asked.getRawPath() + query))
        .timeout(patience);
    request.getHeaders().getHeaders().forEach(built::setHeader);
    if (request.getBody() instanceof JsonRequestBody body)
      built.POST(java.net.http.HttpRequest.BodyPublishers.ofString(body.getBody()));
    try {
      return http.send(built.build(), handler);
    } catch (IOException e) {
      throw new HttpException("no answer", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new HttpException("interrupted", e);
    }
  }

  @Override protected String getHttpClientInfo() {
    return "java.net.http";
  }
}
