package redress.wechatpay;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.wechat.pay.java.core.auth.WechatPay2Credential;
import com.wechat.pay.java.core.auth.WechatPay2Validator;
import com.wechat.pay.java.core.cipher.AeadAesCipher;
import com.wechat.pay.java.core.cipher.RSASigner;
import com.wechat.pay.java.core.cipher.RSAVerifier;
import com.wechat.pay.java.core.http.HttpHeaders;
import com.wechat.pay.java.core.util.PemUtil;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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

/** The connector against a stand-in that speaks WeChat Pay's protocol, and against the signing of its own kit. */
class WeChatPayTest implements ProviderContract {
  private static final String REFUNDS = "/v3/refund/domestic/refunds";

  @TempDir static Path folder;
  private static WeChatPayStand stand;

  @BeforeAll static void open() {
    stand = new WeChatPayStand("WECHAT-SHOP", folder);
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
    return new WeChatPayConnector().open(stand.account("WECHAT-2", folder, more));
  }

  @Test void a_payment_may_be_called_by_wechat_pays_own_number() {
    var payment = stand.payIn(10_000, "CNY");
    var own = stand.transaction(payment);
    var byOwn = opened(Map.of("paymentsAre", "TRANSACTION_ID"));
    assertThat(byOwn.find(own, stand.now()).amount()).isEqualTo(10_000);
    var order = order(own, "dsp_0120000000000000001-r1", 4_000);
    assertThat(byOwn.refund(order, stand.now())).isInstanceOf(Answer.Done.class);
    assertThat(byOwn.ask(order, stand.now())).isInstanceOf(Answer.Done.class);
    assertThat(byOwn.records(own, List.of(order), stand.now()).orElseThrow()).hasSize(1);
    assertThat(provider().find(own, stand.now()).found()).isFalse();
  }

  @ParameterizedTest
  @CsvSource({"500,SYSTEM_ERROR", "429,FREQUENCY_LIMITED", "400,SYSTEM_ERROR", "403,NO_AUTH",
      "401,SIGN_ERROR"}) void what_says_nothing_about_the_refund_is_unknown(int status, String code) {
    var payment = stand.payIn(10_000, "CNY");
    var order = order(payment, "dsp_013%016x-r%d".formatted(code.hashCode() & 0xffff, status), 4_000);
    stand.refuseNext(REFUNDS, status, code);
    assertThat(provider().refund(order, stand.now())).isEqualTo(new Answer.Unknown());
    stand.refuseNext(REFUNDS, status, code);
    assertThat(provider().ask(order, stand.now())).isEqualTo(new Answer.Unknown());
    stand.refuseNext("/v3/pay/transactions", status, code);
    assertThat(provider().find(payment, stand.now()).available()).isFalse();
    assertThat(stand.paidBack(payment)).isZero();
    assertThat(provider().refund(order, stand.now())).isInstanceOf(Answer.Done.class);
  }

  @ParameterizedTest
  @CsvSource({"403,NOT_ENOUGH", "403,USER_ACCOUNT_ABNORMAL", "400,INVALID_REQUEST",
      "400,PARAM_ERROR"}) void a_refusal_is_told_in_wechat_pays_own_words(int status, String code) {
    var payment = stand.payIn(10_000, "CNY");
    stand.refuseNext(REFUNDS, status, code);
    assertThat(provider().refund(order(payment, "dsp_014%016x-r1".formatted(code.hashCode() & 0xffff), 1), stand.now()))
        .isEqualTo(new Answer.Refused(code));
    assertThat(stand.paidBack(payment)).isZero();
  }

  @Test void a_refusal_of_what_was_paid_before_counts_for_nothing() {
    var payment = stand.payIn(10_000, "CNY");
    var order = order(payment, "dsp_0150000000000000001-r1", 10_000);
    stand.loseNextAnswer(payment);
    assertThat(provider().refund(order, stand.now())).isEqualTo(new Answer.Unknown());
    stand.refuseNext(REFUNDS, 400, "INVALID_REQUEST");
    assertThat(provider().refund(order, stand.now())).isInstanceOf(Answer.Done.class);
  }

  @Test void whoever_never_answers_is_given_up_in_time() {
    var hasty = opened(Map.of("patience", "PT0.3S"));
    var payment = stand.payIn(10_000, "CNY");
    var order = order(payment, "dsp_0210000000000000001-r1", 4_000);
    stand.fates = (call, _) -> call.equals("refund") ? Fate.SILENT : Fate.FINE;
    try {
      assertThat(hasty.refund(order, stand.now())).isEqualTo(new Answer.Unknown());
      stand.fates = (_, _) -> Fate.SILENT;
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
    assertThat(provider().refund(new RefundOrder("dsp_0160000000000000001-r1", payment, 1, "USD", ""), stand.now()))
        .isEqualTo(new Answer.Refused("CURRENCY_UNKNOWN"));
  }

  @Test void a_reference_of_another_payment_is_taken() {
    var order = order(stand.payIn(10_000, "CNY"), "dsp_0170000000000000001-r1", 4_000);
    provider().refund(order, stand.now());
    var other = order(stand.payIn(10_000, "CNY"), order.reference(), 4_000);
    assertThat(provider().refund(other, stand.now())).isEqualTo(new Answer.Refused("REFERENCE_TAKEN"));
    assertThat(stand.paidBack(other.payment())).isZero();
    assertThat(provider().records(other.payment(), List.of(other), stand.now()).orElseThrow()).isEmpty();
  }

  @Test void a_refund_that_a_bank_turned_back_may_still_arrive_and_is_not_refused() {
    var payment = stand.payIn(10_000, "CNY");
    var order = order(payment, "dsp_0180000000000000001-r1", 4_000);
    provider().refund(order, stand.now());
    stand.stick(order.reference(), true);
    assertThat(provider().ask(order, stand.now())).isInstanceOf(Answer.Processing.class);
    assertThat(provider().records(payment, List.of(order), stand.now()).orElseThrow()).singleElement()
        .satisfies(record -> assertThat(record.state()).isEqualTo(Facts.State.PROCESSING));
    stand.stick(order.reference(), false);
    assertThat(provider().ask(order, stand.now())).isInstanceOf(Answer.Done.class);
  }

  @Test void a_refund_made_elsewhere_is_seen_in_the_bill_of_its_day_and_not_before() {
    var payment = stand.payIn(10_000, "CNY");
    stand.payDirectly(payment, "shop-" + payment, 2_500);
    assertThat(provider().records(payment, stand.now()).orElseThrow()).isEmpty();
    var later = stand.later();
    assertThat(provider().records(payment, later).orElseThrow()).extracting(RefundRecord::reference)
        .containsExactly("shop-" + payment);
    assertThat(opened(Map.of("billDays", "0")).records(payment, later).orElseThrow()).isEmpty();
    stand.refuseNext("/v3/bill", 400, "STATEMENT_CREATING");
    assertThat(provider().records(payment, later)).isEmpty();
  }

  @Test void an_answer_or_a_refusal_that_another_signed_is_none() {
    var payment = stand.payIn(10_000, "CNY");
    var elsewhere = opened(Map.of("platformKey", KeyCase.fresh().shown()));
    assertThat(elsewhere.find(payment, stand.now()).available()).isFalse();
    assertThat(elsewhere.find("9-nobody-knows", stand.now()).available()).isFalse();
    var otherKey = opened(Map.of("platformKeyId", "PUB_KEY_ID_2"));
    assertThat(otherKey.find(payment, stand.now()).available()).isFalse();
    var otherMerchant = opened(Map.of("merchantSerial", "00"));
    assertThat(otherMerchant.refund(order(payment, "dsp_0190000000000000001-r1", 1), stand.now()))
        .isEqualTo(new Answer.Unknown());
  }

  @Test void a_letter_about_a_refund_of_others_names_the_payment_and_one_about_paying_concerns_nobody() {
    var body = WeChatPayStand.body("EV-1", "REFUND.SUCCESS", WeChatPayStand.API_KEY, Map.of("mchid",
        WeChatPayStand.MERCHANT, "out_trade_no", "order-1", "transaction_id", "42", "out_refund_no", "shop-7"));
    var letter = WeChatPayStand.letter(body, stand.now(), stand.wechats);
    assertThat(provider().read(letter, stand.now())).isEqualTo(new Heard.OfPayment("EV-1", "order-1"));
    assertThat(opened(Map.of("paymentsAre", "TRANSACTION_ID")).read(letter, stand.now()))
        .isEqualTo(new Heard.OfPayment("EV-1", "42"));
    var paid = WeChatPayStand.body("EV-2", "TRANSACTION.SUCCESS", WeChatPayStand.API_KEY, Map.of());
    assertThat(provider().read(WeChatPayStand.letter(paid, stand.now(), stand.wechats), stand.now()))
        .isEqualTo(new Heard.OfNoConcern("EV-2"));
    for (var wrong : List.of("", "{}", "[", "{\"id\":\"EV-3\",\"event_type\":\"REFUND.SUCCESS\"}"))
      assertThat(provider().read(WeChatPayStand.letter(wrong, stand.now(), stand.wechats), stand.now())).as(wrong)
          .isInstanceOf(Heard.Forged.class);
    assertThat(provider().read(new Callback(Map.of("Wechatpay-Timestamp", "soon"), "{}"), stand.now()))
        .isInstanceOf(Heard.Forged.class);
  }

  @Test void wechat_pay_may_be_known_by_its_certificate_and_by_both_while_it_changes() {
    var wechat = Certified.fresh(folder, "wechat");
    var byCertificate =
        new HashMap<>(stand.account("WECHAT-3", folder, Map.of("platformCertificates", wechat.pem())).settings());
    var both = new WeChatPayConnector().open(new Account("WECHAT-3", "WECHATPAY", false, byCertificate));
    byCertificate.remove("platformKey");
    byCertificate.remove("platformKeyId");
    var only = new WeChatPayConnector().open(new Account("WECHAT-3", "WECHATPAY", false, byCertificate));
    var payment = stand.payIn(10_000, "CNY");
    assertThat(both.find(payment, stand.now()).found()).isTrue();
    assertThat(only.find(payment, stand.now()).available()).isFalse();
    stand.signWith(wechat.key(), PemUtil.getSerialNumber(wechat.certificate()));
    try {
      assertThat(both.find(payment, stand.now()).found()).isTrue();
      assertThat(only.find(payment, stand.now()).found()).isTrue();
    } finally {
      stand.signWith(stand.wechats, WeChatPayStand.KEY_ID);
    }
  }

  @Test void letters_are_answered_as_wechat_pay_wants_them_answered() {
    assertThat(provider().reply(true)).isEqualTo(new Provider.Reply(200, "application/json", ""));
    assertThat(provider().reply(false).body()).contains("\"code\":\"FAIL\"");
  }

  @Test void the_stand_ins_signatures_are_those_of_wechat_pays_own_kit() {
    var key = PemUtil.loadPrivateKeyFromString(stand.merchants.secret());
    var said = new WechatPay2Credential(WeChatPayStand.MERCHANT, new RSASigner(WeChatPayStand.SERIAL, key))
        .getAuthorization(URI.create("https://api.mch.weixin.qq.com/v3/a%20b?c=d"), "GET", "");
    var parts = said.replaceAll("[^,]*?=\"([^\"]*)\"", "$1").split(",");
    assertThat(said).startsWith("WECHATPAY2-SHA256-RSA2048 mchid=\"" + WeChatPayStand.MERCHANT + "\"");
    assertThat(stand.merchants.isSigned("GET\n/v3/a%20b?c=d\n" + parts[2] + "\n" + parts[1] + "\n\n", parts[4]))
        .isTrue();
    var verifier = new RSAVerifier(stand.wechats.pair().getPublic(), WeChatPayStand.KEY_ID);
    var letter = WeChatPayStand.letter("{\"a\":\"一\"}", Clock.systemUTC().instant(), stand.wechats);
    var headers = new HttpHeaders();
    for (var name : List.of("Timestamp", "Nonce", "Signature", "Serial"))
      headers.addHeader("Wechatpay-" + name, letter.header("Wechatpay-" + name).orElseThrow());
    assertThat(new WechatPay2Validator(verifier).validate(headers, letter.body())).isTrue();
    assertThat(new WechatPay2Validator(verifier).validate(headers, letter.body() + " ")).isFalse();
  }

  /** The vector stands in the tests of wechatpay-java (Apache 2.0), AeadAesCipherTest and its TestConfig. */
  @Test void what_is_sealed_is_sealed_as_wechat_pay_publishes_it() {
    var key = "a7cde1ZJB1kG2e7VfTs3jQzaWizur8Gb";
    var published = "ulwSiIajGClcvcOYvOQ7+l+0PAbzzwI=";
    assertThat(WeChatPayStand.sealed(key, "associatedData", "uluk4a9R25RW", "message")).isEqualTo(published);
    assertThat(new AeadAesCipher(key.getBytes(UTF_8)).decrypt("associatedData".getBytes(UTF_8),
        "uluk4a9R25RW".getBytes(UTF_8), Base64.getDecoder().decode(published))).isEqualTo("message");
  }

  @Test void what_is_wrong_with_an_account_is_told_by_its_setting_and_without_its_secret() throws IOException {
    assertThatThrownBy(() -> open("merchantId", "")).hasMessage("account SHOP: merchantId is missing");
    assertThatThrownBy(() -> open("merchantKey", "abc")).hasMessageContaining("merchantKey must not stand")
        .hasMessageNotContaining("abc");
    var odd = Files.writeString(folder.resolve("odd"), "not a key").toString();
    assertThatThrownBy(() -> open("merchantKeyFile", odd)).hasMessageContaining("merchantKey is no RSA private key");
    assertThatThrownBy(() -> open("apiV3KeyFile", odd)).hasMessage("account SHOP: apiV3Key has to have 32 bytes");
    assertThatThrownBy(() -> open("platformKey", "")).hasMessageContaining("platformKey is missing (or platformCert");
    assertThatThrownBy(() -> open("platformKey", "abc")).hasMessageContaining("platformKey is no RSA public key");
    assertThatThrownBy(() -> open("platformCertificates", "abc")).hasMessageContaining("platformCertificates are no");
    assertThatThrownBy(() -> open("billDays", "999")).hasMessageContaining("billDays is no number from 0 to 365");
    assertThatThrownBy(() -> open("mchid", "1")).hasMessage("account SHOP: mchid is no setting of WECHATPAY");
  }

  private static Provider open(String key, String value) {
    return new WeChatPayConnector().open(stand.account("SHOP", folder, Map.of(key, value)));
  }
}
