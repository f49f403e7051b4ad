package redress.web;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import redress.dispute.Status.Phase;
import redress.policy.Deadline;
import redress.policy.Role;

/** What the parts of a rule set are called, in plain words of both languages. */
public final class RuleWords {
  private static final int DAYS_OF_YEARS = 730;
  private static final int DAYS_A_YEAR = 365;
  private static final int DAYS_A_MONTH_OR_SO = 4;

  private RuleWords() {}

  /** What has to happen before the deadline passes. */
  public static String name(Frame frame, Deadline it) {
    return frame.word("deadlineName", it);
  }

  // @formatter:off
  /** In which part of a dispute the deadline runs. */
  public static Phase phase(Deadline it) {
    return switch (it) {
      case FILING_WINDOW, OFFER_VALIDITY, MERCHANT_FIRST_REPLY, MERCHANT_REPLY, BUYER_REPLY, NEGOTIATION_TOTAL -> Phase.NEGOTIATION;
      case MEDIATION_FIRST_ACTION, MEDIATION_TARGET, MEDIATION_MAX, EVIDENCE_REQUEST, PROPOSAL_VALIDITY, DECISION_APPROVE, APPEAL_WINDOW,
           APPEAL_DECIDE -> Phase.MEDIATION;
      case SETTLEMENT_CONFIRM, OBLIGATION_REFUND, RETURN_SHIP, RETURN_TRANSIT, RETURN_ACKNOWLEDGE, REPLACEMENT_SHIP -> Phase.SETTLEMENT;
      case VERIFICATION_START, VERIFICATION_DAY1, VERIFICATION_DAY2, VERIFICATION_DAY3, EXCEPTION_CURE, PAYOUT_APPROVE, ENFORCEMENT_RETRY,
           ENFORCEMENT_MAX, LEAD_ALERT -> Phase.VERIFICATION;
      case REOPEN_AFTER_CLOSE, RETENTION -> Phase.CLOSED;
    };
  }

  /** What a part of a dispute is called. */
  public static String name(Frame frame, Phase it) {
    return switch (it) {
      case NEGOTIATION  -> frame.say("Talking", "协商");
      case MEDIATION    -> frame.say("The platform steps in", "平台介入");
      case SETTLEMENT   -> frame.say("Agreed: promises are kept", "和解与履行");
      case VERIFICATION -> frame.say("The three days, and problems", "三日查验与异常处理");
      case CLOSED       -> frame.say("After the end", "结案之后");
    };
  }

  /** What a ceiling is called; one that has no words yet, by its own name. */
  public static String limit(Frame frame, String name) {
    return switch (name) {
      case "messageChars"        -> frame.say("Letters in a message", "单条消息字数");
      case "statementChars"      -> frame.say("Letters in the merchant's statement", "商家反馈字数");
      case "rationaleChars"      -> frame.say("Letters in the reasons of a decision", "判定理由字数");
      case "attachments"         -> frame.say("Files in a message", "单条消息附件数");
      case "evidencePieces"      -> frame.say("Pieces of evidence", "凭证数量");
      case "offersPerSide"       -> frame.say("Offers by each side", "每方提出方案次数");
      case "evidenceRequests"    -> frame.say("Times a mediator asks for evidence", "调解员要求补充凭证次数");
      case "proposals"           -> frame.say("Proposals of the platform", "调解方案次数");
      case "reopenings"          -> frame.say("Times it goes back to talking", "退回协商次数");
      case "exceptions"          -> frame.say("Problems before a lead ends it", "由主管结束前的异常次数");
      case "reversalsAfterClose" -> frame.say("Refunds taken back after the end", "结案后退款被退回次数");
      case "enforcementTries"    -> frame.say("Tries to collect before the fund pays", "动用基金前的执行次数");
      case "followUpAttempts"    -> frame.say("Times the buyer is asked on day 2", "第二天联系买家次数");
      case "verificationLevel"   -> frame.say("How well a party must be known (0 to 3)", "身份认证等级（0 至 3）");
      case "decisionLimit"       -> frame.say("Decisions above this need a second person", "超过此金额的判定须复核");
      case "payoutLimit"         -> frame.say("Payments above this need a second person", "超过此金额的付款须审批");
      case "verifierLimit"       -> frame.say("A verifier signs alone up to", "核验员单独签署上限");
      default -> name;
    };
  }

  private static String who(Frame frame, Role it) {
    return switch (it) {
      case BUYER -> frame.say("buyer", "买家");
      case MERCHANT_OWNER, MERCHANT_AGENT, MERCHANT_VIEWER -> frame.say("merchant", "商家");
      case PLATFORM -> frame.say("payment platform", "支付平台");
      case SYSTEM -> frame.say("time or records", "时间或记录");
      case MEDIATOR, MEDIATOR_LEAD, VERIFIER, FINANCE, SUPPORT, AUDITOR, ADMIN -> Wording.role(frame, it).toLowerCase(java.util.Locale.ROOT);
    };
  }
  // @formatter:on

  /** Who they are, each once. */
  public static String who(Frame frame, Collection<Role> roles) {
    List<String> names = roles.stream().sorted().map(it -> who(frame, it)).distinct().toList();
    return frame.capital(String.join(frame.say(", ", "、"), names));
  }

  /** A length of time in the unit people count it in. */
  public static String lasting(Frame frame, Duration it) {
    long days = it.toDays();
    boolean whole = it.equals(Duration.ofDays(days));
    if (whole && days >= DAYS_OF_YEARS)
      return frame.say("about " + days / DAYS_A_YEAR + " years", "约" + days / DAYS_A_YEAR + "年");
    if (whole && days >= DAYS_A_MONTH_OR_SO) return frame.say(days + " days", days + "天");
    if (it.toMinutesPart() > 0 || it.isZero()) return frame.say(it.toMinutes() + " minutes", it.toMinutes() + "分钟");
    return frame.say(it.toHours() == 1 ? "1 hour" : it.toHours() + " hours", it.toHours() + "小时");
  }
}
