package redress.desk;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import redress.dispute.Actor;
import redress.dispute.Command;
import redress.dispute.DisputeId;
import redress.store.Key;
import redress.store.Text;

/**
 * A command on its way to the desk. {@code payment} may be empty except for filing; {@code texts} are the clear
 * texts of the words that the command carries; {@code ifVersion} is the version of the dispute that the caller has
 * seen; {@code due} is the instant of a deadline that speaks, so that it never acts before its time.
 */
public record Request(DisputeId dispute, String payment, Actor by, String person, Command command, List<Text> texts,
    @Nullable Key key, @Nullable Integer ifVersion, @Nullable Instant due) {
  public Request {
    texts = List.copyOf(texts);
  }

  /** What the holder of {@code seat} says. */
  public static Request of(Seat seat, Command command) {
    return new Request(seat.dispute(), seat.payment(), seat.actor(), seat.person(), command, List.of(), null, null,
        null);
  }

  /** What time, a provider or an automatic check says. */
  public static Request system(DisputeId dispute, Command command) {
    var due = command instanceof Command.Pass pass ? pass.due() : null;
    return new Request(dispute, "", Actor.SYSTEM, Actor.SYSTEM.subject(), command, List.of(), null, null, due);
  }

  /** The same with the clear texts of its words. */
  public Request saying(List<Text> clear) {
    return new Request(dispute, payment, by, person, command, clear, key, ifVersion, due);
  }

  /** The same under an idempotency key. */
  public Request keyed(@Nullable Key under) {
    return new Request(dispute, payment, by, person, command, texts, under, ifVersion, due);
  }

  /** The same, only if the dispute is still at {@code version}. */
  public Request ifAt(@Nullable Integer version) {
    return new Request(dispute, payment, by, person, command, texts, key, version, due);
  }
}
