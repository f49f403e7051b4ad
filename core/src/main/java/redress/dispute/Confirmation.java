package redress.dispute;

/** The three things confirmed within 24 hours of an agreement, and how each stands. */
public enum Confirmation {
  IDENTITY, TRANSACTION_RECORD, MERCHANT_STATEMENT;

  /** How a confirmation stands. */
  public enum State { PENDING, PASSED, FAILED, NOT_NEEDED }
}
