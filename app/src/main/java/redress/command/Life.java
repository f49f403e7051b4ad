package redress.command;

import static java.time.Duration.ofHours;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import redress.command.Complaint.Disputed;
import redress.command.Visitor.Reply;
import redress.dispute.Reason;

/** One complaint lived through the API: what each side does, and how long after the filing. */
final class Life {
  private static final int CONFLICT = 409;
  private static final int LONGEST_TEXT = 2_000;
  private static final Duration RETURNED = ofHours(75);

  private final Script script;
  private final Troupe troupe;
  private final String clock;
  private final Visitor buyer;
  private final Visitor merchant;
  private final List<Step> steps = new ArrayList<>();
  private Duration from = Duration.ZERO;
  private String dispute = "";
  private String refused = "";
  private @Nullable String failure;
  private boolean known;
  private int offers;
  private int said;
  private @Nullable Reply view;

  Life(Script script, Troupe troupe, String clock) {
    this.script = script;
    this.troupe = troupe;
    this.clock = clock;
    var complaint = script.from();
    this.buyer = troupe.buyer(complaint);
    this.merchant = troupe.merchant(complaint);
  }

  /** Something done so long after the filing. */
  record Step(Duration at, Runnable act) {}

  Script script() {
    return script;
  }

  /** The code under which the filing was refused, empty when it was taken. */
  String refused() {
    return refused;
  }

  /** What went otherwise than the data says, null when nothing did. */
  @Nullable String failure() {
    return failure;
  }

  void fail(String why) {
    if (failure == null) failure = why;
  }

  /**
   * Registers the payment and files; the steps that follow, none where the filing was refused. What was said in an
   * earlier replay is said again, under the same keys.
   */
  List<Step> begin() {
    var complaint = script.from();
    var payment = "cfpb-" + complaint.id();
    var paid = script.filed().minus(Duration.ofDays(script.daysSincePaid()));
    troupe.platform().put("/v1/payments/" + payment, Map.of("payer",
        troupe.casting().buyer(complaint).id(), "merchant", troupe.casting().merchant(complaint).id(), "amount",
        script.captured(), "currency", "USD", "capturedAt", paid, "provider",
        "WALLET", "testClock", clock)).done();
    troupe.platform().put("/v1/wallet/payments/" + payment, Map.of()).done();
    var text = text(complaint);
    var reply = buyer.say("/v1/disputes", Map.of("payment", payment, "reason", script.reason(), "wish", "FULL_REFUND",
        "amount", script.disputed(), "currency", "USD", "description", text.getFirst()), key("file"));
    if (!reply.isDone() && script.reason() == Reason.UNAUTHORISED) {
      refused = reply.code();
      return List.of();
    }
    dispute = reply.done().text("/id");
    known = reply.replayed();
    for (int i = 1; i < text.size(); i++) say(buyer, "messages", Map.of("text", text.get(i)));
    plan();
    return List.copyOf(steps);
  }

  /** What the consumer wrote, or what the data says it is about; in parts where it is longer than a message may be. */
  private static List<String> text(Complaint complaint) {
    var parts = new ArrayList<String>();
    var all = complaint.narrative().replaceAll("[\\p{Cntrl}&&[^\n]]", " ").strip();
    if (all.isEmpty()) {
      all = complaint.product() + ": " + complaint.issue()
          + (complaint.subIssue().isEmpty() ? "" : " (" + complaint.subIssue() + ")");
    }
    while (all.codePointCount(0, all.length()) > LONGEST_TEXT) {
      int cut = all.offsetByCodePoints(0, LONGEST_TEXT);
      int space = all.lastIndexOf(' ', cut);
      int end = space > cut / 2 ? space : cut;
      parts.add(all.substring(0, end).strip());
      all = all.substring(end).strip();
    }
    parts.add(all);
    return parts;
  }

  /** The buyer brings a file. */
  void shows(String type, String name, byte[] bytes, String words) {
    var upload = buyer.upload(path("/uploads"), name, bytes);
    say(buyer, "evidence", Map.of("evidenceType", type, "upload", upload, "text", words));
  }

  private void plan() {
    if (script.late()) {
      at(74, () -> staff("assignment", Map.of()));
      at(75, () -> staff("return-to-negotiation", Map.of("reason", "The company says that it will answer now.")));
      from = RETURNED;
    }
    switch (script.kind()) {
      case RELIEF -> relief();
      case SERVICE -> service();
      case EXPLANATION -> explanation();
      case SILENCE -> {
        at(20, () -> offer(merchant, explained()));
        at(261, () -> {});
      }
      case WITHDRAWAL -> {
        at(20, () -> say(merchant, "messages", Map.of("text", "We closed this complaint.")));
        at(26, () -> say(buyer, "withdrawal", Map.of()));
      }
      case SPLIT -> split();
      case DEFAULT -> byDefault();
      case PROPOSAL -> proposal();
      case APPEAL -> appeal();
      case BROKEN_PROMISE -> brokenPromise();
      case OPEN -> at(20, () -> say(merchant, "messages", Map.of("text", "We are still looking into it.")));
    }
  }

  private void relief() {
    at(20, () -> offer(merchant, refund(script.relief())));
    if (script.bargains()) at(22, () -> offer(buyer, refund(script.relief() + script.more() / 2)));
    at(26, () -> accept(script.bargains() ? merchant : buyer));
    verify(26, 52);
    if (script.from().disputed() != Disputed.YES) return;
    at(60, () -> offer(merchant, refund(script.more())));
    at(62, () -> accept(buyer));
    at(63, this::statement);
    at(88, () -> answer("SATISFIED"));
    at(136, () -> {});
  }

  private void service() {
    at(20,
        () -> offer(merchant, Map.of("remedy", "REPAIR_OR_REDO", "currency", "USD", "valueIfBroken", script.relief())));
    at(26, () -> accept(buyer));
    at(51, () -> say(merchant, "obligations/11/performance", Map.of("reference", "Done, as agreed.")));
    verify(26, 76);
    if (script.from().disputed() != Disputed.YES) return;
    at(84, () -> offer(merchant, refund(script.more())));
    at(86, () -> accept(buyer));
    at(87, this::statement);
    at(112, () -> answer("SATISFIED"));
    at(160, () -> {});
  }

  private void explanation() {
    at(20, () -> offer(merchant, explained()));
    at(26, () -> accept(buyer));
    verify(26, 52);
    if (script.from().disputed() != Disputed.YES) return;
    at(60, () -> offer(merchant, explained()));
    at(62, () -> decline(buyer));
    at(74, () -> say(buyer, "escalation", Map.of("reason", "That explains nothing.")));
    at(76, () -> staff("assignment", Map.of()));
    at(78, () -> staff("decision", Map.of("outcome", "DECIDED_FOR_MERCHANT", "liable", "NEITHER", "reasons",
        "The explanation is complete; nothing shows that money is owed.")));
    at(79, this::waive);
  }

  private void split() {
    at(20, () -> offer(merchant, explained()));
    at(26, () -> decline(buyer));
    at(74, () -> say(buyer, "escalation", Map.of("reason", "They closed it without doing anything.")));
    at(76, () -> staff("assignment", Map.of()));
    at(78, () -> staff("decision", Map.of("outcome", "DECIDED_SPLIT", "terms", refund(script.relief()), "liable",
        "BOTH", "reasons", "Neither side could show all of what it says.")));
    at(79, this::waive);
    at(104, () -> answer("SATISFIED"));
    at(152, () -> {});
  }

  private void byDefault() {
    at(74, () -> staff("assignment", Map.of()));
    at(74, () -> staff("evidence-requests", Map.of("requests", List.of(
        Map.of("side", "MERCHANT", "types", List.of("SERVICE_LOG"))), "within", "PT48H")));
    at(124, () -> staff("decision", Map.of("outcome", "DECIDED_FOR_BUYER", "terms",
        refund("FULL_REFUND", script.disputed()), "liable", "MERCHANT", "reasons", "The company never answered.")));
    at(390, () -> answer("SATISFIED"));
    at(438, () -> {});
  }

  private void proposal() {
    at(20, () -> offer(merchant, explained()));
    at(26, () -> decline(buyer));
    at(74, () -> say(buyer, "escalation", Map.of("reason", "They only repeat themselves.")));
    at(76, () -> staff("assignment", Map.of()));
    at(77, () -> staff("messages", Map.of("text", "I have read what both of you wrote. Here is what I propose.")));
    at(78,
        () -> staff("proposals", Map.of("terms", refund(script.relief()), "text", "A part of it back, and an end.")));
    at(100, () -> say(merchant, "proposals/1/acceptance", Map.of()));
    at(101, () -> say(buyer, "proposals/1/acceptance", Map.of()));
    verify(101, 127);
  }

  private void appeal() {
    at(20, () -> offer(merchant, explained()));
    at(26, () -> decline(buyer));
    at(74, () -> say(buyer, "escalation", Map.of("reason", "That explains nothing.")));
    at(76, () -> staff("assignment", Map.of()));
    at(78, () -> staff("decision", Map.of("outcome", "DECIDED_SPLIT", "terms", refund(script.relief()), "liable",
        "BOTH", "reasons", "Neither side could show all of what it says.")));
    at(79, () -> say(buyer, "appeal", Map.of("ground", "PROCEDURE", "text", "Nobody asked me before deciding.")));
    at(80, () -> say(merchant, "appeal-waiver", Map.of()));
    at(150, () -> say(troupe.lead(), "appeal-decision", Map.of("outcome", "DECIDED_FOR_BUYER", "terms",
        refund("FULL_REFUND", script.disputed()), "liable", "MERCHANT", "reasons", "The merchant could have known.")));
    at(176, () -> answer("SATISFIED"));
    at(224, () -> {});
  }

  private void brokenPromise() {
    at(20, () -> offer(merchant, Map.of("remedy", "FULL_REFUND", "amount", script.disputed(), "currency", "USD",
        "executor", "MERCHANT")));
    at(26, () -> accept(buyer));
    at(27, this::statement);
    at(102, () -> answer("SATISFIED"));
    at(150, () -> {});
  }

  /** The statement, day 2 and day 3 of a settlement made after {@code settled} hours. */
  private void verify(int settled, int asked) {
    at(settled + 1, this::statement);
    switch (script.from().disputed()) {
      case YES -> at(asked, () -> answer("DISSATISFIED"));
      case NO -> {
        at(asked, () -> answer("SATISFIED"));
        at(asked + 48, () -> {});
      }
      case UNKNOWN -> {
        at(asked + 28, this::signNotReached);
        at(asked + 48, () -> {});
      }
    }
  }

  private void at(long hours, Runnable act) {
    steps.add(new Step(from.plusHours(hours), act));
  }

  private static Map<String, Object> refund(long minor) {
    return refund("PARTIAL_REFUND", minor);
  }

  private static Map<String, Object> refund(String remedy, long minor) {
    return Map.of("remedy", remedy, "amount", minor, "currency", "USD");
  }

  private static Map<String, Object> explained() {
    return Map.of("remedy", "EXPLANATION_ONLY");
  }

  private void offer(Visitor who, Map<String, Object> terms) {
    offers++;
    say(who, "offers", Map.of("terms", terms));
  }

  private void accept(Visitor who) {
    say(who, "offers/" + offers + "/acceptance", Map.of());
  }

  private void decline(Visitor who) {
    say(who, "offers/" + offers + "/decline", Map.of("reason", "No."));
  }

  private void statement() {
    say(merchant, "statement", Map.of("text", "As agreed, at once."));
  }

  private void answer(String answer) {
    say(buyer, "follow-up", Map.of("answer", answer));
  }

  private void waive() {
    say(buyer, "appeal-waiver", Map.of());
    say(merchant, "appeal-waiver", Map.of());
  }

  /** Nobody answered on day 2: a verifier signs that it was tried, or the result would wait. */
  private void signNotReached() {
    for (var it : troupe.verifier().get(path("")).done().body().path("findings")) {
      boolean open = it.path("state").asString("").equals("OPEN") && it.path("severity").asString("").equals("WARN");
      if (open) say(troupe.verifier(), "findings/" + it.path("number").asInt(0) + "/signature", Map.of());
    }
  }

  private void staff(String noun, Map<String, Object> body) {
    say(troupe.mediator(), noun, body);
  }

  private void say(Visitor who, String noun, Map<String, Object> body) {
    var reply = who.say(path("/" + noun), body, key(noun + "-" + ++said));
    // Staff have a new key with every replay, so what they said in an interrupted one comes as something new.
    if (reply.isDone() || (known && reply.status() == CONFLICT)) return;
    var status = troupe.auditor().get(path("")).text("/status");
    throw new IllegalStateException(noun + " was answered " + reply.status() + " " + reply.code() + " in " + status);
  }

  private String path(String rest) {
    return "/v1/disputes/" + dispute + rest;
  }

  private String key(String what) {
    return "cfpb-" + script.from().id() + "-" + what.replace('/', '.');
  }

  /** Looks how it stands in the end, as an auditor sees it; that must be what the data says. */
  void end() {
    var last = troupe.auditor().get(path("")).done();
    var outcome = last.text("/outcome");
    if (!outcome.equals(script.outcome())) {
      fail("ended " + (outcome.isEmpty() ? "open as " + last.text("/status") : "as " + outcome) + " and should be "
          + (script.outcome().isEmpty() ? "open" : script.outcome()));
    }
    view = last;
  }

  /** Where it is now, as an auditor sees it. */
  String status() {
    return troupe.auditor().get(path("")).done().text("/status");
  }

  /** How it stood in the end, null where that was never looked at. */
  @Nullable Reply view() {
    return view;
  }
}
