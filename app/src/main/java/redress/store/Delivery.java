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
 * recipient may have it more than once. {@code brief} are the words for where there is little room, {@code parts} in
 * how
 * many messages it went. Instants are UTC; the first is when it was written, the last when the other end had it.
 */
public record Delivery(DisputeId dispute, String id, String errand, Audience audience, String recipient, Notice notice,
    int about, String channel, String language, String subject, String text, State state, int attempts, int repeats,
    String result, Instant at, @Nullable Instant triedAt, @Nullable Instant deliveredAt, @Nullable Instant readAt,
    String brief, int parts, @Nullable Instant receivedAt) {

  /** How it stands. FAILED: nobody tries any more. SUPPRESSED: it had become pointless when it was due. */
  public enum State {
    WAITING, SENDING, DELIVERED, FAILED, SUPPRESSED
  }

  /** The channel that every notice takes: the inbox inside the centre. */
  public static final String IN_APP = "IN_APP";

  /** A notice that lies in its recipient's inbox as soon as it is written. */
  public static Delivery toInbox(DisputeId dispute, String id, String errand, Audience audience, String recipient,
      Notice notice, int about, String language, String subject, String text, String brief, Instant at) {
    return new Delivery(dispute, id, errand, audience, recipient, notice, about, IN_APP, language, subject, text,
        State.DELIVERED, 0, 0, "", at, null, at, null, brief, 0, null);
  }

  /** The same on its way over another channel, as {@code words}. */
  public Delivery over(String otherChannel, String otherId, String words) {
    return new Delivery(dispute, otherId, errand, audience, recipient, notice, about, otherChannel, language, subject,
        words, State.WAITING, 0, 0, "", at, null, null, null, brief, 0, null);
  }

  /** The same with other words. */
  public Delivery saying(String words) {
    return new Delivery(dispute, id, errand, audience, recipient, notice, about, channel, language, subject, words,
        state, attempts, repeats, result, at, triedAt, deliveredAt, readAt, brief, parts, receivedAt);
  }

  /** The same, never to be told, because of {@code why}. */
  public Delivery suppressed(String why) {
    return new Delivery(dispute, id, errand, audience, recipient, notice, about, channel, language, subject, text,
        State.SUPPRESSED, 0, 0, why, at, null, null, null, brief, 0, null);
  }
}
