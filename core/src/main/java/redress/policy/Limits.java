package redress.policy;

/** The ceilings of a rule set; amounts are minor units of the dispute's currency, texts are counted in characters. */
public record Limits(int messageChars, int statementChars, int rationaleChars, int attachments, int evidencePieces,
    int offersPerSide, int evidenceRequests, int proposals, int reopenings, int exceptions, int reversalsAfterClose,
    int enforcementTries, int followUpAttempts, int verificationLevel, long decisionLimit, long payoutLimit,
    long verifierLimit) {

  /** The limits in force from the first rule set on. */
  public static final Limits STANDARD = new Limits(2_000, 500, 10_000, 10, 100, 20, 3, 3, 3, 6, 2, 3, 3, 1,
      500_000, 500_000, 200_000);
}
