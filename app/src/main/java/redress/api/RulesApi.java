package redress.api;

import static redress.policy.RuleSet.written;

import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import redress.check.FindingCode;
import redress.dispute.Confirmation;
import redress.dispute.EvidenceType;
import redress.dispute.FollowUp;
import redress.dispute.Obligation;
import redress.dispute.Offer;
import redress.dispute.Outcome;
import redress.dispute.Reason;
import redress.dispute.Refund;
import redress.dispute.Refusal;
import redress.dispute.Remedy;
import redress.dispute.Rules;
import redress.dispute.Status;
import redress.dispute.Transition;
import redress.door.Fault;
import redress.policy.Deadline;
import redress.policy.Limits;
import redress.policy.Role;
import redress.policy.RuleSet;
import redress.store.RuleSets;
import redress.verb.Verbs;
import redress.view.ViewState;

/** The rules in force, for anybody to read: drawn from the very code that decides. */
@RestController
public final class RulesApi {
  private final RuleSets ruleSets;
  private final Clock clock;

  public RulesApi(RuleSets ruleSets, Clock clock) {
    this.ruleSets = ruleSets;
    this.clock = clock;
  }

  /** All of the rules. Durations are ISO 8601, amounts minor units. */
  record RulesView(String version, Instant effectiveFrom, List<StatusView> statuses, List<TransitionView> transitions,
      List<DeadlineView> deadlines, Limits limits, Others others, List<CommandView> commands,
      List<FindingRule> findings,
      List<CodeView> refusals, List<CodeView> faults, List<RemedyView> remedies, Values values) {}

  /** A status and its stage. */
  record StatusView(Status status, Status.Phase stage) {}

  /** A row of the transition table and the ways it can be taken. */
  record TransitionView(String row, Words words, List<StepView> steps) {}

  /** One way: by these commands of these roles or when these deadlines pass; no target: the status stays. */
  record StepView(List<String> commands, List<String> deadlines, List<Role> who, List<Status> from, List<Status> to) {}

  /** One wording in each language. */
  record Words(String en, String zh) {}

  /** A deadline, how long it is, and what silence does; row 0: it leads nowhere by itself. */
  record DeadlineView(String key, String length, int row, String onExpiry, Words words) {}

  /** What else the rule set fixes. */
  record Others(String offerMin, String offerMax, String evidenceMin, String escalateAfter, String followUpSpacing,
      int wakingFromHour, int wakingToHour) {}

  /** A command: who may say it, and where it is posted; no path: only time and providers say it. */
  record CommandView(String command, List<Role> roles, @Nullable String method, @Nullable String path) {}

  /** What a check can find, who may put it right, and what follows otherwise. */
  record FindingRule(String code, FindingCode.Severity severity, FindingCode.Curer curer,
      FindingCode.Otherwise otherwise) {}

  /** An error code, its HTTP status and its words. */
  record CodeView(String code, int status, Words words) {}

  /** A remedy and the promises it consists of. */
  record RemedyView(Remedy remedy, List<Obligation.Kind> promises) {}

  /** The values that fields can have. */
  record Values(List<Role> roles, List<Reason> reasons, List<EvidenceType> evidenceTypes, List<Outcome> outcomes,
      List<Offer.State> offerStates, List<Obligation.State> obligationStates, List<Refund.State> refundStates,
      List<Confirmation> confirmations, List<FollowUp.Answer> followUpAnswers, List<ViewState> viewStates) {}

  @GetMapping("/v1/rules") RulesView rules() {
    var rules = ruleSets.inForce(clock.instant());
    return new RulesView(rules.version(), rules.effectiveFrom(), statuses(), transitions(), deadlines(rules),
        rules.limits(), others(rules), commands(), findings(), refusals(), faults(), remedies(), values());
  }

  private static List<StatusView> statuses() {
    return Arrays.stream(Status.values()).map(it -> new StatusView(it, it.phase)).toList();
  }

  private static List<TransitionView> transitions() {
    return Arrays.stream(Transition.values()).map(it -> new TransitionView(it.name(),
        new Words(it.english, it.chinese), it.steps.stream().map(RulesApi::step).toList())).toList();
  }

  private static StepView step(Transition.Step it) {
    return new StepView(it.commands().stream().sorted().toList(),
        it.deadlines().stream().map(d -> d.key).sorted().toList(),
        sorted(it.who()), sorted(it.from()), sorted(it.to()));
  }

  private static <E extends Enum<E>> List<E> sorted(Set<E> values) {
    return values.stream().sorted().toList();
  }

  private static List<DeadlineView> deadlines(RuleSet rules) {
    return Arrays.stream(Deadline.values()).map(it -> new DeadlineView(it.key, rules.written(it),
        it.row > Transition.values().length ? 0 : it.row, it.onExpiry, new Words(it.english, it.chinese))).toList();
  }

  private static Others others(RuleSet it) {
    return new Others(written(it.offerMin()), written(it.offerMax()), written(it.evidenceMin()),
        written(it.escalateAfter()), written(it.followUpSpacing()), it.wakingFromHour(), it.wakingToHour());
  }

  private static List<CommandView> commands() {
    return Rules.roles().entrySet().stream().map(it -> {
      var verb = Verbs.of(it.getKey());
      var path = it.getKey().equals("File") ? "/v1/disputes" : verb == null ? null : verb.href("{id}", "{number}");
      return new CommandView(it.getKey(), sorted(it.getValue()), path == null ? null : "POST", path);
    }).toList();
  }

  private static List<FindingRule> findings() {
    return Arrays.stream(FindingCode.values())
        .map(it -> new FindingRule(it.name(), it.severity, it.curer, it.otherwise)).toList();
  }

  private static List<CodeView> refusals() {
    return Arrays.stream(Refusal.values()).map(it -> new CodeView(it.name(), switch (it.kind) {
      case VALUE -> 422;
      case FORBIDDEN -> 403;
      case STATE -> 409;
      case UNKNOWN -> 404;
    }, new Words(it.english, it.chinese))).toList();
  }

  private static List<CodeView> faults() {
    return Arrays.stream(Fault.values())
        .map(it -> new CodeView(it.name(), it.status, new Words(it.english, it.chinese))).toList();
  }

  private static List<RemedyView> remedies() {
    return Arrays.stream(Remedy.values()).map(it -> new RemedyView(it, it.promises)).toList();
  }

  private static Values values() {
    return new Values(List.of(Role.values()), List.of(Reason.values()), List.of(EvidenceType.values()),
        List.of(Outcome.values()), List.of(Offer.State.values()), List.of(Obligation.State.values()),
        List.of(Refund.State.values()), List.of(Confirmation.values()), List.of(FollowUp.Answer.values()),
        List.of(ViewState.values()));
  }
}
