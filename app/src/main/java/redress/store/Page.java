package redress.store;

import redress.dispute.Dispute;
import redress.dispute.DisputeId;

/** One dispute as it was read; its version is what a change of it is checked against. */
public record Page(DisputeId id, String payment, Dispute dispute) {}
