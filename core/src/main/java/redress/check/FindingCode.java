package redress.check;

/**
 * What a verification can find, how grave it is, who may put it right within the cure time, and what follows otherwise.
 */
public enum FindingCode {
  // @formatter:off
  IDENTITY_MISMATCH          (Severity.BLOCKING, Curer.BUYER,    Otherwise.MEDIATION),
  TRANSACTION_NOT_FOUND      (Severity.BLOCKING, Curer.VERIFIER, Otherwise.MEDIATION),
  TRANSACTION_CHANGED        (Severity.BLOCKING, Curer.VERIFIER, Otherwise.MEDIATION),
  MERCHANT_STATEMENT_MISSING (Severity.WARN,     Curer.NOBODY,   Otherwise.GO_ON),
  OBLIGATION_OVERDUE         (Severity.BLOCKING, Curer.MERCHANT, Otherwise.ENFORCE),
  RETURN_NOT_SENT            (Severity.WARN,     Curer.NOBODY,   Otherwise.GO_ON),
  REFUND_RECORD_MISSING      (Severity.BLOCKING, Curer.MERCHANT, Otherwise.ENFORCE),
  REFUND_FAILED              (Severity.BLOCKING, Curer.MERCHANT, Otherwise.ENFORCE),
  REFUND_REVERSED            (Severity.BLOCKING, Curer.MERCHANT, Otherwise.ENFORCE),
  REFUND_NOT_ARRIVED         (Severity.BLOCKING, Curer.MERCHANT, Otherwise.ENFORCE),
  REFUND_AMOUNT_MISMATCH     (Severity.BLOCKING, Curer.MERCHANT, Otherwise.ENFORCE),
  REFUND_WRONG_PAYEE         (Severity.BLOCKING, Curer.MERCHANT, Otherwise.ENFORCE),
  REFUND_WRONG_CURRENCY      (Severity.BLOCKING, Curer.MERCHANT, Otherwise.ENFORCE),
  CONFIRMATION_UNAVAILABLE   (Severity.BLOCKING, Curer.VERIFIER, Otherwise.LEAD_DAILY),
  AUDIT_INCOMPLETE           (Severity.BLOCKING, Curer.VERIFIER, Otherwise.LEAD_DAILY),
  REFUND_UNKNOWN             (Severity.BLOCKING, Curer.VERIFIER, Otherwise.LEAD_DAILY),
  RETURN_NOT_DELIVERED       (Severity.BLOCKING, Curer.VERIFIER, Otherwise.MEDIATION),
  RETURN_DISPUTED            (Severity.BLOCKING, Curer.VERIFIER, Otherwise.MEDIATION),
  DUPLICATE_REFUND           (Severity.WARN,     Curer.NOBODY,   Otherwise.GO_ON),
  OVERPAID                   (Severity.WARN,     Curer.NOBODY,   Otherwise.GO_ON),
  TERMS_HASH_MISMATCH        (Severity.BLOCKING, Curer.LEAD,     Otherwise.MEDIATION),
  EVIDENCE_HASH_MISMATCH     (Severity.BLOCKING, Curer.LEAD,     Otherwise.MEDIATION),
  EVIDENCE_CONTRADICTS       (Severity.WARN,     Curer.NOBODY,   Otherwise.GO_ON),
  CHARGEBACK_OPENED          (Severity.BLOCKING, Curer.NOBODY,   Otherwise.CHARGEBACK),
  BUYER_DISSATISFIED         (Severity.INFO,     Curer.NOBODY,   Otherwise.GO_ON),
  BUYER_NOT_REACHED          (Severity.WARN,     Curer.NOBODY,   Otherwise.GO_ON),
  FOLLOW_UP_ATTEMPTS_SHORT   (Severity.WARN,     Curer.NOBODY,   Otherwise.GO_ON),
  REFUND_IN_TRANSIT          (Severity.WARN,     Curer.NOBODY,   Otherwise.GO_ON);
  // @formatter:on

  /** How grave a finding is. */
  public enum Severity { INFO, WARN, BLOCKING }

  /** Who may put it right within {@code exception.cure}. */
  public enum Curer {
    NOBODY, BUYER, MERCHANT, VERIFIER, LEAD
  }

  /** What follows when nobody puts it right. */
  public enum Otherwise {
    GO_ON, ENFORCE, MEDIATION, LEAD_DAILY, CHARGEBACK
  }

  public final Severity severity;
  public final Curer curer;
  public final Otherwise otherwise;

  FindingCode(Severity severity, Curer curer, Otherwise otherwise) {
    this.severity = severity;
    this.curer = curer;
    this.otherwise = otherwise;
  }

  /** Whether the dispute cannot go on with this finding open. */
  public boolean blocks() {
    return severity == Severity.BLOCKING;
  }
}
