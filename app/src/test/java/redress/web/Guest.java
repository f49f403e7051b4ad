package redress.web;

import redress.policy.Role;

/** Somebody who looks at pages: as whom, and under which name. */
enum Guest {
  NOBODY(Role.SYSTEM, ""), LI(Role.BUYER, "buyer-1"), NEWCOMER(Role.BUYER, "buyer-2"),
  SHOP(Role.MERCHANT_OWNER, "shop-1"), NEW_SHOP(Role.MERCHANT_OWNER, "shop-2"),
  VIEWER(Role.MERCHANT_VIEWER, "shop-1"), MIA(Role.MEDIATOR, "mia"), LEA(Role.MEDIATOR_LEAD, "lea"),
  VERA(Role.VERIFIER, "vera"), FAY(Role.FINANCE, "fay"), SUE(Role.SUPPORT, "sue"), OLA(Role.AUDITOR, "ola"),
  ADA(Role.ADMIN, "ada");

  final Role role;
  final String subject;

  Guest(Role role, String subject) {
    this.role = role;
    this.subject = subject;
  }
}
