package redress.sms;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import redress.dispute.DisputeId;
import redress.dispute.Errand.Audience;
import redress.dispute.Notice;
import redress.notify.Channel.Addressee;
import redress.notify.Channel.Result;
import redress.seal.Digest;
import redress.store.Delivery;
import redress.store.Party.Contact;
import redress.store.PostBook;
import redress.store.PostBook.Receipt;

/** The gateways, held against servers that check who asks and keep books as theirs do. */
class GatewaysTest {
  private static final Instant NOW = Instant.parse("2026-03-04T09:00:00Z");
  private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);
  private static final Addressee BUYER = new Addressee("buyer-1", new Contact("", "", "+12025550123"), true);
  private static final Addressee IN_CHINA = new Addressee("buyer-2", new Contact("", "", "+8613800138000"), true);
  private static final String SECRET = "not a secret";

  private final List<Map<String, String>> books = new ArrayList<>();
  private final Set<String> nonces = new HashSet<>();
  private HttpServer server;
  private String status = "queued";

  @BeforeEach void open() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/2010-04-01/Accounts/AC1/Messages", this::twilio);
    server.createContext("/", this::aliyun);
    server.start();
  }

  @AfterEach void close() {
    server.stop(0);
  }

  private URI address() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  @Test void twilio_takes_a_message_and_tells_later_what_became_of_it() {
    var twilio = new Twilio(address(), "AC1", SECRET, "+12025550100", "", CLOCK);
    assertThat(twilio.send(delivery("Settled: €5 & more"), BUYER))
        .isEqualTo(new Result.Accepted(1, List.of("SM1"), NOW.plusSeconds(60)));
    assertThat(books).containsExactly(
        Map.of("To", "+12025550123", "From", "+12025550100", "Body", "Settled: €5 & more"));
    assertThat(twilio.inquire("SM1", BUYER, NOW)).isEmpty();
    status = "undelivered";
    assertThat(twilio.inquire("SM1", BUYER, NOW)).contains(new Receipt(false, "undelivered 30005"));
    status = "delivered";
    assertThat(twilio.inquire("SM1", BUYER, NOW)).contains(new Receipt(true, "delivered"));
  }

  @Test void twilio_refuses_a_number_for_good_and_a_wrong_secret_for_now() {
    var bad = new Addressee("b", new Contact("", "", "+12025550166"), true);
    assertThat(new Twilio(address(), "AC1", SECRET, "MG1", "", CLOCK).send(delivery("x"), bad))
        .isEqualTo(new Result.Refused("Twilio 21211"));
    assertThat(new Twilio(address(), "AC1", "wrong", "MG1", "", CLOCK).send(delivery("x"), BUYER))
        .isEqualTo(new Result.Unavailable("Twilio 20003"));
    server.stop(0);
    assertThat(new Twilio(address(), "AC1", SECRET, "MG1", "", CLOCK).send(delivery("x"), BUYER))
        .isEqualTo(new Result.Unavailable("Twilio does not answer"));
  }

  @Test void aliyun_takes_a_signed_message_and_tells_later_what_became_of_it() {
    var aliyun = aliyun(SECRET);
    assertThat(aliyun.send(delivery("纠纷已达成处理结果"), IN_CHINA))
        .isEqualTo(new Result.Accepted(1, List.of("BIZ^1"), NOW.plusSeconds(60)));
    assertThat(books.getFirst()).containsEntry("PhoneNumbers", "13800138000").containsEntry("SignName", "Redress")
        .containsEntry("TemplateCode", "SMS_1").containsEntry("TemplateParam", "{\"text\":\"纠纷已达成处理结果\"}");
    assertThat(aliyun.inquire("BIZ^1", IN_CHINA, NOW)).isEmpty();
    assertThat(books.getLast()).containsEntry("SendDate", "20260304").containsEntry("BizId", "BIZ^1");
    status = "2";
    assertThat(aliyun.inquire("BIZ^1", IN_CHINA, NOW)).contains(new Receipt(false, "MOBILE_SEND_LIMIT"));
    status = "3";
    assertThat(aliyun.inquire("BIZ^1", IN_CHINA, NOW)).contains(new Receipt(true, "DELIVERED"));
  }

  @Test void aliyun_turns_away_what_is_not_signed_right_and_a_number_for_good() {
    assertThat(aliyun("wrong").send(delivery("x"), IN_CHINA))
        .isEqualTo(new Result.Unavailable("Aliyun SignatureDoesNotMatch"));
    assertThat(books).isEmpty();
    var bad = new Addressee("b", new Contact("", "", "+8610000000000"), true);
    assertThat(aliyun(SECRET).send(delivery("x"), bad))
        .isEqualTo(new Result.Refused("Aliyun isv.MOBILE_NUMBER_ILLEGAL"));
  }

  /** The example of the documentation of the signature, but for its body, which is empty as ours are. */
  @Test void the_signature_is_that_of_the_documentation() {
    var acs = new Acs(URI.create("https://ecs.cn-shanghai.aliyuncs.com"), "2014-05-26", "YourAccessKeyId",
        "YourAccessKeySecret");
    var headers = Map.of("host", "ecs.cn-shanghai.aliyuncs.com", "x-acs-action", "RunInstances",
        "x-acs-content-sha256", Digest.sha256(""), "x-acs-date", "2023-10-26T10:22:32Z", "x-acs-signature-nonce",
        "3156853299f313e23d1673dc12e1703d", "x-acs-version", "2014-05-26");
    assertThat(acs.authorization("ImageId=win2019_1809_x64_dtc_zh-cn_40G_alibase_20230811.vhd&RegionId=cn-shanghai",
        headers)).isEqualTo("ACS3-HMAC-SHA256 Credential=YourAccessKeyId,SignedHeaders=host;x-acs-action;"
            + "x-acs-content-sha256;x-acs-date;x-acs-signature-nonce;x-acs-version,"
            + "Signature=06563a9e1b43f5dfe96b81484da74bceab24a1d853912eee15083a6f0f3283c0");
  }

  @Test void one_way_is_chosen_by_its_settings() {
    var book = new PostBook(JdbcClient.create(new DriverManagerDataSource()));
    var set = new TreeMap<>(Map.of("redress.sms.twilio.account", "AC1", "redress.sms.twilio.secret", "s",
        "redress.sms.from", "+12025550100"));
    assertThat(SmsChannels.open(set::get, book, CLOCK)).get().isInstanceOf(Twilio.class);
    set.put("redress.sms.aliyun.key", "k");
    assertThatThrownBy(() -> SmsChannels.open(set::get, book, CLOCK))
        .hasMessageContaining("redress.sms.aliyun.template");
    assertThat(SmsChannels.open(_ -> null, book, CLOCK)).isEmpty();
  }

  private Aliyun aliyun(String secret) {
    return new Aliyun(new Acs(address(), "2017-05-25", "key-1", secret), "Redress", _ -> "SMS_1", "", CLOCK);
  }

  private void twilio(HttpExchange call) throws IOException {
    var expected = "Basic " + Base64.getEncoder().encodeToString(("AC1:" + SECRET).getBytes(UTF_8));
    if (!expected.equals(call.getRequestHeaders().getFirst("Authorization"))) {
      answer(call, 401, "{\"code\":20003,\"status\":401}");
    } else if (call.getRequestMethod().equals("GET")) {
      boolean failed = status.equals("undelivered");
      answer(call, 200, "{\"sid\":\"SM1\",\"status\":\"%s\",\"error_code\":%s}".formatted(status,
          failed ? "30005" : "null"));
    } else {
      var form = fields(new String(call.getRequestBody().readAllBytes(), UTF_8));
      if ("+12025550166".equals(form.get("To"))) answer(call, 400, "{\"code\":21211,\"status\":400}");
      else {
        books.add(form);
        answer(call, 201, "{\"sid\":\"SM1\",\"status\":\"queued\",\"num_segments\":\"1\"}");
      }
    }
  }

  /** Signs what it got in its own way and compares. */
  private void aliyun(HttpExchange call) throws IOException {
    var sent = call.getRequestHeaders();
    var names = List.of("host", "x-acs-action", "x-acs-content-sha256", "x-acs-date", "x-acs-signature-nonce",
        "x-acs-version");
    var lines = new StringBuilder();
    for (var name : names) lines.append(name).append(':').append(sent.getFirst(name)).append('\n');
    var canonical = "POST\n/\n" + call.getRequestURI().getRawQuery() + "\n" + lines + "\n" + String.join(";", names)
        + "\n" + Digest.sha256(new String(call.getRequestBody().readAllBytes(), UTF_8));
    var signature = Digest.keyed(SECRET.getBytes(UTF_8), "ACS3-HMAC-SHA256\n" + Digest.sha256(canonical));
    boolean fresh = nonces.add(sent.getFirst("x-acs-signature-nonce"));
    if (!fresh || !sent.getFirst("Authorization").endsWith(",Signature=" + signature)) {
      answer(call, 400, "{\"Code\":\"SignatureDoesNotMatch\"}");
      return;
    }
    var asked = fields(call.getRequestURI().getRawQuery());
    if ("10000000000".equals(asked.get("PhoneNumbers"))) {
      answer(call, 200, "{\"Code\":\"isv.MOBILE_NUMBER_ILLEGAL\"}");
      return;
    }
    books.add(asked);
    if (sent.getFirst("x-acs-action").equals("SendSms")) answer(call, 200, "{\"Code\":\"OK\",\"BizId\":\"BIZ^1\"}");
    else
      answer(call, 200, "{\"Code\":\"OK\",\"SmsSendDetailDTOs\":{\"SmsSendDetailDTO\":[{\"SendStatus\":%s,"
          .formatted(status.equals("queued") ? "1" : status) + "\"ErrCode\":\"MOBILE_SEND_LIMIT\"}]}}");
  }

  private static Map<String, String> fields(String form) {
    var fields = new TreeMap<String, String>();
    for (var pair : form.split("&")) {
      var cut = pair.indexOf('=');
      fields.put(URLDecoder.decode(pair.substring(0, cut), UTF_8), URLDecoder.decode(pair.substring(cut + 1), UTF_8));
    }
    return fields;
  }

  private static void answer(HttpExchange call, int status, String json) throws IOException {
    var bytes = json.getBytes(UTF_8);
    call.getResponseHeaders().add("Content-Type", "application/json");
    call.sendResponseHeaders(status, bytes.length);
    try (var out = call.getResponseBody()) {
      out.write(bytes);
    }
  }

  private static Delivery delivery(String text) {
    return Delivery.toInbox(new DisputeId(5, 77), "ntc_1", "e", Audience.BUYER, "buyer-1", Notice.SETTLED, 0, "en",
        "Settled", "", text, NOW).over("SMS", "ntc_1", text);
  }
}
