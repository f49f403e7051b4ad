package redress.dispute;

import static redress.policy.RuleSet.written;

import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import redress.check.FindingCode;
import redress.policy.Deadline;
import redress.policy.Limits;
import redress.policy.Role;
import redress.policy.RuleSet;

/** The rules as a document for people, drawn from the code that applies them. */
final class RulesDocument {
  private final StringBuilder text = new StringBuilder();

  static String text() {
    var document = new RulesDocument();
    document.intro();
    document.statuses();
    document.transitions();
    document.deadlines();
    document.limits();
    document.roles();
    document.findings();
    document.worlds();
    document.refusals();
    return document.text.toString();
  }

  private void intro() {
    text.append("""
        # The rules

        Drawn from the code. A running server publishes the same as data under `GET /v1/rules`. The choices \
        behind the rules
        are explained in [domain.md](domain.md).

        """);
  }

  private void title(String title) {
    text.append("## ").append(title).append("\n\n");
  }

  private void head(String... columns) {
    line((Object[]) columns);
    text.append("|").append("---|".repeat(columns.length)).append('\n');
  }

  private void line(@Nullable Object... cells) {
    text.append("| ").append(Stream.of(cells).map(RulesDocument::cell).collect(Collectors.joining(" | ")))
        .append(" |\n");
  }

  private static String cell(@Nullable Object value) {
    return switch (value) {
      case null -> "";
      case Collection<?> many -> many.stream().sorted(RulesDocument::inOrder).map(RulesDocument::cell)
          .collect(Collectors.joining(", "));
      case Deadline deadline -> "`" + deadline.key + "`";
      case Enum<?> constant -> "`" + constant.name() + "`";
      case Object it -> it.toString();
    };
  }

  private static int inOrder(Object one, Object other) {
    return one instanceof Enum<?> a && other instanceof Enum<?> b
        ? Integer.compare(place(a), place(b))
        : one.toString().compareTo(other.toString());
  }

  private static int place(Enum<?> constant) {
    return List.of(constant.getDeclaringClass().getEnumConstants()).indexOf(constant);
  }

  private void statuses() {
    title("Where a dispute can stand");
    head("stage", "status");
    for (var phase : Status.Phase.values()) {
      line(phase, Arrays.stream(Status.values()).filter(it -> it.phase == phase && it != Status.NOT_FILED).toList());
    }
    text.append("\n`EXCEPTION` interrupts SETTLEMENT or VERIFICATION and remembers where it came from.\n\n");
  }

  private void transitions() {
    title("Transitions");
    text.append("Every change of status is one of these rows. A step without a target keeps the status.\n\n");
    head("row", "what happens", "发生什么", "by", "from", "to");
    for (var row : Transition.values()) {
      var first = true;
      for (var step : row.steps) {
        var how = step.deadlines().isEmpty() ? cell(step.commands()) + " of " + cell(step.who())
            : cell(step.deadlines()) + " passes";
        line(first ? "T" + row.row : "", first ? row.english : "", first ? row.chinese : "", how, step.from(),
            step.to());
        first = false;
      }
    }
    text.append('\n');
  }

  private void deadlines() {
    title("Deadlines");
    text.append("Rule set `").append(RuleSet.STANDARD.version()).append("""
        `; a dispute keeps the version it was filed under. A deadline never acts early and acts once. Of two that pass
        at one instant the one of the lower row acts first.

        """);
    head("key", "length", "row", "if missed", "逾期后果");
    for (var it : Deadline.values()) {
      var row = it.row == 0 || it.row > Transition.values().length ? "–" : "T" + it.row;
      line(it, RuleSet.STANDARD.written(it), row, it.english, it.chinese);
    }
    var rules = RuleSet.STANDARD;
    text.append("""

        An offer may be open from %s to %s. Evidence is asked for with at least %s. Escalating is possible after %s. The
        buyer is asked between %d:00 and %d:00 in the buyer's own zone, attempts at least %s apart. A \
        deadline later than
        %s leaves a breach on record.

        """.formatted(written(rules.offerMin()), written(rules.offerMax()), written(rules.evidenceMin()),
        written(rules.escalateAfter()), rules.wakingFromHour(), rules.wakingToHour(),
        written(rules.followUpSpacing()), written(rules.breachAfter())));
  }

  private void limits() {
    title("Limits");
    text.append("Amounts in minor units of the dispute's currency, texts in characters.\n\n");
    head("limit", "value");
    for (var limit : Limits.class.getRecordComponents()) line("`" + limit.getName() + "`", value(limit));
    text.append('\n');
  }

  private static Object value(RecordComponent limit) {
    try {
      return limit.getAccessor().invoke(Limits.STANDARD);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  private void roles() {
    title("Who may say what");
    text.append("Parties only in their own disputes; somebody else's looks like none at all.\n\n");
    head("command", "roles");
    var roles = Rules.roles();
    for (var command : Command.class.getPermittedSubclasses()) {
      line("`" + command.getSimpleName() + "`", roles.get(command.getSimpleName()));
    }
    text.append("\n");
  }

  private void findings() {
    title("What a verification can find");
    text.append("Who may cure has `exception.cure` for it.\n\n");
    head("finding", "severity", "who may cure", "else");
    for (var it : FindingCode.values()) line(it, it.severity, it.curer, it.otherwise);
    text.append('\n');
  }

  private void worlds() {
    title("Closed worlds");
    head("what", "values");
    world("reason", Reason.values());
    world("outcome", Outcome.values());
    world("promise", Obligation.Kind.values());
    world("promise, where it stands", Obligation.State.values());
    world("offer, what became of it", Offer.State.values());
    world("refund", Refund.State.values());
    world("executor of a payment", Executor.values());
    world("follow-up answer", FollowUp.Answer.values());
    world("liable party", Ruling.Liable.values());
    world("feedback", Command.Feedback.values());
    world("evidence", EvidenceType.values());
    world("role", Role.values());
    text.append("\n`UNAUTHORISED` is named so that it can be refused with advice: it is fraud, handled elsewhere.\n\n");
    head("remedy", "its promises, in the order in which they are kept");
    for (var it : Remedy.values()) {
      line(it, it.promises.stream().map(RulesDocument::cell).collect(Collectors.joining(", ")));
    }
    text.append('\n');
  }

  private void world(String name, Enum<?>[] values) {
    line(name, List.of(values));
  }

  private void refusals() {
    title("Refusals");
    text.append("The code of a problem answer (RFC 9457) with what to do about it.\n\n");
    head("code", "HTTP", "what to do", "如何处理");
    var all = new ArrayList<>(List.of(Refusal.values()));
    all.sort(Comparator.comparing(Refusal::name));
    for (var it : all) line(it, http(it), it.english, it.chinese);
  }

  private static int http(Refusal refusal) {
    return switch (refusal.kind) {
      case VALUE -> 422;
      case FORBIDDEN -> 403;
      case STATE -> 409;
      case UNKNOWN -> 404;
    };
  }
}
