package redress.api;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RestController;
import redress.connect.Answer;
import redress.connect.Behaviour;
import redress.connect.RefundOrder;
import redress.connect.RefundRecord;
import redress.connect.Wallet;
import redress.desk.Clocks;
import redress.door.Caller;
import redress.door.Fault;
import redress.policy.Role;
import redress.store.Payments;
import redress.store.Payments.Registered;
import redress.verb.Field;
import redress.verb.Fields;

/**
 * The built-in wallet's own counter, for host platforms: capturing a registered payment, and what a provider may do
 * that Redress
 * does not ask for. All but capturing is for test payments only.
 */
@RestController
public final class WalletApi {
  /** How the wallet can be told to behave. */
  enum Manner {
    SLOW, FAIL, UNKNOWN, REVERSE_LATER, DOWN, NORMAL
  }

  static final Map<String, Field> NOTHING = Fields.of();
  static final Map<String, Field> MANNER = Fields.of(
      Field.choice("manner", Manner.class, "How it behaves about this payment from now on.").needed(),
      Field.duration("within", "SLOW, REVERSE_LATER, FAIL, DOWN: how much later."),
      Field.number("times", 100, "UNKNOWN: how many answers are lost; 1 when left out."),
      Field.flag("moved", "UNKNOWN: whether an order was carried out nevertheless."));
  static final Map<String, Field> DIRECT = Fields.of(
      Field.id("reference", "The merchant's own reference.").needed(),
      Field.amount("amount", "What is paid.").needed(),
      Field.id("payee", "Who is paid; the payer when left out."),
      Field.id("memo", "What the merchant writes on it, such as the promise it keeps."));
  static final Map<String, Field> REVERSAL = Fields.of(
      Field.id("reference", "Which refund is taken back.").needed());
  static final Map<String, Field> CHARGEBACK = Fields.of(
      Field.amount("amount", "What the payer's bank takes back.").needed());

  private final Wallet wallet;
  private final Payments payments;
  private final Clocks clocks;

  public WalletApi(Wallet wallet, Payments payments, Clocks clocks) {
    this.wallet = wallet;
    this.payments = payments;
    this.clocks = clocks;
  }

  /** A payment as the wallet's own books tell it. */
  record HeldView(String payment, boolean found, long amount, @Nullable String currency, long chargedBack,
      List<RecordView> refunds) {}

  /** One refund in the wallet's own books. */
  record RecordView(String reference, long amount, String currency, String payee, String memo, String state) {}

  @PutMapping("/v1/wallet/payments/{id}") ResponseEntity<Object> capture(HttpServletRequest request,
      @PathVariable String id) throws IOException {
    var asking = Asking.of(request);
    asking.body(NOTHING);
    var it = payment(request, id, false).payment();
    boolean held =
        wallet.capture(id, it.payer(), it.merchant(), it.captured(), it.currency(), it.capturedAt(), !it.live());
    if (!held) throw Fault.PAYMENT_DIFFERS.away();
    if (asking.wantsLittle()) return Answers.little(200);
    return ResponseEntity.ok(view(id, now(payment(request, id, false))));
  }

  @GetMapping("/v1/wallet/payments/{id}") HeldView read(HttpServletRequest request, @PathVariable String id) {
    return view(id, now(payment(request, id, false)));
  }

  @PostMapping("/v1/wallet/payments/{id}/manner") ResponseEntity<Object> behave(HttpServletRequest request,
      @PathVariable String id) throws IOException {
    var body = Asking.of(request).body(MANNER);
    var now = now(payment(request, id, true));
    var within = Objects.requireNonNullElse(body.duration("within"), Duration.ofHours(1));
    switch (body.choice("manner", Manner.class)) {
      case NORMAL -> wallet.behave(id);
      case SLOW -> wallet.tell(id, new Behaviour.Slow(within));
      case FAIL -> wallet.tell(id, new Behaviour.Fail("REFUSED_BY_BANK",
          body.has("within") ? within : Duration.ZERO));
      case UNKNOWN -> wallet.tell(id,
          new Behaviour.Unknown(Math.max(1, (int) body.number("times")), body.flag("moved")));
      case REVERSE_LATER -> wallet.tell(id, new Behaviour.ReverseLater(within));
      case DOWN -> wallet.tell(id, new Behaviour.Down(now.plus(within)));
    }
    return ResponseEntity.ok(view(id, now));
  }

  @PostMapping("/v1/wallet/payments/{id}/direct-refunds") ResponseEntity<Object> pay(HttpServletRequest request,
      @PathVariable String id) throws IOException {
    var body = Asking.of(request).body(DIRECT);
    var it = payment(request, id, true);
    var payee = body.has("payee") ? body.id("payee") : it.payment().payer();
    var order = new RefundOrder(body.id("reference"), id, Registrations.positive(body), it.payment().currency(), payee);
    return done(id, now(it), () -> wallet.payDirectly(order, body.id("memo"), now(it)));
  }

  @PostMapping("/v1/wallet/payments/{id}/reversals") ResponseEntity<Object> reverse(HttpServletRequest request,
      @PathVariable String id) throws IOException {
    var body = Asking.of(request).body(REVERSAL);
    var it = payment(request, id, true);
    return done(id, now(it), () -> wallet.reverse(body.id("reference"), now(it)));
  }

  @PostMapping("/v1/wallet/payments/{id}/chargebacks") ResponseEntity<Object> chargeBack(HttpServletRequest request,
      @PathVariable String id) throws IOException {
    var body = Asking.of(request).body(CHARGEBACK);
    var it = payment(request, id, true);
    long minor = Registrations.positive(body);
    return done(id, now(it), () -> {
      wallet.chargeBack(id, minor, now(it));
      return new Answer.Done(now(it));
    });
  }

  private interface Doing {
    Answer go();
  }

  private ResponseEntity<Object> done(String id, Instant now, Doing doing) {
    try {
      doing.go();
    } catch (IllegalArgumentException e) {
      throw Fault.FIELD_VALUE.away("reference");
    }
    return ResponseEntity.ok(view(id, now));
  }

  private Registered payment(HttpServletRequest request, String id, boolean testOnly) {
    var caller = Caller.of(request);
    caller.mustBe(Role.PLATFORM);
    if (testOnly && caller.live()) throw Fault.LIVE_ONLY_OR_TEST_ONLY.away();
    return payments.find(id)
        .filter(it -> it.payment().live() == caller.live() && it.payment().provider().equals(Wallet.NAME))
        .orElseThrow(() -> Fault.NOT_FOUND.away());
  }

  private Instant now(Registered it) {
    return clocks.now(it.clock());
  }

  private HeldView view(String id, Instant now) {
    var held = wallet.find(id, now);
    var records = wallet.records(id, now).orElse(List.of());
    return new HeldView(id, held.found(), held.amount(), held.currency(), held.chargedBack(),
        records.stream().map(WalletApi::view).toList());
  }

  private static RecordView view(RefundRecord it) {
    return new RecordView(it.reference(), it.minor(), it.currency(), it.payee(), it.memo(), it.state().name());
  }
}
