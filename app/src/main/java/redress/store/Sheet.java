package redress.store;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import redress.dispute.Dispute;
import redress.dispute.Event;
import redress.dispute.Matter;
import redress.dispute.Refund;
import redress.dispute.Rules;
import redress.dispute.Timer;

/** One dispute being worked on: as it was read, as it is now, and what has happened since. Used by one thread. */
final class Sheet {
  final Folder folder;
  final Page read;
  final @Nullable Timer deadlineBefore;
  private @Nullable Timer deadline;
  private boolean timed;
  final List<Line> lines = new ArrayList<>();
  Dispute now;
  Matter matter;
  /** The hash of the last log entry, as far as entries were made. */
  String chain;
  private final Matter first;

  // What lists and statistics keep of the events; the rest they take from the dispute itself.
  @Nullable Instant firstReplyAt;
  @Nullable Instant decidedAt;
  @Nullable Instant paidAt;
  int breaches;
  boolean enforced;
  boolean overturned;
  final Set<String> tags = new LinkedHashSet<>();

  Sheet(Folder folder, Page read, Matter matter) {
    this(folder, read, matter, next(matter));
  }

  private Sheet(Folder folder, Page read, Matter matter, @Nullable Timer deadline) {
    this.folder = folder;
    this.read = read;
    this.now = read.dispute();
    this.chain = read.chain();
    this.first = matter;
    this.matter = matter;
    this.deadlineBefore = deadline;
  }

  /** The deadline that passes next, null when none runs. */
  @Nullable Timer deadline() {
    if (!timed) {
      deadline = next(matter);
      timed = true;
    }
    return deadline;
  }

  /** The same sheet as it was before anything happened. */
  Sheet asRead() {
    return new Sheet(folder, read, first, null);
  }

  boolean isChanged() {
    return !lines.isEmpty();
  }

  private static @Nullable Timer next(Matter matter) {
    var timers = matter.dispute().filing() == null ? List.<Timer>of() : Rules.timers(matter);
    return timers.isEmpty() ? null : timers.getFirst();
  }

  boolean isNew() {
    return read.dispute().version() == 0;
  }

  /** Takes note of what happened: {@code before} is the dispute before it. */
  void add(Line line, Dispute before, Matter after) {
    lines.add(line);
    now = after.dispute();
    matter = after;
    timed = false;
    glean(line.event(), line.at(), before);
  }

  private void glean(Event event, Instant at, Dispute before) {
    switch (event) {
      case Event.FirstReplyGiven _ -> firstReplyAt = first(firstReplyAt, at);
      case Event.Decided _ -> decidedAt = first(decidedAt, at);
      case Event.AppealDecided ruled -> overturned |= overturns(ruled, before);
      case Event.RefundMoved moved -> {
        if (moved.refund().state() == Refund.State.SUCCEEDED) paidAt = first(paidAt, at);
      }
      case Event.OutsideRefundFound _ -> paidAt = first(paidAt, at);
      case Event.Breached _ -> breaches++;
      case Event.EnforcementStarted _ -> enforced = true;
      case Event.Tagged tagged -> tags.add(tagged.tag());
      default -> {}
    }
  }

  private static boolean overturns(Event.AppealDecided ruled, Dispute before) {
    var first = before.mediation().ruling();
    return first != null
        && (first.outcome() != ruled.ruling().outcome() || !first.terms().equals(ruled.ruling().terms()));
  }

  private static Instant first(@Nullable Instant known, Instant at) {
    return known == null ? at : known;
  }
}
