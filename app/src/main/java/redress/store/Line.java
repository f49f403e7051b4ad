package redress.store;

import java.time.Instant;
import redress.dispute.Event;
import redress.dispute.Status;
import redress.policy.Role;

/**
 * An event as the journal keeps it: its number in the dispute (from 1), when it happened (UTC), the status before
 * and after, who caused it, and the person who spoke for that subject.
 */
public record Line(int n, Instant at, Status before, Status after, Role role, String subject, String person,
    Event event) {
  /** The event's name. */
  String type() {
    return event.getClass().getSimpleName();
  }
}
