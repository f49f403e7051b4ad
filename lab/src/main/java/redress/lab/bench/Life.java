package redress.lab.bench;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import redress.check.Facts;
import redress.desk.Desk;
import redress.desk.Request;
import redress.dispute.Actor;
import redress.dispute.Command;
import redress.dispute.DisputeId;
import redress.dispute.Executor;
import redress.dispute.Filing;
import redress.dispute.FollowUp;
import redress.dispute.Matter;
import redress.dispute.Reason;
import redress.dispute.Remedy;
import redress.dispute.Rules;
import redress.dispute.Status;
import redress.dispute.Terms;
import redress.dispute.Words;
import redress.policy.Deadline;
import redress.policy.Role;
import redress.store.Key;
import redress.store.Text;

/**
 * One dispute's whole life in eleven steps: filed, a message, an offer, a counter-offer, accepted, three
 * confirmations, audited, answered, concluded. Concluding lets the three days pass with the second audit between
 * them, so that a life is {@link #COMMANDS} commands. Used by one thread.
 */
final class Life {
  /** What a whole life says. */
  static final int COMMANDS = 14;

  private static final long DISPUTED = 4_000;
  private static final long OFFERED = 2_000;
  private static final long SETTLED = 3_000;
  private static final String TEXT = "The lamp came with a crack in its foot, see the photo; I would keep it for less.";

  private final Town.Paid paid;
  private final DisputeId id;
  private int said;
  private @Nullable Matter matter;

  Life(Town.Paid paid) {
    this.paid = paid;
    this.id = Desk.newDispute(paid.payment(), null);
  }

  /** What is said next. */
  Request next() {
    return switch (++said) {
      case 1 -> file();
      case 2 -> says(buyer(), words -> new Command.SendMessage(words, List.of()));
      case 3 -> says(merchant(), words -> new Command.MakeOffer(refund(OFFERED), null, words));
      case 4 -> says(buyer(), words -> new Command.MakeOffer(refund(SETTLED), null, words));
      case 5 -> keyed(merchant(), new Command.AcceptOffer(2));
      case 6 -> Request.system(id, new Command.ConfirmIdentity(identity()));
      case 7 -> Request.system(id, new Command.ConfirmTransaction(transaction()));
      case 8 -> says(merchant(), Command.SubmitStatement::new);
      case 9, 13 -> Request.system(id, new Command.RecordAudit(audit()));
      case 10 -> says(buyer(), words -> new Command.AnswerFollowUp(FollowUp.Answer.SATISFIED, words));
      case 11 -> passes(Deadline.VERIFICATION_DAY1);
      case 12 -> passes(Deadline.VERIFICATION_DAY2);
      case 14 -> passes(Deadline.VERIFICATION_DAY3);
      default -> throw new IllegalStateException("this life is over");
    };
  }

  /** Takes note of where it stands after what was said. */
  void heard(Matter after) {
    matter = after;
  }

  /** Whether everything was said. Throws IllegalStateException when that did not end it. */
  boolean isOver() {
    if (said < COMMANDS) return false;
    if (now().dispute().status() != Status.CLOSED) throw new IllegalStateException("this life did not end");
    return true;
  }

  private Matter now() {
    return Objects.requireNonNull(matter);
  }

  private Request file() {
    var words = words();
    var filing = new Filing(id, paid.payment(), paid.buyer(), paid.merchant(), Town.CURRENCY, DISPUTED, Set.of(),
        Reason.NOT_AS_DESCRIBED, Remedy.PARTIAL_REFUND, words, Town.MORNING, "", ZoneOffset.UTC, false);
    return keyed(buyer(), new Command.File(filing)).saying(List.of(text(buyer(), words)));
  }

  private Request says(Actor by, java.util.function.Function<Words, Command> command) {
    var words = words();
    return keyed(by, command.apply(words)).saying(List.of(text(by, words)));
  }

  private Request keyed(Actor by, Command command) {
    var key = new Key("key:" + by.subject(), id + "-" + said, "0".repeat(64));
    return new Request(id, paid.payment(), by, by.subject(), command, List.of(), key, null, null);
  }

  private Request passes(Deadline deadline) {
    var timer = Rules.timers(now()).stream().filter(it -> it.deadline() == deadline).findFirst().orElseThrow();
    return Request.system(id, new Command.Pass(deadline, timer.about(), timer.due()));
  }

  private static Terms refund(long minor) {
    return Terms.of(Remedy.PARTIAL_REFUND, minor, 0, Executor.PLATFORM, 0);
  }

  private Words words() {
    return new Words(id + "-w" + said, "c".repeat(64), TEXT.length());
  }

  private static Text text(Actor by, Words words) {
    return new Text(words, by.subject(), by.role(), TEXT);
  }

  private Actor buyer() {
    return new Actor(Role.BUYER, paid.buyer());
  }

  private Actor merchant() {
    return new Actor(Role.MERCHANT_OWNER, paid.merchant());
  }

  private static Facts.Identity identity() {
    return new Facts.Identity("account", "account", 2, Instant.EPOCH, true);
  }

  private static Facts.Transaction transaction() {
    return new Facts.Transaction(true, true, true, Town.CAPTURED, Town.CURRENCY, 0);
  }

  private Facts.Audit audit() {
    var dispute = now().dispute();
    var records = new ArrayList<Facts.Entry>();
    for (var refund : dispute.refunds()) {
      records.add(new Facts.Entry(refund.reference(id), refund.id(), refund.obligation(), refund.minor(), Town.CURRENCY,
          paid.buyer(), Facts.State.SUCCEEDED, null));
    }
    return new Facts.Audit(true, dispute.settled().termsHash(), 0, List.of(), List.of(), transaction(), records);
  }
}
