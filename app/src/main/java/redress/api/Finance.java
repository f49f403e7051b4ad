package redress.api;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Currency;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import redress.desk.Clocks;
import redress.door.Caller;
import redress.door.Fault;
import redress.policy.Role;
import redress.store.Key;
import redress.store.Parties;
import redress.store.Party;
import redress.store.Receivables;
import redress.store.Requests;
import redress.store.Requests.Kind;
import redress.store.Requests.State;
import redress.store.Reserve;
import redress.store.ReserveBook;
import redress.store.ReserveBook.Hand;
import redress.store.RuleSets;
import redress.verb.Body;
import redress.verb.Field;
import redress.verb.Fields;
import redress.verb.Query;
import redress.view.Reader;

/**
 * What finance does with money outside of disputes: who may, under which key, and what a second person has to approve.
 */
@RestController
public final class Finance {
  private static final int ID_BYTES = 12;

  static final Map<String, Field> PAGE = Fields.of(Field.number("limit", 100, "How many, 1 to 100; 20 when left out."));

  private final ReserveBook book;
  private final Receivables receivables;
  private final Requests requests;
  private final Parties parties;
  private final RuleSets rules;
  private final Once once;
  private final Clocks clocks;
  private final SecureRandom random = new SecureRandom();

  public Finance(ReserveBook book, Receivables receivables, Requests requests, Parties parties, RuleSets rules,
      Once once, Clocks clocks) {
    this.book = book;
    this.receivables = receivables;
    this.requests = requests;
    this.parties = parties;
    this.rules = rules;
    this.once = once;
    this.clocks = clocks;
  }

  /** What waits for a second person, or what became of it. */
  public record RequestView(String id, Kind kind, String pot, String merchant, String currency, boolean test,
      long amount, String reference, String askedBy, Instant askedAt, State state, @Nullable String decidedBy,
      @Nullable Instant decidedAt) {}

  /** What waits for a second person, the oldest first. */
  public record RequestsView(List<RequestView> items) {}

  /** Who reads: staff that may see all money, or a merchant that sees its own. */
  record Reader(Caller caller) {
    boolean isStaff() {
      return caller.role().isStaff();
    }

    boolean live() {
      return caller.live();
    }

    /** The merchant whose things are read: a merchant's own whatever it asks for. */
    @Nullable String only(@Nullable String wanted) {
      return isStaff() ? wanted : caller.subject();
    }

    /** Somebody else's looks like none at all. */
    Reader of(String merchant) {
      if (!isStaff() && !caller.subject().equals(merchant)) throw Fault.NOT_FOUND.away();
      return this;
    }
  }

  static Reader reader(HttpServletRequest request) {
    var caller = Caller.of(request);
    if (!caller.role().isMerchant()) staff(request);
    return new Reader(caller);
  }

  static Caller staff(HttpServletRequest request) {
    var caller = Caller.of(request);
    caller.mustBe(Role.FINANCE, Role.AUDITOR);
    return caller;
  }

  static Caller acting(HttpServletRequest request) {
    var caller = Caller.of(request);
    caller.mustBe(Role.FINANCE);
    return caller;
  }

  /** The currency that a query names. */
  static String currency(Query query) {
    var code = query.text("currency");
    if (code == null) throw Fault.QUERY_INVALID.away("currency");
    return known(code);
  }

  /** A currency there is (ISO 4217). */
  static String known(String code) {
    try {
      return Currency.getInstance(code).getCurrencyCode();
    } catch (IllegalArgumentException e) {
      throw Fault.NOT_FOUND.away();
    }
  }

  Instant now() {
    return clocks.now();
  }

  /** The merchant with this id. */
  String merchant(String id) {
    return parties.find(id).filter(it -> it.kind() == Party.Kind.MERCHANT).map(Party::id)
        .orElseThrow(() -> Fault.NOT_FOUND.away());
  }

  /** Something that finance does with money, under its key: who, how much, and what it is called outside. */
  final class Deed {
    private final Key key;
    private final Caller caller;
    private final Body body;

    private Deed(Key key, Caller caller, Body body) {
      this.key = key;
      this.caller = caller;
      this.body = body;
    }

    Body body() {
      return body;
    }

    boolean live() {
      return caller.live();
    }

    String by() {
      return caller.subject();
    }

    long amount() {
      return Registrations.positive(body);
    }

    String currency() {
      return Registrations.currency(body);
    }

    Hand hand() {
      return new Hand(caller.subject(), "", body.id("reference"));
    }

    /** Whether one person may do this alone. */
    boolean isSmall() {
      return amount() <= Math.min(caller.limit(), rules.inForce(now()).limits().payoutLimit());
    }

    /** Does it once; {@code done} names what came of it and {@code answer} draws that, now or again. */
    ResponseEntity<Object> once(Supplier<String> done, Function<String, ResponseEntity<Object>> answer) {
      return once.only(key, () -> {
        var ref = done.get();
        return new Once.Made(ref, answer.apply(ref));
      }, answer);
    }
  }

  /** A deed of finance with these fields; it needs a key, because it moves money. */
  Deed act(HttpServletRequest request, Map<String, Field> fields) throws IOException {
    var caller = acting(request);
    var asking = Asking.of(request);
    var body = asking.body(fields);
    return act(caller, body, asking.key(caller));
  }

  /** The same for a caller whose body has been read already. */
  Deed act(Caller caller, Body body, @Nullable Key key) {
    caller.mustBe(Role.FINANCE);
    if (key == null) throw Fault.IDEMPOTENCY_KEY_NEEDED.away("Idempotency-Key");
    return new Deed(key, caller, body);
  }

  /** Money out of a reserve: at once, or above the limit when a second person has approved. */
  ResponseEntity<Object> outOf(Deed deed, Reserve reserve) {
    return deed.once(() -> {
      var request = request(deed, Kind.WITHDRAWAL, reserve, deed.isSmall() ? State.DONE : State.WAITING);
      if (request.state() == State.DONE) carryOut(request, deed.hand());
      return request.id();
    }, id -> waiting(id, deed.live()));
  }

  /** Writes down what a second person has to approve, or what needs none. */
  Requests.Request request(Deed deed, Kind kind, Reserve reserve, State state) {
    var bytes = new byte[ID_BYTES];
    random.nextBytes(bytes);
    var id = "frq_" + HexFormat.of().formatHex(bytes);
    var request = new Requests.Request(id, kind, reserve, deed.amount(), deed.body().id("reference"), deed.by(), now(),
        state, null, null);
    requests.ask(request);
    return request;
  }

  private Requests.Request find(String id, boolean live) {
    return requests.find(id, live).orElseThrow(() -> Fault.NOT_FOUND.away());
  }

  ResponseEntity<Object> waiting(String id, boolean live) {
    return ResponseEntity.status(202).body(view(find(id, live)));
  }

  @GetMapping("/v1/finance/requests") RequestsView list(HttpServletRequest request) {
    return waiting(Caller.of(request), new Query(request, PAGE).limit());
  }

  /** At most {@code limit} requests that wait for a second person, the oldest first. */
  public RequestsView waiting(Caller caller, int limit) {
    caller.mustBe(Role.FINANCE, Role.AUDITOR);
    return new RequestsView(requests.waiting(caller.live(), limit).stream().map(Finance::view).toList());
  }

  @GetMapping("/v1/finance/requests/{id}") RequestView read(HttpServletRequest request, @PathVariable String id) {
    return view(find(id, staff(request).live()));
  }

  @PostMapping("/v1/finance/requests/{id}/approval") ResponseEntity<Object> approve(HttpServletRequest request,
      @PathVariable String id) throws IOException {
    return decide(request, id, State.APPROVED);
  }

  @PostMapping("/v1/finance/requests/{id}/rejection") ResponseEntity<Object> reject(HttpServletRequest request,
      @PathVariable String id) throws IOException {
    return decide(request, id, State.REJECTED);
  }

  private ResponseEntity<Object> decide(HttpServletRequest request, String id, State state) throws IOException {
    return decide(act(request, Map.of()), id, state);
  }

  /** Says yes or no as second person, once under {@code key}. Turns away who asked for it. */
  public void decide(Caller caller, String id, boolean yes, @Nullable Key key) {
    decide(act(caller, Body.of(new byte[0], Map.of()), key), id, yes ? State.APPROVED : State.REJECTED);
  }

  private ResponseEntity<Object> decide(Deed deed, String id, State state) {
    var asked = find(id, deed.live());
    return deed.once(() -> {
      if (asked.askedBy().equals(deed.by())) throw Fault.SECOND_PERSON.away();
      if (!requests.decide(asked, state, deed.by(), now())) throw Fault.ANSWERED.away();
      if (state == State.APPROVED) carryOut(asked, new Hand(asked.askedBy(), deed.by(), asked.ref()));
      return id;
    }, _ -> ResponseEntity.ok(view(find(id, deed.live()))));
  }

  private void carryOut(Requests.Request it, Hand hand) {
    var reserve = it.reserve();
    boolean done = switch (it.kind()) {
      case WITHDRAWAL -> book.withdraw(reserve, it.minor(), hand, now());
      case WRITE_OFF ->
          receivables.writeOff(reserve.merchant(), reserve.currency(), reserve.live(), it.minor(), now());
    };
    if (!done) throw Fault.NOT_SO_MUCH.away("amount");
  }

  private static RequestView view(Requests.Request it) {
    var reserve = it.reserve();
    return new RequestView(it.id(), it.kind(), reserve.pot().name(), reserve.merchant(), reserve.currency(),
        !reserve.live(), it.minor(), it.ref(), it.askedBy(), it.askedAt(), it.state(), it.decidedBy(),
        it.decidedAt());
  }
}
