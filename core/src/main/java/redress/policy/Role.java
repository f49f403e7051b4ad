package redress.policy;

/** Everyone who can act: people of both parties, staff, the host platform, and time itself as SYSTEM. */
public enum Role {
  PLATFORM, BUYER, MERCHANT_OWNER, MERCHANT_AGENT, MERCHANT_VIEWER, MEDIATOR, MEDIATOR_LEAD, VERIFIER, FINANCE, SUPPORT,
  AUDITOR, ADMIN, SYSTEM;

  /** Whether this role acts for the merchant. */
  public boolean isMerchant() {
    return this == MERCHANT_OWNER || this == MERCHANT_AGENT || this == MERCHANT_VIEWER;
  }

  /** Whether this role belongs to the platform's own people. */
  public boolean isStaff() {
    return switch (this) {
      case MEDIATOR, MEDIATOR_LEAD, VERIFIER, FINANCE, SUPPORT, AUDITOR, ADMIN -> true;
      case PLATFORM, BUYER, MERCHANT_OWNER, MERCHANT_AGENT, MERCHANT_VIEWER, SYSTEM -> false;
    };
  }
}
