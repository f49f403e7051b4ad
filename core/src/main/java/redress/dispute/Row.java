package redress.dispute;

/** The rows of the transition table that the rules themselves have to tell apart. */
final class Row {
  static final int FILE = 1;
  static final int ANSWER = 2;
  static final int OFFER = 3;
  static final int OFFER_END = 4;
  static final int ACCEPT = 5;
  static final int REFUND_NOW = 6;
  static final int ESCALATE = 7;
  static final int MERCHANT_SILENT = 8;
  static final int BUYER_SILENT = 9;
  static final int TALKS_OVER = 10;
  static final int WITHDRAW = 11;
  static final int ASSIGN = 12;
  static final int REQUEST = 13;
  static final int REQUEST_END = 14;
  static final int PROPOSE = 15;
  static final int PROPOSAL_END = 16;
  static final int RETURN = 17;
  static final int DECIDE = 18;
  static final int APPEAL = 19;
  static final int DECIDE_APPEAL = 20;
  static final int FINAL = 21;
  static final int CONFIRMED = 22;
  static final int CONFIRM_FAILED = 23;
  static final int PERFORM = 24;
  static final int DAY_1_OVER = 25;
  static final int DAY_2_ANSWERED = 26;
  static final int DISSATISFIED = 27;
  static final int DAY_2_SILENT = 28;
  static final int DAY_3_OVER = 29;
  static final int BLOCKED = 30;
  static final int ENFORCE = 31;
  static final int CURE = 32;
  static final int AWAY = 33;
  static final int CHARGEBACK = 34;
  static final int REOPEN = 35;
  static final int AFTER_CLOSE = 36;

  private Row() {}
}
