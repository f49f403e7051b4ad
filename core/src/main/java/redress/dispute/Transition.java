package redress.dispute;

import static redress.dispute.Status.*;
import static redress.policy.Deadline.*;
import static redress.policy.Role.*;

import java.util.Collection;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import redress.policy.Deadline;
import redress.policy.Role;

/**
 * The published transition table, one constant per row, written by hand and never computed from {@link Rules}: what the
 * rules do is compared with it. A step with no target keeps the status.
 */
public enum Transition {
  // @formatter:off
  T1("The buyer files about a captured payment; the disputed amount is held.", "买家就已付款交易提交纠纷单；冻结争议金额。",
      on("File").by(BUYER, SUPPORT).from(NOT_FILED).to(AWAITING_MERCHANT)),
  T2("The awaited side answers and the other side is awaited.", "待答复方作出答复，转由对方答复。",
      on("MakeOffer", "DeclineOffer", "SubmitEvidence").by(T.PARTIES).from(T.NEGOTIATING).to(T.NEGOTIATING)),
  T3("An offer is made; the other side's open offer becomes a countered one.", "提出方案；对方未答复的方案视为被反提案。",
      on("MakeOffer").by(T.PARTIES).from(T.NEGOTIATING).to(T.NEGOTIATING)),
  T4("An offer is declined, withdrawn or expires.", "方案被拒绝、撤回或过期。",
      on("DeclineOffer", "WithdrawOffer").by(T.PARTIES).from(T.NEGOTIATING).to(T.NEGOTIATING),
      after(OFFER_VALIDITY).from(T.NEGOTIATING)),
  T5("An offer or proposal is accepted: a settlement is formed and its terms are sealed.", "接受方案：达成和解协议，条款固化。",
      on("AcceptOffer").by(T.PARTIES).from(T.NEGOTIATING).to(CONFIRMING),
      on("AcceptProposal").by(T.PARTIES).from(PROPOSED).to(PROPOSED, CONFIRMING)),
  T6("The merchant refunds everything that is disputed; it is verified all the same.", "商家全额退款；仍须查验。",
      on("RefundNow").by(T.MERCHANT).from(T.NEGOTIATING).from(T.BEFORE_DECISION).to(CONFIRMING)),
  T7("A side calls the platform in.", "一方申请平台介入。",
      on("Escalate").by(T.PARTIES).from(T.NEGOTIATING).to(MEDIATION_QUEUED)),
  T8("The merchant did not answer in time: the platform steps in.", "商家超时未答复：平台介入。",
      after(MERCHANT_REPLY).from(AWAITING_MERCHANT).to(MEDIATION_QUEUED)),
  T9("The buyer did not answer in time: closed; with money in flight or without reminders the platform steps in.",
      "买家超时未答复：结案；若有在途款项或提醒未送达则平台介入。",
      after(BUYER_REPLY).from(AWAITING_BUYER).to(CLOSED, MEDIATION_QUEUED)),
  T10("The time for negotiating is over: the platform steps in.", "协商期届满：平台介入。",
      after(NEGOTIATION_TOTAL).from(T.NEGOTIATING).to(MEDIATION_QUEUED)),
  T11("The buyer withdraws; what was paid stays paid.", "买家撤回；已付款项不退回。",
      on("Withdraw").by(BUYER).from(T.NEGOTIATING).from(T.BEFORE_DECISION).to(CLOSED)),
  T12("A mediator without a conflict of interest takes it, passes it on or gives it back.", "无利益冲突的调解员接手、转交或退回。",
      on("Assign").by(MEDIATOR, MEDIATOR_LEAD).from(MEDIATION_QUEUED).to(MEDIATING),
      on("Reassign").by(MEDIATOR_LEAD).from(MEDIATION_QUEUED).to(MEDIATING),
      on("Reassign").by(MEDIATOR_LEAD).from(MEDIATION_QUEUED, MEDIATING, AWAITING_EVIDENCE, PROPOSED, Status.DECIDED, APPEALED),
      on("Recuse").by(MEDIATOR, MEDIATOR_LEAD).from(MEDIATING, AWAITING_EVIDENCE, PROPOSED, Status.DECIDED).to(MEDIATION_QUEUED),
      on("Recuse").by(MEDIATOR, MEDIATOR_LEAD).from(Status.DECIDED, APPEALED),
      after(MEDIATION_FIRST_ACTION, MEDIATION_TARGET, MEDIATION_MAX).from(MEDIATION_QUEUED).to(MEDIATING),
      after(MEDIATION_FIRST_ACTION, MEDIATION_TARGET, MEDIATION_MAX).from(T.MEDIATION)),
  T13("The mediator asks for evidence.", "调解员要求补充凭证。",
      on("RequestEvidence").by(MEDIATOR, MEDIATOR_LEAD).from(MEDIATING).to(AWAITING_EVIDENCE)),
  T14("All evidence is there or its time is over.", "凭证已补齐或期限届满。",
      on("SubmitEvidence").by(T.PARTIES).from(AWAITING_EVIDENCE).to(MEDIATING),
      after(Deadline.EVIDENCE_REQUEST).from(AWAITING_EVIDENCE).to(MEDIATING)),
  T15("The mediator proposes a settlement.", "调解员提出和解方案。",
      on("ProposeSettlement").by(MEDIATOR, MEDIATOR_LEAD).from(MEDIATING).to(PROPOSED)),
  T16("The proposal is declined or expires.", "调解方案被拒绝或过期。",
      on("DeclineProposal").by(T.PARTIES).from(PROPOSED).to(MEDIATING),
      after(PROPOSAL_VALIDITY).from(PROPOSED).to(MEDIATING)),
  T17("The mediator gives it back for a new round of negotiation.", "调解员退回双方重新协商。",
      on("ReturnToNegotiation").by(MEDIATOR, MEDIATOR_LEAD).from(MEDIATING).to(AWAITING_MERCHANT)),
  T18("The mediator decides; above a limit a second person approves first.", "调解员作出判定；超过限额须由第二人复核。",
      on("Decide").by(MEDIATOR, MEDIATOR_LEAD).from(MEDIATING).to(MEDIATING, Status.DECIDED),
      on("ApproveDecision").by(MEDIATOR_LEAD).from(MEDIATING).to(Status.DECIDED),
      on("RejectDecision").by(MEDIATOR_LEAD).from(MEDIATING),
      after(DECISION_APPROVE).from(MEDIATING)),
  T19("Each side may appeal once or waive; any appeal goes to a lead.", "双方各可申诉一次或放弃；任一申诉交由主管处理。",
      on("Appeal", "WaiveAppeal").by(T.PARTIES).from(Status.DECIDED).to(Status.DECIDED, APPEALED),
      after(APPEAL_WINDOW).from(Status.DECIDED).to(APPEALED)),
  T20("A lead who took no part in the decision decides all appeals together.", "由未参与判定的主管合并处理申诉。",
      on("DecideAppeal").by(MEDIATOR_LEAD).from(APPEALED),
      after(APPEAL_DECIDE).from(APPEALED)),
  T21("The ruling is final: what is owed is confirmed and verified, else it is closed.", "判定生效：有应履行内容则进入确认，否则结案。",
      on("WaiveAppeal", "Appeal").by(T.PARTIES).from(Status.DECIDED).to(CONFIRMING, CLOSED),
      on("DecideAppeal").by(MEDIATOR_LEAD).from(APPEALED).to(CONFIRMING, CLOSED),
      after(APPEAL_WINDOW).from(Status.DECIDED).to(CONFIRMING, CLOSED)),
  T22("Everything needed is confirmed.", "所需信息均已确认。",
      on("ConfirmIdentity", "ConfirmTransaction").by(SYSTEM).from(CONFIRMING).to(PERFORMING, AUDITING),
      on("SubmitStatement").by(T.MERCHANT).from(CONFIRMING).to(PERFORMING, AUDITING),
      after(SETTLEMENT_CONFIRM).from(CONFIRMING).to(PERFORMING, AUDITING)),
  T23("A confirmation failed or is missing.", "信息确认未通过或缺失。",
      on("ConfirmIdentity", "ConfirmTransaction").by(SYSTEM).from(CONFIRMING).to(EXCEPTION),
      after(SETTLEMENT_CONFIRM).from(CONFIRMING).to(EXCEPTION)),
  T24("Promises are kept, reported, waived or fall due.", "承诺被履行、申报、放弃或到期。",
      on("ReportPerformance", "AcknowledgeReturn").by(T.MERCHANT).from(PERFORMING).to(AUDITING),
      on("ShipReturn").by(BUYER).from(PERFORMING).to(AUDITING),
      on("ReportShipment").by(PLATFORM, SYSTEM).from(PERFORMING).to(AUDITING),
      on("RecordRefund", "RecordAudit").by(SYSTEM).from(PERFORMING).to(AUDITING),
      on("ReportPerformance", "AcknowledgeReturn").by(T.MERCHANT).from(T.SETTLED).from(EXCEPTION),
      on("ShipReturn").by(BUYER).from(T.SETTLED).from(EXCEPTION),
      on("ReportShipment").by(PLATFORM, SYSTEM).from(T.SETTLED).from(EXCEPTION),
      on("RecordRefund", "RecordAudit").by(SYSTEM).from(T.SETTLED).from(EXCEPTION),
      on("WaiveObligation").by(T.PARTIES).from(PERFORMING).to(AUDITING),
      on("WaiveObligation").by(T.PARTIES).from(T.SETTLED).from(EXCEPTION),
      after(T.PROMISES).from(PERFORMING).to(AUDITING),
      after(T.PROMISES).from(T.SETTLED).from(EXCEPTION)),
  T25("Day 1 ends: the audit is complete and nothing blocks.", "第一天结束：信息核实完成且无阻断问题。",
      after(VERIFICATION_DAY1).from(AUDITING).to(FOLLOWING_UP),
      on("RecordAudit", "RecordRefund").by(SYSTEM).from(AUDITING).to(FOLLOWING_UP),
      on("SignFinding").by(VERIFIER).from(AUDITING).to(FOLLOWING_UP)),
  T26("Day 2 ends: the buyer has answered.", "第二天结束：买家已反馈。",
      after(VERIFICATION_DAY2).from(FOLLOWING_UP).to(CONCLUDING)),
  T27("The buyer is dissatisfied: negotiation reopens. Nothing received: a problem.", "买家不满意：重新协商。未收到：转入异常处理。",
      on("AnswerFollowUp").by(T.FOLLOW_UP).from(FOLLOWING_UP, CONCLUDING).to(AWAITING_MERCHANT, MEDIATION_QUEUED, EXCEPTION),
      on("AnswerFollowUp").by(T.FOLLOW_UP).from(T.SETTLED).from(EXCEPTION),
      on("RecordAudit", "RecordRefund").by(SYSTEM).from(FOLLOWING_UP).to(AWAITING_MERCHANT, MEDIATION_QUEUED, EXCEPTION),
      on("SignFinding").by(VERIFIER).from(FOLLOWING_UP).to(AWAITING_MERCHANT, MEDIATION_QUEUED, EXCEPTION),
      after(VERIFICATION_DAY1).from(FOLLOWING_UP).to(AWAITING_MERCHANT, MEDIATION_QUEUED, EXCEPTION)),
  T28("Day 2 ends without an answer: on as not reached when everything is paid, else a problem.",
      "第二天结束未获反馈：已付清则记为未联系上并继续，否则转入异常处理。",
      after(VERIFICATION_DAY2).from(FOLLOWING_UP).to(CONCLUDING, EXCEPTION)),
  T29("Day 3 ends: the checks pass again and the result is recorded.", "第三天结束：复核通过，记录结果并结案。",
      after(VERIFICATION_DAY3).from(CONCLUDING).to(CLOSED),
      on("RecordAudit", "RecordRefund").by(SYSTEM).from(CONCLUDING).to(CLOSED),
      on("SignFinding").by(VERIFIER).from(CONCLUDING).to(CLOSED)),
  T30("A blocking finding stops it at any minute.", "任一阻断性核验发现立即转入异常处理。",
      on("RecordAudit", "RecordRefund").by(SYSTEM).from(T.SETTLED).to(EXCEPTION),
      on("ReportShipment").by(PLATFORM, SYSTEM).from(T.SETTLED).to(EXCEPTION),
      on("AcknowledgeReturn", "ReportPerformance").by(T.MERCHANT).from(T.SETTLED).to(EXCEPTION),
      on("SubmitEvidence").by(T.PARTIES).from(T.SETTLED).to(EXCEPTION),
      on("WaiveObligation").by(T.PARTIES).from(T.SETTLED).to(EXCEPTION),
      after(T.PROMISES).from(T.SETTLED).to(EXCEPTION),
      after(VERIFICATION_DAY1, VERIFICATION_DAY2, VERIFICATION_DAY3).from(T.SETTLED).to(EXCEPTION)),
  T31("What is missing is enforced from hold, deposit and fund.", "从冻结款、保证金、先行赔付基金中强制执行。",
      on("Enforce").by(VERIFIER).from(EXCEPTION).to(EXCEPTION, AUDITING, CLOSED),
      on("ApprovePayout", "RejectPayout").by(FINANCE).from(EXCEPTION).to(EXCEPTION, AUDITING, CLOSED),
      on("RecordRefund", "ReserveFunds", "RecordAudit").by(SYSTEM).from(EXCEPTION).to(EXCEPTION, AUDITING, CLOSED),
      after(EXCEPTION_CURE, Deadline.PAYOUT_APPROVE, ENFORCEMENT_RETRY, ENFORCEMENT_MAX).from(EXCEPTION)
          .to(EXCEPTION, AUDITING, CLOSED)),
  T32("The problem is put right or refuted: back to where it was; after the sixth only a lead ends it.",
      "问题已补救或被推翻：回到原阶段；第六次起仅主管可终结。",
      on("Cure").by(T.CURE).from(EXCEPTION).to(EXCEPTION, CONFIRMING, PERFORMING, AUDITING),
      on("RefuteFinding").by(VERIFIER).from(EXCEPTION).to(EXCEPTION, CONFIRMING, PERFORMING, AUDITING),
      on("RecordRefund", "RecordAudit", "ConfirmIdentity", "ConfirmTransaction").by(SYSTEM).from(EXCEPTION)
          .to(EXCEPTION, CONFIRMING, PERFORMING, AUDITING),
      on("WaiveObligation").by(T.PARTIES).from(EXCEPTION).to(EXCEPTION, CONFIRMING, PERFORMING, AUDITING),
      on("ReportShipment").by(PLATFORM, SYSTEM).from(EXCEPTION).to(EXCEPTION, CONFIRMING, PERFORMING, AUDITING),
      on("EndException").by(MEDIATOR_LEAD).from(EXCEPTION).to(CLOSED)),
  T33("Back to negotiation or to mediation; after the cure time, what the finding says.", "退回协商或转平台介入；补救期满按核验发现处理。",
      on("ReopenNegotiation").by(VERIFIER).from(EXCEPTION).to(AWAITING_MERCHANT, MEDIATION_QUEUED),
      on("SendToMediation").by(VERIFIER).from(EXCEPTION).to(MEDIATION_QUEUED, APPEALED),
      after(EXCEPTION_CURE).from(EXCEPTION).to(EXCEPTION, MEDIATION_QUEUED, APPEALED, CLOSED)),
  T34("A chargeback ends it; a refund in flight must be known first.", "拒付将终结本单；在途退款须先有结果。",
      on("OpenChargeback").by(PLATFORM, SYSTEM).from(T.OPEN).to(CLOSED, EXCEPTION),
      on("RecordRefund").by(SYSTEM).from(EXCEPTION).to(CLOSED)),
  T35("The buyer reopens once, within 15 days, with a new fact.", "买家在 15 天内凭新事实重新开启一次。",
      on("Reopen").by(BUYER).from(CLOSED).to(AWAITING_MERCHANT)),
  T36("A refund is reported reversed or a chargeback arrives after closing.", "结案后退款被退回或发生拒付。",
      on("RecordRefund", "RecordAudit").by(SYSTEM).from(CLOSED).to(CLOSED, EXCEPTION),
      on("OpenChargeback").by(PLATFORM, SYSTEM).from(CLOSED).to(CLOSED));
  // @formatter:on

  /** Sets of statuses, roles and deadlines that rows share. */
  private static final class T {
    static final Status[] NEGOTIATING = {AWAITING_MERCHANT, AWAITING_BUYER};
    static final Status[] BEFORE_DECISION = {MEDIATION_QUEUED, MEDIATING, AWAITING_EVIDENCE, PROPOSED};
    static final Status[] MEDIATION =
        {MEDIATION_QUEUED, MEDIATING, AWAITING_EVIDENCE, PROPOSED, Status.DECIDED, APPEALED};
    static final Status[] SETTLED = {CONFIRMING, PERFORMING, AUDITING, FOLLOWING_UP, CONCLUDING};
    static final Status[] OPEN = EnumSet.complementOf(EnumSet.of(NOT_FILED, CLOSED)).toArray(Status[]::new);
    static final Role[] MERCHANT = {MERCHANT_OWNER, MERCHANT_AGENT};
    static final Role[] PARTIES = {BUYER, MERCHANT_OWNER, MERCHANT_AGENT};
    static final Role[] FOLLOW_UP = {BUYER, VERIFIER};
    static final Role[] CURE = {BUYER, MERCHANT_OWNER, MERCHANT_AGENT, VERIFIER, MEDIATOR_LEAD};
    static final Deadline[] PROMISES =
        {OBLIGATION_REFUND, RETURN_SHIP, RETURN_TRANSIT, RETURN_ACKNOWLEDGE, REPLACEMENT_SHIP,
            VERIFICATION_START};
  }

  /** One way a row can be taken: by a command of these roles, or when one of these deadlines passes. */
  public record Step(Set<String> commands, Set<Deadline> deadlines, Set<Role> who, Set<Status> from, Set<Status> to) {
    public Step {
      commands = Set.copyOf(commands);
      deadlines = Set.copyOf(deadlines);
      who = Set.copyOf(who);
      from = Set.copyOf(from);
      to = Set.copyOf(to);
    }

    /** Whether this step leads from {@code before} to {@code after}. */
    public boolean leads(Status before, Status after) {
      return from.contains(before) && (to.isEmpty() ? before == after : to.contains(after));
    }

    Step by(Role... roles) {
      return new Step(commands, deadlines, Set.of(roles), from, to);
    }

    Step from(Status... statuses) {
      return new Step(commands, deadlines, who, joined(from, List.of(statuses)), to);
    }

    Step to(Status... statuses) {
      return new Step(commands, deadlines, who, from, Set.of(statuses));
    }
  }

  /** The row's number in the published table. */
  public final int row = Integer.parseInt(name(), 1, name().length(), 10);
  /** The row in one sentence. */
  public final String english;
  /** The row in one sentence. */
  public final String chinese;
  /** Every way it can be taken. */
  @SuppressWarnings("ImmutableEnumChecker") // List.of is immutable, and so is a Step
  public final List<Step> steps;

  Transition(String english, String chinese, Step... steps) {
    this.english = english;
    this.chinese = chinese;
    this.steps = List.of(steps);
  }

  /** The row with this number, from 1 to 36. Throws IllegalArgumentException for any other. */
  public static Transition of(int row) {
    if (row < 1 || row > values().length) throw new IllegalArgumentException("no row " + row);
    return values()[row - 1];
  }

  /** Whether the row leads from {@code before} to {@code after}. A step of no row (0) keeps the status. */
  public static boolean allows(int row, Status before, Status after) {
    if (row == 0) return before == after;
    return row > 0 && row <= values().length && of(row).steps.stream().anyMatch(step -> step.leads(before, after));
  }

  private static Step on(String... commands) {
    return new Step(Set.of(commands), Set.of(), Set.of(), Set.of(), Set.of());
  }

  private static Step after(Deadline... deadlines) {
    return new Step(Set.of(), Set.of(deadlines), Set.of(SYSTEM), Set.of(), Set.of());
  }

  private static Set<Status> joined(Set<Status> some, Collection<Status> more) {
    var all = new LinkedHashSet<>(some);
    all.addAll(more);
    return all;
  }
}
