package redress.check;

import java.util.List;

/**
 * What the books say of one promise, and why: which records count towards it by which rule, and everything that
 * differs. {@code paid} is the sum of what counts (minor units).
 */
public record Match(Owed owed, Verdict verdict, long paid, List<Part> parts, List<Remark> remarks) {
  public Match {
    parts = List.copyOf(parts);
    remarks = List.copyOf(remarks);
  }

  /** How what was paid compares with what is owed; PENDING: nothing or too little yet, and there is still time. */
  public enum Verdict {
    EXACT, UNDER, OVER, MISSING, PENDING
  }

  /**
   * Why a record stands for a promise. The first rule that holds is taken, in this order, and a record is used once.
   */
  public enum Rule {
    // @formatter:off
    REFERENCE("it has the reference of our own order",                       "与本平台退款单的编号一致"),
    NAMED    ("it names the promise",                                        "注明了该项承诺"),
    STATED   ("it has the reference that was stated for the promise",        "与商家所报的凭证号一致"),
    AMOUNT   ("it is exactly what is missing",                               "金额恰为所欠之数"),
    PARTS    ("consecutive payments make up exactly what is missing",        "连续几笔相加恰为所欠之数"),
    SHARED   ("it is exactly what is missing of several promises together",  "金额恰为几项承诺所欠之和"),
    REST     ("nothing else is missing, and nothing else explains it",       "别无所欠，亦无其他解释");
    // @formatter:on

    /** The rule in English and in Chinese. */
    public final String english;
    public final String chinese;

    Rule(String english, String chinese) {
      this.english = english;
      this.chinese = chinese;
    }
  }

  /** A record that stands for the promise, with how much of it. Only what {@code counts} is paid. */
  public record Part(Paid record, long minor, Rule rule, boolean counts) {}

  /** Something that differs: in which record ({@code ""}: none) and by how much. */
  public record Remark(Kind kind, String record, long minor) {}

  /** What can differ. */
  public enum Kind {
    // @formatter:off
    SHORT         ("less was paid than promised",                        "少付"),
    EXCESS        ("more was paid than promised",                        "多付"),
    WRONG_CURRENCY("it is in another currency",                          "币种不符"),
    WRONG_PAYEE   ("it went to somebody else",                           "收款人不符"),
    REVERSED      ("it was taken back",                                  "已被撤回"),
    FAILED        ("it failed",                                          "付款失败"),
    UNDERWAY      ("it has not arrived yet",                             "尚未到账"),
    UNKNOWN       ("nobody knows whether it was paid",                   "结果未知"),
    DUPLICATE     ("the same reference was paid before",                 "同一编号重复付款"),
    LATE          ("it was paid after it was due",                       "逾期付款"),
    FEE           ("a fee was charged for it",                           "该笔另计手续费"),
    ONLY_OURS     ("our book has it, the provider's has not", "仅本平台账上有，支付机构账上没有"),
    ONLY_THEIRS   ("the provider's book has it, ours has not", "仅支付机构账上有，本平台账上没有"),
    NOT_FOUND     ("no record of it in time",                            "期限内未找到记录");
    // @formatter:on

    /** What it is, in English and in Chinese. */
    public final String english;
    public final String chinese;

    Kind(String english, String chinese) {
      this.english = english;
      this.chinese = chinese;
    }
  }

  /** Whether something of this kind was remarked. */
  public boolean has(Kind kind) {
    return remarks.stream().anyMatch(remark -> remark.kind() == kind);
  }
}
