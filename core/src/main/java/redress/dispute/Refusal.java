package redress.dispute;

/**
 * Every way the rules say no. The name is the API's error code; the words are for people and say what to do; {@code
 * kind} tells the caller's mistake apart: a bad value, a step that is someone else's, or a step that does not fit now.
 */
public enum Refusal {
  // @formatter:off
  NOT_FOUND             (Kind.UNKNOWN,   "There is nothing here under this number, or it is not yours. Check the id.", "此编号不存在或不属于您，请核对编号。"),
  NOT_YOURS             (Kind.FORBIDDEN, "This step belongs to someone else.", "此步骤应由其他人操作。"),
  ABOVE_YOUR_LIMIT      (Kind.FORBIDDEN, "The amount is above what you may commit; ask someone with a higher limit.", "金额超出您的权限，请由权限更高的人员操作。"),
  CONFLICT_OF_INTEREST  (Kind.FORBIDDEN, "You have a conflict of interest here; someone else must do this.", "您与本单存在利益冲突，须由他人处理。"),
  SAME_PERSON           (Kind.FORBIDDEN, "A second person must do this, not the one who did the first step.", "须由另一人操作，不可与前一步为同一人。"),
  ALREADY_FILED         (Kind.STATE,     "This dispute has already been filed.", "此纠纷单已提交。"),
  NOT_FILED             (Kind.UNKNOWN,   "There is no such dispute. Check the id.", "没有此纠纷单，请核对编号。"),
  FRAUD_IS_ELSEWHERE    (Kind.VALUE,     "A payment you did not make is handled as fraud: report it to your payment provider's security team at once.", "非本人支付请立即向支付机构的安全中心报案，本流程不受理。"),
  PAYMENT_MISMATCH      (Kind.VALUE,     "Payer, merchant or currency differ from the registered payment.", "付款人、商家或币种与登记的交易不符。"),
  FILING_WINDOW_OVER    (Kind.STATE,     "The time for filing about this payment is over.", "该笔交易已超过可申请纠纷的期限。"),
  ITEMS_UNKNOWN         (Kind.VALUE,     "The payment has no such item; name items of the payment, or none for all of it.", "交易中没有该商品，请填写交易中的商品，或不填表示整笔交易。"),
  ITEMS_DISPUTED        (Kind.STATE,     "Another dispute about this is already open; continue there.", "相关商品已有处理中的纠纷单，请在原单继续。"),
  AMOUNT_MISSING        (Kind.VALUE,     "The amount must be more than nothing.", "金额必须大于零。"),
  AMOUNT_TOO_HIGH       (Kind.VALUE,     "The amount is more than can still be refunded.", "金额超过仍可退款的金额。"),
  NOT_THE_FULL_AMOUNT   (Kind.VALUE,     "A full refund is the disputed amount less what was already paid; for another amount choose a partial refund.", "全额退款应等于争议金额减去已退金额；其他金额请选择部分退款。"),
  AMOUNT_UNEXPECTED     (Kind.VALUE,     "This promise is not paid in money, or has a value where none belongs.", "该承诺不涉及付款，不应填写金额。"),
  TERMS_INCOMPLETE      (Kind.VALUE,     "The promises do not fit the remedy; a promise is missing, doubled or out of order.", "承诺内容与方案类型不符：缺少、重复或顺序错误。"),
  EXECUTOR_MISSING      (Kind.VALUE,     "A payment must say who carries it out: PLATFORM or MERCHANT.", "付款承诺须注明由平台或商家执行。"),
  DURATION_OUT_OF_RANGE (Kind.VALUE,     "The time allowed is shorter or longer than the rules permit.", "期限超出规则允许的范围。"),
  TEXT_MISSING          (Kind.VALUE,     "Please write a few words; this step needs them.", "请填写说明文字。"),
  TEXT_TOO_LONG         (Kind.VALUE,     "The text is too long; shorten it or send it in parts.", "文字过长，请缩短或分次发送。"),
  RATING_OUT_OF_RANGE   (Kind.VALUE,     "A rating is a whole number from 1 to 5, and only a RATING has one.", "评分须为 1 至 5 的整数，且仅评分类反馈可填写。"),
  TOO_MANY_ATTACHMENTS  (Kind.VALUE,     "Too many attachments in one message; send several messages.", "附件过多，请分次发送。"),
  TOO_MUCH_EVIDENCE     (Kind.STATE,     "The dispute already has the greatest number of pieces of evidence.", "凭证数量已达上限。"),
  HASH_MALFORMED        (Kind.VALUE,     "A SHA-256 has 64 hexadecimal digits.", "SHA-256 应为 64 位十六进制字符。"),
  NOTHING_ASKED         (Kind.VALUE,     "Ask each side once at the most, and for at least one type of evidence.", "请至少索取一种凭证，且每方只列一次。"),
  NO_SUCH_REQUEST       (Kind.STATE,     "No such evidence was asked of you, or the time for it is over; leave the request out.", "未向您索取该凭证或期限已过，请不填写索取编号。"),
  NO_SUCH_OFFER         (Kind.STATE,     "This offer is not open any more; look at the dispute again.", "该方案已失效，请刷新后查看。"),
  OWN_OFFER             (Kind.FORBIDDEN, "This is your own offer; the other side answers it.", "这是您自己的方案，须由对方答复。"),
  OFFER_STANDS          (Kind.STATE,     "You already have an open offer; withdraw it first.", "您已有待答复的方案，请先撤回。"),
  TOO_MANY_OFFERS       (Kind.STATE,     "You have made as many offers as this round allows.", "本轮提出方案的次数已用完。"),
  NOT_NEGOTIATING       (Kind.STATE,     "The two sides are not negotiating now.", "当前不在协商阶段。"),
  TOO_EARLY_TO_ESCALATE (Kind.STATE,     "The platform steps in when the other side is late, after 72 hours, or when your offer was declined.", "对方超时、协商满 72 小时或您的方案被拒绝后，方可申请平台介入。"),
  MONEY_IN_FLIGHT       (Kind.STATE,     "Money is on its way; wait until it is known whether it arrived.", "款项正在处理中，请等待结果明确。"),
  NOTHING_LEFT          (Kind.STATE,     "There is nothing left to refund.", "已无可退金额。"),
  NOT_IN_MEDIATION      (Kind.STATE,     "The platform is not mediating this step now.", "当前不在平台介入阶段。"),
  ALREADY_ASSIGNED      (Kind.STATE,     "This is already in that person's hands.", "已由该人员处理。"),
  DECISION_PENDING      (Kind.STATE,     "A decision waits for approval; nothing else can be done until then.", "判定正在等待复核，暂不能进行其他操作。"),
  NO_DECISION_PENDING   (Kind.STATE,     "No decision waits for approval.", "没有等待复核的判定。"),
  REQUESTS_USED_UP      (Kind.STATE,     "Evidence has been asked for as often as the rules allow.", "补充凭证的次数已用完。"),
  PROPOSALS_USED_UP     (Kind.STATE,     "As many proposals were made as the rules allow; decide.", "调解方案次数已用完，请作出判定。"),
  ROUNDS_USED_UP        (Kind.STATE,     "Negotiation has been reopened as often as the rules allow.", "重新协商的次数已用完。"),
  NO_SUCH_PROPOSAL      (Kind.STATE,     "This proposal is not open any more; look at the dispute again.", "该调解方案已失效，请刷新后查看。"),
  ALREADY_SPOKEN        (Kind.STATE,     "You have already answered this.", "您已作出答复。"),
  OUTCOME_MISMATCH      (Kind.VALUE,     "The outcome and what is owed do not fit together.", "判定结果与应履行内容不一致。"),
  NOT_DECIDED           (Kind.STATE,     "There is no decision that could be appealed now.", "当前没有可申诉的判定。"),
  NOT_CONFIRMING        (Kind.STATE,     "Nothing is being confirmed now.", "当前不在信息确认阶段。"),
  STATEMENT_NOT_NEEDED  (Kind.STATE,     "No statement of the merchant is needed, or it is already there.", "无需商家反馈或已提交。"),
  NO_SUCH_OBLIGATION    (Kind.STATE,     "No such promise waits for this.", "没有待处理的此项承诺。"),
  NOT_REPORTABLE        (Kind.STATE,     "This promise cannot be reported as kept now.", "当前不能申报此项承诺已履行。"),
  NOT_BEING_VERIFIED    (Kind.STATE,     "Nothing is being verified now.", "当前不在查验阶段。"),
  NOTHING_TO_RECEIVE    (Kind.STATE,     "No refund has been recorded that could be missing.", "没有可申报未到账的退款记录。"),
  NO_SUCH_FINDING       (Kind.STATE,     "No such problem is open.", "没有此项待处理的核验发现。"),
  NOT_CURABLE           (Kind.STATE,     "This problem cannot be put right this way, or the time for it is over, or it was tried before.", "此问题不能以该方式补救、已超时或已补救过。"),
  NO_EXCEPTION          (Kind.STATE,     "There is no problem that stops this dispute.", "当前没有异常。"),
  CHARGEBACK_RUNS       (Kind.STATE,     "A chargeback is running; the result of the refund is awaited.", "拒付处理中，正在等待退款结果。"),
  NOT_ENFORCEABLE       (Kind.STATE,     "Nothing can be enforced here now.", "当前没有可强制执行的内容。"),
  NO_PAYOUT_PENDING     (Kind.STATE,     "No payout waits for approval.", "没有等待审批的付款。"),
  RULING_STANDS         (Kind.STATE,     "The platform has ruled; this cannot be negotiated again.", "平台已作判定，不能重新协商。"),
  NOT_THE_LAST_RESORT   (Kind.STATE,     "A lead ends a dispute only after its sixth problem.", "仅在第六次异常后方可由主管终结。"),
  NO_SUCH_REFUND        (Kind.STATE,     "No such refund, or its state cannot follow.", "没有该退款或状态不能变更。"),
  NOT_REOPENABLE        (Kind.STATE,     "This dispute cannot be reopened.", "此纠纷单不能重新开启。"),
  NO_SUCH_QUESTION      (Kind.VALUE,     "There is no such question or opinion.", "没有该问题或反馈。"),
  TAG_MALFORMED         (Kind.VALUE,     "A tag is 1 to 32 letters, digits or hyphens.", "标签须为 1 至 32 个字母、数字或连字符。"),
  CLOSED                (Kind.STATE,     "This dispute is closed.", "纠纷单已结案。");
  // @formatter:on

  /** Whose mistake it is, and so which HTTP status it gets. */
  public enum Kind {
    /** A field has a value that cannot be accepted: 422. */
    VALUE,
    /** The step belongs to someone else: 403. */
    FORBIDDEN,
    /** The step does not fit where the dispute stands: 409. */
    STATE,
    /** It is not there, or not the caller's: 404. */
    UNKNOWN
  }

  public final Kind kind;
  /** What to do, in English. */
  public final String english;
  /** What to do, in Chinese. */
  public final String chinese;

  Refusal(Kind kind, String english, String chinese) {
    this.kind = kind;
    this.english = english;
    this.chinese = chinese;
  }
}
