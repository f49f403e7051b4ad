package redress.dispute;

import static redress.dispute.EvidenceType.*;

import java.util.List;

/** Which documents help whom: for each reason and side, what to submit and what it should show. Advice, not a rule. */
public final class Checklist {

  /** A kind of document and what it should show. */
  public record Item(EvidenceType type, String english, String chinese) {}

  // @formatter:off
  private static final Item ORDER      = new Item(ORDER_DETAILS,          "The order: what was bought, from whom, to which address.", "订单详情：买了什么、向谁购买、收货地址。");
  private static final Item PAID       = new Item(PAYMENT_SCREENSHOT,     "The payment with its number, date and amount.", "付款记录：交易号、日期和金额。");
  private static final Item TALK       = new Item(CHAT_LOG,               "What the two of you wrote to each other about it; the thread here can be sealed.", "双方就此事的沟通记录；本平台的对话可以直接封存提交。");
  private static final Item LISTING    = new Item(LISTING_SNAPSHOT,       "The listing as it stood on the day of the order.", "下单当日的商品页面。");
  private static final Item DESCRIBED  = new Item(ITEM_DESCRIPTION,       "What was promised about the item: material, size, condition.", "商品说明：材质、尺寸、成色等承诺。");
  private static final Item PHOTO      = new Item(PHOTO_OF_ITEM,          "The item from several sides, with what is wrong on it in plain sight.", "商品多角度照片，问题部位清晰可见。");
  private static final Item PACKAGE    = new Item(PHOTO_OF_PACKAGE,       "The parcel with its label, before and after it was opened.", "包裹照片，含面单，开箱前后均可。");
  private static final Item UNBOXING   = new Item(VIDEO_UNBOXING,         "The parcel being opened, in one take.", "一镜到底的开箱视频。");
  private static final Item INSPECTION = new Item(THIRD_PARTY_INSPECTION, "The finding of a workshop, the maker or another expert, with date and name.", "维修点、厂家或其他专业机构出具的鉴定结论，注明日期和名称。");
  private static final Item TRACK      = new Item(TRACKING,               "The carrier's record from dispatch to the last scan.", "承运商从揽收到最后扫描的物流记录。");
  private static final Item SIGNED     = new Item(DELIVERY_SIGNATURE,     "Who signed for the parcel, where and when.", "签收证明：何人、何地、何时签收。");
  private static final Item SHIPPED    = new Item(SHIPMENT_RECEIPT,       "The receipt of handing the parcel over, with its weight.", "交寄凭证，注明重量。");
  private static final Item SENT_BACK  = new Item(RETURN_TRACKING,        "The carrier's record of the item on its way back.", "退货物流记录。");
  private static final Item RETURNS    = new Item(RETURN_POLICY,          "The terms of return as the buyer saw them when ordering.", "下单时展示的退货政策。");
  private static final Item INVOICE    = new Item(INVOICE_OR_RECEIPT,     "The invoice with its lines and total.", "发票或收据，含明细与合计。");
  private static final Item ORIGIN     = new Item(INVOICE_OR_RECEIPT,     "Where the item was bought in: the supplier's invoice or the brand's authorisation.", "进货来源：供应商发票或品牌授权书。");
  private static final Item TERMS      = new Item(CONTRACT,               "What was agreed: contract, booking, terms of the subscription.", "双方约定：合同、预订单或订阅条款。");
  private static final Item LOG        = new Item(SERVICE_LOG,            "When the service was used or provided, with dates.", "服务提供或使用的记录，注明日期。");
  private static final Item STATEMENT  = new Item(BANK_STATEMENT,         "The account over the days in question; cover what is not about this.", "相关日期的账户流水，无关内容请遮盖。");
  private static final Item REFUNDED   = new Item(REFUND_RECORD,          "The provider's record of the refund: reference, amount, date.", "支付机构的退款记录：退款单号、金额、日期。");
  private static final Item OUTSIDE    = new Item(REFUND_OUTSIDE_PLATFORM, "Proof of money paid back by another way, with the receiver's account.", "以其他方式退款的证明，含收款账户。");
  private static final Item CUSTOMS    = new Item(CUSTOMS_DOCUMENT,       "What customs wrote about the parcel.", "海关出具的文件。");
  private static final Item POLICE     = new Item(POLICE_REPORT,          "The report of theft or fraud, with its number.", "报案回执，含编号。");
  private static final Item WORD       = new Item(DECLARATION,            "Your own account of what happened, dated and signed.", "您对经过的书面陈述，注明日期并签名。");
  private static final Item MORE       = new Item(OTHER,                  "Anything else that shows what happened.", "其他能说明情况的材料。");

  /** What helps this side of a dispute about {@code reason}, the weightiest first. */
  public static List<Item> of(Reason reason, Side side) {
    boolean buyer = side == Side.BUYER;
    return switch (reason) {
      case ITEM_NOT_RECEIVED    -> buyer ? List.of(ORDER, TRACK, TALK, WORD, POLICE) : List.of(TRACK, SIGNED, SHIPPED, TALK, CUSTOMS);
      case NOT_AS_DESCRIBED     -> buyer ? List.of(PHOTO, LISTING, UNBOXING, TALK, INSPECTION, SENT_BACK) : List.of(LISTING, DESCRIBED, PHOTO, TALK, RETURNS);
      case DEFECTIVE_OR_DAMAGED -> buyer ? List.of(PHOTO, PACKAGE, UNBOXING, INSPECTION, TALK, SENT_BACK) : List.of(SHIPPED, PHOTO, INSPECTION, TALK, RETURNS);
      case MISSING_ITEMS        -> buyer ? List.of(UNBOXING, PACKAGE, ORDER, TALK) : List.of(SHIPPED, PACKAGE, ORDER, SIGNED);
      case COUNTERFEIT          -> buyer ? List.of(INSPECTION, PHOTO, LISTING, CUSTOMS, TALK) : List.of(ORIGIN, INSPECTION, LISTING, CUSTOMS);
      case SERVICE_NOT_PROVIDED -> buyer ? List.of(TERMS, PAID, TALK, WORD) : List.of(LOG, TERMS, TALK, SIGNED);
      case SERVICE_NOT_WORKING  -> buyer ? List.of(TERMS, PHOTO, TALK, LOG, INSPECTION) : List.of(LOG, TERMS, DESCRIBED, TALK);
      case REFUND_NOT_RECEIVED  -> buyer ? List.of(STATEMENT, TALK, SENT_BACK, RETURNS) : List.of(REFUNDED, OUTSIDE, TALK, RETURNS);
      case DUPLICATE_CHARGE     -> buyer ? List.of(STATEMENT, PAID, ORDER) : List.of(INVOICE, ORDER, REFUNDED);
      case WRONG_AMOUNT         -> buyer ? List.of(INVOICE, PAID, LISTING, TALK) : List.of(INVOICE, ORDER, TERMS, TALK);
      case CANCELED_SUBSCRIPTION -> buyer ? List.of(TALK, TERMS, STATEMENT) : List.of(TERMS, LOG, TALK, REFUNDED);
      case OTHER                -> buyer ? List.of(ORDER, PAID, TALK, PHOTO, MORE) : List.of(ORDER, TALK, TERMS, MORE);
      case UNAUTHORISED         -> buyer ? List.of(POLICE, STATEMENT, WORD) : List.of(ORDER, SIGNED, LOG);
    };
  }
  // @formatter:on

  private Checklist() {}
}
