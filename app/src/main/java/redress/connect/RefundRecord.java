package redress.connect;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import redress.check.Facts;

/**
 * One refund as it stands in a provider's own books (minor units). {@code payee} is empty when it went back to whoever
 * paid; {@code memo} is what the payer wrote on it, empty for nothing; {@code arrival} is when it arrived or is
 * expected, null when it never will.
 */
public record RefundRecord(String reference, long minor, String currency, String payee, String memo, Facts.State state,
    @Nullable Instant arrival) {}
