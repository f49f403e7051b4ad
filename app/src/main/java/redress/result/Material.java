package redress.result;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import redress.dispute.Dispute;
import redress.dispute.DisputeId;
import redress.dispute.Payment;
import redress.dispute.Rules;
import redress.dispute.Stage;
import redress.store.Delivery;
import redress.store.Disputes.Happened;
import redress.store.Disputes.Moved;
import redress.store.Records.Kept;
import redress.store.ResultBook;

/**
 * All that a record is made from: what happened up to the event that made the result final, the lines that it caused in
 * the ledger, what statements tell, who was told what, the record before, and the proof from the log.
 */
record Material(DisputeId id, List<Happened> events, Dispute dispute, Payment payment, List<Moved> money,
    List<Kept> records, List<Delivery> notices, ResultBook.@Nullable Kept before, Proofs.@Nullable Proof proof,
    String issuer, Instant at) {
  Material {
    events = List.copyOf(events);
    money = List.copyOf(money);
    records = List.copyOf(records);
    notices = List.copyOf(notices);
  }

  /** The dispute as these events made it. */
  static Dispute after(List<Happened> events) {
    var dispute = Dispute.NONE;
    for (var it : events) dispute = Rules.evolve(dispute, it.event(), it.at());
    return dispute;
  }

  /** The event that made the result final. */
  Happened last() {
    return events.getLast();
  }

  /** How it ended. */
  Stage.Closed end() {
    if (dispute.stage() instanceof Stage.Closed closed) return closed;
    throw new IllegalStateException("no end of " + id);
  }

  int number() {
    return before == null ? 1 : before.number() + 1;
  }
}
