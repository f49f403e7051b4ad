package redress.result;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import redress.check.FindingCode;
import redress.dispute.Confirmation;
import redress.dispute.Event.*;
import redress.dispute.FollowUp;
import redress.dispute.Obligation;
import redress.dispute.Obligation.State;
import redress.dispute.Refund;
import redress.dispute.Settlement;
import redress.dispute.Status;
import redress.store.Disputes.Happened;

/** What was checked, by which record, with which result: the confirmations, the three days, the three checks. */
final class Checked {
  private static final Set<FindingCode> ABOUT_AMOUNTS = EnumSet.of(FindingCode.REFUND_AMOUNT_MISMATCH,
      FindingCode.REFUND_WRONG_CURRENCY, FindingCode.TRANSACTION_CHANGED, FindingCode.TRANSACTION_NOT_FOUND);

  private final Material material;
  private final List<Object> confirmations = new ArrayList<>();
  private final List<Run> runs = new ArrayList<>();
  private int agreement;

  private Checked(Material material) {
    this.material = material;
    for (var it : material.events()) happened(it);
  }

  /** The parts of the record that tell of checks, by name. */
  static Map<String, @Nullable Object> of(Material material) {
    var checked = new Checked(material);
    return Leaf.of("confirmations", checked.confirmations, "verifications",
        checked.runs.stream().map(Run::written).toList(), "checks", checked.checks());
  }

  /** One run through the three days; a dispute that comes back to them begins anew. */
  private static final class Run {
    final int agreement;
    final List<Object> looks = new ArrayList<>();
    final List<Object> again = new ArrayList<>();
    final List<Object> contacts = new ArrayList<>();
    final List<Object> answers = new ArrayList<>();
    final Map<String, @Nullable Object> times;

    Run(int agreement, AuditingStarted e) {
      this.agreement = agreement;
      this.times = Leaf.of("day1", e.a0(), "day2", null, "day3", null, "end", null);
    }

    void at(String what, Happened it) {
      times.put(what, it.at().toString());
    }

    Object written() {
      return Leaf.of("agreement", agreement, "concluded", times.get("end") != null, "day1",
          Leaf.of("from", times.get("day1"), "audits", looks), "day2",
          Leaf.of("from", times.get("day2"), "contacts", contacts, "answers", answers), "day3",
          Leaf.of("from", times.get("day3"), "audits", again, "until", times.get("end")));
    }
  }

  private void happened(Happened it) {
    switch (it.event()) {
      case SettlementFormed e -> {
        agreement = e.settlement().number();
        if (!e.statementNeeded()) confirmed(Confirmation.MERCHANT_STATEMENT, Confirmation.State.NOT_NEEDED.name(), it);
      }
      case Confirmed e -> confirmed(e.which(), e.state().name(), it);
      case StatementSubmitted e -> confirmations.add(Leaf.of("agreement", agreement, "what",
          Confirmation.MERCHANT_STATEMENT, "result", Confirmation.State.PASSED, "at", it.at(), "record",
          Leaf.of("kind", "STATEMENT", "event", it.n(), "text", Leaf.text(e.text()))));
      case FindingRaised e when e.finding().code() == FindingCode.MERCHANT_STATEMENT_MISSING ->
          confirmed(Confirmation.MERCHANT_STATEMENT, "MISSING", it);
      case AuditingStarted e -> runs.add(new Run(agreement, e));
      case redress.dispute.Event _ -> {
        if (!runs.isEmpty()) during(runs.getLast(), it);
      }
    }
  }

  private static void during(Run run, Happened it) {
    switch (it.event()) {
      case Audited e -> (it.before() == Status.CONCLUDING ? run.again : run.looks).add(Leaf.of("at", it.at(), "look",
          e.look(), "records", e.records(), "evidence", e.evidence()));
      case FollowUpStarted _ -> run.at("day2", it);
      case ContactTried e -> run.contacts.add(Leaf.of("attempt", e.attempt(), "at", it.at(), "channel", e.channel(),
          "delivered", e.delivered()));
      case FollowUpAnswered e -> run.answers.add(Leaf.of("at", it.at(), "answer", e.answer(), "by",
          Leaf.by(it.role()), "text", Leaf.text(e.text())));
      case ConcludingStarted _ -> run.at("day3", it);
      case Closed _ -> run.at("end", it);
      case redress.dispute.Event _ -> {}
    }
  }

  private void confirmed(Confirmation which, String result, Happened it) {
    var payment = material.payment();
    var record = switch (which) {
      case IDENTITY -> Leaf.of("kind", "PARTY_REGISTER", "party", payment.payer());
      case TRANSACTION_RECORD ->
          Leaf.of("kind", "PROVIDER", "provider", payment.provider(), "reference", payment.atProvider());
      case MERCHANT_STATEMENT -> null;
    };
    confirmations.add(Leaf.of("agreement", agreement, "what", which, "result", result, "at", it.at(), "record",
        record));
  }

  private List<Object> checks() {
    var settlement = material.dispute().settlement();
    return settlement == null ? List.of() : List.of(amounts(settlement), performed(), satisfied());
  }

  /** (a) Does what was paid match what was agreed? */
  private Object amounts(Settlement settlement) {
    long agreed = 0;
    long recorded = 0;
    var proof = new ArrayList<String>();
    for (var o : material.dispute().obligations()) {
      if (!o.kind().isPayment() || isGivenUp(o)) continue;
      agreed += o.promise().minor();
      for (var refund : material.dispute().refunds()) {
        if (refund.obligation() != o.id() || refund.state() != Refund.State.SUCCEEDED) continue;
        recorded += refund.minor();
        proof.add(refund.reference(material.id()));
      }
    }
    boolean wrong = material.dispute().findings().stream()
        .anyMatch(f -> ABOUT_AMOUNTS.contains(f.code()) && f.state().isOpen());
    return Leaf.of("check", "AMOUNT_MATCHES", "result", result(!wrong && agreed == recorded), "agreed", agreed,
        "recorded", recorded, "termsHash", settlement.termsHash(), "proof", proof);
  }

  private static boolean isGivenUp(Obligation o) {
    return o.state() == State.WAIVED_BY_CREDITOR || o.state() == State.LAPSED;
  }

  /** (b) Was everything done that was promised? What was enforced is there, whoever had to pay it. */
  private Object performed() {
    boolean all = material.dispute().obligations().stream()
        .allMatch(o -> o.state() == State.VERIFIED || o.state() == State.ENFORCED || isGivenUp(o));
    var proof = material.dispute().obligations().stream().map(o -> Leaf.text(o.reference()))
        .filter(java.util.Objects::nonNull).toList();
    return Leaf.of("check", "PERFORMED", "result", result(all), "promises",
        material.dispute().obligations().size(), "proof", proof);
  }

  /** (c) Is the buyer satisfied? Silence never counts as that. */
  private Object satisfied() {
    var answer = material.dispute().followUp().answer();
    return Leaf.of("check", "SATISFIED", "result", result(answer == FollowUp.Answer.SATISFIED), "answer",
        answer == null ? "NOT_REACHED" : answer.name(), "attempts", material.dispute().followUp().attempts());
  }

  private static String result(boolean passed) {
    return passed ? "PASSED" : "FAILED";
  }
}
