package redress.web;

import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import redress.check.FindingCode;
import redress.dispute.Obligation;
import redress.dispute.Reason;
import redress.dispute.Remedy;
import redress.dispute.Status;
import redress.dispute.Status.Phase;
import redress.dispute.Transition;
import redress.policy.Deadline;
import redress.policy.Limits;
import redress.policy.Role;
import redress.policy.RuleSet;

/** The rules in force for anybody to read: every figure from the rule set, every way from the table that decides. */
public record RulesPage(Frame frame, RuleSet rules) {
  /** A way out of a status: what happens, who can do it, and where it leads (nowhere: the status stays). */
  public record Way(String words, String who, String to) {}

  /** A ceiling and how high it is. */
  public record Ceiling(String name, String height) {}

  /** The parts of a dispute in order. */
  public List<Phase> phases() {
    return List.of(Phase.values());
  }

  /** What a part of a dispute is called. */
  public String name(Phase phase) {
    return RuleWords.name(frame, phase);
  }

  /** What has to happen before a deadline passes. */
  public String name(Deadline deadline) {
    return RuleWords.name(frame, deadline);
  }

  /** The deadlines of one part. */
  public List<Deadline> deadlines(Phase phase) {
    return Arrays.stream(Deadline.values()).filter(it -> RuleWords.phase(it) == phase).toList();
  }

  /** How long it is. */
  public String length(Deadline deadline) {
    return RuleWords.lasting(frame, rules.length(deadline));
  }

  /** How long one can wait before calling the platform in. */
  public String escalateAfter() {
    return RuleWords.lasting(frame, rules.escalateAfter());
  }

  /** What silence does. */
  public String silence(Deadline deadline) {
    return frame.say(deadline.english, deadline.chinese);
  }

  /** The statuses of one part. */
  public List<Status> statuses(Phase phase) {
    return Arrays.stream(Status.values()).filter(it -> it.phase == phase && it != Status.NOT_FILED).toList();
  }

  /** A status in words. */
  public String name(Status status) {
    return frame.capital(frame.word("status", status));
  }

  /** Every way out of a status, as the table has them. */
  public List<Way> ways(Status status) {
    var ways = new ArrayList<Way>();
    for (var row : Transition.values()) {
      var who = EnumSet.noneOf(Role.class);
      var to = EnumSet.noneOf(Status.class);
      for (var step : row.steps) {
        if (!step.from().contains(status)) continue;
        who.addAll(step.who());
        to.addAll(step.to());
      }
      to.remove(status);
      if (!who.isEmpty()) ways.add(new Way(frame.say(row.english, row.chinese), RuleWords.who(frame, who), names(to)));
    }
    return ways;
  }

  private String names(Set<Status> statuses) {
    return statuses.stream().map(it -> frame.word("status", it)).collect(Collectors.joining(frame.say("; or ", "；或")));
  }

  /** Why a buyer can file. */
  public List<String> reasons() {
    return Arrays.stream(Reason.values()).map(it -> frame.capital(frame.word("reason", it))).toList();
  }

  /** What can be agreed. */
  public List<Remedy> remedies() {
    return List.of(Remedy.values());
  }

  /** What a remedy is called. */
  public String name(Remedy remedy) {
    return frame.word("remedy", remedy);
  }

  /** The promises that a remedy consists of, in order. */
  public String promises(Remedy remedy) {
    return remedy.promises.stream().map((Obligation.Kind it) -> Wording.promise(frame, it))
        .collect(Collectors.joining(frame.say(", then ", "，然后")));
  }

  /** What a check can find, the gravest first. */
  public List<FindingCode> findings() {
    return Arrays.stream(FindingCode.values()).sorted(Comparator.comparing((FindingCode it) -> it.severity).reversed())
        .toList();
  }

  /** What a finding says. */
  public String name(FindingCode finding) {
    return frame.word("finding", finding);
  }

  /** What follows when nobody puts it right; empty for what blocks nothing. */
  public String otherwise(FindingCode finding) {
    return finding.blocks() ? frame.word("otherwise", finding.otherwise) : "";
  }

  /** Every ceiling of the rule set. */
  public List<Ceiling> limits() {
    return Arrays.stream(Limits.class.getRecordComponents())
        .map(it -> new Ceiling(RuleWords.limit(frame, it.getName()), height(it))).toList();
  }

  private String height(RecordComponent part) {
    try {
      var value = ((Number) part.getAccessor().invoke(rules.limits())).longValue();
      // Amounts are the only long ones; they count in the minor units of whatever currency a dispute has.
      if (part.getType() == int.class) return "%,d".formatted(value);
      return frame.say("%s, or the same number in another currency", "%s；其他币种按相同数值计算")
          .formatted(frame.money(value, "CNY"));
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(part.getName(), e);
    }
  }
}
