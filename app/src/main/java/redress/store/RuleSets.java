package redress.store;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import redress.policy.RuleSet;

/**
 * The published rule sets. They never change once published, so they are kept in memory; a set published by another
 * node is noticed when a dispute refers to it, or by {@link #refresh}.
 */
public final class RuleSets {
  private final JdbcClient sql;
  private volatile Map<String, RuleSet> known;

  /** Reads what is published, and publishes the standard rules where there are none. */
  public RuleSets(JdbcClient sql) {
    this.sql = sql;
    this.known = load();
    if (known.isEmpty()) publish(RuleSet.STANDARD);
  }

  /** The rule set of this version. Throws IllegalArgumentException when it was never published. */
  public RuleSet version(String version) {
    var rules = known.get(version);
    if (rules == null) rules = refresh().get(version);
    if (rules == null) throw new IllegalArgumentException("no rule set " + version);
    return rules;
  }

  /** The rule set in force at {@code at} (UTC): the one that took effect last. */
  public RuleSet inForce(Instant at) {
    return known.values().stream().filter(rules -> !rules.effectiveFrom().isAfter(at))
        .max(Comparator.comparing(RuleSet::effectiveFrom)).orElse(RuleSet.STANDARD);
  }

  /** All published rule sets by version. */
  public Map<String, RuleSet> all() {
    return known;
  }

  /** Publishes a rule set. False when its version is taken. */
  public boolean publish(RuleSet rules) {
    var now = sql.sql("select now()").query(OffsetDateTime.class).single().toInstant();
    boolean fresh = sql.sql(PUBLISH).params(Acts.of(true, "rules.published", now, Map.of("rules", rules)))
        .param("version", rules.version()).param("from", rules.effectiveFrom().atOffset(ZoneOffset.UTC))
        .param("body", Json.write(RuleSet.class, rules)).update() == 1;
    refresh();
    return fresh;
  }

  /** Reads again what is published, and returns it. */
  public Map<String, RuleSet> refresh() {
    var fresh = load();
    known = fresh;
    return fresh;
  }

  private Map<String, RuleSet> load() {
    return sql.sql("select body, effective_from from rule_set")
        .query((row, _) -> {
          var from = row.getObject("effective_from", OffsetDateTime.class);
          var rules = Json.MAPPER.readValue(row.getString("body"), RuleSet.class);
          if (!from.toInstant().equals(rules.effectiveFrom()))
            throw new IllegalStateException("rule set " + rules.version());
          return rules;
        })
        .list().stream().collect(Collectors.toUnmodifiableMap(RuleSet::version, rules -> rules));
  }

  private static final String PUBLISH = """
      with p as (
        insert into rule_set (version, effective_from, body) values (:version, :from, :body::jsonb)
        on conflict do nothing returning 1
      )
      """ + Acts.INSERT;
}
