package redress.dispute;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import redress.dispute.Dispute.Mediation;
import redress.dispute.Dispute.Round;
import redress.dispute.Dispute.Tally;

/** A dispute being changed by one event; never seen outside of {@link Evolution}. */
final class Draft {
  int version;
  Instant lastAt;
  @Nullable Filing filing;
  Stage stage;
  Round round;
  @Nullable Instant queuedAt;
  String mediator;
  int requestRounds;
  int proposalRounds;
  boolean returned;
  @Nullable Ruling ruling;
  boolean appealed;
  String verifier;
  Set<String> mediators;
  Set<String> verifiers;
  @Nullable Instant firstActionDue;
  @Nullable Instant targetDue;
  @Nullable Instant maxDue;
  @Nullable Settlement settlement;
  List<Obligation> obligations;
  List<Refund> refunds;
  List<Finding> findings;
  FollowUp followUp;
  int offers;
  int proposals;
  int requests;
  int evidence;
  int questions;
  int feedback;
  int reopenings;
  boolean reopenedAfterClose;
  int exceptions;
  int reversalsAfterClose;
  boolean buyerLate;
  boolean merchantLate;
  boolean chargedBack;
  long deposit;
  long fund;
  int settlements;

  @SuppressWarnings("NullAway.Init") // read() sets the rest
  Draft(Dispute d, Instant at) {
    version = d.version() + 1;
    lastAt = at;
    filing = d.filing();
    stage = d.stage();
    round = d.round();
    read(d.mediation());
    settlement = d.settlement();
    obligations = d.obligations();
    refunds = d.refunds();
    findings = d.findings();
    followUp = d.followUp();
    read(d.tally());
  }

  private void read(Mediation m) {
    queuedAt = m.queuedAt();
    mediator = m.mediator();
    requestRounds = m.requests();
    proposalRounds = m.proposals();
    returned = m.returned();
    ruling = m.ruling();
    appealed = m.appealed();
    verifier = m.verifier();
    mediators = m.mediators();
    verifiers = m.verifiers();
    firstActionDue = m.firstActionDue();
    targetDue = m.targetDue();
    maxDue = m.maxDue();
  }

  private void read(Tally t) {
    offers = t.offers();
    proposals = t.proposals();
    requests = t.requests();
    evidence = t.evidence();
    questions = t.questions();
    feedback = t.feedback();
    reopenings = t.reopenings();
    reopenedAfterClose = t.reopenedAfterClose();
    exceptions = t.exceptions();
    reversalsAfterClose = t.reversalsAfterClose();
    buyerLate = t.buyerLate();
    merchantLate = t.merchantLate();
    chargedBack = t.chargedBack();
    deposit = t.deposit();
    fund = t.fund();
    settlements = t.settlements();
  }

  Dispute done() {
    var mediation =
        new Mediation(queuedAt, mediator, requestRounds, proposalRounds, returned, ruling, appealed, verifier,
            firstActionDue, targetDue, maxDue,
            mediators, verifiers);
    var tally = new Tally(offers, proposals, requests, evidence, questions, feedback, reopenings, reopenedAfterClose,
        exceptions, reversalsAfterClose, buyerLate, merchantLate, chargedBack, deposit, fund, settlements);
    return new Dispute(version, lastAt, filing, stage, round, mediation, settlement, obligations, refunds, findings,
        followUp, tally);
  }

  /** What was agreed or ruled is over: promises, problems and the follow-up end with it; what was paid stays paid. */
  void unsettle() {
    settlement = null;
    obligations = List.of();
    followUp = FollowUp.NONE;
    supersedeFindings();
  }

  void supersedeFindings() {
    findings = findings.stream().map(f -> f.state().isOpen() ? f.in(Finding.State.SUPERSEDED, null) : f).toList();
  }

  void noOffers() {
    round = new Round(round.number(), round.startedAt(), round.totalDue(), null, null, round.buyerOffers(),
        round.merchantOffers(), round.buyerDeclined(), round.merchantDeclined(), round.firstReplyDue());
  }

  void firstReply(@Nullable Instant due) {
    round = new Round(round.number(), round.startedAt(), round.totalDue(), round.buyerOffer(), round.merchantOffer(),
        round.buyerOffers(), round.merchantOffers(), round.buyerDeclined(), round.merchantDeclined(), due);
  }

  void offered(Offer offer) {
    boolean buyer = offer.by() == Side.BUYER;
    round = new Round(round.number(), round.startedAt(), round.totalDue(), buyer ? offer : round.buyerOffer(),
        buyer ? round.merchantOffer() : offer, round.buyerOffers() + (buyer ? 1 : 0),
        round.merchantOffers() + (buyer ? 0 : 1), round.buyerDeclined(), round.merchantDeclined(),
        round.firstReplyDue());
    offers = offer.id();
  }

  void offerEnded(Side by, boolean declined) {
    boolean buyer = by == Side.BUYER;
    round = new Round(round.number(), round.startedAt(), round.totalDue(), buyer ? null : round.buyerOffer(),
        buyer ? round.merchantOffer() : null, round.buyerOffers(), round.merchantOffers(),
        round.buyerDeclined() || (buyer && declined), round.merchantDeclined() || (!buyer && declined),
        round.firstReplyDue());
  }

  void obligation(int id, UnaryOperator<Obligation> change) {
    obligations = obligations.stream().map(o -> o.id() == id ? change.apply(o) : o).toList();
  }

  void refund(Refund next) {
    refunds = refunds.stream().map(r -> r.id() == next.id() ? next : r).toList();
  }

  void late(Side side) {
    if (side == Side.BUYER) buyerLate = true;
    else merchantLate = true;
  }

  void finding(int id, UnaryOperator<Finding> change) {
    findings = findings.stream().map(f -> f.id() == id ? change.apply(f) : f).toList();
  }

  static Set<String> and(Set<String> people, String one) {
    var all = new HashSet<>(people);
    all.add(one);
    return all;
  }

  static <T> List<T> and(List<T> list, T more) {
    var all = new ArrayList<T>(list.size() + 1);
    all.addAll(list);
    all.add(more);
    return all;
  }
}
