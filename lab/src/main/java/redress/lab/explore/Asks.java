package redress.lab.explore;

import redress.dispute.Command;
import redress.dispute.Errand;

/**
 * What the rules ask of checks, providers and staff, one bit each. A machine only answers what was asked; so steps that
 * answer without asking anew cannot go on for ever.
 */
final class Asks {
  static final int IDENTITY = 1;
  static final int TRANSACTION = 2;
  static final int PAYMENT = 4;
  static final int AUDIT = 8;
  static final int CONTACT = 16;
  static final int REMINDER = 32;
  /** Somebody of the platform is told. */
  static final int STAFF = 64;
  static final int RESERVE = 128;

  static int by(Errand errand) {
    return switch (errand) {
      case Errand.CheckIdentity _ -> IDENTITY;
      case Errand.CheckTransaction _ -> TRANSACTION;
      case Errand.Pay _ -> PAYMENT;
      // An enquiry looks again at what was asked before.
      case Errand.Enquire _ -> 0;
      case Errand.Reserve _ -> RESERVE;
      // What is given back is not answered.
      case Errand.Return _ -> 0;
      // A record of what is over changes nothing.
      case Errand.WriteResult _ -> 0;
      // Never of an event, only of a callback.
      case Errand.LookAtPayment _ -> 0;
      case Errand.Audit _ -> AUDIT;
      case Errand.Contact _ -> CONTACT;
      case Errand.Remind _ -> REMINDER;
      case Errand.Tell tell -> switch (tell.to()) {
        case BUYER, MERCHANT -> 0;
        case MEDIATOR, LEAD, VERIFIER, FINANCE, SUPPORT -> STAFF;
      };
    };
  }

  /** The bit of what was asked for, 0 for what needs no asking. */
  static int answeredBy(Command command) {
    return switch (command) {
      case Command.ConfirmIdentity _ -> IDENTITY;
      case Command.ConfirmTransaction _ -> TRANSACTION;
      case Command.RecordRefund _ -> PAYMENT;
      case Command.ReserveFunds _ -> RESERVE;
      case Command.RecordAudit _ -> AUDIT;
      case Command.RecordContact _ -> CONTACT;
      case Command.RecordReminder _ -> REMINDER;
      case Command _ -> 0;
    };
  }

  private Asks() {}
}
