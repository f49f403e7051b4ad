package redress.web;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import redress.dispute.Checklist;
import redress.dispute.EvidenceType;
import redress.dispute.Payment;
import redress.dispute.Reason;
import redress.dispute.Remedy;
import redress.dispute.Side;
import redress.door.Problem;
import redress.store.FilingDrafts.Draft;
import redress.store.Uploads.Upload;

/**
 * One step on the way to a filed dispute, ready to be drawn: what was said so far, what was typed just now, and what
 * is wrong with it. {@code answerBy} is until when the merchant would have to answer if it were filed now.
 */
public record FilingPage(Frame frame, Leg step, Draft draft, Payment payment, List<Upload> files, Instant answerBy,
    @Nullable Problem problem, Map<String, List<String>> typed) {
  public FilingPage {
    files = List.copyOf(files);
    typed = Map.copyOf(typed);
  }

  /** The steps, in order. */
  public enum Leg {
    PAYMENT, PROBLEM, REMEDY, EVIDENCE, REVIEW;

    /** How its address ends. */
    public String path() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }
  }

  /** What a step is called. */
  public static String name(Frame frame, Leg step) {
    return switch (step) {
      case PAYMENT -> frame.say("Payment", "选择交易");
      case PROBLEM -> frame.say("Problem", "问题描述");
      case REMEDY -> frame.say("Solution", "期望处理");
      case EVIDENCE -> frame.say("Evidence", "上传凭证");
      case REVIEW -> frame.say("Review", "核对提交");
    };
  }

  /** What the step asks, as the title of its page. */
  public String title() {
    return switch (step) {
      case PAYMENT -> frame.say("Which payment is it about?", "请选择有问题的交易");
      case PROBLEM -> frame.say("What went wrong?", "遇到了什么问题？");
      case REMEDY -> frame.say("What would put it right?", "您希望如何解决？");
      case EVIDENCE -> frame.say("Do you have something to show?", "上传凭证（选填）");
      case REVIEW -> frame.say("Is everything right?", "请核对后提交");
    };
  }

  /** The address of a step of this draft. */
  public String at(Leg which) {
    return "/file/" + draft.dispute() + "/" + which.path();
  }

  /** The address of this draft. */
  public String address() {
    return "/file/" + draft.dispute();
  }

  /** What stands in a field: what was typed just now, else what was said before; empty for nothing. */
  public String value(String field) {
    if (!typed.isEmpty()) return typed.getOrDefault(field, List.of("")).getFirst();
    var said = draft.said().get(field);
    return said instanceof Long minor ? frame.plain(minor, payment.currency()) : said == null ? "" : said.toString();
  }

  /** Whether the field holds, or its list has, this value. */
  public boolean has(String field, String value) {
    if (!typed.isEmpty()) return typed.getOrDefault(field, List.of()).contains(value);
    var said = draft.said().get(field);
    return said instanceof List<?> all ? all.contains(value) : Objects.equals(said, value);
  }

  /** What is wrong with a field, empty for nothing. */
  public String wrong(String field) {
    if (problem == null || !problem.field().equals(field)) return "";
    if (!problem.code().equals("FIELD_MISSING")) return problem.detail();
    return switch (field) {
      case "reason" -> frame.say("Choose what went wrong.", "请选择问题类型。");
      case "description" -> frame.say("Tell in a few words what happened.", "请简单描述经过。");
      case "wish" -> frame.say("Choose what would put it right.", "请选择期望的处理方式。");
      case "amount" -> frame.say("Say how much money it is about.", "请填写争议金额。");
      default -> problem.detail();
    };
  }

  /** What is wrong and belongs to none of these fields; null for nothing. */
  public @Nullable Problem wrongBeside(String... fields) {
    return problem == null || List.of(fields).contains(problem.field()) ? null : problem;
  }

  /** The reasons to choose from; what is not the buyer's own payment belongs elsewhere, and comes last. */
  public List<Reason> reasons() {
    return List.of(Reason.values());
  }

  /** A reason as the buyer would say it, with a capital letter. */
  public String reason(Reason reason) {
    return switch (reason) {
      case DUPLICATE_CHARGE -> frame.say("I was charged twice", "被重复扣款");
      case UNAUTHORISED -> frame.say("I did not make this payment", "非本人支付");
      case ITEM_NOT_RECEIVED, NOT_AS_DESCRIBED, DEFECTIVE_OR_DAMAGED, MISSING_ITEMS, COUNTERFEIT, SERVICE_NOT_PROVIDED,
          SERVICE_NOT_WORKING, REFUND_NOT_RECEIVED, WRONG_AMOUNT, CANCELED_SUBSCRIPTION, OTHER ->
          frame.capital(frame.word("reason", reason));
    };
  }

  /** The reason that was chosen; null before. */
  public @Nullable Reason chosen() {
    var said = draft.said().get("reason");
    return said == null ? null : Reason.valueOf(said.toString());
  }

  /** What buyers usually ask for then, the most usual first. */
  public List<Remedy> usual() {
    var reason = chosen();
    return reason == null ? List.of(Remedy.values()) : Wishes.usual(reason);
  }

  /** Everything else that can be asked for. */
  public List<Remedy> unusual() {
    var usual = usual();
    return List.of(Remedy.values()).stream().filter(it -> !usual.contains(it)).toList();
  }

  /** Which documents help a buyer then, the weightiest first. */
  public List<Checklist.Item> helps() {
    var reason = chosen();
    return reason == null ? List.of() : Checklist.of(reason, Side.BUYER);
  }

  /** What a file is said to be. */
  public String type(Upload file) {
    var type = EvidenceType.valueOf(draft.files().getOrDefault(file.id(), EvidenceType.OTHER.name()));
    return frame.capital(frame.word("evidence", type));
  }

  /** The most that can be disputed. */
  public String most() {
    return frame.money(payment.refundable(), payment.currency());
  }

  /** The disputed amount that was said, as money. */
  public String amount() {
    return draft.said().get("amount") instanceof Long minor ? frame.money(minor, payment.currency()) : "";
  }

  /** The items it is about. */
  public String items() {
    return draft.said().get("items") instanceof List<?> all && !all.isEmpty()
        ? String.join(frame.say(", ", "、"), all.stream().map(Object::toString).toList())
        : frame.say("the whole payment", "整笔交易");
  }
}
