package redress.dispute;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import redress.policy.Deadline;
import redress.policy.RuleSet;

/**
 * What other figures would have meant for what has happened.
 *
 * <p>
 * A deadline <em>ran</em> from the event with which it came up, at {@code start}, until the event with which it was
 * gone, at {@code end}, or until it passed at {@code due}. It was <em>missed</em> when {@code end >= due}. Under a
 * draft its length is the draft's where it was the rules' ({@code due - start} is what the rules say), and stays where
 * people agreed on a date. Then, with {@code took = end - start}:
 * <ul>
 * <li>missed, when {@code took >= length under the draft};
 * <li>unknown, when it was missed and the draft gives more time: nobody can say what would have been done in it;
 * <li>met otherwise, also where it had become pointless before it passed.
 * </ul>
 * Deadlines that nobody has to meet (the three days, an offer's validity, the time for an appeal) are left out, and so
 * are those that still run.
 */
public final class Hindsight {
  private Hindsight() {}

  /** Something that happened, at an instant (UTC). */
  public record Happening(Event event, Instant at) {}

  /** A deadline that ran and is over: how long it was, whether by the rules, and how long it ran. */
  public record Ran(Deadline deadline, Duration length, boolean byRules, Duration took) {
    /** Whether it was missed. */
    public boolean missed() {
      return took.compareTo(length) >= 0;
    }

    /** How it would have gone under {@code draft}. */
    public Fate under(RuleSet draft) {
      var other = byRules ? draft.length(deadline) : length;
      if (missed() && other.compareTo(length) > 0) return Fate.UNKNOWN;
      return took.compareTo(other) >= 0 ? Fate.MISSED : Fate.MET;
    }
  }

  /** How a deadline would have gone. */
  public enum Fate {
    MET, MISSED, UNKNOWN
  }

  /** What a deadline is known by: a new instant makes it a new one. */
  private record Key(Deadline deadline, int about, Instant due) {}

  /** From when until when it was there; null while it still is. */
  private record Stay(Instant start, @Nullable Instant end) {}

  /**
   * Every deadline that ran in a dispute and is over, by its {@code past} (all of its events, in order) under the rules
   * it was filed under.
   */
  public static List<Ran> of(RuleSet rules, Payment payment, List<Happening> past) {
    var stays = new LinkedHashMap<Key, Stay>();
    var dispute = Dispute.NONE;
    for (var it : past) {
      dispute = Rules.evolve(dispute, it.event(), it.at());
      note(stays, there(new Matter(rules, payment, dispute)), it.at());
    }
    var all = new ArrayList<Ran>();
    stays.forEach((key, stay) -> {
      var end = stay.end();
      // What came and went within one act never ran.
      if (end != null && end.isAfter(stay.start())) all.add(ran(rules, key, stay.start(), end));
    });
    return all;
  }

  private static Set<Key> there(Matter matter) {
    var keys = new HashSet<Key>();
    for (var it : Rules.timers(matter)) {
      if (obliges(it.deadline())) keys.add(new Key(it.deadline(), it.about(), it.due()));
    }
    return keys;
  }

  private static void note(Map<Key, Stay> stays, Set<Key> there, Instant at) {
    stays.replaceAll((key, stay) -> {
      if (there.contains(key)) return new Stay(stay.start(), null);
      return stay.end() == null ? new Stay(stay.start(), at) : stay;
    });
    for (var key : there) stays.putIfAbsent(key, new Stay(at, null));
  }

  private static Ran ran(RuleSet rules, Key key, Instant start, Instant end) {
    var length = Duration.between(start, key.due());
    var took = Duration.between(start, end);
    return new Ran(key.deadline(), length, length.equals(rules.length(key.deadline())),
        took.compareTo(length) > 0 ? length : took);
  }

  /** Whether somebody has to do something before it passes. */
  public static boolean obliges(Deadline it) {
    return switch (it) {
      case MERCHANT_FIRST_REPLY, MERCHANT_REPLY, BUYER_REPLY, NEGOTIATION_TOTAL, MEDIATION_FIRST_ACTION,
          MEDIATION_TARGET, MEDIATION_MAX, EVIDENCE_REQUEST, PROPOSAL_VALIDITY, DECISION_APPROVE, APPEAL_DECIDE,
          SETTLEMENT_CONFIRM, OBLIGATION_REFUND, RETURN_SHIP, RETURN_TRANSIT, RETURN_ACKNOWLEDGE, REPLACEMENT_SHIP,
          EXCEPTION_CURE, PAYOUT_APPROVE ->
          true;
      case FILING_WINDOW, OFFER_VALIDITY, APPEAL_WINDOW, VERIFICATION_START, VERIFICATION_DAY1, VERIFICATION_DAY2,
          VERIFICATION_DAY3, ENFORCEMENT_RETRY, ENFORCEMENT_MAX, LEAD_ALERT, REOPEN_AFTER_CLOSE, RETENTION ->
          false;
    };
  }
}
