package redress.check;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a piece of evidence says about a dispute: whether it supports what is known, speaks against it or says nothing
 * to it, and by which of its words. A contradiction is a matter for a person to look at, never a verdict.
 */
public record Testimony(Verdict verdict, List<Point> points) {
  private static final int MOST_POINTS = 40;

  public Testimony {
    points = List.copyOf(points);
  }

  /** What a piece says, over all its words. */
  public enum Verdict {
    // @formatter:off
    CORROBORATES("it says what is known here",              "与已知情况一致"),
    CONTRADICTS ("it says something else than is known here", "与已知情况不一致"),
    SILENT      ("it says nothing that can be compared",    "未见可比对的内容");
    // @formatter:on

    /** The verdict in English and in Chinese. */
    public final String english;
    public final String chinese;

    Verdict(String english, String chinese) {
      this.english = english;
      this.chinese = chinese;
    }
  }

  /** As what a piece was given: only what claims to be a record of the payment or of a refund can contradict it. */
  public enum Claim {
    SALE, REFUND, REFUND_OUTSIDE, RECORD, OTHER
  }

  /** How much of a piece could be read. */
  public enum Legibility {
    // @formatter:off
    READ      ("it was read",                                                        "已读取"),
    IN_PART   ("it was read in part: it is longer than is read",                     "仅读取部分内容：篇幅过长"),
    NO_TEXT   ("a picture, film or other file without words; only a person can look at it", "图片、视频或其他无文字文件，须人工查看"),
    UNREADABLE("it is locked, broken or takes too much to read",                     "文件已加密、损坏或读取代价过高"),
    SEALED    ("only its giver may see it, so it was not read",                      "仅提交人可见，未予读取"),
    ELSEWHERE ("it is kept elsewhere: only its hash is known here",                  "文件存放于他处，本平台仅有其哈希值"),
    MISSING   ("its bytes are gone",                                                 "文件内容已丢失"),
    CHANGED   ("its bytes are not those that were given",                            "文件内容与提交时不符"),
    LEFT      ("there were more pieces than one audit reads",                        "凭证过多，本次核查未读取");
    // @formatter:on

    /** The same in English and in Chinese. */
    public final String english;
    public final String chinese;

    Legibility(String english, String chinese) {
      this.english = english;
      this.chinese = chinese;
    }
  }

  /** Why something in a document supports what is known or speaks against it. */
  public enum Rule {
    // @formatter:off
    PAYMENT_NAMED   (false, "it names the payment",                                             "写明该笔支付的编号"),
    DISPUTE_NAMED   (false, "it names the dispute",                                             "写明本纠纷单编号"),
    REFUND_NAMED    (false, "it names the refund",                                              "写明该笔退款的编号"),
    PAYMENT_AMOUNT  (false, "it names the amount of the payment",                               "写明的金额与支付金额一致"),
    DISPUTED_AMOUNT (false, "it names the disputed amount",                                     "写明的金额与争议金额一致"),
    PROMISED_AMOUNT (false, "it names the amount of a promise",                                 "写明的金额与承诺金额一致"),
    REFUND_AMOUNT   (false, "it names the amount of a refund",                                  "写明的金额与退款金额一致"),
    PAYMENT_DAY     (false, "it names the day of the payment",                                  "写明的日期与支付日期一致"),
    PROMISED_DAY    (false, "it names the day on which a promise is due",                       "写明的日期与承诺到期日一致"),
    OTHER_TOTAL     (true,  "its total is none of the amounts known here",                      "合计金额与已知各项金额均不符"),
    OTHER_AMOUNT    (true,  "beside the payment's number it names none of the amounts known here", "支付编号旁的金额与已知各项金额均不符"),
    OTHER_REFUND    (true,  "it names the refund, with another amount",                         "写明该笔退款，但金额不符"),
    TOO_EARLY       (true,  "it names the refund, with days before there was one only",         "写明该笔退款，但日期均早于退款发起日"),
    OTHER_DISPUTE   (true,  "it is about another dispute only",                                 "仅涉及另一纠纷单"),
    NOT_IN_THE_BOOKS(true,  "it is called the record of a refund, and the provider knows of none", "称为退款记录，但支付机构账上没有退款"),
    ITSELF          (true,  "its print shows nowhere the total that the invoice within it has", "打印内容中没有内嵌发票所载的合计金额");
    // @formatter:on

    /** Whether it speaks against what is known. */
    public final boolean contradicts;
    /** The rule in English and in Chinese. */
    public final String english;
    public final String chinese;

    Rule(boolean contradicts, String english, String chinese) {
      this.contradicts = contradicts;
      this.english = english;
      this.chinese = chinese;
    }
  }

  /** One of its words: by which rule it counts, where it stands (null: nowhere in it), and both values. */
  public record Point(Rule rule, Saying.@Nullable Place at, String said, String known) {}

  /** A piece as it was given, by whom, and what could be read in it. */
  public record Piece(int number, Claim claim, boolean byMerchant, List<Saying> sayings) {
    public Piece {
      sayings = List.copyOf(sayings);
    }
  }

  /** What each of these pieces says, in their order. Several invoices that make up the payment belong together. */
  public static List<Testimony> of(List<Piece> pieces, Known known) {
    boolean together = Weighing.makeUp(pieces, known);
    var all = new ArrayList<Testimony>();
    for (var piece : pieces) all.add(of(new Weighing(piece, known).points(together)));
    return all;
  }

  private static Testimony of(List<Point> points) {
    boolean against = points.stream().anyMatch(point -> point.rule().contradicts);
    var verdict = against ? Verdict.CONTRADICTS : points.isEmpty() ? Verdict.SILENT : Verdict.CORROBORATES;
    // What speaks against comes first, so that it is never what is left out.
    var kept = new ArrayList<Point>();
    for (var point : points) if (point.rule().contradicts) kept.add(point);
    for (var point : points) if (!point.rule().contradicts) kept.add(point);
    return new Testimony(verdict, kept.subList(0, Math.min(kept.size(), MOST_POINTS)));
  }
}
