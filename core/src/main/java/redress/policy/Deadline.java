package redress.policy;

import java.time.Duration;

/**
 * Every deadline of a dispute: its key, its default length, the row of the transition table that acts when it passes
 * (which also orders deadlines of one instant), and what silence does, in both languages.
 */
public enum Deadline {
  // @formatter:off
  FILING_WINDOW        ("filing.window",               "P180D",  1, "REFUSED", "Later filings are refused.", "逾期不再受理。"),
  OFFER_VALIDITY       ("offer.validity",              "P3D",    4, "OFFER_EXPIRES", "The offer expires; who has to answer stays the same.", "方案自动过期，待答复方不变。"),
  MERCHANT_FIRST_REPLY ("merchant.firstReply.target",  "PT24H",  0, "REMINDER", "The merchant is reminded and it counts in its scorecard.", "提醒商家，并计入商家评分。"),
  MERCHANT_REPLY       ("merchant.reply",              "PT72H",  8, "TO_MEDIATION", "The platform steps in and the merchant is marked as late.", "平台介入处理，并记录商家超时。"),
  BUYER_REPLY          ("buyer.reply",                 "P10D",   9, "CLOSED_BUYER_SILENT", "The dispute is closed because the buyer did not answer.", "买家未答复，纠纷单关闭。"),
  NEGOTIATION_TOTAL    ("negotiation.total",           "P20D",  10, "TO_MEDIATION", "The platform steps in.", "平台介入处理。"),
  MEDIATION_FIRST_ACTION("mediation.firstAction",      "PT48H", 12, "LEAD_ALERTED", "The head of mediation is alerted.", "提醒调解主管。"),
  MEDIATION_TARGET     ("mediation.target",            "P14D",  12, "LEAD_ALERTED", "The head of mediation is alerted.", "提醒调解主管。"),
  MEDIATION_MAX        ("mediation.max",               "P30D",  12, "LEAD_ASSIGNED", "The head of mediation takes over; the breach is recorded.", "由调解主管接手，并记录平台超时。"),
  EVIDENCE_REQUEST     ("evidence.request",            "PT48H", 14, "DECIDED_ON_FILE", "The mediator goes on with what is on file.", "调解员根据现有凭证继续处理。"),
  PROPOSAL_VALIDITY    ("proposal.validity",           "PT72H", 16, "BACK_TO_MEDIATOR", "The proposal expires and the mediator goes on.", "调解方案过期，调解员继续处理。"),
  DECISION_APPROVE     ("decision.approve",            "PT24H", 18, "LEAD_ALERTED_DAILY", "The head of mediation is alerted every day.", "每天提醒调解主管。"),
  APPEAL_WINDOW        ("appeal.window",               "P10D",  19, "DECISION_FINAL", "The decision becomes final.", "判定生效。"),
  APPEAL_DECIDE        ("appeal.decide",               "P10D",  20, "LEAD_ALERTED_DAILY", "The head of mediation is alerted every day.", "每天提醒调解主管。"),
  SETTLEMENT_CONFIRM   ("settlement.confirm",          "PT24H", 23, "EXCEPTION", "Without the merchant's statement it goes on; any other missing check stops it as a problem found.", "仅缺商家反馈则继续；其他信息未确认则转入异常处理。"),
  OBLIGATION_REFUND    ("obligation.refund",           "PT24H", 24, "FINDING", "A problem is recorded and the platform acts on it.", "记录核验发现，平台立即处理。"),
  RETURN_SHIP          ("obligation.return.ship",      "P10D",  24, "LAPSED", "The return and what depends on it lapse.", "退货及与之相关的承诺失效。"),
  RETURN_TRANSIT       ("return.transit",              "P21D",  24, "FINDING", "A verifier looks for the parcel.", "核验员核查退货包裹。"),
  RETURN_ACKNOWLEDGE   ("obligation.acknowledgeAndRefund", "P2D", 24, "FINDING", "A problem is recorded and the platform acts on it.", "记录核验发现，平台立即处理。"),
  REPLACEMENT_SHIP     ("obligation.replacement.ship", "P5D",   24, "FINDING", "A problem is recorded and the platform acts on it.", "记录核验发现，平台立即处理。"),
  VERIFICATION_START   ("verification.start",          "P3D",   24, "BREACH", "The breach is recorded and the lead alerted.", "记录平台超时并提醒主管。"),
  VERIFICATION_DAY1    ("verification.day1",           "PT24H", 25, "NEXT_DAY", "The follow-up begins.", "进入用户反馈收集。"),
  VERIFICATION_DAY2    ("verification.day2",           "PT24H", 26, "NEXT_DAY", "The result is prepared without the buyer's answer; it does not count as satisfied.", "未收到买家反馈，进入结果确认，且不计为满意。"),
  VERIFICATION_DAY3    ("verification.day3",           "PT24H", 29, "CLOSED", "The result is recorded and the dispute closed.", "记录结果并结案。"),
  EXCEPTION_CURE       ("exception.cure",              "PT24H", 33, "AS_THE_FINDING_SAYS", "What the problem found calls for happens: enforcement, mediation or an alert.", "按核验发现处理：强制执行、平台介入或提醒主管。"),
  PAYOUT_APPROVE       ("payout.approve",              "PT24H", 31, "LEAD_ALERTED_DAILY", "The lead is alerted every day.", "每天提醒主管。"),
  ENFORCEMENT_RETRY    ("enforcement.retry",           "P1D",   31, "RETRY", "The platform tries again.", "平台再次执行。"),
  ENFORCEMENT_MAX      ("enforcement.max",             "P30D",  31, "SETTLED_UNPAID", "What is still missing is recorded as broken and claimed from the merchant.", "剩余部分记为未履行，并向商家追偿。"),
  LEAD_ALERT           ("lead.alert",                  "P1D",   99, "LEAD_ALERTED_DAILY", "The lead is alerted again.", "再次提醒主管。"),
  REOPEN_AFTER_CLOSE   ("reopen.afterClose",           "P15D",  35, "REFUSED", "The dispute can no longer be reopened.", "不可再重新开启。"),
  RETENTION            ("retention",                   "P1826D", 0, "ERASED", "Personal texts are erased unless there is a legal hold.", "除非司法保全，个人文字信息将被删除。");
  // @formatter:on

  /** The deadline's name in rules, API and pages. */
  public final String key;
  /** Its length in the first rule set. */
  public final Duration standard;
  /** The same as it is written: in days where the process counts days, in hours where it counts hours (ISO 8601). */
  public final String written;
  /** The row of the transition table that acts. */
  public final int row;
  /** What silence does, for machines. */
  public final String onExpiry;
  /** What silence does, in English. */
  public final String english;
  /** What silence does, in Chinese. */
  public final String chinese;

  Deadline(String key, String standard, int row, String onExpiry, String english, String chinese) {
    this.key = key;
    this.standard = Duration.parse(standard);
    this.written = standard;
    this.row = row;
    this.onExpiry = onExpiry;
    this.english = english;
    this.chinese = chinese;
  }
}
