package redress.invariant;

/** The findings with which nothing may end well, as section 2 of the domain lists them. */
final class Blocking {
  static final String CODES = """
      'IDENTITY_MISMATCH', 'TRANSACTION_NOT_FOUND', 'TRANSACTION_CHANGED', 'OBLIGATION_OVERDUE',
      'REFUND_RECORD_MISSING', 'REFUND_FAILED', 'REFUND_REVERSED', 'REFUND_NOT_ARRIVED', 'REFUND_AMOUNT_MISMATCH',
      'REFUND_WRONG_PAYEE', 'REFUND_WRONG_CURRENCY', 'CONFIRMATION_UNAVAILABLE', 'AUDIT_INCOMPLETE', 'REFUND_UNKNOWN',
      'RETURN_NOT_DELIVERED', 'RETURN_DISPUTED', 'TERMS_HASH_MISMATCH', 'EVIDENCE_HASH_MISMATCH', 'CHARGEBACK_OPENED'
      """;

  private Blocking() {}
}
