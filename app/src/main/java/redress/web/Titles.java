package redress.web;

import redress.policy.Role;

/** What people of a role are called. */
public final class Titles {
  private Titles() {}

  /** The reader's words for people of this role. */
  public static String of(Frame frame, Role role) {
    return switch (role) {
      case PLATFORM -> frame.say("Platform", "平台");
      case BUYER -> frame.say("Buyer", "买家");
      case MERCHANT_OWNER -> frame.say("Merchant: owner", "商家负责人");
      case MERCHANT_AGENT -> frame.say("Merchant: answers disputes", "商家客服");
      case MERCHANT_VIEWER -> frame.say("Merchant: only looks", "商家只读人员");
      case MEDIATOR -> frame.say("Mediator", "调解员");
      case MEDIATOR_LEAD -> frame.say("Head of mediation", "调解主管");
      case VERIFIER -> frame.say("Verifier", "核验员");
      case FINANCE -> frame.say("Finance", "财务");
      case SUPPORT -> frame.say("Customer service", "客服");
      case AUDITOR -> frame.say("Auditor", "审计");
      case ADMIN -> frame.say("Administrator", "管理员");
      case SYSTEM -> frame.say("System", "系统");
    };
  }
}
