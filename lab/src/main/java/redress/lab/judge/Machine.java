package redress.lab.judge;

import static redress.dispute.Status.*;

import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import redress.dispute.Status;

/** The published table of transitions, written down a second time by hand: from where each row may lead to where. */
final class Machine {
  private static final int ROWS = 36;
  private static final Set<Status> TALKING = EnumSet.of(AWAITING_MERCHANT, AWAITING_BUYER);
  private static final Set<Status> UNDECIDED = EnumSet.of(MEDIATION_QUEUED, MEDIATING, AWAITING_EVIDENCE, PROPOSED);
  private static final Set<Status> SETTLED = EnumSet.of(CONFIRMING, PERFORMING, AUDITING, FOLLOWING_UP, CONCLUDING);
  private static final Set<Status> OPEN = EnumSet.complementOf(EnumSet.of(NOT_FILED, CLOSED));

  private static final List<Map<Status, Set<Status>>> TABLE = new ArrayList<>();

  static {
    for (int row = 0; row <= ROWS; row++) TABLE.add(new EnumMap<>(Status.class));
    negotiation();
    mediation();
    settlement();
    ends();
  }

  /** Whether row {@code row} of the table leads from {@code from} to {@code to}; row 0 keeps the status. */
  static boolean allows(int row, Status from, Status to) {
    if (row == 0) return from == to;
    return row > 0 && row <= ROWS && TABLE.get(row).getOrDefault(from, Set.of()).contains(to);
  }

  // @formatter:off
  private static void negotiation() {
    row(1,  List.of(NOT_FILED),           AWAITING_MERCHANT);
    row(2,  TALKING,                      AWAITING_MERCHANT, AWAITING_BUYER);
    row(3,  TALKING,                      AWAITING_MERCHANT, AWAITING_BUYER);
    row(4,  TALKING,                      AWAITING_MERCHANT, AWAITING_BUYER);
    row(5,  TALKING,                      CONFIRMING);
    row(5,  List.of(PROPOSED),            PROPOSED, CONFIRMING);
    row(6,  TALKING,                      CONFIRMING);
    row(6,  UNDECIDED,                    CONFIRMING);
    row(7,  TALKING,                      MEDIATION_QUEUED);
    row(8,  List.of(AWAITING_MERCHANT),   MEDIATION_QUEUED);
    row(9,  List.of(AWAITING_BUYER),      CLOSED, MEDIATION_QUEUED);
    row(10, TALKING,                      MEDIATION_QUEUED);
    row(11, TALKING,                      CLOSED);
    row(11, UNDECIDED,                    CLOSED);
  }

  private static void mediation() {
    row(12, List.of(MEDIATION_QUEUED),    MEDIATION_QUEUED, MEDIATING);
    row(12, List.of(MEDIATING),           MEDIATION_QUEUED, MEDIATING);
    row(12, List.of(AWAITING_EVIDENCE),   MEDIATION_QUEUED, AWAITING_EVIDENCE);
    row(12, List.of(PROPOSED),            MEDIATION_QUEUED, PROPOSED);
    row(12, List.of(DECIDED),             DECIDED);
    row(12, List.of(APPEALED),            APPEALED);
    row(13, List.of(MEDIATING),           AWAITING_EVIDENCE);
    row(14, List.of(AWAITING_EVIDENCE),   MEDIATING);
    row(15, List.of(MEDIATING),           PROPOSED);
    row(16, List.of(PROPOSED),            MEDIATING);
    row(17, List.of(MEDIATING),           AWAITING_MERCHANT);
    row(18, List.of(MEDIATING),           DECIDED);
    row(19, List.of(DECIDED),             DECIDED, APPEALED);
    row(20, List.of(APPEALED),            APPEALED);
    row(21, List.of(DECIDED, APPEALED),   CONFIRMING, CLOSED);
  }

  private static void settlement() {
    row(22, List.of(CONFIRMING),          CONFIRMING, PERFORMING, AUDITING);
    row(23, List.of(CONFIRMING),          EXCEPTION);
    for (var now : SETTLED) row(24, List.of(now), now);
    row(24, List.of(PERFORMING),          AUDITING);
    row(24, List.of(EXCEPTION),           EXCEPTION);
    row(25, List.of(AUDITING),            FOLLOWING_UP);
    row(26, List.of(FOLLOWING_UP),        CONCLUDING);
    row(27, List.of(AUDITING),            AUDITING);
    row(27, List.of(FOLLOWING_UP),        FOLLOWING_UP, AWAITING_MERCHANT, MEDIATION_QUEUED, EXCEPTION);
    row(27, List.of(CONCLUDING),          CONCLUDING, AWAITING_MERCHANT, MEDIATION_QUEUED, EXCEPTION);
    row(28, List.of(FOLLOWING_UP),        CONCLUDING, EXCEPTION);
    row(29, List.of(CONCLUDING),          CLOSED);
    row(30, SETTLED,                      EXCEPTION);
  }

  private static void ends() {
    row(31, List.of(EXCEPTION),           EXCEPTION, AUDITING, CLOSED);
    row(32, List.of(EXCEPTION),           EXCEPTION, CONFIRMING, PERFORMING, AUDITING, CLOSED);
    row(33, List.of(EXCEPTION),           EXCEPTION, AWAITING_MERCHANT, MEDIATION_QUEUED, APPEALED, CLOSED);
    for (var now : OPEN) row(34, List.of(now), now, CLOSED, EXCEPTION);
    row(35, List.of(CLOSED),              AWAITING_MERCHANT);
    row(36, List.of(CLOSED),              EXCEPTION, CLOSED);
  }
  // @formatter:on

  private static void row(int row, Collection<Status> from, Status... to) {
    for (var now : from) TABLE.get(row).computeIfAbsent(now, _ -> EnumSet.noneOf(Status.class)).addAll(List.of(to));
  }

  private Machine() {}
}
