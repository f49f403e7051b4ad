package redress.dispute;

import java.time.Instant;
import java.util.List;

/** The whole of a dispute: what may happen, and what it changes. No I/O, no clock. */
public final class Rules {

  /** What happens when {@code act} is done in {@code matter}, or why it is refused. */
  public static Decision decide(Matter matter, Act act) {
    return Decision.no(matter.dispute().filing() == null ? Refusal.NOT_FILED : Refusal.CLOSED);
  }

  /** The dispute after {@code event}, which happened at {@code at}. */
  public static Dispute evolve(Dispute dispute, Event event, Instant at) {
    return dispute;
  }

  /** The payment after {@code event} of {@code dispute}; its version grows when what is refundable or held changes. */
  public static Payment evolve(Payment payment, DisputeId dispute, Event event) {
    return payment;
  }

  /** The live deadlines, the next first. */
  public static List<Timer> timers(Matter matter) {
    return List.of();
  }

  /** What {@code by} may do now; each is accepted when sent as advertised. */
  public static List<Action> actions(Matter matter, Actor by, Instant at) {
    return List.of();
  }

  /** What is to be done outside because of {@code event}; {@code after} is the matter after it. */
  public static List<Errand> errands(Matter after, Event event, Instant at) {
    return List.of();
  }

  private Rules() {}
}
