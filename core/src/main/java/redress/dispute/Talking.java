package redress.dispute;

import static redress.dispute.Decision.no;
import static redress.dispute.Decision.yes;
import static redress.dispute.Refusal.*;

import org.jspecify.annotations.Nullable;
import redress.dispute.Command.*;
import redress.dispute.Event.*;

/** Filing, and all that is said beside the way: messages, evidence, questions, feedback, notes. */
final class Talking {

  /** T1. The payment is known, captured not too long ago, nothing else is open about these items, and money is left. */
  static Decision file(Matter m, Act act, File file) {
    var f = file.filing();
    var payment = m.payment();
    if (m.dispute().filing() != null) return no(ALREADY_FILED);
    if (act.by().side().isPresent() && !act.by().subject().equals(f.buyer())) return no(NOT_YOURS);
    boolean same = f.payment().equals(payment.id()) && f.buyer().equals(payment.payer())
        && f.merchant().equals(payment.merchant()) && f.currency().equals(payment.currency());
    if (!same) return no(PAYMENT_MISMATCH, "payment");
    if (f.reason() == Reason.UNAUTHORISED) return no(FRAUD_IS_ELSEWHERE, "reason");
    if (act.at().isAfter(m.rules().due(redress.policy.Deadline.FILING_WINDOW, payment.capturedAt()))) {
      return no(FILING_WINDOW_OVER, "payment");
    }
    if (!payment.items().containsAll(f.items())) return no(ITEMS_UNKNOWN, "items");
    if (payment.isDisputed(f.id(), f.items())) return no(ITEMS_DISPUTED, "items");
    if (f.minor() <= 0) return no(AMOUNT_MISSING, "amount");
    if (f.minor() > payment.refundable()) return no(AMOUNT_TOO_HIGH, "amount");
    var text = text(f.description(), m.rules().limits().messageChars(), "description");
    return text != null ? text : filed(m, act, f);
  }

  private static Decision filed(Matter m, Act act, Filing f) {
    var filing =
        new Filing(f.id(), f.payment(), f.buyer(), f.merchant(), f.currency(), f.minor(), f.items(), f.reason(),
            f.wish(), f.description(), act.at(), m.rules().version(), f.buyerZone(), m.payment().live());
    var story = new Story(m, act.at());
    story.add(new Filed(Row.FILE, filing, story.due(redress.policy.Deadline.MERCHANT_REPLY),
        story.due(redress.policy.Deadline.NEGOTIATION_TOTAL), story.due(redress.policy.Deadline.MERCHANT_FIRST_REPLY)));
    long hold = Math.clamp(m.payment().available(), 0, f.minor());
    return story.add(new HoldPlaced(hold, f.minor() - hold)).told();
  }

  /** A plain message is no answer and moves no clock; the merchant's first one counts as its first reply. */
  static Decision message(Matter m, Act act, SendMessage said) {
    if (isClosed(m)) return no(CLOSED);
    if (said.attachments().size() > m.rules().limits().attachments()) return no(TOO_MANY_ATTACHMENTS, "attachments");
    var text = text(said.text(), m.rules().limits().messageChars(), "text");
    if (text != null) return text;
    var story = new Story(m, act.at()).add(new MessageSent(said.text(), said.attachments()));
    firstReply(story, act);
    return story.told();
  }

  /** Notes the merchant's first sign of life, where one is still waited for. */
  static void firstReply(Story story, Act act) {
    boolean merchant = act.by().side().filter(side -> side == Side.MERCHANT).isPresent();
    if (merchant && story.dispute().round().firstReplyDue() != null) story.add(new FirstReplyGiven());
  }

  /**
   * T2, T14. Evidence is an answer when its giver is awaited and no offer waits for a reply; it fills what was asked
   * for.
   */
  static Decision evidence(Matter m, Act act, SubmitEvidence given) {
    var limits = m.rules().limits();
    if (isClosed(m)) return no(CLOSED);
    if (!given.sha256().matches("[0-9a-f]{64}")) return no(HASH_MALFORMED, "sha256");
    if (given.text().chars() > limits.rationaleChars()) return no(TEXT_TOO_LONG, "text");
    if (m.dispute().tally().evidence() >= limits.evidencePieces()) return no(TOO_MUCH_EVIDENCE);
    var side = act.by().side().orElse(null);
    if (given.request() != 0 && !Mediation.asks(m, side, given)) return no(NO_SUCH_REQUEST, "request");
    var story = new Story(m, act.at());
    story.add(new EvidenceSubmitted(m.dispute().tally().evidence() + 1, given.evidenceType(), side, given.sha256(),
        given.text(), given.visibility(), given.upload(), given.request()));
    if (side == null) return story.told();
    // What the other side cannot see is no sign of life to it either.
    if (given.visibility() == Visibility.PARTIES) firstReply(story, act);
    answered(story, side, given);
    return story.told();
  }

  /** What the other side cannot see is no answer to it, and what the mediator cannot see does not supply him. */
  private static void answered(Story story, Side side, SubmitEvidence given) {
    switch (story.dispute().stage()) {
      case Stage.Negotiating n when given.visibility() == Visibility.PARTIES && n.awaited() == side
          && story.dispute().round().offer(side.other()) == null -> Negotiation.pass(story, Row.ANSWER, side.other());
      case Stage.AwaitingEvidence a when given.visibility() != Visibility.GIVER ->
          Mediation.supply(story, a, side, given.evidenceType());
      case Stage _ -> {}
    }
  }

  static Decision ask(Matter m, AskSupport asked) {
    var text = text(asked.text(), m.rules().limits().messageChars(), "text");
    return text != null ? text : yes(new SupportAsked(m.dispute().tally().questions() + 1, asked.text()));
  }

  static Decision answer(Matter m, AnswerSupport answer) {
    if (answer.question() < 1 || answer.question() > m.dispute().tally().questions())
      return no(NO_SUCH_QUESTION, "question");
    var text = text(answer.text(), m.rules().limits().messageChars(), "text");
    return text != null ? text : yes(new SupportAnswered(answer.question(), answer.text()));
  }

  static Decision feedback(Matter m, GiveFeedback given) {
    boolean rated = given.kind() == Feedback.RATING;
    boolean fits = rated ? given.rating() >= 1 && given.rating() <= 5 : given.rating() == 0;
    if (!fits) return no(RATING_OUT_OF_RANGE, "rating");
    if (given.text().chars() > m.rules().limits().messageChars()) return no(TEXT_TOO_LONG, "text");
    if (!rated && !given.text().isPresent()) return no(TEXT_MISSING, "text");
    return yes(new FeedbackGiven(m.dispute().tally().feedback() + 1, given.kind(), given.rating(), given.text()));
  }

  static Decision answer(Matter m, AnswerFeedback answer) {
    if (answer.feedback() < 1 || answer.feedback() > m.dispute().tally().feedback())
      return no(NO_SUCH_QUESTION, "feedback");
    var text = text(answer.text(), m.rules().limits().messageChars(), "text");
    return text != null ? text : yes(new FeedbackAnswered(answer.feedback(), answer.text()));
  }

  static Decision note(Matter m, AddNote note) {
    var text = text(note.text(), m.rules().limits().messageChars(), "text");
    return text != null ? text : yes(new NoteAdded(note.text()));
  }

  static Decision tag(Tag tag) {
    return tag.tag().matches("[\\p{L}\\p{N}-]{1,32}") ? yes(new Tagged(tag.tag())) : no(TAG_MALFORMED, "tag");
  }

  static Decision reveal(Matter m, RevealPersonalData reveal) {
    var text = text(reveal.reason(), m.rules().limits().messageChars(), "reason");
    return text != null ? text : yes(new PersonalDataRevealed(reveal.of(), reveal.reason()));
  }

  /** Why this text will not do, or null. */
  static @Nullable Decision text(Words words, int most, String field) {
    if (!words.isPresent()) return no(TEXT_MISSING, field);
    return words.chars() > most ? no(TEXT_TOO_LONG, field) : null;
  }

  static boolean isClosed(Matter m) {
    return m.dispute().stage() instanceof Stage.Closed;
  }

  private Talking() {}
}
