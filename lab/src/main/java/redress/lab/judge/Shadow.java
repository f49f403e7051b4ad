package redress.lab.judge;

import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import redress.dispute.Command;
import redress.dispute.DisputeId;
import redress.dispute.Filing;
import redress.dispute.Finding;
import redress.dispute.FollowUp;
import redress.dispute.Obligation;
import redress.dispute.Offer;
import redress.dispute.Outcome;
import redress.dispute.Refund;
import redress.dispute.Ruling;
import redress.dispute.Settlement;
import redress.dispute.Side;
import redress.dispute.Status;
import redress.dispute.Terms;
import redress.policy.Deadline;

/** What the judge knows of one dispute: a fold of its events of the judge's own, as plain as possible. */
final class Shadow {
  /** A deadline about something. */
  record Key(Deadline deadline, int about) {}

  /** A deadline that acted. */
  record Acted(Deadline deadline, int about, Instant due) {}

  final DisputeId id;
  @Nullable Filing filing;
  Status status = Status.NOT_FILED;
  Status from = Status.NOT_FILED;
  int events;
  Instant last = Instant.EPOCH;

  // Negotiation and mediation
  final Map<Side, Offer> open = new HashMap<>();
  final Map<Integer, Terms> proposals = new HashMap<>();
  final Set<Side> assented = new HashSet<>();
  @Nullable Ruling ruling;
  @Nullable String waitingSince;
  final Set<String> mediators = new HashSet<>();
  final Set<String> verifiers = new HashSet<>();
  int requests;
  int proposed;
  int returned;
  int reopenings;
  int reopenedAfterClose;
  int exceptions;
  int exceptedAfterClose;
  final Map<Side, Integer> offers = new HashMap<>();
  @Nullable Offer accepted;
  Instant reopenBy = Instant.EPOCH;

  // Settlement and verification
  @Nullable Settlement settlement;
  final Map<Integer, Obligation> promises = new LinkedHashMap<>();
  final Map<Integer, Instant> proved = new HashMap<>();
  final Set<Integer> current = new HashSet<>();
  final Map<Integer, Finding> findings = new LinkedHashMap<>();
  @Nullable Instant nextAlert;
  Instant slotEnds = Instant.EPOCH;
  Instant audited = Instant.EPOCH;
  FollowUp.@Nullable Answer answer;
  boolean unreached;
  @Nullable Outcome outcome;

  // Money
  final Map<Integer, Refund> refunds = new LinkedHashMap<>();
  long hold;
  long held;
  long deposit;
  long fund;
  final Map<Command.Pot, Long> reserved = new EnumMap<>(Command.Pot.class);
  @Nullable String payoutAskedBy;

  // Deadlines
  final Map<Key, Instant> promised = new HashMap<>();
  final Set<Acted> acted = new HashSet<>();

  Shadow(DisputeId id) {
    this.id = id;
  }

  /** A new round begins; {@code counts} tells that it is a reopening. */
  void round(boolean counts) {
    if (counts) reopenings++;
    offers.clear();
    open.clear();
  }

  /** What was found has no bearing any more. */
  void supersede() {
    findings.replaceAll((__, f) -> f.state().isOpen()
        ? new Finding(f.id(), f.code(), f.obligation(), f.at(), Finding.State.SUPERSEDED, null) : f);
  }

  /** The buyer will be asked afresh. */
  void answerOfSlot() {
    answer = null;
  }

  boolean isOpen() {
    return status != Status.NOT_FILED && status != Status.CLOSED;
  }

  boolean inFlight() {
    for (var refund : refunds.values()) if (refund.state().isInFlight()) return true;
    return false;
  }

  /** What is paid or on its way for this promise (minor units). */
  long live(int promise) {
    long sum = 0;
    for (var r : refunds.values()) if (r.obligation() == promise && r.isLive()) sum += r.minor();
    return sum;
  }

  /** What counts against the captured amount: everything paid or on its way but compensation. */
  long spent() {
    long sum = 0;
    for (var r : refunds.values()) if (r.isLive() && !r.compensation()) sum += r.minor();
    return sum;
  }

  List<Finding> blocking() {
    var all = new ArrayList<Finding>();
    for (var finding : findings.values()) if (finding.blocksNow()) all.add(finding);
    return all;
  }

  void promise(Deadline deadline, int about, @Nullable Instant due) {
    if (due != null) promised.put(new Key(deadline, about), due);
  }
}
