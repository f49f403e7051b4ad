package redress.lab.judge;

/** What must hold after every step of every life, whatever happens; each in one sentence. */
public enum Invariant {
  // @formatter:off
  STATUS_ROW           ("Every change of status is a row of the published table."),
  STATUS_AGREES        ("The status is what the events add up to."),
  EVENTS_GAPLESS       ("The version is the number of events."),
  TIME_FORWARD         ("No event happens before the one that went before it."),
  ENTRY_BALANCES       ("Debits equal credits in every entry."),
  MONEY_CONSERVED      ("All balances of a payment add up to nothing, and what is with the provider is what was captured less what was paid."),
  CLEARING_EXPLAINED   ("What lies in clearing is exactly the refunds on their way."),
  HOLD_ONCE            ("A hold ends exactly once: what was held is used up or given back, never more."),
  HOLD_GONE_WHEN_CLOSED("A closed dispute holds nothing."),
  REFUND_CAP           ("Refunds and chargebacks never exceed what was captured, over all rounds and disputes."),
  REFUNDABLE_AGREES    ("What is refundable is what the events add up to."),
  ONE_REFUND_A_PROMISE ("A promise has one refund on its way at the most, and never more than it is worth."),
  REFUND_FUNDED        ("A refund is drawn in full from where it says."),
  RESERVE_GAVE_IT      ("A dispute draws on no more than deposit and fund, by their own books, set aside for it."),
  OVERPAID_CLAIMED     ("What reached the buyer above what was captured is claimed back, to the cent, as soon as it is known."),
  REFUND_KNOWN         ("A refund moves only as the provider's books allow."),
  ONE_EFFECT           ("The provider paid each refund once, under one reference."),
  UNKNOWN_NOT_ENFORCED ("Nothing is enforced while a refund of that promise may still be paid."),
  ONE_OPEN_A_ITEM      ("One open dispute for each item of a payment."),
  ONE_OUTCOME          ("Closed means one outcome that fits what happened."),
  FULFILLED_IS_PROVED  ("Fulfilled means every promise kept, nothing waived or blocking, and the money in the provider's books."),
  SATISFIED_MEANS_ASKED("A buyer who was not reached is never counted as satisfied."),
  ASSENT               ("A settlement is exactly what both sides assented to, while it stood."),
  TERMS_NEVER_CHANGE   ("The promises of a settlement are its terms, and stay so."),
  ONE_OPEN_OFFER       ("A side has one open offer at the most."),
  DEADLINE_EARLY       ("A deadline never acts before it is due."),
  DEADLINE_ONCE        ("A deadline acts once."),
  DEADLINE_PROMISED    ("A deadline acts at the instant that was promised, and that instant follows from the rule set."),
  DEADLINE_ACTS        ("A deadline that passes is gone afterwards."),
  LATENESS_RECORDED    ("A deadline that acts late leaves its lateness."),
  DAYS_IN_ORDER        ("Day k+1 does not begin before day k has ended."),
  NEXT_STEP            ("An open dispute has a deadline; a closed one only that for reopening."),
  COUNTED              ("Nothing happens more often than the rules allow."),
  ROLE_MAY             ("Everything is done by somebody who may."),
  TWO_PEOPLE           ("Mediator and verifier, first and second person, decider and appeal are different people."),
  NOTHING_IN_FLIGHT    ("Nothing is closed while money is on its way."),
  ADVERTISED_SUCCEEDS  ("Every advertised action succeeds when sent as advertised."),
  UNADVERTISED_REFUSED ("Everything that is not advertised is refused."),
  RULES_ANSWER         ("The rules answer every command, however malformed."),
  COMES_TO_AN_END      ("Every dispute can come to its end."),
  DESK_AS_RULES        ("What the desk stores is what the rules decided."),
  KEY_ONCE             ("A command sent again under its key happens once."),
  BOOKS_IN_ORDER       ("The database's own invariants hold."),
  LOGGED_ONCE          ("Every event has the one log entry that follows from it and from the entry before it."),
  SIGNED_AS_STORED     ("What the log signs is what is stored, all of it, and nothing that was changed.");
  // @formatter:on

  /** What must hold. */
  public final String words;

  Invariant(String words) {
    this.words = words;
  }
}
