package redress.notify;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import redress.check.FindingCode;
import redress.dispute.Actor;
import redress.dispute.Command;
import redress.dispute.Confirmation;
import redress.dispute.Dispute;
import redress.dispute.EvidenceRequest;
import redress.dispute.EvidenceType;
import redress.dispute.Executor;
import redress.dispute.Filing;
import redress.dispute.Finding;
import redress.dispute.Matter;
import redress.dispute.Offer;
import redress.dispute.Refund;
import redress.dispute.Rules;
import redress.dispute.Ruling;
import redress.dispute.Side;
import redress.dispute.Stage;
import redress.dispute.Terms;
import redress.dispute.Timer;
import redress.policy.Deadline;
import redress.policy.Role;

/**
 * What a notice can be about, seen by one reader: the matter, its live deadlines, the number of the offer, promise,
 * refund or
 * finding concerned, and for a reminder the deadline it is about. Whatever is not there reads as nothing.
 */
record Scene(Matter matter, List<Timer> timers, int about, @Nullable Timer timer, Reader reader, Wording words) {

  private static final String REOPEN = Command.Reopen.class.getSimpleName();

  Dispute dispute() {
    return matter.dispute();
  }

  Filing filing() {
    return dispute().about();
  }

  String amount(long minor) {
    return words.amount(minor, filing().currency());
  }

  // What lies on the table

  private Optional<Offer> offer() {
    return Stream.of(Side.values()).map(side -> Optional.ofNullable(dispute().round().offer(side)))
        .flatMap(Optional::stream).filter(offer -> offer.id() == about).findFirst();
  }

  String offerTerms() {
    return offer().map(offer -> terms(offer.terms())).orElse("");
  }

  String offerUntil() {
    return offer().map(offer -> words.date(offer.expires())).orElse("");
  }

  String proposalTerms() {
    return dispute().stage() instanceof Stage.Proposed proposed ? terms(proposed.terms()) : "";
  }

  String proposalUntil() {
    return dispute().stage() instanceof Stage.Proposed proposed ? words.date(proposed.due()) : "";
  }

  /** What the reader is asked for; staff see what each side is asked for. */
  String asked() {
    if (!(dispute().stage() instanceof Stage.AwaitingEvidence awaiting)) return "";
    return awaiting.requests().stream().filter(request -> reader.side() == null || request.side() == reader.side())
        .map(this::asked).collect(Collectors.joining("\n"));
  }

  private String asked(EvidenceRequest request) {
    var types = request.types().stream().sorted().map((EvidenceType type) -> words.phrases.get("evidence", type))
        .collect(Collectors.joining(words.phrases.get("list.and")));
    return "- " + words.phrases.get("asked", Map.of("who", words.who(request.side()), "types", types));
  }

  String askedUntil() {
    boolean concerned = !asked().isEmpty();
    return concerned && dispute().stage() instanceof Stage.AwaitingEvidence awaiting ? words.date(awaiting.due()) : "";
  }

  // Rulings and settlements

  private Optional<Ruling> ruling() {
    if (dispute().stage() instanceof Stage.Mediating mediating && mediating.waiting() != null) {
      return Optional.of(mediating.waiting());
    }
    return Optional.ofNullable(dispute().mediation().ruling());
  }

  String ruling(Function<Ruling, String> part) {
    return ruling().map(part).orElse("");
  }

  String terms(Terms terms) {
    return words.terms(terms, filing().currency());
  }

  String appealUntil() {
    return dispute().stage() instanceof Stage.Decided decided ? words.date(decided.appealBy()) : "";
  }

  String agreed() {
    if (dispute().settlement() == null) return "";
    var promises = dispute().obligations();
    if (promises.isEmpty()) return words.phrases.get("promise.none");
    return words.promises(promises, promises.stream().map(o -> KeyDates.promised(matter, o)).toList(),
        filing().currency());
  }

  String remedy() {
    return Optional.ofNullable(dispute().settlement()).map(s -> words.phrases.get("remedy", s.terms().remedy()))
        .orElse("");
  }

  /** T0 + 24 h, or the end of the confirmation that runs. */
  String confirmUntil() {
    if (dispute().stage() instanceof Stage.Confirming confirming) return words.date(confirming.due());
    return Optional.ofNullable(dispute().settlement())
        .map(s -> words.date(matter.rules().due(Deadline.SETTLEMENT_CONFIRM, s.t0()))).orElse("");
  }

  /** The latest dates of the three days, while they are not exact. */
  String latestDays() {
    return KeyDates.of(matter).filter(dates -> !dates.exact()).map(this::days).orElse("");
  }

  /** The exact dates of the three days, as soon as they are known. */
  String exactDays() {
    return KeyDates.of(matter).filter(KeyDates::exact).map(this::days).orElse("");
  }

  private String days(KeyDates dates) {
    var how = dates.exact() ? "day.exact." : "day.latest.";
    return dates.days().stream().map(day -> "- " + words.phrases.get(how + day.number(),
        Map.of("from", words.date(day.from()), "to", words.date(day.to())))).collect(Collectors.joining("\n"));
  }

  /** When each of the three days is over, in one line. */
  String daysInBrief() {
    return KeyDates.of(matter).map(dates -> dates.days().stream()
        .map(day -> words.phrases.get("day.brief." + day.number(), Map.of("to", words.date(day.to()))))
        .collect(Collectors.joining(words.phrases.get("list.and")))).orElse("");
  }

  String statementUntil() {
    return dispute().stage() instanceof Stage.Confirming confirming
        && confirming.statement() == Confirmation.State.PENDING ? words.date(confirming.due()) : "";
  }

  String promise() {
    return dispute().obligation(about).map(o -> words.promise(o.promise(), filing().currency())).orElse("");
  }

  String promiseState() {
    return dispute().obligation(about).map(o -> words.phrases.get("state", o.state())).orElse("");
  }

  // Money and problems

  private Optional<Refund> refund() {
    return dispute().refund(about);
  }

  String refundAmount() {
    return refund().map(refund -> amount(refund.minor())).orElse("");
  }

  String refundArrival() {
    return refund().map(refund -> words.dateOrNone(refund.arrival())).orElse("");
  }

  /** The problem that this is about. */
  String problem() {
    return dispute().finding(about).map(finding -> words.phrases.get("finding", finding.code())).orElse("");
  }

  /** Every problem that stops the dispute, who may put it right until when, and what follows otherwise. */
  String problems() {
    return dispute().findings().stream().filter(f -> reader.side() == null ? isOpen(f) : f.blocksNow()).map(this::line)
        .collect(Collectors.joining("\n"));
  }

  /** What staff have to look at: a warning waits for a signature. */
  private static boolean isOpen(Finding finding) {
    return finding.state().isOpen() && finding.code().severity != FindingCode.Severity.INFO;
  }

  private String line(Finding finding) {
    var gap = words.phrases.get("sentence.gap");
    var line = new StringBuilder("- ").append(words.phrases.get("finding", finding.code()));
    var curer = finding.code().curer;
    var until = finding.next();
    if (finding.state() == Finding.State.OPEN && curer != FindingCode.Curer.NOBODY && until != null) {
      line.append(gap).append(words.phrases.get("curer." + curer, Map.of("until", words.date(until))));
    }
    return line.append(gap).append(words.phrases.get("otherwise", finding.code().otherwise)).toString();
  }

  String payout() {
    return dispute().stage() instanceof Stage.Excepted excepted && excepted.payout() != null
        ? amount(excepted.payout().minor()) : "";
  }

  // Asking the buyer, and the end

  String followUpUntil() {
    return dispute().stage() instanceof Stage.FollowingUp following ? words.date(following.ends()) : "";
  }

  String answer() {
    return Optional.ofNullable(dispute().followUp().answer()).map(a -> words.phrases.get("answer", a)).orElse("");
  }

  String result() {
    return dispute().stage() instanceof Stage.Closed closed ? words.phrases.get("outcome", closed.outcome()) : "";
  }

  /** Until when the buyer may open it again; nothing when that is not allowed. */
  String reopenUntil() {
    if (!(dispute().stage() instanceof Stage.Closed closed)) return "";
    var buyer = new Actor(Role.BUYER, filing().buyer());
    boolean allowed = Rules.actions(matter, buyer, dispute().lastAt()).stream()
        .anyMatch(action -> action.command().equals(REOPEN));
    return allowed ? words.date(closed.reopenBy()) : "";
  }

  // Deadlines

  /** Each live deadline that concerns the reader: who has to do what until when, and what silence does. */
  String next() {
    var lines = new ArrayList<String>();
    for (var live : timers) {
      if (reader.side() == null || isPublic(live.deadline()))
        lines.add("- " + deadline(live) + words.phrases.get("sentence.gap") + silence(live));
    }
    return String.join("\n", lines);
  }

  String deadline() {
    return timer == null ? "" : deadline(timer);
  }

  String silence() {
    return timer == null ? "" : silence(timer);
  }

  private String deadline(Timer live) {
    return words.phrases.get("deadline." + live.deadline(),
        Map.of("who", words.who(obliged(live)), "due", words.date(live.due())));
  }

  /** Whom the deadline binds: where the platform pays for the merchant, the platform. */
  private @Nullable Side obliged(Timer live) {
    boolean platform = live.deadline() == Deadline.OBLIGATION_REFUND && dispute().obligation(live.about())
        .map(o -> o.promise().executor() == Executor.PLATFORM).orElse(false);
    return platform ? null : live.side();
  }

  private String silence(Timer live) {
    var consequence = switch (reader.language()) {
      case EN -> live.deadline().english;
      case ZH -> live.deadline().chinese;
    };
    return words.phrases.get(obliged(live) == null ? "silence.after" : "silence.unless",
        Map.of("consequence", consequence));
  }

  /** Whether the parties are told of it; the others bind the platform's own people only. */
  private static boolean isPublic(Deadline deadline) {
    return switch (deadline) {
      case OFFER_VALIDITY, MERCHANT_FIRST_REPLY, MERCHANT_REPLY, BUYER_REPLY, NEGOTIATION_TOTAL, MEDIATION_MAX,
          EVIDENCE_REQUEST, PROPOSAL_VALIDITY, APPEAL_WINDOW, APPEAL_DECIDE, SETTLEMENT_CONFIRM, OBLIGATION_REFUND,
          RETURN_SHIP, RETURN_TRANSIT, RETURN_ACKNOWLEDGE, REPLACEMENT_SHIP, VERIFICATION_START, VERIFICATION_DAY1,
          VERIFICATION_DAY2, VERIFICATION_DAY3, EXCEPTION_CURE, ENFORCEMENT_MAX, REOPEN_AFTER_CLOSE -> true;
      case FILING_WINDOW, MEDIATION_FIRST_ACTION, MEDIATION_TARGET, DECISION_APPROVE, PAYOUT_APPROVE, ENFORCEMENT_RETRY,
          LEAD_ALERT, RETENTION -> false;
    };
  }
}
