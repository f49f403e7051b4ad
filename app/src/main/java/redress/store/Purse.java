package redress.store;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import redress.dispute.Payment;

/**
 * One payment as it was read: {@code revision} is what a change of it is checked against; {@code clock} is its test
 * clock and {@code clockNow} what that shows, both null for the system's.
 */
public record Purse(Payment payment, int revision, @Nullable String clock, @Nullable Instant clockNow) {}
