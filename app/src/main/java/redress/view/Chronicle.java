package redress.view;

import java.util.Map;
import redress.check.FindingCode;
import redress.dispute.Confirmation;
import redress.dispute.Event;
import redress.dispute.Event.*;
import redress.dispute.Finding;
import redress.dispute.Obligation;
import redress.dispute.Offer;
import redress.dispute.Refund;
import redress.dispute.Side;
import redress.dispute.Terms;
import redress.door.Language;

/** One sentence for everything that can happen, in plain words of both languages. */
public final class Chronicle {
  private final Language language;
  private final String currency;
  private final Map<Integer, Obligation.Kind> promises;

  /**
   * @param currency the ISO 4217 code of the dispute's amounts
   * @param promises what is promised, by the promise's id
   */
  public Chronicle(Language language, String currency, Map<Integer, Obligation.Kind> promises) {
    this.language = language;
    this.currency = currency;
    this.promises = Map.copyOf(promises);
  }

  // @formatter:off
  public String of(Event event) {
    return switch (event) {
      case Filed e               -> say("The buyer filed this dispute about %s.", "买家提交纠纷单，争议金额 %s。", money(e.filing().minor()));
      case MessageSent _         -> say("A message was sent.", "发送了一条消息。");
      case EvidenceSubmitted e   -> say("Evidence %s was submitted: %s.", "提交凭证 %s：%s。", e.id(), word("evidence", e.evidenceType()));
      case SupportAsked _        -> say("Customer service was asked.", "向客服提问。");
      case SupportAnswered _     -> say("Customer service answered.", "客服已答复。");
      case FeedbackGiven _       -> say("Feedback was given.", "提交了反馈。");
      case FeedbackAnswered _    -> say("Feedback was answered.", "反馈已答复。");
      case NoteAdded _           -> say("A note was added.", "添加了备注。");
      case Tagged e              -> say("Tagged %s.", "添加标签 %s。", e.tag());
      case PersonalDataRevealed e -> say("Contacts of %s were looked at.", "查看了%s的联系方式。", side(e.of()));

      case TurnPassed e          -> say("Now %s has to answer.", "现由%s答复。", side(e.awaited()));
      case FirstReplyGiven _     -> say("The merchant gave its first reply.", "商家首次回复。");
      case OfferMade e           -> say("%s made offer %s: %s.", "%s提出方案 %s：%s。", who(e.offer().by()), e.offer().id(), terms(e.offer().terms()));
      case OfferEnded e          -> say("Offer %s was %s.", "方案 %s%s。", e.offer(), ended(e.state()));
      case Reminded e            -> say("%s was reminded.", "已提醒%s。", who(e.side()));
      case RoundStarted e        -> say("Round %s of negotiation began.", "第 %s 轮协商开始。", e.number());

      case MediationQueued _     -> say("The platform steps in.", "平台介入。");
      case Assigned _            -> say("A mediator took it.", "调解员已接手。");
      case Recused _             -> say("The mediator gave it back.", "调解员已退回。");
      case EvidenceRequested _   -> say("The mediator asked for evidence.", "调解员要求补充凭证。");
      case EvidenceSupplied e    -> say("%s supplied what it was asked for.", "%s已补充凭证。", who(e.request().side()));
      case EvidenceClosed e      -> e.complete() ? say("All evidence is there.", "凭证已补齐。") : say("The time for evidence is over.", "补充凭证期限届满。");
      case SettlementProposed e  -> say("The mediator made proposal %s: %s.", "调解员提出调解方案 %s：%s。", e.id(), terms(e.terms()));
      case ProposalAssented e    -> say("%s accepted the proposal.", "%s接受调解方案。", who(e.side()));
      case ProposalEnded e       -> say("Proposal %s was %s.", "调解方案 %s%s。", e.proposal(), ended(e.state()));
      case DecisionWaits _       -> say("A decision waits for approval.", "判定等待复核。");
      case DecisionRejected _    -> say("The decision was sent back.", "判定被退回。");
      case Decided e             -> say("Decision: %s", "判定：%s", word("outcome", e.ruling().outcome()));
      case Appealed e            -> say("%s appealed.", "%s提出申诉。", who(e.side()));
      case AppealWaived e        -> say("%s will not appeal.", "%s放弃申诉。", who(e.side()));
      case AppealOpened _        -> say("The appeal is being decided.", "申诉处理中。");
      case AppealDecided e       -> say("The appeal was decided: %s", "申诉裁定：%s", word("outcome", e.ruling().outcome()));

      case SettlementFormed e    -> say("A settlement was made: %s.", "达成和解协议：%s。", terms(e.settlement().terms()));
      case Confirmed e           -> say("%s: %s.", "%s：%s。", which(e.which()), confirmed(e.state()));
      case StatementSubmitted _  -> say("The merchant said how it will keep the settlement.", "商家提交履约说明。");
      case InformationConfirmed _ -> say("Everything needed is confirmed.", "所需信息均已确认。");
      case PerformingStarted _   -> say("The promises are being kept.", "承诺履行中。");
      case ObligationMoved e     -> say("%s: %s.", "%s：%s。", promise(e.obligation()), word("state", e.state()));

      case ItemsDisputed _       -> say("The items are in dispute.", "相关商品进入争议。");
      case HoldPlaced e          -> say("%s is held.", "已冻结 %s。", money(e.minor()));
      case HoldReleased e        -> say("%s of the hold is released.", "已解冻 %s。", money(e.minor()));
      case RefundRequested e     -> say("A refund of %s was ordered.", "已发起退款 %s。", money(e.refund().minor()));
      case RefundMoved e         -> say("Refund %s of %s: %s.", "退款 %s（%s）：%s。", e.refund().id(), money(e.refund().minor()), refund(e.refund().state()));
      case OutsideRefundFound e  -> say("A refund of %s made by the merchant was found.", "发现商家自行退款 %s。", money(e.refund().minor()));
      case FundsAsked e          -> say("A reserve is asked for %s.", "已申请动用备用资金 %s。", money(e.ask().minor()));
      case FundsReserved e       -> say("%s was reserved.", "已预留 %s。", money(e.minor()));
      case FundsReturned e       -> say("%s was given back.", "已归还 %s。", money(e.minor()));
      case PromiseBroken e       -> say("%s: not kept; %s is owed.", "%s：未履行，欠款 %s。", promise(e.obligation()), money(e.minor()));
      case Overpaid e            -> e.minor() > 0 ? say("%s more was paid than was captured; it is claimed back.", "已多付 %s，将予追回。", money(e.minor())) : say("%s is no longer claimed back.", "不再追回 %s。", money(-e.minor()));
      case ChargebackOpened e    -> say("The payer's bank charged back %s.", "付款银行拒付 %s。", money(e.minor()));

      case AuditingStarted _     -> say("Day 1 of the verification began: the records.", "查验第一天开始：信息核实。");
      case Audited _             -> say("The records were looked at.", "已核查记录。");
      case FollowUpStarted _     -> say("Day 2 began: the buyer is asked.", "第二天开始：收集用户反馈。");
      case ContactTried e        -> e.delivered() ? say("The buyer was contacted (%s).", "已联系买家（%s）。", e.attempt()) : say("The buyer could not be reached (%s).", "未联系上买家（%s）。", e.attempt());
      case FollowUpAnswered e    -> say("The buyer answered: %s.", "买家反馈：%s。", word("answer", e.answer()));
      case ConcludingStarted _   -> say("Day 3 began: the result.", "第三天开始：结果确认。");
      case Closed e              -> say("Closed. %s", "结案。%s", word("outcome", e.outcome()));
      case VerifierActed _       -> say("A verifier acted.", "核验员已处理。");

      case FindingRaised e       -> found(e.finding().code());
      case FindingEnded e        -> say("Finding %s: %s.", "核验发现 %s：%s。", e.finding(), stands(e.state()));
      case FindingWaits e        -> say("Finding %s: %s.", "核验发现 %s：%s。", e.finding(), stands(e.state()));
      case ExceptionOpened _     -> say("A problem stops the dispute.", "出现问题，转入异常处理。");
      case EnforcementStarted e  -> say("%s: being enforced.", "%s：强制执行中。", promise(e.obligation()));
      case EnforcementShort e    -> say("%s could not be enforced yet.", "尚有 %s 未能执行。", money(e.missing()));
      case PayoutAsked e         -> say("A payout of %s waits for approval.", "付款 %s 等待审批。", money(e.minor()));
      case PayoutApproved e      -> say("A payout of %s was approved.", "付款 %s 已批准。", money(e.minor()));
      case PayoutRejected _      -> say("A payout was rejected.", "付款被拒绝。");
      case Resumed e             -> say("The problem is solved. Now: %s.", "问题已解决，继续：%s。", word("status", e.to()));

      case Overdue e             -> say("%s was late.", "%s超时。", who(e.side()));
      case Breached e            -> say("The platform was late: %s.", "平台超时：%s。", word("deadlineName", e.deadline()));
      case Alerted e             -> say("The lead was alerted: %s.", "已提醒主管：%s。", word("deadlineName", e.deadline()));
      case TargetMissed e        -> say("A target was missed: %s.", "未达目标时限：%s。", word("deadlineName", e.deadline()));
    };
  }
  // @formatter:on

  private String say(String english, String chinese, Object... parts) {
    return language.pick(english, chinese).formatted(parts);
  }

  private String found(FindingCode code) {
    return say("Found: %s", "核验发现：%s", word("finding", code)) + (code != FindingCode.EVIDENCE_CONTRADICTS ? ""
        : say(" A verifier looks at it and signs.", "由核验员查看后签署。"));
  }

  /** The words the notices have for it, so that both say the same; a sentence goes on with them in small letters. */
  private String word(String kind, Enum<?> constant) {
    return Lexicon.of(language).word(kind, constant);
  }

  private String promise(int id) {
    var kind = promises.get(id);
    return kind == null ? say("Promise %s", "承诺 %s", id) : word("promiseName", kind);
  }

  private String which(Confirmation which) {
    return switch (which) {
      case IDENTITY -> language.pick("Who agreed is who paid", "身份信息");
      case TRANSACTION_RECORD -> language.pick("The payment's record", "交易记录");
      case MERCHANT_STATEMENT -> language.pick("The merchant's statement", "商家反馈");
    };
  }

  private String confirmed(Confirmation.State state) {
    return switch (state) {
      case PENDING -> language.pick("not confirmed yet", "待确认");
      case PASSED -> language.pick("confirmed", "已确认");
      case FAILED -> language.pick("could not be confirmed", "未通过");
      case NOT_NEEDED -> language.pick("not needed", "无需确认");
    };
  }

  private String stands(Finding.State state) {
    return switch (state) {
      case OPEN -> language.pick("still open", "待处理");
      case ENFORCING -> language.pick("being enforced", "强制执行中");
      case CURED -> language.pick("put right", "已补救");
      case REFUTED -> language.pick("shown to be none", "已排除");
      case RESOLVED -> language.pick("solved", "已解决");
      case SIGNED -> language.pick("seen and signed by a verifier", "核验员已签署");
      case ENFORCED -> language.pick("enforced", "已强制执行");
      case SUPERSEDED -> language.pick("overtaken by events", "已失效");
    };
  }

  /** A side within a sentence. */
  private String side(Side side) {
    return side == Side.BUYER ? language.pick("the buyer", "买家") : language.pick("the merchant", "商家");
  }

  /** A side at the start of a sentence. */
  private String who(Side side) {
    return side == Side.BUYER ? language.pick("The buyer", "买家") : language.pick("The merchant", "商家");
  }

  private String ended(Offer.State state) {
    return switch (state) {
      case OPEN -> language.pick("opened", "待答复");
      case COUNTERED -> language.pick("answered with another offer", "被反提案");
      case ACCEPTED -> language.pick("accepted", "已接受");
      case DECLINED -> language.pick("declined", "被拒绝");
      case WITHDRAWN -> language.pick("withdrawn", "已撤回");
      case EXPIRED -> language.pick("not answered in time", "已过期");
      case SUPERSEDED -> language.pick("overtaken by events", "已失效");
    };
  }

  private String refund(Refund.State state) {
    return switch (state) {
      case REQUESTED -> language.pick("ordered", "已发起");
      case PROCESSING -> language.pick("on its way", "处理中");
      case SUCCEEDED -> language.pick("arrived", "已到账");
      case FAILED -> language.pick("failed", "失败");
      case REVERSED -> language.pick("taken back", "被退回");
      case UNKNOWN -> language.pick("not known yet", "结果未明");
    };
  }

  private String terms(Terms terms) {
    var remedy = word("remedy", terms.remedy());
    return terms.pays() == 0 ? remedy : say("%s (%s)", "%s（%s）", remedy, money(terms.pays()));
  }

  private String money(long minor) {
    return language.money(minor, currency);
  }
}
