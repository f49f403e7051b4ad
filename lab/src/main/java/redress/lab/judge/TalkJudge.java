package redress.lab.judge;

import static redress.policy.Role.*;

import redress.dispute.Event;
import redress.dispute.Obligation;
import redress.dispute.Offer;
import redress.dispute.Settlement;
import redress.dispute.Side;
import redress.dispute.Terms;
import redress.policy.Limits;

/**
 * Judges negotiation, mediation and how a settlement comes about: offers, assent, terms, and how often things happen.
 */
final class TalkJudge {
  private final Limits limits;

  TalkJudge(Limits limits) {
    this.limits = limits;
  }

  void saw(Moment m, Event event) {
    var shadow = m.shadow();
    switch (event) {
      case Event.Filed e -> shadow.filing = e.filing();
      case Event.OfferMade e -> offered(m, e.offer());
      case Event.OfferEnded e -> ended(m, e);
      case Event.RoundStarted e -> {
        shadow.round(e.counts());
        count(m, shadow.reopenings, limits.reopenings(), e);
        if (e.row() == 17) count(m, ++shadow.returned, 1, e);
        if (e.row() == 35) reopened(m, e);
      }
      case Event.MediationQueued e -> {
        if (e.counts()) shadow.reopenings++;
        count(m, shadow.reopenings, limits.reopenings(), e);
      }
      case Event.EvidenceRequested e -> count(m, ++shadow.requests, limits.evidenceRequests(), e);
      case Event.SettlementProposed e -> {
        count(m, ++shadow.proposed, limits.proposals(), e);
        shadow.proposals.put(e.id(), e.terms());
        shadow.assented.clear();
      }
      case Event.ProposalAssented e -> shadow.assented.add(e.side());
      case Event.SettlementFormed e -> formed(m, e);
      case Event.ObligationMoved e -> obligation(m, e);
      default -> {}
    }
  }

  private static void count(Moment m, int times, int most, Event event) {
    m.require(times <= most, Invariant.COUNTED, () -> times + " times, " + most + " are allowed: " + event);
  }

  private static void reopened(Moment m, Event event) {
    var shadow = m.shadow();
    count(m, ++shadow.reopenedAfterClose, 1, event);
    m.require(!m.at().isAfter(shadow.reopenBy), Invariant.DEADLINE_PROMISED, () -> "reopened after " + shadow.reopenBy);
    m.require(shadow.ruling == null, Invariant.COUNTED, "a ruling was reopened");
  }

  private void offered(Moment m, Offer offer) {
    var shadow = m.shadow();
    m.require(!shadow.open.containsKey(offer.by()), Invariant.ONE_OPEN_OFFER, () -> shadow.open + " and " + offer);
    shadow.open.put(offer.by(), offer);
    count(m, shadow.offers.merge(offer.by(), 1, Integer::sum), limits.offersPerSide(),
        new Event.OfferMade(3, offer, NO_WORDS));
  }

  private static final redress.dispute.Words NO_WORDS = redress.dispute.Words.NONE;

  private static void ended(Moment m, Event.OfferEnded e) {
    var open = m.shadow().open.get(e.by());
    m.require(open != null && open.id() == e.offer(), Invariant.ONE_OPEN_OFFER, () -> e + " but open is " + open);
    if (e.state() == Offer.State.ACCEPTED && open != null) m.shadow().accepted = open;
    else m.shadow().open.remove(e.by());
    if (e.state() == Offer.State.EXPIRED && open != null) {
      m.require(!m.at().isBefore(open.expires()), Invariant.DEADLINE_EARLY,
          () -> e + " though it stands until " + open.expires());
    }
    if (e.state() == Offer.State.ACCEPTED) m.shadow().open.remove(e.by());
  }

  private static void formed(Moment m, Event.SettlementFormed e) {
    var shadow = m.shadow();
    var settlement = e.settlement();
    m.require(terms(m, settlement).equals(settlement.terms()), Invariant.ASSENT,
        () -> "nobody agreed to " + settlement);
    m.require(assent(m, settlement), Invariant.ASSENT,
        () -> m.by().role() + " alone formed " + settlement + " by " + settlement.origin());
    m.require(settlement.t0().equals(m.at()), Invariant.ASSENT, () -> "T0 is " + settlement.t0());
    shadow.settlement = settlement;
    shadow.accepted = null;
    shadow.current.clear();
    m.require(e.obligations().size() == settlement.terms().promises().size(), Invariant.TERMS_NEVER_CHANGE,
        e.obligations());
    for (int i = 0; i < e.obligations().size(); i++) {
      var obligation = e.obligations().get(i);
      m.require(obligation.promise().equals(settlement.terms().promises().get(i)), Invariant.TERMS_NEVER_CHANGE,
          obligation);
      m.require(shadow.promises.put(obligation.id(), obligation) == null, Invariant.TERMS_NEVER_CHANGE, obligation);
      shadow.current.add(obligation.id());
    }
  }

  private static Terms terms(Moment m, Settlement settlement) {
    var shadow = m.shadow();
    var accepted = shadow.accepted;
    var ruling = shadow.ruling;
    return switch (settlement.origin()) {
      case OFFER -> accepted == null ? NOTHING : accepted.terms();
      case PROPOSAL -> shadow.proposals.getOrDefault(shadow.proposals.size(), NOTHING);
      case REFUND_NOW -> settlement.terms();
      case RULING -> ruling == null ? settlement.terms() : ruling.terms();
    };
  }

  private static final Terms NOTHING = new Terms(redress.dispute.Remedy.EXPLANATION_ONLY, java.util.List.of());

  private static boolean assent(Moment m, Settlement settlement) {
    var shadow = m.shadow();
    var side = m.by().side().orElse(null);
    var accepted = shadow.accepted;
    return switch (settlement.origin()) {
      case OFFER ->
          side != null && accepted != null && accepted.by() == side.other() && !m.at().isAfter(accepted.expires());
      case PROPOSAL -> shadow.assented.contains(Side.BUYER) && shadow.assented.contains(Side.MERCHANT);
      case REFUND_NOW -> side == Side.MERCHANT;
      case RULING -> true;
    };
  }

  private static void obligation(Moment m, Event.ObligationMoved e) {
    var known = m.shadow().promises.get(e.obligation());
    m.require(known != null, Invariant.TERMS_NEVER_CHANGE, () -> e + " is about no promise");
    if (known == null) return;
    var reference = e.reference().isPresent() ? e.reference() : known.reference();
    m.shadow().promises.put(known.id(),
        new Obligation(known.id(), known.promise(), known.after(), e.state(), e.due(), reference));
    if (e.state() == Obligation.State.VERIFIED) m.shadow().proved.put(known.id(), m.at());
    // Who does without the item has nothing to acknowledge either.
    boolean nothing = known.kind() == Obligation.Kind.ACKNOWLEDGE_RETURN;
    if (e.state() != Obligation.State.WAIVED_BY_CREDITOR || nothing) return;
    boolean creditor = m.by().side().isPresent() && m.by().side().get() == known.kind().debtor().other();
    m.require(creditor, Invariant.ROLE_MAY, () -> m.by().role() + " waived " + known);
  }
}
