package redress.paypal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.CRC32;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import redress.connect.Account;
import redress.connect.Answer;
import redress.connect.Fate;
import redress.connect.Heard;
import redress.connect.Provider;
import redress.connect.ProviderContract;
import redress.connect.RefundOrder;
import redress.connect.RefundRecord;
import redress.connect.Stand;

/** PayPal keeps the contract, and what is its own: tokens, request ids, orders, disputes, certificates. */
class PayPalTest implements ProviderContract {
  @TempDir static Path folder;
  private static PayPalStand stand;
  private static final AtomicInteger ORDERS = new AtomicInteger();

  @BeforeAll static void open() {
    stand = new PayPalStand(folder);
  }

  @AfterAll static void close() {
    stand.close();
  }

  @Override public Stand stand() {
    return stand;
  }

  private static Provider paypal() {
    return stand.provider();
  }

  private static RefundOrder order(String payment, long minor, String currency) {
    return new RefundOrder("dsp_0bb%016x-r1".formatted(ORDERS.incrementAndGet()), payment, minor, currency, "buyer-1");
  }

  @Test void one_token_serves_many_calls_and_a_refused_one_is_renewed_once() {
    var payment = stand.payIn(10_000, "EUR");
    paypal().find(payment, stand.now());
    int before = stand.server.tokens.get();
    for (int i = 0; i < 5; i++) paypal().find(payment, stand.now());
    assertThat(stand.server.tokens).hasValue(before);
    stand.server.endToken();
    assertThat(paypal().find(payment, stand.now()).found()).isTrue();
    assertThat(stand.server.tokens).hasValue(before + 1);
  }

  @Test void an_order_is_paid_once_even_when_paypal_has_forgotten_its_request() {
    var order = order(stand.payIn(10_000, "EUR"), 4_000, "EUR");
    assertThat(paypal().refund(order, stand.now())).isInstanceOf(Answer.Done.class);
    stand.server.forgetRequests();
    assertThat(paypal().refund(order, stand.now())).isInstanceOf(Answer.Done.class);
    assertThat(stand.paidBack(order.payment())).isEqualTo(4_000);
  }

  @Test void a_capture_without_an_order_is_paid_back_once_and_what_nobody_lists_stays_unknown() {
    var payment = stand.payIn(10_000, "EUR");
    stand.server.captured(payment).related = false;
    var order = order(payment, 4_000, "EUR");
    assertThat(paypal().ask(order, stand.now())).isEqualTo(new Answer.Unheard());
    assertThat(paypal().refund(order, stand.now())).isInstanceOf(Answer.Done.class);
    assertThat(paypal().refund(order, stand.now())).isInstanceOf(Answer.Done.class);
    assertThat(paypal().ask(order, stand.now())).isEqualTo(new Answer.Unknown());
    assertThat(paypal().records(payment, stand.now())).isEmpty();
    assertThat(stand.paidBack(payment)).isEqualTo(4_000);
  }

  @Test void what_paypal_cannot_pay_in_a_currency_is_refused_before_it_is_sent() {
    var forints = stand.payIn(500, "HUF");
    assertThat(paypal().find(forints, stand.now()).amount()).isEqualTo(50_000);
    assertThat(paypal().refund(order(forints, 12_345, "HUF"), stand.now()))
        .isEqualTo(new Answer.Refused("DECIMALS_NOT_SUPPORTED"));
    assertThat(paypal().refund(order(forints, 12_300, "HUF"), stand.now())).isInstanceOf(Answer.Done.class);
    assertThat(stand.paidBack(forints)).isEqualTo(123);
  }

  @Test void a_refusal_is_told_in_paypals_own_words() {
    var payment = stand.payIn(10_000, "EUR");
    assertThat(paypal().refund(order(payment, 100, "USD"), stand.now()))
        .isEqualTo(new Answer.Refused("REFUND_CAPTURE_CURRENCY_MISMATCH"));
    assertThat(paypal().refund(order(payment, 10_001, "EUR"), stand.now()))
        .isEqualTo(new Answer.Refused("REFUND_AMOUNT_EXCEEDED"));
    assertThat(stand.paidBack(payment)).isZero();
  }

  @Test void only_disputes_that_became_chargebacks_and_were_not_won_took_money() {
    var payment = stand.payIn(10_000, "EUR");
    stand.server.dispute(payment, 3_000, "CHARGEBACK", "");
    stand.server.dispute(payment, 1_000, "CHARGEBACK", "RESOLVED_BUYER_FAVOUR");
    stand.server.dispute(payment, 500, "ARBITRATION", "RESOLVED_SELLER_FAVOUR");
    stand.server.dispute(payment, 200, "INQUIRY", "");
    assertThat(paypal().find(payment, stand.now()).chargedBack()).isEqualTo(4_000);
  }

  @Test void patience_and_silence_are_unknown() {
    var order = order(stand.payIn(10_000, "EUR"), 4_000, "EUR");
    var before = stand.server.fates;
    try {
      for (var fate : new Fate[] {Fate.BUSY, Fate.BROKEN, Fate.DROPPED, Fate.SILENT}) {
        stand.server.fates = (call, _) -> call.endsWith("/refund") ? fate : Fate.FINE;
        assertThat(paypal().refund(order, stand.now())).as(fate.name()).isEqualTo(new Answer.Unknown());
        assertThat(paypal().ask(order, stand.now())).as(fate.name()).isEqualTo(new Answer.Unheard());
      }
    } finally {
      stand.server.fates = before;
    }
  }

  @Test void a_wrong_secret_is_silence() throws Exception {
    var secret = java.nio.file.Files.writeString(folder.resolve("wrong.secret"), "wrong");
    var lost = new PayPalConnector().open(account(Map.of("clientId", "c", "clientSecretFile", secret.toString(),
        "webhookId", "W", "address", stand.server.address())));
    var payment = stand.payIn(10_000, "EUR");
    assertThat(lost.find(payment, stand.now()).available()).isFalse();
    assertThat(lost.refund(order(payment, 1, "EUR"), stand.now())).isEqualTo(new Answer.Unknown());
  }

  @Test void settings_that_are_missing_or_wrong_are_named() throws Exception {
    var secret = java.nio.file.Files.writeString(folder.resolve("some.secret"), "some").toString();
    assertThatThrownBy(() -> new PayPalConnector().open(account(Map.of("clientSecretFile", secret))))
        .hasMessageContaining("clientId");
    assertThatThrownBy(() -> new PayPalConnector().open(account(Map.of("clientId", "c", "clientSecretFile", secret,
        "webhookId", "W", "rootFile", secret)))).hasMessageContaining("root");
    assertThatThrownBy(() -> new PayPalConnector().open(account(Map.of("clientId", "c", "clientSecretFile", secret,
        "webhook", "W")))).hasMessageContaining("webhook");
  }

  @Test void events_name_the_capture_and_others_are_of_no_concern() {
    var payment = stand.payIn(10_000, "EUR");
    for (var type : new String[] {"PAYMENT.CAPTURE.REVERSED", "CUSTOMER.DISPUTE.CREATED"}) {
      assertThat(heard(stand.server.event("WH-" + type, type, payment)))
          .isEqualTo(new Heard.OfPayment("WH-" + type, payment));
    }
    assertThat(heard(stand.server.event("WH-1", "PAYMENT.CAPTURE.COMPLETED", payment)))
        .isEqualTo(new Heard.OfNoConcern("WH-1"));
    stand.payDirectly(payment, "", 700);
    assertThat(heard(stand.server.event("WH-2", "PAYMENT.CAPTURE.REFUNDED", payment, "")))
        .isEqualTo(new Heard.OfPayment("WH-2", payment));
    assertThat(heard("[]")).isInstanceOf(Heard.Forged.class);
  }

  private static Heard heard(String body) {
    return paypal().read(stand.signed(body, "CERT-1"), stand.now());
  }

  /** The check value of the catalogue of CRC algorithms (CRC-32/ISO-HDLC). */
  @Test void the_checksum_is_the_one_that_is_published() {
    var sum = new CRC32();
    sum.update("123456789".getBytes(StandardCharsets.US_ASCII));
    assertThat(sum.getValue()).isEqualTo(0xCBF43926L);
  }

  @Test void a_refund_that_somebody_else_ordered_goes_by_paypals_own_name() {
    var payment = stand.payIn(10_000, "EUR");
    stand.payDirectly(payment, "", 700);
    assertThat(paypal().records(payment, stand.now()).orElseThrow()).singleElement().extracting(RefundRecord::reference)
        .asString().startsWith("1JU");
  }

  private static Account account(Map<String, String> settings) {
    return new Account("PAYPAL-US", "PAYPAL", false, settings);
  }
}
