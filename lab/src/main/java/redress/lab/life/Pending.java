package redress.lab.life;

import java.time.Instant;
import redress.dispute.Errand;

/** An errand that waits to be done for one dispute of a life, not before {@code at}. */
public record Pending(int dispute, Errand errand, Instant at) {}
