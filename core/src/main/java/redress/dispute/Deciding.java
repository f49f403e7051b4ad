package redress.dispute;

import static redress.dispute.Decision.no;
import static redress.dispute.Refusal.*;

import org.jspecify.annotations.Nullable;
import redress.dispute.Command.*;
import redress.dispute.Event.*;
import redress.policy.Deadline;

/** T18–T21: a decision with reasons, a second pair of eyes, appeals, and when it becomes final. */
final class Deciding {

  /** T18. Above the limit it waits for a second person. */
  static Decision decide(Matter m, Act act, Decide said) {
    var guard = Mediation.working(m, act);
    if (guard != null) return no(guard);
    var ruling = new Ruling(said.outcome(), said.terms(), said.liable(), act.by().subject(), "", said.reasons());
    var why = refusal(m, ruling);
    if (why != null) return why;
    var story = new Story(m, act.at());
    if (ruling.terms().pays() > m.rules().limits().decisionLimit()) {
      return story.add(new DecisionWaits(ruling, story.due(Deadline.DECISION_APPROVE))).told();
    }
    return story.add(new Decided(Row.DECIDE, ruling, story.due(Deadline.APPEAL_WINDOW))).told();
  }

  /** T18: by someone else than who decided. */
  static Decision approve(Matter m, Act act) {
    var waiting = waiting(m);
    if (waiting == null) return no(NO_DECISION_PENDING);
    var conflict = second(m, act, waiting);
    if (conflict != null) return no(conflict);
    if (waiting.terms().cost() > m.payment().refundable()) return no(AMOUNT_TOO_HIGH);
    var story = new Story(m, act.at());
    return story.add(new Decided(Row.DECIDE, waiting.approvedBy(act.by().subject()), story.due(Deadline.APPEAL_WINDOW)))
        .told();
  }

  /** T18: back to the mediator. */
  static Decision reject(Matter m, Act act, RejectDecision reject) {
    var waiting = waiting(m);
    if (waiting == null) return no(NO_DECISION_PENDING);
    var conflict = second(m, act, waiting);
    if (conflict != null) return no(conflict);
    var reason = Talking.text(reject.reason(), m.rules().limits().messageChars(), "reason");
    return reason != null ? reason : new Story(m, act.at()).add(new DecisionRejected(reject.reason())).told();
  }

  /** T19. */
  static Decision appeal(Matter m, Act act, Appeal appeal) {
    var guard = mayAppeal(m, act);
    if (guard != null) return no(guard);
    var text = Talking.text(appeal.text(), m.rules().limits().rationaleChars(), "text");
    if (text != null) return text;
    var story = new Story(m, act.at());
    story.add(new Appealed(Row.APPEAL, act.by().side().orElseThrow(), appeal.ground(), appeal.text()));
    return spoken(story).told();
  }

  /** T19. */
  static Decision waive(Matter m, Act act) {
    var guard = mayAppeal(m, act);
    if (guard != null) return no(guard);
    return spoken(new Story(m, act.at()).add(new AppealWaived(Row.APPEAL, act.by().side().orElseThrow()))).told();
  }

  /** T20: all appeals together, by a lead who had no part in the decision. */
  static Decision decideAppeal(Matter m, Act act, DecideAppeal said) {
    if (!(m.dispute().stage() instanceof Stage.Appealed appealed)) return no(NOT_DECIDED);
    var by = act.by().subject();
    if (by.equals(appealed.ruling().decidedBy()) || by.equals(appealed.ruling().approvedBy())) return no(SAME_PERSON);
    var conflict = Permits.conflict(m.dispute(), act.by());
    if (conflict != null) return no(conflict);
    var ruling = new Ruling(said.outcome(), said.terms(), said.liable(), by, "", said.reasons());
    var why = refusal(m, ruling);
    if (why != null) return why;
    return finish(new Story(m, act.at()).add(new AppealDecided(Row.DECIDE_APPEAL, ruling))).told();
  }

  /** T19, T21 at the end of the window. */
  static void windowOver(Story story) {
    if (story.dispute().stage() instanceof Stage.Decided decided) {
      if (decided.anyAppeal()) open(story, Row.APPEAL);
      else finish(story);
    }
  }

  /** To the leads, who decide the appeals; also where a ruling that cannot be verified goes, once. */
  static Story open(Story story, int row) {
    return story.add(new AppealOpened(row, story.due(Deadline.APPEAL_DECIDE)));
  }

  private static Story spoken(Story story) {
    if (story.dispute().stage() instanceof Stage.Decided decided && decided.bothSpoke()) {
      return decided.anyAppeal() ? open(story, Row.APPEAL) : finish(story);
    }
    return story;
  }

  /** T21: what is owed or still in flight is verified like a settlement; else it is over. */
  private static Story finish(Story story) {
    var ruling = story.dispute().mediation().ruling();
    if (ruling == null) throw new IllegalStateException("nothing was ruled");
    boolean owed = !ruling.terms().promises().isEmpty() || story.dispute().inFlight();
    return owed ? Settling.form(story, Row.FINAL, Settlement.Origin.RULING, ruling.terms())
        : Closing.close(story, Row.FINAL, ruling.outcome());
  }

  private static Decision.@Nullable No refusal(Matter m, Ruling ruling) {
    if (!ruling.reasons().isPresent()) return new Decision.No(TEXT_MISSING, "reasons");
    if (ruling.reasons().chars() > m.rules().limits().rationaleChars())
      return new Decision.No(TEXT_TOO_LONG, "reasons");
    boolean empty = ruling.terms().promises().isEmpty();
    boolean fits = switch (ruling.outcome()) {
      case DECIDED_FOR_MERCHANT -> empty;
      case DECIDED_FOR_BUYER, DECIDED_SPLIT -> !empty || m.dispute().spent() > 0;
      case SETTLED_FULFILLED, SETTLED_ENFORCED, SETTLED_WAIVED, SETTLED_LAPSED, SETTLED_UNPAID, WITHDRAWN,
          EXPIRED_BUYER_SILENT, SUPERSEDED_BY_CHARGEBACK -> false;
    };
    if (!fits) return new Decision.No(OUTCOME_MISMATCH, "outcome");
    return TermsCheck.refusal(m, ruling.terms(), true);
  }

  private static @Nullable Ruling waiting(Matter m) {
    return m.dispute().stage() instanceof Stage.Mediating now ? now.waiting() : null;
  }

  private static @Nullable Refusal second(Matter m, Act act, Ruling waiting) {
    return act.by().subject().equals(waiting.decidedBy()) ? SAME_PERSON : Permits.conflict(m.dispute(), act.by());
  }

  private static @Nullable Refusal mayAppeal(Matter m, Act act) {
    if (!(m.dispute().stage() instanceof Stage.Decided decided)) return NOT_DECIDED;
    if (!act.at().isBefore(decided.appealBy())) return NOT_DECIDED;
    var side = act.by().side().orElseThrow();
    return decided.voice(side) == Stage.Decided.Voice.SILENT ? null : ALREADY_SPOKEN;
  }

  private Deciding() {}
}
