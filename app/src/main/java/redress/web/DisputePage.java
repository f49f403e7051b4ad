package redress.web;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import redress.api.Readings.EvidenceView;
import redress.api.Readings.MoneyView;
import redress.api.Readings.MovementView;
import redress.check.FindingCode;
import redress.dispute.Checklist;
import redress.dispute.Command.Condition;
import redress.dispute.EvidenceType;
import redress.dispute.Obligation;
import redress.dispute.Remedy;
import redress.dispute.Side;
import redress.dispute.Status;
import redress.dispute.Status.Phase;
import redress.door.Problem;
import redress.money.Account;
import redress.policy.Role;
import redress.view.DisputeView;
import redress.view.DisputeView.ActionView;
import redress.view.DisputeView.FindingView;
import redress.view.DisputeView.KeyDate;
import redress.view.DisputeView.ObligationView;
import redress.view.DisputeView.RequestView;
import redress.view.DisputeView.TermsView;
import redress.view.ViewState;

/** What one reader sees of one dispute, ready to be drawn: everything a template asks for by name. */
public record DisputePage(Frame frame, DisputeView view, @Nullable Side side, String description,
    Past past, List<EvidenceView> evidence, MoneyView money,
    Workbench bench, Casework work, String key, String done, @Nullable Trouble trouble) {
  /** What staff may do at any time, whatever is awaited. */
  private static final Set<String> ANYTIME = Set.of("SendMessage", "AddNote", "Tag", "RevealPersonalData",
      "AnswerSupport", "AnswerFeedback");

  public DisputePage {
    evidence = List.copyOf(evidence);
  }

  /** What was just sent and did not happen: which form it was, what is wrong (null: nothing yet), what was typed. */
  public record Trouble(String form, @Nullable Problem problem, Map<String, String> typed) {
    public Trouble {
      typed = Map.copyOf(typed);
    }
  }

  /** One step of the way from filing to the result. */
  public record Step(String name, Mark mark, @Nullable Instant at) {
    /** Whether it is behind, here or ahead. */
    public enum Mark { DONE, HERE, AHEAD }
  }

  /** The address of this page. */
  public String address() {
    return "/disputes/" + view.id();
  }

  /** Where this page hears of what is new after what it shows. */
  public String live() {
    return address() + "/live?version=" + view.version();
  }

  /** Where the form for this action is sent: the address programs send it to, without the version. */
  public String to(ActionView action) {
    return action.href().substring("/v1".length());
  }

  /** Whether the reader may do this now, about anything. */
  public boolean may(String command) {
    return view.availableActions().stream().anyMatch(it -> it.command().equals(command));
  }

  /** What the reader may do under this name about number {@code about}; null when it may not. */
  public @Nullable ActionView action(String command, int about) {
    return view.availableActions().stream().filter(it -> it.command().equals(command) && it.about() == about)
        .findFirst().orElse(null);
  }

  /** The same about whatever it concerns first. */
  public @Nullable ActionView action(String command) {
    return view.availableActions().stream().filter(it -> it.command().equals(command)).findFirst().orElse(null);
  }

  /** The same page with other work on it. */
  DisputePage with(Casework other) {
    return new DisputePage(frame, view, side, description, past, evidence, money, bench, other, key, done,
        trouble);
  }

  /** What went wrong with the form that is sent there; null when nothing did. */
  public @Nullable Problem wrong(String to) {
    return trouble != null && trouble.form().equals(to) ? trouble.problem() : null;
  }

  /** What was typed into a field of the form that is sent there, or {@code otherwise}. */
  public String typed(String to, String field, String otherwise) {
    return trouble == null || !trouble.form().equals(to) ? otherwise : trouble.typed().getOrDefault(field, otherwise);
  }

  /** Whether {@code value} was among those chosen for a field of the form that is sent there. */
  public boolean isTyped(String to, String field, String value) {
    return List.of(typed(to, field, "").split(",", -1)).contains(value);
  }

  /** The greatest length of a field of an action, {@code otherwise} when it has none. */
  public long most(ActionView action, String field) {
    return action.fields().stream().filter(it -> it.name().equals(field) && it.max() > 0).mapToLong(it -> it.max())
        .findFirst().orElse(2_000);
  }

  /** Whether the reader has this role. */
  public boolean isRole(Role role) {
    var reader = frame.reader();
    return reader != null && reader.caller().role() == role;
  }

  /** Whether staff have more to do here than to talk and to take notes. */
  public boolean hasWork() {
    return view.availableActions().stream().anyMatch(it -> !ANYTIME.contains(it.command()))
        || work.decision() != null || work.payout() != null;
  }

  /** The way of a dispute in five steps. */
  public List<Step> steps() {
    var all = new ArrayList<Step>();
    all.add(new Step(frame.say("Filed", "已提交"), Step.Mark.DONE, at("filed")));
    boolean mediated = view.stage() == Phase.MEDIATION;
    all.add(step(mediated ? frame.say("Platform helps", "平台介入") : frame.say("Negotiation", "协商"),
        mediated ? Phase.MEDIATION : Phase.NEGOTIATION, at("settled")));
    all.add(step(frame.say("Facts confirmed", "信息确认"), Phase.SETTLEMENT, at("confirmed")));
    all.add(step(frame.say("Verified over three days", "三天查验"), Phase.VERIFICATION, null));
    all.add(step(frame.say("Result", "结果"), Phase.CLOSED, at("closed")));
    return all;
  }

  private Step step(String name, Phase phase, @Nullable Instant at) {
    int there = phase.compareTo(view.stage());
    var mark =
        there < 0 || view.stage() == Phase.CLOSED ? Step.Mark.DONE : there == 0 ? Step.Mark.HERE : Step.Mark.AHEAD;
    if (phase == Phase.SETTLEMENT && view.settlement() == null && mark == Step.Mark.DONE) mark = Step.Mark.AHEAD;
    if (phase == Phase.VERIFICATION && view.settlement() == null && mark == Step.Mark.DONE) mark = Step.Mark.AHEAD;
    return new Step(name, mark, at);
  }

  private @Nullable Instant at(String key) {
    return view.keyDates().stream().filter(it -> it.key().equals(key)).map(KeyDate::at).findFirst().orElse(null);
  }

  /** Whether it is the reader's turn. */
  public boolean isMyTurn() {
    return view.viewState() == ViewState.ACTION_REQUIRED || view.viewState() == ViewState.APPEALABLE;
  }

  /** What was found and still stands. */
  public List<FindingView> findings() {
    return view.findings().stream().filter(it -> it.state().isOpen()).toList();
  }

  /** Who may put a finding right and until when, and what follows if nobody does. */
  public String follows(FindingView it) {
    var otherwise = frame.word("otherwise", FindingCode.valueOf(it.code()).otherwise);
    if (it.curer().equals(FindingCode.Curer.NOBODY.name()) || it.next() == null) return otherwise;
    return frame.words("curer." + it.curer(), "until", frame.wall(it.next())) + frame.say(" ", "") + otherwise;
  }

  /** Whether a remedy pays money back. */
  public boolean refunds(Remedy remedy) {
    return remedy.promises.contains(Obligation.Kind.REFUND);
  }

  /** Whether a remedy promises something in kind that is worth money when it is not kept. */
  public boolean hasWorth(Remedy remedy) {
    return remedy.promises.stream().anyMatch(Posted::hasWorth);
  }

  /** How a returned item can arrive. */
  public String condition(Condition condition) {
    return switch (condition) {
      case AS_SENT -> frame.say("As it was sent out", "完好");
      case EMPTY -> frame.say("The parcel was empty", "空包裹");
      case DAMAGED -> frame.say("Damaged", "损坏");
      case OTHER_ITEM -> frame.say("It is another item", "非原商品");
    };
  }

  /** Where it stands, in one line. */
  public String headline() {
    if (view.status() == Status.CLOSED && view.outcome() != null) return frame.word("outcome", view.outcome());
    if (side != null && view.awaited() != null && isMyTurn() && view.stage() == Phase.NEGOTIATION) {
      return frame.say("It is your turn to answer", "现在由您答复");
    }
    return switch (view.viewState()) {
      case WAITING_FOR_OTHER_PARTY -> side == Side.BUYER ? frame.say("Waiting for the merchant", "等待商家答复")
          : side == Side.MERCHANT ? frame.say("Waiting for the buyer", "等待买家答复") : status();
      case ACTION_REQUIRED, WITH_PLATFORM, IN_VERIFICATION, APPEALABLE, CLOSED -> status();
    };
  }

  /** What came of what the reader has just done. */
  public String doneWords() {
    return switch (done) {
      case "AskSupport" -> frame.say("Customer service has your question. The answer comes as a notice.",
          "客服已收到您的问题，答复后将通知您。");
      case "GiveFeedback" -> frame.say("Thank you for your feedback.", "感谢您的评价。");
      case "AnswerFollowUp" -> frame.say("Thank you. Your answer is recorded.", "感谢您的反馈，已记录。");
      case "AddNote", "Tag" -> frame.say("Done. Only staff see it.", "操作成功，仅工作人员可见。");
      case "Asked" -> frame.say("The question is on its way. The answer shows here.", "已发起查询，结果将显示在此页。");
      case "SubmitEvidence" -> frame.say("Your evidence is here.", "凭证已提交。");
      default -> frame.say("Done. Both sides see it now.", "操作成功，双方均可查看。");
    };
  }

  /** The status in words, with a capital letter. */
  public String status() {
    return frame.capital(frame.word("status", view.status()));
  }

  /** The next date that matters to everybody: what must be done by then, and what silence does. */
  public Optional<KeyDate> next() {
    return view.keyDates().stream().filter(it -> !it.passed() && it.onExpiry() != null).findFirst();
  }

  /** The date with this key that is still to come. */
  public Optional<KeyDate> date(String key) {
    return coming().stream().filter(it -> it.key().equals(key)).findFirst();
  }

  /** Dates still to come, the nearest first. */
  public List<KeyDate> coming() {
    return view.keyDates().stream().filter(it -> !it.passed()).toList();
  }

  /** A remedy and what it pays, in one line. */
  public String terms(TermsView terms) {
    var remedy = frame.word("remedy", terms.remedy());
    return terms.pays() == 0 ? remedy : remedy + frame.say(": ", "：") + money(terms.pays());
  }

  /** One promise in words. */
  public String promise(ObligationView it) {
    return promise(it.kind(), it.debtor(), it.amount());
  }

  /** One promise in words. */
  public String promise(Obligation.Kind kind, Side debtor, long minor) {
    return frame.words("promise." + kind, "who", who(debtor), "amount", money(minor));
  }

  /** A side at the start of a sentence; the reader's own is you. */
  public String who(Side it) {
    return it == side ? frame.word("who.you", it) : frame.word("who", it);
  }

  /** Who said it: you, the other side, or the platform. */
  public String speaker(String by) {
    if (by.equals("BUYER") || by.equals("MERCHANT")) {
      var it = Side.valueOf(by);
      return it == side ? frame.say("You", "您") : frame.word("who", it);
    }
    return frame.say("The platform", "平台");
  }

  /** Whether the reader said it. */
  public boolean isMine(String by) {
    return side != null && side.name().equals(by);
  }

  /** Minor units of the dispute's currency. */
  public String money(long minor) {
    return frame.money(minor, view.currency());
  }

  /** Which documents help the reader's side, the weightiest first; none for who is on no side. */
  public List<Checklist.Item> helps() {
    return side == null ? List.of() : Checklist.of(view.reason(), side);
  }

  /** What the mediator asks the reader's side for and does not have yet. */
  public List<RequestView> asked() {
    return view.evidenceRequests().stream()
        .filter(it -> it.side() == side && !it.supplied().containsAll(it.types())).toList();
  }

  /** A movement in words: how much left which account, and where it went. */
  public List<String> moves(MovementView moved) {
    var to = String.join(frame.say(" and ", "、"),
        moved.lines().stream().filter(it -> it.amount() < 0).map(it -> account(it.account())).toList());
    return moved.lines().stream().filter(it -> it.amount() > 0)
        .map(it -> frame.say("%s from %s to %s", "%s：%s → %s").formatted(money(it.amount()), account(it.account()), to))
        .toList();
  }

  private String account(String key) {
    for (var it : Account.values()) if (it.key.equals(key)) return frame.word("account", it);
    return key;
  }

  /** The words for an evidence type. */
  public String evidenceType(EvidenceType type) {
    return frame.capital(frame.word("evidence", type));
  }
}
