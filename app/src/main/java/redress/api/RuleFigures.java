package redress.api;

import static redress.policy.RuleSet.written;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import redress.api.RuleSetsApi.FigureView;
import redress.door.Fault;
import redress.policy.Deadline;
import redress.policy.Limits;
import redress.policy.RuleSet;
import redress.verb.Body;
import redress.verb.Field;

/** The figures of a rule set one by one, under the names they have in the API and on pages. */
public final class RuleFigures {
  private static final int MOST_NUMBER = 1_000_000;
  /** Minor units of no currency in particular: not read as an amount of one. */
  private static final long MOST_MINOR = Field.MOST - 1;
  private static final int HOURS = 24;
  private static final int MOST_LEVEL = 3;

  // @formatter:off
  private static final Map<String, Function<RuleSet, Duration>> SPANS = spans();
  private static final Map<String, Function<Limits, Long>> NUMBERS = numbers();
  /** What a draft is written with; everything may be left out. */
  public static final Map<String, Field> FIELDS = fields();
  // @formatter:on

  private RuleFigures() {}

  private static Map<String, Function<RuleSet, Duration>> spans() {
    var all = new LinkedHashMap<String, Function<RuleSet, Duration>>();
    for (var it : Deadline.values()) all.put(it.key, rules -> rules.length(it));
    all.put("offerMin", RuleSet::offerMin);
    all.put("offerMax", RuleSet::offerMax);
    all.put("evidenceMin", RuleSet::evidenceMin);
    all.put("breachAfter", RuleSet::breachAfter);
    all.put("followUpSpacing", RuleSet::followUpSpacing);
    all.put("escalateAfter", RuleSet::escalateAfter);
    return all;
  }

  private static Map<String, Function<Limits, Long>> numbers() {
    var all = new LinkedHashMap<String, Function<Limits, Long>>();
    for (var part : Limits.class.getRecordComponents()) {
      all.put(part.getName(), limits -> {
        try {
          return ((Number) part.getAccessor().invoke(limits)).longValue();
        } catch (ReflectiveOperationException e) {
          throw new IllegalStateException(part.getName(), e);
        }
      });
    }
    return all;
  }

  private static boolean isAmount(String name) {
    return name.equals("decisionLimit") || name.equals("payoutLimit") || name.equals("verifierLimit");
  }

  private static Map<String, Field> fields() {
    var all = new LinkedHashMap<String, Field>();
    all.put("base", Field.id("base", "The published version it begins from; the one in force when left out."));
    for (var name : SPANS.keySet()) all.put(name, Field.duration(name, "How long; as in the base when left out."));
    for (var name : new String[] {"wakingFromHour", "wakingToHour"}) {
      all.put(name, Field.number(name, HOURS, "The hour of the buyer's day; as in the base when left out."));
    }
    for (var name : NUMBERS.keySet()) {
      all.put(name, Field.number(name, isAmount(name) ? MOST_MINOR : MOST_NUMBER, isAmount(name)
          ? "Minor units of whatever currency; as in the base when left out." : "As in the base when left out."));
    }
    return Collections.unmodifiableMap(all);
  }

  /** Every figure of a rule set, in the order in which they are shown. */
  public static List<FigureView> of(RuleSet rules) {
    var all = new ArrayList<FigureView>();
    for (var it : Deadline.values()) all.add(new FigureView(it.key, rules.written(it)));
    SPANS.forEach((name, length) -> {
      if (all.stream().noneMatch(it -> it.name().equals(name))) {
        all.add(new FigureView(name, written(length.apply(rules))));
      }
    });
    all.add(new FigureView("wakingFromHour", Integer.toString(rules.wakingFromHour())));
    all.add(new FigureView("wakingToHour", Integer.toString(rules.wakingToHour())));
    NUMBERS.forEach((name, height) -> all.add(new FigureView(name, Long.toString(height.apply(rules.limits())))));
    return all;
  }

  /** The rule set of this version that {@code body} describes; turns away what no dispute could go by. */
  static RuleSet read(String version, RuleSet base, Body body) {
    var deadlines = new EnumMap<Deadline, Duration>(Deadline.class);
    for (var it : Deadline.values()) deadlines.put(it, span(body, it.key, base.length(it)));
    var limits = limits(body, base.limits());
    int from = number(body, "wakingFromHour", base.wakingFromHour());
    int to = number(body, "wakingToHour", base.wakingToHour());
    if (from >= to) throw Fault.FIELD_VALUE.away("wakingToHour");
    var offerMin = span(body, "offerMin", base.offerMin());
    var offerMax = span(body, "offerMax", base.offerMax());
    if (offerMax.compareTo(offerMin) < 0) throw Fault.FIELD_VALUE.away("offerMax");
    return new RuleSet(version, base.effectiveFrom(), deadlines, offerMin, offerMax,
        span(body, "evidenceMin", base.evidenceMin()), span(body, "breachAfter", base.breachAfter()),
        span(body, "followUpSpacing", base.followUpSpacing()), from, to,
        span(body, "escalateAfter", base.escalateAfter()), limits);
  }

  /** The same rules from another instant on. */
  static RuleSet from(RuleSet it, Instant effectiveFrom) {
    return new RuleSet(it.version(), effectiveFrom, it.deadlines(), it.offerMin(), it.offerMax(), it.evidenceMin(),
        it.breachAfter(), it.followUpSpacing(), it.wakingFromHour(), it.wakingToHour(), it.escalateAfter(),
        it.limits());
  }

  private static Duration span(Body body, String name, Duration otherwise) {
    var said = body.duration(name);
    if (said != null && said.isZero()) throw Fault.FIELD_VALUE.away(name);
    return said == null ? otherwise : said;
  }

  private static int number(Body body, String name, int otherwise) {
    return body.has(name) ? (int) body.number(name) : otherwise;
  }

  private static Limits limits(Body body, Limits it) {
    int level = number(body, "verificationLevel", it.verificationLevel());
    if (level > MOST_LEVEL) throw Fault.FIELD_VALUE.away("verificationLevel");
    return new Limits(some(body, "messageChars", it.messageChars()),
        some(body, "statementChars", it.statementChars()), some(body, "rationaleChars", it.rationaleChars()),
        number(body, "attachments", it.attachments()), some(body, "evidencePieces", it.evidencePieces()),
        some(body, "offersPerSide", it.offersPerSide()), number(body, "evidenceRequests", it.evidenceRequests()),
        number(body, "proposals", it.proposals()), number(body, "reopenings", it.reopenings()),
        some(body, "exceptions", it.exceptions()), number(body, "reversalsAfterClose", it.reversalsAfterClose()),
        some(body, "enforcementTries", it.enforcementTries()), some(body, "followUpAttempts", it.followUpAttempts()),
        level, amount(body, "decisionLimit", it.decisionLimit()), amount(body, "payoutLimit", it.payoutLimit()),
        amount(body, "verifierLimit", it.verifierLimit()));
  }

  /** At least one, or nobody could do it at all. */
  private static int some(Body body, String name, int otherwise) {
    int said = number(body, name, otherwise);
    if (said < 1) throw Fault.FIELD_VALUE.away(name);
    return said;
  }

  private static long amount(Body body, String name, long otherwise) {
    return body.has(name) ? body.number(name) : otherwise;
  }
}
