package redress.store;

import org.jspecify.annotations.Nullable;
import redress.dispute.DisputeId;

/** What a command needs to be read for it: its dispute, the payment where it files one, its key's receipt. */
public record Wanted(DisputeId dispute, String payment, @Nullable Key key) {}
