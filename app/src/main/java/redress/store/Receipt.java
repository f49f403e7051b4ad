package redress.store;

import java.time.Instant;
import redress.dispute.DisputeId;

/**
 * What is kept of an accepted command that carried an idempotency key: the answer is rendered afresh from it.
 * {@code version} is the dispute's version after the command, {@code events} how many events it caused.
 */
public record Receipt(Key key, DisputeId dispute, String command, int version, int events, Instant at) {}
