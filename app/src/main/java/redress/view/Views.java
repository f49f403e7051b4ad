package redress.view;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;
import redress.dispute.Action;
import redress.dispute.Dispute;
import redress.dispute.Finding;
import redress.dispute.Matter;
import redress.dispute.Obligation;
import redress.dispute.Offer;
import redress.dispute.Promise;
import redress.dispute.Refund;
import redress.dispute.Rules;
import redress.dispute.Ruling;
import redress.dispute.Settlement;
import redress.dispute.Side;
import redress.dispute.Stage;
import redress.dispute.Terms;
import redress.dispute.Timer;
import redress.policy.Deadline;
import redress.verb.Verb;
import redress.verb.Verbs;
import redress.view.DisputeView.*;

/** Draws the view of a dispute for one reader; the same matter, reader and instant always give the same view. */
public final class Views {
  private final Matter matter;
  private final Dispute dispute;
  private final Reader reader;
  private final Instant now;
  private final List<Timer> timers;

  private Views(Matter matter, Reader reader, Instant now) {
    this.matter = matter;
    this.dispute = matter.dispute();
    this.reader = reader;
    this.now = now;
    this.timers = Rules.timers(matter);
  }

  /** The view of {@code matter} for {@code reader} at {@code now} (UTC). */
  public static DisputeView of(Matter matter, Reader reader, Instant now) {
    return new Views(matter, reader, now).draw();
  }

  private DisputeView draw() {
    var about = dispute.about();
    var status = dispute.status();
    var awaited = awaited();
    var closed = dispute.stage() instanceof Stage.Closed over ? over : null;
    return new DisputeView(about.id().toString(), dispute.version(), status.phase, status,
        ViewState.of(status, awaited, reader.side()), awaited, !about.live(), about.payment(), about.buyer(),
        about.merchant(), about.reason(), about.wish(), about.items().stream().sorted().toList(), about.currency(),
        amounts(), dispute.round().number(), offers(), proposal(), requests(), decision(), settlement(), refunds(),
        findings(), followUp(), closed == null ? null : closed.outcome(),
        new Late(dispute.wasOverdue(Side.BUYER), dispute.wasOverdue(Side.MERCHANT)), keyDates(), actions(), staff());
  }

  private @Nullable String awaited() {
    if (dispute.stage() instanceof Stage.Closed) return null;
    if (dispute.stage() instanceof Stage.Negotiating talking) return talking.awaited().name();
    if (timers.isEmpty()) return "PLATFORM";
    var side = timers.getFirst().side();
    return side == null ? "PLATFORM" : side.name();
  }

  private Amounts amounts() {
    var about = dispute.about();
    return new Amounts(about.minor(), matter.payment().refundable(), matter.payment().held(about.id()),
        sum(dispute, false, false), sum(dispute, true, false), sum(dispute, false, true));
  }

  private static long sum(Dispute dispute, boolean inFlight, boolean compensation) {
    long sum = 0;
    for (var refund : dispute.refunds()) {
      boolean counts = inFlight ? refund.state().isInFlight() : refund.state() == Refund.State.SUCCEEDED;
      if (counts && (inFlight || refund.compensation() == compensation)) sum += refund.minor();
    }
    return sum;
  }

  private List<OfferView> offers() {
    var open = new ArrayList<OfferView>();
    for (var side : Side.values()) {
      var offer = dispute.round().offer(side);
      if (offer != null) open.add(offer(offer));
    }
    return open;
  }

  private static OfferView offer(Offer offer) {
    return new OfferView(offer.id(), offer.by(), terms(offer.terms()), offer.expires());
  }

  public static TermsView terms(Terms terms) {
    return new TermsView(terms.remedy(), terms.pays(), terms.promises().stream().map(Views::promise).toList());
  }

  private static PromiseView promise(Promise it) {
    return new PromiseView(it.kind(), it.minor(), it.executor(), it.valueIfBroken(), it.within(), it.after());
  }

  private @Nullable ProposalView proposal() {
    if (!(dispute.stage() instanceof Stage.Proposed it)) return null;
    return new ProposalView(it.proposal(), terms(it.terms()), it.due(), it.buyerAssented(), it.merchantAssented());
  }

  private List<RequestView> requests() {
    if (!(dispute.stage() instanceof Stage.AwaitingEvidence waiting)) return List.of();
    return waiting.requests().stream().map(one -> new RequestView(one.id(), one.side(),
        one.types().stream().sorted().toList(), one.supplied().stream().sorted().toList(), waiting.due())).toList();
  }

  /** A decision is everybody's once it stands; while it waits for approval it is staff's. */
  private @Nullable RulingView decision() {
    var ruling = dispute.mediation().ruling();
    return ruling == null ? null : ruling(ruling);
  }

  private RulingView ruling(Ruling ruling) {
    return new RulingView(ruling.outcome(), terms(ruling.terms()), ruling.liable(), ruling.reasons().id(),
        dispute.mediation().appealed());
  }

  private @Nullable SettlementView settlement() {
    var settlement = dispute.settlement();
    return settlement == null ? null : settlement(settlement);
  }

  private SettlementView settlement(Settlement it) {
    var obligations = dispute.obligations().stream().map(Views::obligation).toList();
    return new SettlementView(it.number(), it.origin(), terms(it.terms()), it.termsHash(), it.t0(), it.v0(), it.a0(),
        confirmations(), obligations, ThreeChecks.of(dispute, it));
  }

  private @Nullable ConfirmationsView confirmations() {
    if (!(dispute.stage() instanceof Stage.Confirming it)) return null;
    return new ConfirmationsView(it.identity().name(), it.transaction().name(), it.statement().name(), it.due());
  }

  private static ObligationView obligation(Obligation it) {
    return new ObligationView(it.id(), it.kind(), it.kind().debtor(), it.promise().minor(),
        it.promise().valueIfBroken(), it.promise().executor(), it.after(), it.state(), it.due());
  }

  private List<RefundView> refunds() {
    var id = dispute.about().id();
    return dispute.refunds().stream().map(it -> new RefundView(it.id(), it.obligation(), it.minor(), it.executor(),
        it.state(), it.compensation(), it.enforcement(), it.arrival(), it.reference(id))).toList();
  }

  private List<FindingView> findings() {
    return dispute.findings().stream().filter(it -> reader.isStaff() || !Sight.isForStaff(it.code()))
        .map(Views::finding).toList();
  }

  private static FindingView finding(Finding it) {
    return new FindingView(it.id(), it.code().name(), it.code().severity.name(), it.obligation(), it.at(), it.state(),
        it.code().curer.name(), it.next());
  }

  private @Nullable FollowUpView followUp() {
    var it = dispute.followUp();
    return it.attempts() == 0 && it.answer() == null ? null : new FollowUpView(it.attempts(), it.answer());
  }

  private List<KeyDate> keyDates() {
    var dates = new ArrayList<KeyDate>();
    passed(dates, "filed", dispute.about().at());
    var settlement = dispute.settlement();
    if (settlement != null) {
      passed(dates, "settled", settlement.t0());
      passed(dates, "confirmed", settlement.v0());
      passed(dates, "verification.begins", settlement.a0());
    }
    if (dispute.stage() instanceof Stage.Closed closed) passed(dates, "closed", closed.at());
    for (var timer : timers) {
      if (timer.deadline() != Deadline.RETENTION || reader.isStaff()) dates.add(keyDate(timer));
    }
    return dates;
  }

  private void passed(List<KeyDate> dates, String key, @Nullable Instant at) {
    if (at != null) dates.add(new KeyDate(key, at, reader.wall(at), 0, null, !at.isAfter(now), null));
  }

  private KeyDate keyDate(Timer it) {
    return new KeyDate(it.deadline().key, it.due(), reader.wall(it.due()), it.about(), it.side(),
        !it.due().isAfter(now), silence(it.deadline()));
  }

  private Silence silence(Deadline deadline) {
    return new Silence(deadline.onExpiry, reader.pick(deadline.english, deadline.chinese));
  }

  private List<ActionView> actions() {
    var all = new ArrayList<ActionView>();
    for (var action : Rules.actions(matter, reader.actor(), now)) {
      var verb = Verbs.of(action.command());
      if (verb != null) all.add(action(action, verb));
    }
    return all;
  }

  private ActionView action(Action it, Verb verb) {
    return new ActionView(it.command(), "POST", verb.href(dispute.about().id().toString(), it.about()), it.about(),
        Views.fields(it, verb), it.due(), it.onExpiry() == null ? null : silence(it.onExpiry()));
  }

  /** What the API takes, with what the rules say of it: whether it must be there, and its bound. */
  private static List<FieldView> fields(Action action, Verb verb) {
    var said = new HashMap<String, Action.Field>();
    for (var field : action.fields()) said.put(field.name().equals("minor") ? "amount" : field.name(), field);
    var all = new ArrayList<FieldView>();
    for (var field : verb.fields().values()) {
      var rule = said.get(field.name());
      if (action.command().equals("Assign")) continue;
      boolean needed = field.required() || (rule != null && rule.required());
      all.add(new FieldView(field.name(), needed, rule == null || rule.max() == 0 ? field.max() : rule.max()));
    }
    return all;
  }

  private @Nullable Staff staff() {
    if (!reader.isStaff()) return null;
    var mediation = dispute.mediation();
    var waiting = dispute.stage() instanceof Stage.Mediating it ? it.approveBy() : null;
    return new Staff(mediation.mediator(), mediation.verifier(),
        mediation.ruling() == null ? null : mediation.ruling().decidedBy(), waiting == null ? null : waiting.toString(),
        dispute.tally().exceptions(), dispute.tally().reopenings(),
        timers.stream().map(it -> it.deadline().key + " " + it.due()).toList());
  }
}
