package redress.desk;

import redress.dispute.Actor;
import redress.dispute.DisputeId;

/**
 * A place at one dispute: which dispute, of which payment, in whose chair, and who sits in it ({@code person}: a
 * party's or staff member's own id). Proved at the door, trusted inside.
 */
public record Seat(DisputeId dispute, String payment, Actor actor, String person) {}
