package redress.dispute;

import static redress.policy.Role.*;

import java.lang.reflect.Array;
import java.util.Arrays;
import java.util.Collections;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import redress.dispute.Command.*;
import redress.policy.Role;

/** Who may say what: the one table of roles and commands, and whose dispute it is. */
final class Permits {
  private static final Set<Role> BUYERS = Set.of(BUYER);
  private static final Set<Role> MERCHANTS = Set.of(MERCHANT_OWNER, MERCHANT_AGENT);
  private static final Set<Role> PARTIES = Set.of(BUYER, MERCHANT_OWNER, MERCHANT_AGENT);
  private static final Set<Role> MEDIATORS = Set.of(MEDIATOR, MEDIATOR_LEAD);
  private static final Set<Role> STAFF = Set.of(MEDIATOR, MEDIATOR_LEAD, VERIFIER, FINANCE, SUPPORT);
  private static final Set<Role> TIME = Set.of(SYSTEM);

  // @formatter:off
  static Set<Role> roles(Command command) {
    return switch (command) {
      case File _                                           -> Set.of(BUYER, SUPPORT);
      case SendMessage _                                    -> Set.of(BUYER, MERCHANT_OWNER, MERCHANT_AGENT, MEDIATOR, MEDIATOR_LEAD, VERIFIER);
      case SubmitEvidence _, AskSupport _, GiveFeedback _   -> PARTIES;
      case AnswerSupport _, AnswerFeedback _                -> Set.of(SUPPORT, MEDIATOR_LEAD);
      case AddNote _, Tag _                                 -> STAFF;
      case RevealPersonalData _                             -> Set.of(MEDIATOR, MEDIATOR_LEAD, VERIFIER, SUPPORT);
      case MakeOffer _, AcceptOffer _, DeclineOffer _, WithdrawOffer _, Escalate _,
           AcceptProposal _, DeclineProposal _, Appeal _, WaiveAppeal _ -> PARTIES;
      case RefundNow _, SubmitStatement _, ReportPerformance _, AcknowledgeReturn _ -> MERCHANTS;
      case Withdraw _, ShipReturn _, Reopen _               -> BUYERS;
      case WaiveObligation _                                -> PARTIES;
      case Assign _, Recuse _, RequestEvidence _, ProposeSettlement _, ReturnToNegotiation _, Decide _ -> MEDIATORS;
      case Reassign _, ApproveDecision _, RejectDecision _, DecideAppeal _, EndException _ -> Set.of(MEDIATOR_LEAD);
      case ConfirmIdentity _, ConfirmTransaction _          -> Set.of(SYSTEM, VERIFIER);
      case RecordAudit _, RecordContact _, RecordReminder _, ReserveFunds _, Pass _ -> TIME;
      case RecordRefund _                                   -> Set.of(SYSTEM, VERIFIER);
      case ReportShipment _, OpenChargeback _               -> Set.of(PLATFORM, SYSTEM);
      case AnswerFollowUp _                                 -> Set.of(BUYER, VERIFIER);
      case SignFinding _, RefuteFinding _, Enforce _, ReopenNegotiation _, SendToMediation _ -> Set.of(VERIFIER);
      case Cure _                                           -> Set.of(BUYER, MERCHANT_OWNER, MERCHANT_AGENT, VERIFIER, MEDIATOR_LEAD);
      case ApprovePayout _, RejectPayout _                  -> Set.of(FINANCE);
    };
  }
  // @formatter:on

  /** The same table by the commands' names: who may say it depends on what is said, never on its contents. */
  static SortedMap<String, Set<Role>> table() {
    var all = new TreeMap<String, Set<Role>>();
    for (var type : Command.class.getPermittedSubclasses()) all.put(type.getSimpleName(), roles(blank(type)));
    return Collections.unmodifiableSortedMap(all);
  }

  private static Command blank(Class<?> type) {
    var constructor = type.getDeclaredConstructors()[0];
    try {
      var values = Arrays.stream(constructor.getParameterTypes())
          .map(part -> part.isPrimitive() ? Array.get(Array.newInstance(part, 1), 0) : null).toArray();
      return (Command) constructor.newInstance(values);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("a command that cannot be blank: " + type, e);
    }
  }

  /** Why {@code act} is not for this person, or null. Someone else's dispute looks like none at all. */
  static @Nullable Refusal refusal(Matter matter, Act act) {
    var by = act.by();
    boolean filing = act.command() instanceof File;
    if (!filing && matter.dispute().filing() == null) return Refusal.NOT_FILED;
    if (!filing && !belongs(matter.dispute(), by)) return Refusal.NOT_FOUND;
    return roles(act.command()).contains(by.role()) ? null : Refusal.NOT_YOURS;
  }

  /** Whether this person has anything to do with the dispute: parties only with their own. */
  static boolean belongs(Dispute dispute, Actor by) {
    return by.side().map(side -> by.subject().equals(party(dispute, side))).orElse(true);
  }

  static String party(Dispute dispute, Side side) {
    return side == Side.BUYER ? dispute.about().buyer() : dispute.about().merchant();
  }

  /** Why this staff member may not judge here, or null: declared conflicts, and nobody both mediates and verifies. */
  static @Nullable Refusal conflict(Dispute dispute, Actor by) {
    boolean conflicted = by.conflicts().contains(dispute.about().buyer())
        || by.conflicts().contains(dispute.about().merchant());
    if (conflicted) return Refusal.CONFLICT_OF_INTEREST;
    boolean mediates = by.role() == MEDIATOR || by.role() == MEDIATOR_LEAD;
    if (mediates && dispute.mediation().verifiers().contains(by.subject())) return Refusal.SAME_PERSON;
    if (by.role() == VERIFIER && dispute.mediation().mediators().contains(by.subject())) return Refusal.SAME_PERSON;
    var ruling = dispute.mediation().ruling();
    boolean ruled = ruling != null && by.subject().equals(ruling.decidedBy());
    return by.role() == VERIFIER && ruled ? Refusal.SAME_PERSON : null;
  }

  private Permits() {}
}
