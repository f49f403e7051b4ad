package redress.door;

/**
 * Every way a request is turned away before the rules are asked. The name is the API's error code; the words are for
 * people and say what to do. What the rules refuse has its own list, {@link redress.dispute.Refusal}.
 */
public enum Fault {
  // @formatter:off
  UNAUTHENTICATED       (401, "Send a valid API key or party token as Authorization: Bearer.", "请在 Authorization: Bearer 中提供有效的密钥或令牌。"),
  TOKEN_EXPIRED         (401, "The party token is over or lives longer than 15 minutes; ask for a new one.", "令牌已过期或有效期超过 15 分钟，请重新获取。"),
  CALLBACK_UNPROVED     (401, "Nothing proves that a provider connected here sent this.", "无法证明该通知来自已接入的支付机构。"),
  SCOPE_MISSING         (403, "This key may not do this; use a key with the scope that is named.", "该密钥没有所需权限，请使用具备相应权限的密钥。"),
  ROLE_MISSING          (403, "This belongs to another role.", "该操作属于其他角色。"),
  NOT_FOUND             (404, "There is nothing here under this address, or it is not yours. Check the id.", "此地址没有内容或不属于您，请核对编号。"),
  FORM_FOREIGN          (403, "This was sent from another site; do it on our own page.", "请求来自其他网站，请在本站页面操作。"),
  FORM_STALE            (403, "You have signed in anew since this page was opened; load it again, then repeat it.", "您已重新登录，请刷新页面后再操作。"),
  METHOD_NOT_ALLOWED    (405, "This address does not take this method.", "该地址不支持此方法。"),
  NOT_ACCEPTABLE        (406, "Answers are application/json; ask for that.", "仅提供 application/json 格式。"),
  BODY_TOO_LARGE        (413, "The body is larger than 1 MB; shorten it.", "请求内容超过 1 MB，请缩短。"),
  MEDIA_TYPE            (415, "Send the body as application/json in UTF-8.", "请以 UTF-8 编码的 application/json 发送。"),
  JSON_MALFORMED        (400, "The body is not one well-formed JSON object, or names a field twice.", "请求内容不是格式正确的 JSON 对象，或字段重复。"),
  FIELD_UNKNOWN         (422, "There is no such field here; check its name.", "没有此字段，请核对名称。"),
  FIELD_MISSING         (422, "This field is needed.", "缺少此字段。"),
  FIELD_TYPE            (422, "This field has the wrong type; see the API description.", "字段类型错误，请参阅接口说明。"),
  FIELD_VALUE           (422, "This field has a value that does not exist here; see the API description.", "字段取值不存在，请参阅接口说明。"),
  NUMBER_OUT_OF_RANGE   (422, "This number is too large, too small or not whole. Amounts are whole minor units.", "数值超出范围或不是整数；金额为最小货币单位的整数。"),
  AMOUNT_UNREADABLE     (422, "Write the amount in digits, like 1234.50, with no more decimals than the currency has.", "请用数字填写金额，如 1234.50，小数位数不得超过该币种的位数。"),
  TEXT_TOO_LONG         (422, "The text is too long; shorten it or send it in parts.", "文字过长，请缩短或分次发送。"),
  CARD_NUMBER           (422, "This holds the number of a payment card, which nobody here may see; take it out. Nothing of it was kept.", "内容中含有银行卡号，此处任何人都不应看到，请删除后重试；系统未保存任何内容。"),
  TEXT_UNREADABLE       (422, "The text holds characters that cannot be kept.", "文字中含有无法保存的字符。"),
  CURRENCY_MISMATCH     (422, "The currency is not that of the payment.", "币种与交易不符。"),
  PARTY_UNKNOWN         (422, "This party is not registered; register it first.", "该用户尚未登记，请先登记。"),
  PAYMENT_UNKNOWN       (422, "This payment is not registered or not yours; check its id.", "该交易未登记或不属于您，请核对编号。"),
  PAYMENT_DIFFERS       (409, "This payment is registered with other facts, which cannot change.", "该交易已以不同内容登记，不可更改。"),
  QUERY_INVALID         (400, "This query parameter is unknown or has a value that cannot be used.", "查询参数未知或取值无效。"),
  CURSOR_INVALID        (400, "This cursor was not given out for this list; begin without one.", "游标与此列表不符，请从头开始。"),
  IDEMPOTENCY_KEY_NEEDED(400, "This command moves money: send an Idempotency-Key header.", "该操作涉及资金，请提供 Idempotency-Key。"),
  IDEMPOTENCY_KEY_BAD   (400, "An Idempotency-Key has 1 to 100 visible ASCII characters.", "Idempotency-Key 须为 1 至 100 个可见 ASCII 字符。"),
  IDEMPOTENCY_KEY_REUSED(422, "This Idempotency-Key was used for another request; take a new one.", "该 Idempotency-Key 已用于其他请求，请更换。"),
  IDEMPOTENCY_IN_FLIGHT (409, "The first request with this Idempotency-Key is still running; ask again in a moment.", "使用该 Idempotency-Key 的请求仍在处理，请稍后重试。"),
  PRECONDITION_BAD      (400, "If-Match holds the version from an ETag, in quotes.", "If-Match 须为 ETag 中带引号的版本号。"),
  VERSION_MISMATCH      (412, "The dispute has changed since you read it; look at it again.", "纠纷单已有变化，请刷新后再操作。"),
  ID_TAKEN              (409, "There is something else under this id already.", "该编号已被占用。"),
  NOTHING_TO_ASK        (409, "Nothing is being confirmed now.", "当前不在信息确认阶段。"),
  ANSWERED              (409, "This has been answered.", "已答复。"),
  SECOND_PERSON         (403, "A second person must decide this, not the one who asked for it.", "须由另一人决定，不可为申请人本人。"),
  NOT_SO_MUCH           (409, "There is not so much there, or it is not owed.", "余额或欠款不足。"),
  CLOCK_HELD            (409, "Somebody else is advancing this clock; ask again in a moment.", "该时钟正在被推进，请稍后重试。"),
  CLOCK_BACKWARDS       (422, "A test clock only moves forward, by at most ten years at a time.", "测试时钟只能向前，且每次不超过十年。"),
  LIVE_ONLY_OR_TEST_ONLY(422, "A test clock belongs to test payments and test keys only.", "测试时钟仅用于测试交易与测试密钥。"),
  STATEMENT_UNKNOWN     (422, "This is no statement that is known here.", "无法识别此账单格式。"),
  STATEMENT_REFUSED     (422, "This file is not taken.", "此文件未被接收。"),
  STATEMENT_TOO_LARGE   (413, "The file is too large to be sent; import it from the command line.", "文件过大，请使用命令行导入。"),
  RESULT_NOT_YET        (409, "There is no result yet: the dispute is not over, or its record is just being written.", "暂无结果：纠纷单尚未结案，或结果记录正在生成。"),
  CERTIFICATE_WITHDRAWN (410, "Nothing is shown here any more: it was taken back, or there is a newer result that nobody agreed to show yet.", "此处不再展示：已被撤回，或已有尚未同意公开的新结果。"),
  FILE_TOO_LARGE        (413, "A file is larger than 10 MB; make it smaller or send it in parts.", "文件超过 10 MB，请压缩或拆分后上传。"),
  REQUEST_TOO_LARGE     (413, "All files of a request together have at most 50 MB; send them one by one.", "单次请求的文件合计不得超过 50 MB，请分次上传。"),
  TOO_MANY_FILES        (422, "A request brings at most 10 files; send several requests.", "单次请求最多上传 10 个文件，请分次上传。"),
  TOO_MANY_DRAFTS       (409, "There are too many files here that were not submitted; delete some first.", "未提交的文件过多，请先删除部分文件。"),
  TOO_MANY_KEPT         (409, "There are too many of these already; delete some first.", "保存数量已达上限，请先删除一些。"),
  UPLOAD_BROKEN         (400, "What was sent ended too early or is no well-formed form; send it again.", "上传内容不完整或格式错误，请重新上传。"),
  UPLOAD_INCOMPLETE     (409, "Not all of this file is here yet; send the rest first.", "文件尚未上传完整，请先上传其余部分。"),
  UPLOAD_SUBMITTED      (409, "This file was submitted as evidence and can no longer change.", "该文件已作为凭证提交，不可更改。"),
  OFFSET_MISMATCH       (409, "The part does not begin where the file ends so far; ask for its Upload-Offset.", "分段起点与已上传长度不符，请先查询 Upload-Offset。"),
  CHECKSUM_MISMATCH     (460, "The part does not have this checksum; send it again.", "分段校验和不符，请重新上传该分段。"),
  CHECKSUM_UNKNOWN      (400, "Upload-Checksum is sha1 or sha256 with the digest in Base64.", "Upload-Checksum 须为 sha1 或 sha256 及其 Base64 摘要。"),
  TUS_VERSION           (412, "Resumable uploads follow tus 1.0.0 here.", "断点续传仅支持 tus 1.0.0。"),
  UPLOAD_NEEDED         (422, "Send the file to the dispute’s uploads first, and name the upload here.", "请先将文件上传至本争议的 uploads，再在此填写上传编号。"),
  EVIDENCE_ELSEWHERE    (404, "Only the hash of this piece was given; its file is kept elsewhere.", "该凭证仅登记了摘要，文件保存在其他地方。"),
  NO_PREVIEW            (404, "There is no preview of this file; save the file itself.", "该文件没有预览，请下载原文件。"),
  EVIDENCE_GONE         (500, "The file of this piece cannot be found; the operator has been told.", "找不到该凭证的文件，已通知管理员。"),
  RANGE_OUTSIDE         (416, "The file has no such bytes.", "文件中没有所请求的范围。"),
  TOO_MANY_REQUESTS     (429, "This came too often; ask again after the seconds in Retry-After.", "请求过于频繁，请在 Retry-After 所示秒数后重试。"),
  VAULT_FULL            (507, "There is no room for files just now; nothing was kept. Try again later.", "存储空间不足，文件未保存，请稍后重试。"),
  BUSY                  (503, "This cannot be served just now; ask again in a moment, with the same Idempotency-Key.", "暂时无法处理，请稍后使用同一 Idempotency-Key 重试。"),
  INTERNAL              (500, "Something failed here; nothing was changed. Tell us the debugId.", "系统内部错误，未作任何更改。请提供 debugId。");
  // @formatter:on

  /** The HTTP status it is answered with. */
  public final int status;
  /** What to do, in English. */
  public final String english;
  /** What to do, in Chinese. */
  public final String chinese;

  Fault(int status, String english, String chinese) {
    this.status = status;
    this.english = english;
    this.chinese = chinese;
  }

  /** This fault as something to throw. */
  public Turned away() {
    return new Turned(this, "", "");
  }

  /** This fault of the field or parameter that is named. */
  public Turned away(String field) {
    return new Turned(this, field, "");
  }

  /** The same with {@code more} to say, in English, behind its own words. */
  public Turned away(String field, String more) {
    return new Turned(this, field, more);
  }
}
