package redress.api;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Currency;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RestController;
import redress.desk.Clocks;
import redress.dispute.Payment;
import redress.door.Caller;
import redress.door.Fault;
import redress.policy.Role;
import redress.store.Parties;
import redress.store.Party;
import redress.store.Party.Contact;
import redress.store.Party.Kind;
import redress.store.Payments;
import redress.store.Payments.Registered;
import redress.store.TestClocks;
import redress.verb.Body;
import redress.verb.Field;
import redress.verb.Fields;

/** Parties and payments as the host platform registers them. */
@RestController
public final class Registrations {
  private static final Pattern ID = Pattern.compile("[A-Za-z0-9_.:~-]{1,100}");

  static final Map<String, Field> PARTY = Fields.of(
      Field.choice("kind", Kind.class, "Which side it can be on.").needed(),
      Field.id("account", "The account its tokens name and payments are paid from.").needed(),
      Field.number("level", 9, "How far its identity was verified; 0 for not at all.").needed(),
      Field.instant("verifiedAt", "When it was verified."),
      Field.id("zone", "Its time zone, such as Asia/Shanghai.").needed(),
      new Field("language", Field.Kind.CHOICE, true, 0, List.of("EN", "ZH"), "The language it is told things in."),
      Field.text("name", "How it is called.").upTo(200),
      Field.text("email", "Where e-mail reaches it.").upTo(200),
      Field.text("phone", "Where a telephone reaches it.").upTo(50));

  static final Map<String, Field> PAYMENT = Fields.of(
      Field.id("payer", "The party that paid.").needed(),
      Field.id("merchant", "The party that was paid.").needed(),
      Field.amount("amount", "What was captured.").needed(),
      Field.id("currency", "ISO 4217.").upTo(3).needed(),
      Field.ids("items", "What was paid for, item by item."),
      Field.instant("capturedAt", "When it was captured.").needed(),
      Field.id("provider", "The account at a provider that holds it, such as WALLET.").needed(),
      Field.id("atProvider", "What the provider calls it; its id when left out."),
      Field.id("testClock", "The test clock it lives by; test keys only."));

  private final Parties parties;
  private final Payments payments;
  private final TestClocks testClocks;
  private final Clocks clocks;

  public Registrations(Parties parties, Payments payments, TestClocks testClocks, Clocks clocks) {
    this.parties = parties;
    this.payments = payments;
    this.testClocks = testClocks;
    this.clocks = clocks;
  }

  private enum Tongue {
    EN, ZH
  }

  /** A party; {@code contact} is null for everybody but the party itself and the host platform. */
  record PartyView(String id, Kind kind, String account, int level, @Nullable Instant verifiedAt, String zone,
      String language, @Nullable ContactView contact) {}

  /** How a party is called and reached. */
  public record ContactView(String name, String email, String phone) {}

  /** A payment with what has become of its money, in minor units. */
  record PaymentView(String id, String payer, String merchant, long amount, String currency, List<String> items,
      Instant capturedAt, String provider, String atProvider, boolean test, @Nullable String testClock, long refunded,
      long compensated,
      long chargedBack, long refundable, long held, List<String> openDisputes) {}

  @PutMapping("/v1/parties/{id}") ResponseEntity<Object> put(HttpServletRequest request, @PathVariable String id)
      throws IOException {
    var caller = Caller.of(request);
    caller.mustBe(Role.PLATFORM);
    var body = Asking.of(request).body(PARTY);
    var party = new Party(checked(id), body.choice("kind", Kind.class), body.id("account"), (int) body.number("level"),
        body.instant("verifiedAt"), zone(body), body.choice("language", Tongue.class) == Tongue.ZH ? "zh" : "en");
    boolean fresh = parties.put(party, new Contact(body.text("name"), body.text("email"), body.text("phone")));
    return ResponseEntity.status(fresh ? 201 : 200).body(view(party, caller));
  }

  @GetMapping("/v1/parties/{id}") PartyView party(HttpServletRequest request, @PathVariable String id) {
    var caller = Caller.of(request);
    boolean may = caller.role() == Role.PLATFORM || caller.role().isStaff() || caller.subject().equals(id);
    return parties.find(id).filter(_ -> may).map(it -> view(it, caller)).orElseThrow(() -> Fault.NOT_FOUND.away());
  }

  private PartyView view(Party it, Caller caller) {
    boolean own =
        caller.role() == Role.PLATFORM || (caller.actor().side().isPresent() && caller.subject().equals(it.id()));
    var contact = own ? parties.contact(it.id()) : null;
    return new PartyView(it.id(), it.kind(), it.account(), it.level(), it.verifiedAt(), it.zone().getId(),
        it.language(), contact == null ? null : new ContactView(contact.name(), contact.email(), contact.phone()));
  }

  @PutMapping("/v1/payments/{id}") ResponseEntity<Object> putPayment(HttpServletRequest request,
      @PathVariable String id) throws IOException {
    var caller = Caller.of(request);
    caller.mustBe(Role.PLATFORM);
    var asking = Asking.of(request);
    var body = asking.body(PAYMENT);
    var clock = clock(body, caller);
    var sides = parties.find(new HashSet<>(List.of(body.id("payer"), body.id("merchant"))));
    var payment = Payment.registered(checked(id), known(sides, body, "payer", Kind.BUYER),
        known(sides, body, "merchant", Kind.MERCHANT), positive(body), currency(body), Set.copyOf(body.ids("items")),
        captured(body, clock.now()), body.id("provider"), caller.live())
        .called(body.has("atProvider") ? body.id("atProvider") : id);
    var registered = new Registered(payment, clock.id(), "{}");
    return switch (payments.register(registered, clock.now())) {
      case NEW -> asking.wantsLittle() ? Answers.little(201) : ResponseEntity.status(201).body(view(registered));
      case SAME, CORRECTED -> asking.wantsLittle() ? Answers.little(200)
          : ResponseEntity.ok(view(payments.find(id).orElse(registered)));
      case CONFLICT -> throw Fault.PAYMENT_DIFFERS.away();
    };
  }

  @GetMapping("/v1/payments/{id}") PaymentView payment(HttpServletRequest request, @PathVariable String id) {
    var caller = Caller.of(request);
    return payments.find(id).filter(it -> maySee(caller, it.payment())).map(Registrations::view)
        .orElseThrow(() -> Fault.NOT_FOUND.away());
  }

  private static boolean maySee(Caller caller, Payment payment) {
    if (caller.live() != payment.live()) return false;
    if (caller.role() == Role.BUYER) return caller.subject().equals(payment.payer());
    if (caller.role().isMerchant()) return caller.subject().equals(payment.merchant());
    return caller.role() == Role.PLATFORM || (caller.role().isStaff() && caller.role() != Role.ADMIN);
  }

  private static PaymentView view(Registered it) {
    var payment = it.payment();
    return new PaymentView(payment.id(), payment.payer(), payment.merchant(), payment.captured(), payment.currency(),
        payment.items().stream().sorted().toList(), payment.capturedAt(), payment.provider(), payment.atProvider(),
        !payment.live(),
        it.clock(), payment.refunded(), payment.compensated(), payment.chargedBack(), payment.refundable(),
        payment.holds().values().stream().mapToLong(Long::longValue).sum(),
        payment.open().keySet().stream().sorted().map(Object::toString).toList());
  }

  /** An id the host platform chooses: no e-mail address, because it ends up in addresses and logs. */
  private static String checked(String id) {
    if (!ID.matcher(id).matches()) throw Fault.FIELD_VALUE.away("id");
    return id;
  }

  private static String known(Map<String, Party> sides, Body body, String field, Kind kind) {
    var party = sides.get(body.id(field));
    if (party == null || party.kind() != kind) throw Fault.PARTY_UNKNOWN.away(field);
    return party.id();
  }

  /** The test clock a payment lives by, null for the system's, and what it shows. */
  private record Dial(@Nullable String id, Instant now) {}

  private Dial clock(Body body, Caller caller) {
    if (!body.has("testClock")) return new Dial(null, clocks.now());
    if (caller.live()) throw Fault.LIVE_ONLY_OR_TEST_ONLY.away("testClock");
    var id = body.id("testClock");
    return new Dial(id, testClocks.now(id).orElseThrow(() -> Fault.FIELD_VALUE.away("testClock")));
  }

  private static Instant captured(Body body, Instant now) {
    var at = body.instant("capturedAt");
    if (at == null || at.isAfter(now)) throw Fault.FIELD_VALUE.away("capturedAt");
    return at;
  }

  static long positive(Body body) {
    long minor = body.number("amount");
    if (minor == 0) throw Fault.NUMBER_OUT_OF_RANGE.away(body.at("amount"));
    return minor;
  }

  static String currency(Body body) {
    var code = body.id("currency");
    try {
      return Currency.getInstance(code).getCurrencyCode();
    } catch (IllegalArgumentException e) {
      throw Fault.FIELD_VALUE.away(body.at("currency"));
    }
  }

  private static ZoneId zone(Body body) {
    try {
      return ZoneId.of(body.id("zone"));
    } catch (DateTimeException e) {
      throw Fault.FIELD_VALUE.away("zone");
    }
  }
}
