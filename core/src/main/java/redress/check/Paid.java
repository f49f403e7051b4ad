package redress.check;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A payment in somebody's book (minor units): {@code id} is the record's own there, {@code reference} what whoever paid
 * calls it, {@code names} the promise it names, empty for none. {@code fee} is what was charged for it: it is no
 * part of {@code minor} and never makes up for what is missing.
 */
public record Paid(String id, String reference, String names, long minor, String currency, String payee,
    Facts.State state, @Nullable Instant at, long fee) {}
