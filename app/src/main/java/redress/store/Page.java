package redress.store;

import redress.dispute.Dispute;
import redress.dispute.DisputeId;

/**
 * One dispute as it was read; its version is what a change of it is checked against, and {@code chain} the hash of its
 * last log entry (64 hex digits).
 */
public record Page(DisputeId id, String payment, Dispute dispute, String chain) {}
