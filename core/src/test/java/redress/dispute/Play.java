package redress.dispute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import redress.check.Facts;
import redress.dispute.Command.*;
import redress.policy.Deadline;
import redress.policy.Role;
import redress.policy.RuleSet;

/** Tells a dispute as a story: who does what, what time does, and where that leads. */
final class Play {
  static final Instant START = Instant.parse("2026-03-02T08:00:00Z");
  static final long PRICE = 10_000;
  static final Words TEXT = new Words("w", "c", 12);
  static final Actor BUYER = new Actor(Role.BUYER, "li");
  static final Actor MERCHANT = new Actor(Role.MERCHANT_OWNER, "shop");
  static final Actor MEDIATOR = new Actor(Role.MEDIATOR, "mia");
  static final Actor LEAD = new Actor(Role.MEDIATOR_LEAD, "lea");
  static final Actor VERIFIER = new Actor(Role.VERIFIER, "vera");
  static final Actor FINANCE = new Actor(Role.FINANCE, "finn");
  static final Actor PLATFORM = new Actor(Role.PLATFORM, "host");
  static final Actor SYSTEM = Actor.SYSTEM;
  static final DisputeId ID = new DisputeId(Home.of("pay"), 7);

  Matter m;
  Instant now = START;
  final List<Event> events = new ArrayList<>();

  private Play(Matter matter) {
    m = matter;
  }

  /** A payment of 100.00 captured the day before, and nothing filed. */
  static Play paid() {
    var payment = Payment.registered("pay", "li", "shop", PRICE, "EUR", Set.of("phone", "case"),
        START.minus(Duration.ofDays(1)), "WALLET", false);
    return new Play(new Matter(RuleSet.STANDARD, payment, Dispute.NONE));
  }

  /** The whole payment is in dispute and the merchant is awaited. */
  static Play filed() {
    return paid().by(BUYER, file(ID, PRICE, Set.of()));
  }

  static File file(DisputeId id, long minor, Set<String> items) {
    return new File(
        new Filing(id, "pay", "li", "shop", "EUR", minor, items, Reason.NOT_AS_DESCRIBED, Remedy.FULL_REFUND,
            TEXT, START, "2026-1", ZoneId.of("Asia/Shanghai"), false));
  }

  static MakeOffer offer(long minor) {
    return new MakeOffer(Terms.of(Remedy.PARTIAL_REFUND, minor, 0, Executor.PLATFORM, 0), null, TEXT);
  }

  static MakeOffer offer(Terms terms) {
    return new MakeOffer(terms, null, TEXT);
  }

  /** Agreed on {@code terms} and waiting for confirmation. */
  static Play agreed(Terms terms) {
    return filed().by(MERCHANT, offer(terms)).by(BUYER, new AcceptOffer(1)).is(Status.CONFIRMING);
  }

  /** Agreed and confirmed. */
  static Play confirmed(Terms terms) {
    return agreed(terms).confirm();
  }

  static Terms refund(long minor, Executor executor) {
    return Terms.of(Remedy.PARTIAL_REFUND, minor, 0, executor, 0);
  }

  Play by(Actor who, Command command) {
    switch (Rules.decide(m, new Act(who, now, command))) {
      case Decision.No(var why, var field) ->
          fail(command + " by " + who.role() + " was refused: " + why + " " + field);
      case Decision.Yes(var happened) -> happened.forEach(this::happens);
    }
    return this;
  }

  private void happens(Event event) {
    events.add(event);
    var dispute = Rules.evolve(m.dispute(), event, now);
    m = new Matter(m.rules(), Rules.evolve(m.payment(), dispute.about().id(), event), dispute);
  }

  Play refused(Actor who, Command command, Refusal why) {
    var before = m;
    assertThat(Rules.decide(m, new Act(who, now, command))).isInstanceOfSatisfying(Decision.No.class,
        no -> assertThat(no.why()).isEqualTo(why));
    assertThat(m).isEqualTo(before);
    return this;
  }

  /** Sent again or too late: accepted, and nothing happens. */
  Play silently(Actor who, Command command) {
    assertThat(Rules.decide(m, new Act(who, now, command))).isEqualTo(Decision.yes());
    return this;
  }

  Play after(Duration time) {
    now = now.plus(time);
    return this;
  }

  /** Identity, transaction record and statement are all in order. */
  Play confirm() {
    return by(SYSTEM, new ConfirmIdentity(new Facts.Identity("acc", "acc", 1, START, true)))
        .by(SYSTEM, new ConfirmTransaction(transaction())).by(MERCHANT, new SubmitStatement(TEXT));
  }

  static Facts.Transaction transaction() {
    return new Facts.Transaction(true, true, true, PRICE, "EUR", 0);
  }

  Play paysOut(int refund) {
    return by(SYSTEM, new RecordRefund(refund, Refund.State.SUCCEEDED, null));
  }

  /** The provider's books as they must be: every refund of ours in the state we know. */
  Play audit() {
    var records = new ArrayList<Facts.Entry>();
    for (var r : m.dispute().refunds()) {
      if (r.outsideReference().isEmpty()) records.add(entry(r, r.minor(), Facts.State.valueOf(stateOf(r))));
    }
    return audit(records);
  }

  private static String stateOf(Refund r) {
    return r.state() == Refund.State.REQUESTED ? "UNKNOWN" : r.state().name();
  }

  static Facts.Entry entry(Refund r, long minor, Facts.State state) {
    return new Facts.Entry(r.reference(ID), r.id(), 0, minor, "EUR", "li", state, null);
  }

  /** A record that the merchant's own payment left in its provider's books. */
  static Facts.Entry outside(long minor) {
    return new Facts.Entry("own-1", 0, 0, minor, "EUR", "li", Facts.State.SUCCEEDED, null);
  }

  Play audit(List<Facts.Entry> records) {
    var hash = m.dispute().settled().termsHash();
    return by(SYSTEM, new RecordAudit(new Facts.Audit(true, hash, 0, List.of(), List.of(), transaction(), records)));
  }

  Play auditFails() {
    var hash = m.dispute().settled().termsHash();
    return by(SYSTEM, new RecordAudit(new Facts.Audit(false, hash, 0, List.of(), List.of(), transaction(), List.of())));
  }

  Timer next() {
    return Rules.timers(m).getFirst();
  }

  /** The next deadline passes, at its own instant. */
  Play time() {
    var timer = next();
    now = now.isAfter(timer.due()) ? now : timer.due();
    return by(SYSTEM, new Pass(timer.deadline(), timer.about(), timer.due()));
  }

  /** Deadlines pass until {@code deadline} has. */
  Play until(Deadline deadline) {
    for (int i = 0; i < 200; i++) {
      boolean found = next().deadline() == deadline;
      time();
      if (found) return this;
    }
    return fail(deadline + " never passed; next is " + next());
  }

  Play is(Status status) {
    assertThat(m.dispute().status()).as(() -> "after " + events.getLast()).isEqualTo(status);
    return this;
  }

  Play ended(Outcome outcome) {
    is(Status.CLOSED);
    assertThat(((Stage.Closed) m.dispute().stage()).outcome()).isEqualTo(outcome);
    assertThat(m.payment().held(ID)).isZero();
    assertThat(Rules.timers(m)).isEmpty();
    return this;
  }

  /** The finding with this code that stands now. */
  int finding(redress.check.FindingCode code) {
    return m.dispute().findings().stream().filter(f -> f.code() == code && f.state().isOpen()).findFirst()
        .orElseThrow(() -> new AssertionError("no " + code + " in " + m.dispute().findings())).id();
  }

  Play row(int row) {
    assertThat(events.stream().map(Event::row)).contains(row);
    return this;
  }
}
