package redress.dispute;

/** What is awaited, and the stage in which it is: who is deciding. */
public enum Status {
  // @formatter:off
  NOT_FILED        (Phase.NEGOTIATION),
  AWAITING_MERCHANT(Phase.NEGOTIATION), AWAITING_BUYER  (Phase.NEGOTIATION),
  MEDIATION_QUEUED (Phase.MEDIATION),   MEDIATING       (Phase.MEDIATION), AWAITING_EVIDENCE(Phase.MEDIATION),
  PROPOSED         (Phase.MEDIATION),   DECIDED         (Phase.MEDIATION), APPEALED         (Phase.MEDIATION),
  CONFIRMING       (Phase.SETTLEMENT),  PERFORMING      (Phase.SETTLEMENT),
  AUDITING         (Phase.VERIFICATION), FOLLOWING_UP   (Phase.VERIFICATION), CONCLUDING    (Phase.VERIFICATION),
  EXCEPTION        (Phase.VERIFICATION),
  CLOSED           (Phase.CLOSED);
  // @formatter:on

  /** The stages of a dispute: who is deciding. */
  public enum Phase {
    NEGOTIATION, MEDIATION, SETTLEMENT, VERIFICATION, CLOSED
  }

  /** The stage this status belongs to; an EXCEPTION interrupts and remembers where it came from. */
  public final Phase phase;

  Status(Phase phase) {
    this.phase = phase;
  }

  /** Whether the two sides are negotiating. */
  public boolean isNegotiating() {
    return this == AWAITING_MERCHANT || this == AWAITING_BUYER;
  }

  /** Whether the platform mediates and has not decided yet. */
  public boolean isBeforeDecision() {
    return this == MEDIATION_QUEUED || this == MEDIATING || this == AWAITING_EVIDENCE || this == PROPOSED;
  }

  /** Whether a settlement or ruling is being confirmed, performed or verified. */
  public boolean isSettled() {
    return this == CONFIRMING || this == PERFORMING || this == AUDITING || this == FOLLOWING_UP || this == CONCLUDING;
  }
}
