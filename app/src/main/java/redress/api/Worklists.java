package redress.api;

import java.time.Clock;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import redress.dispute.Reason;
import redress.dispute.Status;
import redress.door.Fault;
import redress.policy.Deadline;
import redress.policy.Role;
import redress.store.RuleSets;
import redress.store.Worklist;
import redress.store.Worklist.Line;
import redress.store.Worklist.Pile;
import redress.store.Worklist.Risk;
import redress.store.Worklist.Whose;
import redress.view.DisputeView;
import redress.view.Reader;
import redress.view.Seats;
import redress.view.Views;

/** The piles of work of the platform's people, each for those whose work it is. */
public final class Worklists {
  private static final Set<Pile> MEDIATORS = EnumSet.of(Pile.UNASSIGNED, Pile.MINE);
  private static final Set<Pile> LEADS =
      EnumSet.of(Pile.UNASSIGNED, Pile.MINE, Pile.APPROVALS, Pile.APPEALS, Pile.MEDIATION);
  private static final Set<Pile> VERIFIERS = EnumSet.of(Pile.EXCEPTIONS, Pile.CONFIRMATIONS, Pile.DAY_1, Pile.DAY_2,
      Pile.DAY_3, Pile.PERFORMING);
  private static final Set<Pile> PAYERS = EnumSet.of(Pile.PAYOUTS);

  private final Worklist worklist;
  private final RuleSets rules;
  private final Seats seats;
  private final Answers answers;
  private final Clock clock;

  public Worklists(Worklist worklist, RuleSets rules, Seats seats, Answers answers, Clock clock) {
    this.worklist = worklist;
    this.rules = rules;
    this.seats = seats;
    this.answers = answers;
    this.clock = clock;
  }

  /** A page of a pile, and how much lies in all the reader's piles; {@code next}: how many to skip, null at the end. */
  public record PileView(Pile pile, List<LineView> items, Map<Pile, Integer> counts, @Nullable Integer next) {}

  /** One dispute of a pile; amounts are minor units, {@code due} is its next deadline, which {@code silence} ends. */
  public record LineView(String id, Status status, Reason reason, String merchant, String mediator, long amount,
      String currency, @Nullable Instant due, @Nullable String silence, Instant since, Risk risk, List<String> tags) {}

  /** The piles of mediation this reader works on. Turns away whom none of them concerns. */
  public static Set<Pile> queue(Reader reader) {
    return switch (reader.caller().role()) {
      case MEDIATOR -> MEDIATORS;
      case MEDIATOR_LEAD, AUDITOR -> LEADS;
      case PLATFORM, BUYER, MERCHANT_OWNER, MERCHANT_AGENT, MERCHANT_VIEWER, VERIFIER, FINANCE, SUPPORT, ADMIN,
          SYSTEM ->
          throw Fault.ROLE_MISSING.away();
    };
  }

  /** The piles of verification, problems first. Turns away whom they do not concern. */
  public static Set<Pile> board(Reader reader) {
    reader.caller().mustBe(Role.VERIFIER, Role.MEDIATOR_LEAD, Role.AUDITOR);
    return VERIFIERS;
  }

  /** Payments that wait for a second person. Turns away whom they do not concern. */
  public static Set<Pile> payouts(Reader reader) {
    reader.caller().mustBe(Role.FINANCE, Role.AUDITOR);
    return PAYERS;
  }

  /** At most {@code limit} of one of these piles after the first {@code skip}. Turns away any other pile. */
  public PileView list(Reader reader, Set<Pile> piles, Pile pile, int skip, int limit) {
    if (!piles.contains(pile)) throw Fault.ROLE_MISSING.away();
    var whose = new Whose(reader.caller().live(), reader.caller().subject());
    var now = clock.instant();
    long large = rules.inForce(now).limits().decisionLimit();
    var found = worklist.list(pile, whose, now, large, skip, limit + 1);
    var shown = found.subList(0, Math.min(limit, found.size()));
    return new PileView(pile, shown.stream().map(it -> view(it, reader)).toList(), worklist.count(piles, whose),
        found.size() <= limit ? null : skip + limit);
  }

  /** How much lies in each of these piles. */
  public Map<Pile, Integer> counts(Reader reader, Set<Pile> piles) {
    return worklist.count(piles, new Whose(reader.caller().live(), reader.caller().subject()));
  }

  /** The dispute of a line as this reader sees it now. */
  public DisputeView whole(Reader reader, LineView line) {
    var at = seats.at(reader, line.id());
    return Views.of(answers.matter(at.id()), reader, seats.now(at.place()));
  }

  private static LineView view(Line it, Reader reader) {
    var deadline = it.deadline() == null ? null : Deadline.valueOf(it.deadline());
    return new LineView(it.id().toString(), Status.valueOf(it.status()), Reason.valueOf(it.reason()), it.merchant(),
        it.mediator(), it.minor(), it.currency(), it.due(),
        deadline == null ? null : reader.pick(deadline.english, deadline.chinese), it.since(), it.risk(), it.tags());
  }
}
