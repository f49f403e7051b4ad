package redress.dispute;

import static redress.dispute.Decision.no;
import static redress.dispute.Refusal.*;

import org.jspecify.annotations.Nullable;
import redress.dispute.Command.*;
import redress.dispute.Dispute.Round;
import redress.dispute.Event.*;
import redress.policy.Deadline;

/** T2–T11: two sides talk, offer, accept, decline, and what silence does. */
final class Negotiation {

  /** T3. */
  static Decision offer(Matter m, Act act, MakeOffer said) {
    var side = act.by().side().orElseThrow();
    var round = m.dispute().round();
    var limits = m.rules().limits();
    if (!m.dispute().status().isNegotiating()) return no(NOT_NEGOTIATING);
    if (round.offer(side) != null) return no(OFFER_STANDS);
    if (round.made(side) >= limits.offersPerSide()) return no(TOO_MANY_OFFERS);
    if (said.text().chars() > limits.messageChars()) return no(TEXT_TOO_LONG, "text");
    var valid = said.validFor() == null ? m.rules().length(Deadline.OFFER_VALIDITY) : said.validFor();
    if (valid.compareTo(m.rules().offerMin()) < 0 || valid.compareTo(m.rules().offerMax()) > 0) {
      return no(DURATION_OUT_OF_RANGE, "validFor");
    }
    var terms = TermsCheck.refusal(m, said.terms(), false);
    if (terms != null) return terms;
    if (side == Side.MERCHANT && said.terms().pays() > act.by().limit()) return no(ABOVE_YOUR_LIMIT, "amount");
    var story = new Story(m, act.at());
    var other = round.offer(side.other());
    if (other != null) story.add(new OfferEnded(0, other.id(), other.by(), Offer.State.COUNTERED, Words.NONE));
    var offer = new Offer(m.dispute().tally().offers() + 1, side, said.terms(), act.at().plus(valid));
    story.add(new OfferMade(Row.OFFER, offer, said.text()));
    Talking.firstReply(story, act);
    return await(story, Row.OFFER, side.other()).told();
  }

  /** T5. */
  static Decision accept(Matter m, Act act, AcceptOffer accept) {
    var side = act.by().side().orElseThrow();
    var offer = open(m, accept.offer());
    if (offer == null || !act.at().isBefore(offer.expires())) return no(NO_SUCH_OFFER, "offer");
    if (offer.by() == side) return no(OWN_OFFER, "offer");
    if (offer.terms().cost() > m.payment().refundable()) return no(AMOUNT_TOO_HIGH, "offer");
    if (side == Side.MERCHANT && offer.terms().pays() > act.by().limit()) return no(ABOVE_YOUR_LIMIT, "offer");
    var story = new Story(m, act.at());
    story.add(new OfferEnded(0, offer.id(), offer.by(), Offer.State.ACCEPTED, Words.NONE));
    Talking.firstReply(story, act);
    return Settling.form(story, Row.ACCEPT, Settlement.Origin.OFFER, offer.terms()).told();
  }

  /** T4: the author is awaited. */
  static Decision decline(Matter m, Act act, DeclineOffer decline) {
    var offer = open(m, decline.offer());
    if (offer == null) return no(NO_SUCH_OFFER, "offer");
    if (offer.by() == act.by().side().orElseThrow()) return no(OWN_OFFER, "offer");
    var reason = Talking.text(decline.reason(), m.rules().limits().messageChars(), "reason");
    if (reason != null) return reason;
    var story = new Story(m, act.at());
    story.add(new OfferEnded(Row.OFFER_END, offer.id(), offer.by(), Offer.State.DECLINED, decline.reason()));
    Talking.firstReply(story, act);
    return await(story, Row.OFFER_END, offer.by()).told();
  }

  /** T4: the author is awaited. */
  static Decision withdrawOffer(Matter m, Act act, WithdrawOffer withdraw) {
    var offer = open(m, withdraw.offer());
    if (offer == null) return no(NO_SUCH_OFFER, "offer");
    if (offer.by() != act.by().side().orElseThrow()) return no(NOT_YOURS, "offer");
    var story = new Story(m, act.at());
    story.add(new OfferEnded(Row.OFFER_END, offer.id(), offer.by(), Offer.State.WITHDRAWN, Words.NONE));
    return await(story, Row.OFFER_END, offer.by()).told();
  }

  /** T6. After the last reopening it counts as a ruling: it cannot be negotiated again. */
  static Decision refundNow(Matter m, Act act, RefundNow refund) {
    var status = m.dispute().status();
    if (!status.isNegotiating() && !status.isBeforeDecision()) return no(NOT_NEGOTIATING);
    long owed = m.dispute().about().minor() - m.dispute().spent();
    if (owed <= 0) return no(NOTHING_LEFT);
    if (owed > m.payment().refundable()) return no(AMOUNT_TOO_HIGH);
    if (owed > act.by().limit()) return no(ABOVE_YOUR_LIMIT);
    var story = supersede(new Story(m, act.at()));
    Talking.firstReply(story, act);
    Mediation.drop(story);
    boolean last = m.dispute().tally().reopenings() >= m.rules().limits().reopenings() && status.isBeforeDecision();
    var origin = last ? Settlement.Origin.RULING : Settlement.Origin.REFUND_NOW;
    var terms = Terms.of(Remedy.FULL_REFUND, owed, 0, refund.executor(), 0);
    return Settling.form(story, Row.REFUND_NOW, origin, terms).told();
  }

  /** T7. */
  static Decision escalate(Matter m, Act act, Escalate said) {
    if (!(m.dispute().stage() instanceof Stage.Negotiating n)) return no(NOT_NEGOTIATING);
    var side = act.by().side().orElseThrow();
    boolean late = m.dispute().wasOverdue(side.other()) || (n.awaited() != side && act.at().isAfter(n.replyDue()));
    boolean old = !act.at().isBefore(m.dispute().about().at().plus(m.rules().escalateAfter()));
    if (!late && !old && !m.dispute().round().declined(side)) return no(TOO_EARLY_TO_ESCALATE);
    if (said.reason().chars() > m.rules().limits().messageChars()) return no(TEXT_TOO_LONG, "reason");
    return Mediation.queue(supersede(new Story(m, act.at())), Row.ESCALATE, said.reason()).told();
  }

  /** T11: what was paid stays paid. */
  static Decision withdraw(Matter m, Act act) {
    var status = m.dispute().status();
    if (!status.isNegotiating() && !status.isBeforeDecision()) return no(NOT_NEGOTIATING);
    if (m.dispute().inFlight()) return no(MONEY_IN_FLIGHT);
    var story = supersede(new Story(m, act.at()));
    Mediation.drop(story);
    return Closing.close(story, Row.WITHDRAW, Outcome.WITHDRAWN).told();
  }

  /** T8. */
  static void merchantSilent(Story story) {
    story.add(new Overdue(Side.MERCHANT, Deadline.MERCHANT_REPLY));
    Mediation.queue(supersede(story), Row.MERCHANT_SILENT, Words.NONE);
  }

  /** T9: nobody loses by a silence whose reminders never reached him, or while money is on its way. */
  static void buyerSilent(Story story, Stage.Negotiating stage) {
    if (story.dispute().inFlight() || !stage.reminded()) {
      Mediation.queue(supersede(story), Row.BUYER_SILENT, Words.NONE);
      return;
    }
    story.add(new Overdue(Side.BUYER, Deadline.BUYER_REPLY));
    Closing.close(supersede(story), Row.BUYER_SILENT, Outcome.EXPIRED_BUYER_SILENT);
  }

  /** T10. */
  static void talksOver(Story story) {
    Mediation.queue(supersede(story), Row.TALKS_OVER, Words.NONE);
  }

  /** T4: who is awaited stays. */
  static void offerExpired(Story story, int id) {
    var offer = open(story.now(), id);
    if (offer != null) {
      story.add(new OfferEnded(Row.OFFER_END, id, offer.by(), Offer.State.EXPIRED, Words.NONE));
    }
  }

  /** A new round: the merchant is awaited, negotiation.total starts again. */
  static Story round(Story story, int row, boolean counts) {
    return story.add(new RoundStarted(row, story.dispute().round().number() + 1, counts,
        story.due(Deadline.MERCHANT_REPLY), story.due(Deadline.NEGOTIATION_TOTAL)));
  }

  /** Whoever was awaited, now it is {@code side}, with a full reply time. */
  static void pass(Story story, int row, Side side) {
    var key = side == Side.MERCHANT ? Deadline.MERCHANT_REPLY : Deadline.BUYER_REPLY;
    story.add(new TurnPassed(row, side, story.due(key)));
  }

  /** {@code side} is awaited; its clock is not restarted when it runs already. */
  private static Story await(Story story, int row, Side side) {
    if (story.dispute().stage() instanceof Stage.Negotiating n && n.awaited() != side) pass(story, row, side);
    return story;
  }

  /** Offers end when negotiation ends otherwise. */
  static Story supersede(Story story) {
    for (var side : Side.values()) {
      var offer = story.dispute().round().offer(side);
      if (offer != null) story.add(new OfferEnded(0, offer.id(), side, Offer.State.SUPERSEDED, Words.NONE));
    }
    return story;
  }

  private static @Nullable Offer open(Matter m, int id) {
    Round round = m.dispute().round();
    for (var side : Side.values()) {
      var offer = round.offer(side);
      if (offer != null && offer.id() == id) return offer;
    }
    return null;
  }

  private Negotiation() {}
}
