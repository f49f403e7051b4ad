package redress.alipay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.alipay.api.AlipayApiException;
import com.alipay.api.internal.parser.json.ObjectJsonParser;
import com.alipay.api.internal.util.AlipaySignature;
import com.alipay.api.request.AlipayTradeRefundRequest;
import com.alipay.api.response.AlipayTradeRefundResponse;
import java.nio.file.Path;
import java.security.Security;
import java.security.cert.CertificateException;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import redress.check.Facts;
import redress.connect.Account;
import redress.connect.Answer;
import redress.connect.Callback;
import redress.connect.Certified;
import redress.connect.Fate;
import redress.connect.Heard;
import redress.connect.KeyCase;
import redress.connect.Provider;
import redress.connect.ProviderContract;
import redress.connect.RefundOrder;
import redress.connect.RefundRecord;
import redress.connect.Stand;

/** The connector against a stand-in that speaks Alipay's protocol, and against the signing of Alipay's own kit. */
class AlipayTest implements ProviderContract {
  /** Alipay's public key and an answer it really gave, both published in the tests of alipay-sdk-nodejs-all (MIT). */
  private static final String PUBLISHED_KEY =
      """
          MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAk7LzhmMa2c4qQd4fqAqenfbuFoA7stPKvoS1LrZEsVnOOGUUjwoa1oU9xsSPjcOW
          hIerU/VAN4J95GIAXx59ipcleIyfLn2FhHXPgLJpvo+b2jJFyn/1/DbeJDh+0yDVAOf50Z7HhI0mdUhFMkXlT7BU0ZMtJf/TmISFEfhDU/w6
          qFd6D42L97byAkq0K6LroglSVF24GqJEa7hSeUIkZWj7RasykXrc2uVJ1+ejkXE0LyPxa2AHykMGbJLf5SiZvaNzUZgnKIR36mLOHpQ/2JCX
          xhXZYUWHzy0kMH54JcUEeksFWBYLGvLjV1phbcUIc3Q76tIuqApY6E222OoZZQIDAQAB""";
  private static final String PUBLISHED_ANSWER =
      "{\"code\":\"10000\",\"msg\":\"Success\",\"file_id\":\"CAxAToWB1JsAAAAAAAAAAAAADgSLAQBr\"}";
  private static final String PUBLISHED_SIGNATURE =
      "F+LDzpTNiavn7xVZPGuPCSSVRSmWzJGgtuji6tVELGEaqMaNj0jRKXUEr5nloZJBBmwEnddOyCjjepMmrTKTvoOqQ0Efxpr/R1iEeHTHVbb/"
          + "Q8TTh6Up5gHJDkILdaWS2q1cWeQ6VT+HQY9P3WRXS7uhILHuDODIhpAyCu5KhWGt0rMCIG+Im6NODJP2oohtSCtmTFXg58HH587Z2y2b"
          + "dbjzOxLvzD9IrU1imghXQ2S/Q+wMIvRk9on6cWnBLkrNvJKapA2ReNGWOwyuASvB9zDVzhMPbR+3mfRGkVDxsq5HYLjBKGskJMXHw0Hu"
          + "ugZij6ScRuaLPODhmHwr/pJ9yw==";

  /** A certificate of Alipay and the serial number that its kits make of it, published in the same place. */
  private static final String PUBLISHED_CERTIFICATE = """
      -----BEGIN CERTIFICATE-----
      MIIDsjCCApqgAwIBAgIQICAFFOY8L+BNU4cW/iE1izANBgkqhkiG9w0BAQsFADCBgjELMAkGA1UE
      BhMCQ04xFjAUBgNVBAoMDUFudCBGaW5hbmNpYWwxIDAeBgNVBAsMF0NlcnRpZmljYXRpb24gQXV0
      aG9yaXR5MTkwNwYDVQQDDDBBbnQgRmluYW5jaWFsIENlcnRpZmljYXRpb24gQXV0aG9yaXR5IENs
      YXNzIDIgUjEwHhcNMjAwNTE0MTQ0MjAxWhcNMjIwNTE0MTQ0MjAxWjCBkjELMAkGA1UEBhMCQ04x
      LTArBgNVBAoMJOadreW3nueEleaXreS/oeaBr+aKgOacr+aciemZkOWFrOWPuDEPMA0GA1UECwwG
      QWxpcGF5MUMwQQYDVQQDDDrmlK/ku5jlrp0o5Lit5Zu9Kee9kee7nOaKgOacr+aciemZkOWFrOWP
      uC0yMDg4ODMxMjA0NjU5MjE3MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAhoVesfcG
      vUv1XvUndmX0rmSZ/2posJBCooySbSVFpV79RtHMzrVz2aKkC3WvOXeT5iNeQK4mK8gp3vNkWrHT
      kQGx5BcmkeO1WS384CQde7dAS0gmxeFs5bs+cCQqV2A2c2R9/5rJMtFtp1Ot/rIiMBUn6Ei0Uozt
      M7AneavqQEzSwYlCKNhPFFtHCiz7u4O5R9CIyvUmYr+zpem2HXBN9ygPAZ0aXBQipGbc45+G07ZC
      NsmY4hV/Igya1aBf+Ye8p10Ew8uBBri0sIknhSC2LqKKy2IH1fO6q1d1jhN240QRHvbpRNv60kAf
      ZsEulBASBrCMBi49NiJyr5nre7SNywIDAQABoxIwEDAOBgNVHQ8BAf8EBAMCA/gwDQYJKoZIhvcN
      AQELBQADggEBAEx9T99X9NhDZYXDftc0wH0Tc5OVRIqWTYBN/KEP1df+Ix5djcDrUUcXJMvprMw3
      frUymgJsf7YUgZ1+dMz+Gup5dCH3qUu/5c9R3d8senb4wCiYR2FpJ3WGIONwInNQTs04a2wM4JIM
      CdCYWC/H1hdvNl9V4pYeMckTruSnPmJlL6E/pNF5AuIYP5AswZSOhASIQzt5Rr6QDz/YVGi2/6al
      5Bknm2f9dmsZbWDapKDrlJ3Ny2B0SZ0H47Y7lRlaVNe+Jj1jsrv16ONk1XLt71jyWyPAIlITLcyX
      mMtT1IympPFRxBIngEImjGt6d1VUtkf61Cjpr0bRRDoZXvWRv5U=
      -----END CERTIFICATE-----
      """;
  private static final String PUBLISHED_SERIAL = "7513daaaa48aa3ba2e4018d84402479c";

  @TempDir static Path folder;
  private static AlipayStand stand;

  @BeforeAll static void open() {
    stand = new AlipayStand("ALIPAY-SHOP", folder);
  }

  @AfterAll static void close() {
    stand.close();
  }

  @Override public Stand stand() {
    return stand;
  }

  private static RefundOrder order(String payment, String reference, long minor) {
    return new RefundOrder(reference, payment, minor, "CNY", "buyer-1");
  }

  private static Provider provider() {
    return stand.provider();
  }

  private static Provider opened(Map<String, String> more) {
    return new AlipayConnector(Clock.systemUTC()).open(stand.account("ALIPAY-2", folder, more));
  }

  /** What a bank turns back does not return to the merchant: the payer has it in the Alipay balance. */
  @Override @Test public void a_refund_may_fail_after_it_was_on_its_way() {
    var payment = stand.payIn(10_000, "CNY");
    var order = order(payment, "dsp_0020000000000000001-r1", 4_000);
    stand.slowNext(payment, false);
    assertThat(provider().refund(order, stand.now())).isInstanceOf(Answer.Processing.class);
    assertThat(provider().ask(order, stand.later())).isInstanceOf(Answer.Done.class);
  }

  @Test void a_payment_may_be_called_by_alipays_own_number() {
    var payment = stand.payIn(10_000, "CNY");
    var own = stand.tradeNo(payment);
    assertThat(provider().find(own, stand.now()).amount()).isEqualTo(10_000);
    var order = order(own, "dsp_0020000000000000002-r1", 4_000);
    assertThat(provider().refund(order, stand.now())).isInstanceOf(Answer.Done.class);
    assertThat(provider().ask(order, stand.now())).isInstanceOf(Answer.Done.class);
    assertThat(stand.paidBack(payment)).isEqualTo(4_000);
  }

  @ParameterizedTest
  @CsvSource({"40004,ACQ.SYSTEM_ERROR", "40004,aop.ACQ.SYSTEM_ERROR", "20000,isp.unknow-error",
      "40006,isv.insufficient-isv-permissions",
      "40002,isv.invalid-parameter"}) void what_says_nothing_about_the_refund_is_unknown(String code, String subCode) {
    var payment = stand.payIn(10_000, "CNY");
    var order = order(payment, "dsp_003%016x-r1".formatted(subCode.hashCode() & 0xffff), 4_000);
    stand.refuseNext("alipay.trade.refund", code, subCode);
    assertThat(provider().refund(order, stand.now())).isEqualTo(new Answer.Unknown());
    stand.refuseNext("alipay.trade.fastpay.refund.query", code, subCode);
    assertThat(provider().ask(order, stand.now())).isEqualTo(new Answer.Unknown());
    stand.refuseNext("alipay.trade.query", code, subCode);
    assertThat(provider().find(payment, stand.now()).available()).isFalse();
    assertThat(provider().refund(order, stand.now())).isInstanceOf(Answer.Done.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"ACQ.SELLER_BALANCE_NOT_ENOUGH", "ACQ.TRADE_HAS_FINISHED", "ACQ.REFUND_AMT_NOT_EQUAL_TOTAL",
      "ACQ.REASON_TRADE_BEEN_FREEZEN", "ACQ.TRADE_NOT_ALLOW_REFUND"}) void a_refusal_is_told_in_alipays_own_words(
          String subCode) {
    var payment = stand.payIn(10_000, "CNY");
    var order = order(payment, "dsp_0040000000000000001-r" + Math.abs(subCode.hashCode() % 9_999), 4_000);
    stand.refuseNext("alipay.trade.refund", "40004", subCode);
    assertThat(provider().refund(order, stand.now())).isEqualTo(new Answer.Refused(subCode));
    assertThat(stand.paidBack(payment)).isZero();
  }

  @Test void a_refusal_of_what_was_paid_before_counts_for_nothing() {
    var payment = stand.payIn(10_000, "CNY");
    var order = order(payment, "dsp_0050000000000000001-r1", 10_000);
    stand.loseNextAnswer(payment);
    assertThat(provider().refund(order, stand.now())).isEqualTo(new Answer.Unknown());
    stand.refuseNext("alipay.trade.refund", "40004", "ACQ.TRADE_HAS_FINISHED");
    assertThat(provider().refund(order, stand.now())).isInstanceOf(Answer.Done.class);
  }

  @Test void whoever_never_answers_is_given_up_in_time() {
    var hasty = opened(Map.of("patience", "PT0.3S"));
    var payment = stand.payIn(10_000, "CNY");
    var order = order(payment, "dsp_0100000000000000001-r1", 4_000);
    stand.fates = (_, _) -> Fate.SILENT;
    try {
      assertThat(hasty.refund(order, stand.now())).isEqualTo(new Answer.Unknown());
      assertThat(hasty.find(payment, stand.now()).available()).isFalse();
      stand.fates = (_, _) -> Fate.BROKEN;
      assertThat(hasty.refund(order, stand.now())).isEqualTo(new Answer.Unknown());
    } finally {
      stand.fates = (_, _) -> Fate.FINE;
    }
    assertThat(hasty.ask(order, stand.now())).isEqualTo(new Answer.Unheard());
  }

  @Test void another_currency_is_refused_without_asking() {
    var payment = stand.payIn(10_000, "CNY");
    assertThat(provider().refund(new RefundOrder("dsp_0060000000000000001-r1", payment, 1, "USD", ""), stand.now()))
        .isEqualTo(new Answer.Refused("CURRENCY_UNKNOWN"));
  }

  @Test void a_refund_made_in_alipays_own_pages_is_seen_in_the_account_log_alone() {
    var payment = stand.payIn(10_000, "CNY");
    stand.payDirectly(payment, "console-" + payment, 2_500);
    var seen = provider().records(payment, stand.now()).orElseThrow();
    assertThat(seen).singleElement().satisfies(record -> {
      assertThat(record.minor()).isEqualTo(2_500);
      assertThat(record.reference()).startsWith("alipay:2026");
      assertThat(record.state()).isEqualTo(Facts.State.SUCCEEDED);
    });
    assertThat(opened(Map.of("records", "KNOWN")).records(payment, stand.now()).orElseThrow()).isEmpty();
    stand.refuseNext("alipay.data.bill.accountlog.query", "40006", "isv.insufficient-isv-permissions");
    assertThat(provider().records(payment, stand.now())).isEmpty();
  }

  @Test void without_the_account_log_what_was_ordered_is_asked_for_one_by_one() {
    var payment = stand.payIn(10_000, "CNY");
    var order = order(payment, "dsp_0070000000000000001-r1", 4_000);
    var never = order(payment, "dsp_0070000000000000001-r2", 4_000);
    provider().refund(order, stand.now());
    assertThat(opened(Map.of("records", "KNOWN")).records(payment, List.of(order, never), stand.now()).orElseThrow())
        .extracting(RefundRecord::reference).containsExactly(order.reference());
  }

  @Test void a_request_signed_by_another_key_is_turned_away_and_an_answer_signed_by_another_is_none() {
    var payment = stand.payIn(10_000, "CNY");
    var elsewhere = opened(Map.of("alipayPublicKey", KeyCase.fresh().shown()));
    assertThat(elsewhere.find(payment, stand.now()).available()).isFalse();
    assertThat(elsewhere.refund(order(payment, "dsp_0080000000000000001-r1", 1), stand.now()))
        .isEqualTo(new Answer.Unknown());
    var wrongApp = opened(Map.of("appId", "2021000100000009"));
    assertThat(wrongApp.refund(order(payment, "dsp_0080000000000000001-r2", 1), stand.now()))
        .isEqualTo(new Answer.Unknown());
  }

  @Test void a_letter_about_a_refund_of_others_names_the_payment_and_one_about_paying_concerns_nobody() {
    var fields = new TreeMap<>(Map.of("notify_id", "n-1", "app_id", AlipayStand.APP, "out_trade_no", "order-1",
        "trade_no", "2026030122001400000000000001", "out_biz_no", "shop-7", "gmt_refund", "2026-03-01 12:00:00.320"));
    assertThat(provider().read(AlipayStand.letter(fields, stand.alipays, true), stand.now()))
        .isEqualTo(new Heard.OfPayment("n-1", "order-1"));
    assertThat(opened(Map.of("paymentsAre", "TRADE_NO")).read(AlipayStand.letter(fields, stand.alipays, true),
        stand.now())).isEqualTo(new Heard.OfPayment("n-1", "2026030122001400000000000001"));
    fields.remove("out_biz_no");
    fields.remove("gmt_refund");
    assertThat(provider().read(AlipayStand.letter(fields, stand.alipays, true), stand.now()))
        .isEqualTo(new Heard.OfNoConcern("n-1"));
  }

  @Test void a_message_that_a_bank_has_paid_is_signed_with_its_kind_of_signature() {
    var fields = new TreeMap<>(Map.of("notify_id", "n-2", "app_id", AlipayStand.APP, "sign_type", "RSA2",
        "msg_method", "alipay.trade.refund.depositback.completed",
        "biz_content", "{\"out_request_no\":\"dsp_0090000000000000001-r1\",\"dback_status\":\"S\"}"));
    assertThat(provider().read(AlipayStand.letter(fields, stand.alipays, true), stand.now()))
        .isEqualTo(new Heard.OfRefund("n-2", "dsp_0090000000000000001-r1"));
  }

  @Test void letters_are_answered_with_the_one_word_alipay_takes() {
    assertThat(provider().reply(true)).isEqualTo(new Provider.Reply(200, "text/plain", "success"));
    assertThat(provider().reply(false).body()).isEqualTo("fail");
    for (var body : List.of("", "sign", "sign=a&sign=b", "%zz=1", "sign_type=RSA2&sign=%"))
      assertThat(provider().read(new Callback(Map.of(), body), stand.now())).isInstanceOf(Heard.Forged.class);
  }

  @Test void the_stand_ins_signatures_are_those_of_alipays_own_kit() throws AlipayApiException {
    var fields = Map.of("b", "一", "a", "1 & 2", "empty", "", "sign_type", "RSA2");
    var content = AlipaySignature.getSignContent(fields);
    assertThat(content).isEqualTo("a=1 & 2&b=一&sign_type=RSA2").isEqualTo(AlipayStand.joined(fields));
    assertThat(stand.apps.isSigned(content, AlipaySignature.sign(content, stand.apps.secret(), "utf-8", "RSA2")))
        .isTrue();
    var letter = new HashMap<>(Map.of("b", "一", "a", "1 & 2", "sign_type", "RSA2"));
    letter.put("sign", stand.alipays.sign("a=1 & 2&b=一"));
    assertThat(AlipaySignature.rsaCheckV1(letter, stand.alipays.shown(), "utf-8", "RSA2")).isTrue();
    var inner = "{\"code\":\"10000\"}";
    var answer = "{\"alipay_trade_refund_response\":" + inner + ",\"sign\":\"" + stand.alipays.sign(inner) + "\"}";
    var proof = new ObjectJsonParser<>(AlipayTradeRefundResponse.class).getSignItem(new AlipayTradeRefundRequest(),
        answer);
    assertThat(proof.getSignSourceDate()).isEqualTo(inner);
    assertThat(AlipaySignature.verify(proof.getSignSourceDate(), proof.getSign(), stand.alipays.shown(), "utf-8",
        "RSA2")).isTrue();
  }

  @Test void an_answer_alipay_really_gave_is_proved_and_an_altered_one_is_not() {
    var keys = new Keys("", PUBLISHED_KEY.replaceAll("\\s", ""), Map.of());
    assertThat(keys.isAlipays(PUBLISHED_ANSWER, PUBLISHED_SIGNATURE)).isTrue();
    assertThat(keys.isAlipays(PUBLISHED_ANSWER.replace("10000", "10001"), PUBLISHED_SIGNATURE)).isFalse();
  }

  @Test void an_application_may_speak_in_certificate_mode() throws CertificateException {
    var app = Certified.fresh(folder, "app");
    var alipays = Certified.fresh(folder, "alipay");
    var root = Certified.fresh(folder, "root");
    var serials = Map.of("app_cert_sn", Certificates.serial(app.certificate()), "alipay_root_cert_sn",
        Certificates.serial(root.certificate()), "alipay_cert_sn", Certificates.serial(alipays.certificate()));
    var settings = Map.of("appCertificate", app.pem(), "alipayCertificate", alipays.pem(), "alipayRootCertificate",
        root.pem());
    try (var other = new AlipayStand("ALIPAY-3", folder, app.key(), alipays.key(), serials, settings)) {
      var payment = other.payIn(10_000, "CNY");
      assertThat(other.provider().find(payment, other.now()).captured()).isTrue();
      assertThat(other.provider().refund(order(payment, "dsp_0110000000000000001-r1", 1), other.now()))
          .isInstanceOf(Answer.Done.class);
      var wrong = new HashMap<>(settings);
      wrong.put("appCertificate", root.pem());
      var turnedAway = new AlipayConnector(Clock.systemUTC()).open(other.account("ALIPAY-4", folder, wrong));
      assertThat(turnedAway.find(payment, other.now()).available()).isFalse();
    }
    assertThat(Certificates.serial(Certificates.parsed(PUBLISHED_CERTIFICATE.strip()))).isEqualTo(PUBLISHED_SERIAL);
  }

  @Test void the_jvms_list_of_weak_certificates_stays_as_it_is() {
    provider().find(stand.payIn(1, "CNY"), stand.now());
    assertThat(Security.getProperty("jdk.certpath.disabledAlgorithms")).contains("MD5");
  }

  @Test void what_is_wrong_with_an_account_is_told_by_its_setting_and_without_its_secret() {
    var good = stand.account("SHOP", folder, Map.of()).settings();
    assertThatThrownBy(() -> open(good, "appId", "")).hasMessage("account SHOP: appId is missing");
    assertThatThrownBy(() -> open(good, "appPrivateKey", "abc")).hasMessageContaining("appPrivateKey must not stand")
        .hasMessageNotContaining("abc");
    assertThatThrownBy(() -> open(good, "alipayPublicKey", "abc"))
        .hasMessage("account SHOP: alipayPublicKey is no RSA public key (base64)");
    assertThatThrownBy(() -> open(good, "appCertificate", "abc"))
        .hasMessageContaining("alipayPublicKey and certificates are both given");
    assertThatThrownBy(
        () -> open(Map.of("appId", "1", "appPrivateKeyFile", String.valueOf(good.get("appPrivateKeyFile"))),
            "appCertificate", "abc"))
        .hasMessage("account SHOP: appCertificate is no X.509 certificate (PEM)");
    assertThatThrownBy(() -> open(good, "gateway", "nowhere")).hasMessageContaining("gateway is no http");
    assertThatThrownBy(() -> open(good, "patience", "soon")).hasMessageContaining("patience is no duration");
    assertThatThrownBy(() -> open(good, "records", "SOME")).hasMessageContaining("records is none of");
    assertThatThrownBy(() -> open(good, "appID", "1")).hasMessage("account SHOP: appID is no setting of ALIPAY");
  }

  private static Provider open(Map<String, String> good, String key, String value) {
    var settings = new HashMap<>(good);
    settings.put(key, value);
    return new AlipayConnector(Clock.systemUTC()).open(new Account("SHOP", "ALIPAY", true, settings));
  }
}
