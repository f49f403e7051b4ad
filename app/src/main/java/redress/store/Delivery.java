package redress.store;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import redress.dispute.DisputeId;
import redress.dispute.Errand.Audience;
import redress.dispute.Notice;

/**
 * One notice on its way to one recipient over one channel, with the words as they are sent. {@code recipient} is a
 * party's or
 * staff member's id, empty for everybody in the audience's role; {@code errand} is what caused it; {@code result} says
 * how the
 * last attempt went, without addresses; {@code repeats} counts attempts of which it is unknown how they ended, so that
 * the
 * recipient may have it more than once. Instants are UTC; the first is when it was written.
 */
public record Delivery(DisputeId dispute, String id, String errand, Audience audience, String recipient, Notice notice,
    int about, String channel, String language, String subject, String text, State state, int attempts, int repeats,
    String result, Instant at, @Nullable Instant triedAt, @Nullable Instant deliveredAt, @Nullable Instant readAt) {

  /** How it stands. FAILED: nobody tries any more. SUPPRESSED: it had become pointless when it was due. */
  public enum State {
    WAITING, SENDING, DELIVERED, FAILED, SUPPRESSED
  }

  /** The channel that every notice takes: the inbox inside the centre. */
  public static final String IN_APP = "IN_APP";

  /** A notice that lies in its recipient's inbox as soon as it is written. */
  public static Delivery toInbox(DisputeId dispute, String id, String errand, Audience audience, String recipient,
      Notice notice, int about, String language, String subject, String text, Instant at) {
    return new Delivery(dispute, id, errand, audience, recipient, notice, about, IN_APP, language, subject, text,
        State.DELIVERED, 0, 0, "", at, null, at, null);
  }

  /** The same words on their way over another channel. */
  public Delivery over(String otherChannel, String otherId) {
    return new Delivery(dispute, otherId, errand, audience, recipient, notice, about, otherChannel, language, subject,
        text, State.WAITING, 0, 0, "", at, null, null, null);
  }

  /** The same, never to be told, because of {@code why}. */
  public Delivery suppressed(String why) {
    return new Delivery(dispute, id, errand, audience, recipient, notice, about, channel, language, subject, text,
        State.SUPPRESSED, 0, 0, why, at, null, null, null);
  }
}
