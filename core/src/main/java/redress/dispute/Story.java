package redress.dispute;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import redress.policy.Deadline;

/**
 * A decision while it is being made: each event is told to the matter at once, so that the next step sees what it
 * changed.
 */
final class Story {
  private final Instant at;
  private final List<Event> events = new ArrayList<>();
  private Matter now;

  Story(Matter matter, Instant at) {
    this.now = matter;
    this.at = at;
  }

  Story add(Event event) {
    events.add(event);
    var dispute = Rules.evolve(now.dispute(), event, at);
    now = new Matter(now.rules(), Rules.evolve(now.payment(), dispute.about().id(), event), dispute);
    return this;
  }

  Matter now() {
    return now;
  }

  Dispute dispute() {
    return now.dispute();
  }

  Payment payment() {
    return now.payment();
  }

  Instant at() {
    return at;
  }

  /** When {@code deadline} passes if it starts now. */
  Instant due(Deadline deadline) {
    return now.rules().due(deadline, at);
  }

  long held() {
    return now.payment().held(now.dispute().about().id());
  }

  Decision told() {
    return Decision.yes(events);
  }
}
