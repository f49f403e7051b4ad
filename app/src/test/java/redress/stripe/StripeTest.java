package redress.stripe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.stripe.exception.SignatureVerificationException;
import com.stripe.net.Webhook;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
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

/** Stripe keeps the contract, and what is its own: currencies, keys that are forgotten, disputes, events. */
class StripeTest implements ProviderContract {
  @TempDir static Path folder;
  private static StripeStand stand;
  private static final AtomicInteger ORDERS = new AtomicInteger();

  @BeforeAll static void open() {
    stand = new StripeStand(folder);
  }

  @AfterAll static void close() {
    stand.close();
  }

  @Override public Stand stand() {
    return stand;
  }

  private static Provider stripe() {
    return stand.provider();
  }

  private static RefundOrder order(String payment, long minor, String currency) {
    return new RefundOrder("dsp_0aa%016x-r1".formatted(ORDERS.incrementAndGet()), payment, minor, currency, "buyer-1");
  }

  @Test void a_charge_is_known_by_its_own_name_too() {
    var charge = stand.payIn(5_000, "EUR").replace("pi_", "ch_");
    var order = order(charge, 2_000, "EUR");
    assertThat(stripe().find(charge, stand.now()).amount()).isEqualTo(5_000);
    assertThat(stripe().refund(order, stand.now())).isInstanceOf(Answer.Done.class);
    assertThat(stripe().ask(order, stand.now())).isInstanceOf(Answer.Done.class);
    assertThat(stand.paidBack(charge)).isEqualTo(2_000);
  }

  @Test void an_order_is_paid_once_even_when_stripe_has_forgotten_its_key() {
    var order = order(stand.payIn(10_000, "EUR"), 4_000, "EUR");
    assertThat(stripe().refund(order, stand.now())).isInstanceOf(Answer.Done.class);
    stand.server.forgetKeys();
    assertThat(stripe().refund(order, stand.now())).isInstanceOf(Answer.Done.class);
    assertThat(stand.paidBack(order.payment())).isEqualTo(4_000);
  }

  @Test void a_payment_with_more_refunds_than_a_page_holds_is_read_to_the_end() {
    var payment = stand.payIn(10_000, "EUR");
    var order = order(payment, 10, "EUR");
    stripe().refund(order, stand.now());
    for (int i = 0; i < 250; i++) stand.payDirectly(payment, "", 1);
    assertThat(stripe().ask(order, stand.now())).isInstanceOf(Answer.Done.class);
    assertThat(stripe().records(payment, stand.now()).orElseThrow()).hasSize(251);
  }

  @Test void what_stripe_cannot_pay_in_a_currency_is_refused_before_it_is_sent() {
    var dinars = stand.payIn(12_340, "KWD");
    int calls = stand.server.calls.get();
    assertThat(stripe().refund(order(dinars, 1_234, "KWD"), stand.now()))
        .isEqualTo(new Answer.Refused("AMOUNT_NOT_PAYABLE"));
    assertThat(stand.server.calls).hasValue(calls);
    assertThat(stripe().refund(order(dinars, 1_230, "KWD"), stand.now())).isInstanceOf(Answer.Done.class);
    assertThat(stand.paidBack(dinars)).isEqualTo(1_230);
    assertThat(StripeMoney.toStripe(12_300, "MGA")).hasValue(123);
    assertThat(StripeMoney.toStripe(12_345, "MGA")).isEmpty();
    assertThat(StripeMoney.toMinor(123, "MGA")).isEqualTo(12_300);
    assertThat(StripeMoney.toStripe(5, "UGX")).hasValue(500);
    assertThatThrownBy(() -> StripeMoney.toMinor(501, "ISK")).isInstanceOf(ArithmeticException.class);
  }

  @Test void another_currency_than_the_payments_is_refused() {
    var payment = stand.payIn(10_000, "EUR");
    assertThat(stripe().refund(order(payment, 100, "USD"), stand.now()))
        .isEqualTo(new Answer.Refused("CURRENCY_UNKNOWN"));
    assertThat(stand.paidBack(payment)).isZero();
  }

  @Test void only_disputes_that_took_money_are_chargebacks() {
    var payment = stand.payIn(10_000, "EUR");
    stand.server.dispute(payment, 3_000, "needs_response");
    stand.server.dispute(payment, 1_000, "lost");
    stand.server.dispute(payment, 500, "won");
    stand.server.dispute(payment, 200, "warning_needs_response");
    assertThat(stripe().find(payment, stand.now()).chargedBack()).isEqualTo(4_000);
  }

  @Test void patience_and_silence_are_unknown() {
    var order = order(stand.payIn(10_000, "EUR"), 4_000, "EUR");
    var before = stand.server.fates;
    try {
      for (var fate : new Fate[] {Fate.BUSY, Fate.BROKEN, Fate.DROPPED, Fate.SILENT}) {
        stand.server.fates = (call, _) -> call.equals("POST /v1/refunds") ? fate : Fate.FINE;
        assertThat(stripe().refund(order, stand.now())).as(fate.name()).isEqualTo(new Answer.Unknown());
        assertThat(stripe().ask(order, stand.now())).as(fate.name()).isEqualTo(new Answer.Unheard());
      }
    } finally {
      stand.server.fates = before;
    }
  }

  @Test void a_wrong_key_is_silence_and_pays_nothing() {
    var payment = stand.payIn(10_000, "EUR");
    var lost = new StripeConnector().open(account(Map.of("secretKeyFile", file("sk_test_wrong"), "webhookSecretFile",
        file("whsec"), "address", stand.server.address())));
    assertThat(lost.find(payment, stand.now()).available()).isFalse();
    assertThat(lost.refund(order(payment, 1, "EUR"), stand.now())).isEqualTo(new Answer.Unknown());
  }

  @Test void settings_that_are_missing_or_wrong_are_named() {
    assertThatThrownBy(() -> new StripeConnector().open(account(Map.of()))).hasMessageContaining("secretKey");
    assertThatThrownBy(() -> new StripeConnector().open(account(Map.of("secretKeyFile", file("k"), "webhookSecretFile",
        file("w"), "paymentsAre", "CARDS")))).hasMessageContaining("paymentsAre");
    assertThatThrownBy(() -> new StripeConnector().open(account(Map.of("secretKeyFile", file("k"), "webhookSecretFile",
        file("w"), "patience", "soon")))).hasMessageContaining("patience");
  }

  @Test void events_about_the_payment_name_it_and_others_are_of_no_concern() {
    var payment = stand.payIn(10_000, "EUR");
    assertThat(heard(stand.server.chargeEvent("evt_c1", "charge.refunded", payment)))
        .isEqualTo(new Heard.OfPayment("evt_c1", payment));
    assertThat(heard(stand.server.chargeEvent("evt_c2", "charge.dispute.created", payment)))
        .isEqualTo(new Heard.OfPayment("evt_c2", payment));
    assertThat(heard(stand.server.chargeEvent("evt_c3", "customer.created", payment)))
        .isEqualTo(new Heard.OfNoConcern("evt_c3"));
    assertThat(heard("[]")).isInstanceOf(Heard.Forged.class);
  }

  private static Heard heard(String body) {
    return stripe().read(StripeStand.signed(body, StripeServer.WEBHOOK_SECRET, stand.now()), stand.now());
  }

  @Test void the_stand_ins_signature_is_what_stripes_own_sdk_makes_and_takes() throws Exception {
    var payment = stand.payIn(10_000, "EUR");
    var body = stand.server.chargeEvent("evt_sdk", "charge.refunded", payment);
    var ours = StripeServer.signature(body, StripeServer.WEBHOOK_SECRET, stand.now());
    assertThat(Webhook.Signature.generateSignatureHeader(body, StripeServer.WEBHOOK_SECRET,
        stand.now().getEpochSecond())).isEqualTo(ours);
    var clock = Clock.fixed(stand.now(), ZoneOffset.UTC);
    assertThat(Webhook.constructEvent(body, ours, StripeServer.WEBHOOK_SECRET, 300, clock).getType())
        .isEqualTo("charge.refunded");
    assertThatThrownBy(() -> Webhook.constructEvent(body + " ", ours, StripeServer.WEBHOOK_SECRET, 300, clock))
        .isInstanceOf(SignatureVerificationException.class);
  }

  @Test void a_refund_that_somebody_else_ordered_goes_by_stripes_own_name() {
    var payment = stand.payIn(10_000, "EUR");
    stand.payDirectly(payment, "", 700);
    assertThat(stripe().records(payment, stand.now()).orElseThrow()).singleElement().extracting(RefundRecord::reference)
        .asString().startsWith("re_");
  }

  private static Account account(Map<String, String> settings) {
    return new Account("STRIPE-US", "STRIPE", false, settings);
  }

  private static String file(String content) {
    try {
      return java.nio.file.Files.writeString(folder.resolve("f" + ORDERS.incrementAndGet()), content).toString();
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
