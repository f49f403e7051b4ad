package redress.web;

import java.util.Comparator;
import java.util.List;
import redress.check.FindingCode;
import redress.dispute.Finding;
import redress.dispute.Obligation;
import redress.policy.Role;
import redress.view.DisputeView;
import redress.view.DisputeView.CheckView;
import redress.view.DisputeView.CheckView.Fact;
import redress.view.DisputeView.FindingView;

/** What checks found and what follows from it, in plain words of the reader's language. */
public final class Wording {
  private Wording() {}

  /** What was found. */
  public static String finding(Frame frame, FindingView it) {
    return frame.word("finding", FindingCode.valueOf(it.code()));
  }

  /** How grave it is. */
  public static String severity(Frame frame, FindingView it) {
    return switch (FindingCode.valueOf(it.code()).severity) {
      case BLOCKING -> frame.say("It stops the dispute", "需先解决");
      case WARN -> frame.say("Warning", "提醒");
      case INFO -> frame.say("For information", "知悉");
    };
  }

  /** Where it stands. */
  public static String state(Frame frame, Finding.State state) {
    return switch (state) {
      case OPEN -> frame.say("open", "待处理");
      case ENFORCING -> frame.say("the platform enforces it", "强制执行中");
      case CURED -> frame.say("put right", "已补救");
      case REFUTED -> frame.say("was no problem after all", "经核实不成立");
      case RESOLVED -> frame.say("solved", "已解决");
      case SIGNED -> frame.say("seen and signed", "已签署");
      case ENFORCED -> frame.say("enforced by the platform", "已强制执行");
      case SUPERSEDED -> frame.say("overtaken by events", "已失效");
    };
  }

  /** Who can put it right until when, and what follows otherwise; empty when nothing follows by itself. */
  public static String next(Frame frame, FindingView it) {
    var code = FindingCode.valueOf(it.code());
    if (!it.state().isOpen() || !code.blocks()) return "";
    var otherwise = frame.word("otherwise", code.otherwise);
    var until = it.next();
    if (it.state() != Finding.State.OPEN || until == null || code.curer == FindingCode.Curer.NOBODY) return otherwise;
    var who = frame.words("curer." + code.curer, "until", frame.wall(until));
    return who + frame.words("sentence.gap") + otherwise;
  }

  /** One of the three questions of the verification. */
  public static String check(Frame frame, CheckView it) {
    return switch (it.check()) {
      case "AMOUNT_MATCHES" -> frame.say("The amount is what was agreed", "金额与协议一致");
      case "PERFORMED" -> frame.say("The promises were kept", "承诺已履行");
      default -> frame.say("The buyer is satisfied", "买家满意");
    };
  }

  /** How a check stands. */
  public static String result(Frame frame, CheckView.Result result) {
    return switch (result) {
      case PENDING -> frame.say("not yet", "待核验");
      case PASSED -> frame.say("passed", "通过");
      case FAILED -> frame.say("failed", "未通过");
    };
  }

  /** One thing that a check looked at; amounts are minor units of {@code currency}. */
  public static String fact(Frame frame, Fact it, String currency) {
    return switch (it.name()) {
      case "agreed" -> frame.say("Agreed: ", "约定：") + frame.money(Long.parseLong(it.value()), currency);
      case "recorded" -> frame.say("On record: ", "记录：") + frame.money(Long.parseLong(it.value()), currency);
      case "currency" -> frame.say("Currency: ", "币种：") + it.value();
      case "evidence" -> frame.say("Evidence: ", "凭证：") + evidence(frame, it.value());
      case "answer" -> frame.say("The buyer says: ", "买家反馈：") + answer(frame, it.value());
      case "attempts" -> frame.say("Times asked: ", "联系次数：") + it.value();
      default -> promise(frame, it);
    };
  }

  private static String promise(Frame frame, Fact it) {
    var kind = Obligation.Kind.valueOf(it.name().substring(0, it.name().lastIndexOf(' ')));
    return promise(frame, kind) + frame.say(": ", "：") + frame.words("state." + it.value());
  }

  /** What was found, what is open first, the latest first. */
  public static List<FindingView> openFirst(DisputeView view) {
    return view.findings().stream().sorted(Comparator.comparing((FindingView it) -> !it.state().isOpen())
        .thenComparing(FindingView::number, Comparator.reverseOrder())).toList();
  }

  /** What the promise of this number is about, in a word or two; empty for none. */
  public static String promise(Frame frame, DisputeView view, int number) {
    var settlement = view.settlement();
    if (settlement == null) return "";
    return settlement.obligations().stream().filter(it -> it.number() == number).map(it -> promise(frame, it.kind()))
        .findFirst().orElse("");
  }

  /** What is promised, in a word or two. */
  public static String promise(Frame frame, Obligation.Kind kind) {
    return switch (kind) {
      case REFUND -> frame.say("Refund", "退款");
      case COMPENSATION -> frame.say("Compensation", "补偿");
      case RETURN_ITEM -> frame.say("Sending the item back", "寄回商品");
      case ACKNOWLEDGE_RETURN -> frame.say("Confirming the return", "确认收到退货");
      case SHIP_REPLACEMENT -> frame.say("Sending the item", "寄出商品");
      case PERFORM_SERVICE -> frame.say("Repair or new work", "维修或重做");
      case CANCEL_BILLING -> frame.say("Ending the charges", "停止扣费");
      case OTHER -> frame.say("Something else", "其他承诺");
    };
  }

  private static String evidence(Frame frame, String value) {
    return switch (value) {
      case "NONE" -> frame.say("none", "无");
      case "CHANGED" -> frame.say("not what was given", "与提交时不符");
      case "CONTRADICTS" -> frame.say("says something else", "内容不一致");
      case "CONTRADICTS_SIGNED" -> frame.say("says something else, seen and signed", "内容不一致，已签署");
      case "NOT_READ_YET" -> frame.say("not read yet", "尚未核查");
      default -> frame.say("nothing speaks against it", "未见不符");
    };
  }

  private static String answer(Frame frame, String value) {
    return switch (value) {
      case "NOT_ASKED_YET" -> frame.say("not asked yet", "尚未联系");
      case "NOT_REACHED" -> frame.say("could not be reached", "未联系上");
      default -> frame.words("answer." + value);
    };
  }

  /** How one of the three confirmations stands. */
  public static String confirmation(Frame frame, String state) {
    return switch (state) {
      case "PASSED" -> frame.say("confirmed", "已确认");
      case "FAILED" -> frame.say("does not fit", "不符");
      case "NOT_NEEDED" -> frame.say("not needed", "无需确认");
      default -> frame.say("awaited", "等待中");
    };
  }

  /** Who of the platform somebody is. */
  public static String role(Frame frame, Role role) {
    return switch (role) {
      case MEDIATOR -> frame.say("Mediator", "调解员");
      case MEDIATOR_LEAD -> frame.say("Head of mediation", "调解主管");
      case VERIFIER -> frame.say("Verifier", "核验员");
      case FINANCE -> frame.say("Finance", "财务");
      case SUPPORT -> frame.say("Customer service", "客服");
      case AUDITOR -> frame.say("Auditor", "审计员");
      case ADMIN -> frame.say("Administrator", "管理员");
      case PLATFORM, BUYER, MERCHANT_OWNER, MERCHANT_AGENT, MERCHANT_VIEWER, SYSTEM -> "";
    };
  }
}
