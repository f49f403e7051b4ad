package redress.api;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import redress.desk.Answer;
import redress.desk.Clocks;
import redress.desk.Desk;
import redress.desk.Request;
import redress.dispute.Command.File;
import redress.dispute.DisputeId;
import redress.dispute.Filing;
import redress.dispute.Reason;
import redress.dispute.Remedy;
import redress.door.Caller;
import redress.door.Fault;
import redress.policy.Role;
import redress.store.Disputes.Place;
import redress.store.Key;
import redress.store.Payments;
import redress.store.Payments.Registered;
import redress.store.RuleSets;
import redress.store.SubjectKeys;
import redress.verb.Body;
import redress.verb.Field;
import redress.verb.Fields;
import redress.verb.Scribe;
import redress.view.Reader;
import redress.view.Seats;
import redress.view.Seats.At;

/** Filing a dispute, and reading one. */
@RestController
public final class Filings {
  public static final Map<String, Field> FIELDS = Fields.of(
      Field.id("payment", "The payment it is about.").needed(),
      Field.choice("reason", Reason.class, "Why.").needed(),
      Field.choice("wish", Remedy.class, "What would put it right.").needed(),
      Field.amount("amount", "The disputed amount.").needed(),
      Field.id("currency", "ISO 4217; must be the payment's.").upTo(3).needed(),
      Field.ids("items", "Which items of the payment; none for all of it."),
      Field.text("description", "What happened.").needed());

  private final Desk desk;
  private final Clocks clocks;
  private final Payments payments;
  private final RuleSets ruleSets;
  private final SubjectKeys keys;
  private final Seats seats;
  private final Answers answers;
  private final Glances glances;

  public Filings(Desk desk, Clocks clocks, Payments payments, RuleSets ruleSets, SubjectKeys keys,
      Seats seats, Answers answers, Glances glances) {
    this.desk = desk;
    this.clocks = clocks;
    this.payments = payments;
    this.ruleSets = ruleSets;
    this.keys = keys;
    this.seats = seats;
    this.answers = answers;
    this.glances = glances;
  }

  @PostMapping("/v1/disputes") ResponseEntity<Object> file(HttpServletRequest request) throws IOException {
    var reader = seats.reader(request);
    reader.caller().mustBe(Role.BUYER, Role.SUPPORT);
    var asking = Asking.of(request);
    var filed = file(reader, asking.body(FIELDS), asking.key(reader.caller()));
    if (filed.answer() instanceof Answer.Done done) return answers.filed(filed.at(), done, asking.wantsLittle());
    return answers.to(request, filed.at(), filed.answer(), asking.wantsLittle());
  }

  /** The seat at the dispute that is filed, and what the desk says. */
  public record Filed(At at, Answer answer) {}

  /** Files what {@code body} says of {@link #FIELDS}. Turns away whoever has no such payment. */
  public Filed file(Reader reader, Body body, @Nullable Key key) {
    var registered = payment(body, reader.caller());
    var scribe = new Scribe(reader.caller(), keys, registered.payment().currency());
    var id = Desk.newDispute(registered.payment().id(), key);
    var filing = filing(id, body, scribe, registered);
    var place = new Place(filing.payment(), filing.buyer(), filing.merchant(), filing.currency(), filing.live(),
        registered.clock());
    var at = new At(reader, id, place);
    var answer = desk.handle(Request.of(at.seat(), new File(filing)).saying(scribe.texts()).keyed(key));
    if (answer instanceof Answer.Done) seats.filed(id, place);
    return new Filed(at, answer);
  }

  @GetMapping("/v1/disputes/{id}") ResponseEntity<Object> read(HttpServletRequest request, @PathVariable String id) {
    var at = seats.at(request, id);
    var matter = answers.matter(at.id());
    glances.at(at, matter);
    return answers.now(at, matter);
  }

  /** The payment, if it is there, of the caller's kind, and the caller's own where it is a buyer. */
  private Registered payment(Body body, Caller caller) {
    return payments.find(body.id("payment"))
        .filter(it -> it.payment().live() == caller.live())
        .filter(it -> caller.role() == Role.SUPPORT || it.payment().payer().equals(caller.subject()))
        .orElseThrow(() -> Fault.PAYMENT_UNKNOWN.away("payment"));
  }

  /** The desk dates it by the payment's own clock and binds it to the rules in force then. */
  private Filing filing(DisputeId id, Body body, Scribe scribe, Registered registered) {
    var payment = registered.payment();
    long minor = body.number("amount");
    scribe.sameCurrency(body, minor);
    var now = clocks.now();
    var zone = seats.zone(payment.payer());
    return new Filing(id, payment.id(), payment.payer(), payment.merchant(), payment.currency(), minor,
        Set.copyOf(body.ids("items")), body.choice("reason", Reason.class), body.choice("wish", Remedy.class),
        scribe.words(body, "description"), now, ruleSets.inForce(now).version(), zone, payment.live());
  }
}
