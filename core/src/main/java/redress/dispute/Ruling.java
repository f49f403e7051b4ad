package redress.dispute;

/**
 * A decision of the platform: the outcome it gives, what is owed, who is responsible, who decided and who approved
 * (empty when no approval was needed), and the commitment to its reasons.
 */
public record Ruling(Outcome outcome, Terms terms, Liable liable, String decidedBy, String approvedBy, Words reasons) {
  /** Which party is responsible. */
  public enum Liable { BUYER, MERCHANT, BOTH, NEITHER }

  Ruling approvedBy(String subject) {
    return new Ruling(outcome, terms, liable, decidedBy, subject, reasons);
  }
}
