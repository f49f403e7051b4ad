package redress.lab.life;

import java.util.List;
import java.util.Set;
import redress.dispute.Actor;
import redress.policy.Role;

/** Everybody who appears in a life, people with two hats and strangers included. */
public final class Cast {
  /** The payer of every payment. */
  public static final String PAYER = "buyer-1";
  /** Whom it was paid to. */
  public static final String SHOP = "shop-1";

  public static final Actor BUYER = new Actor(Role.BUYER, PAYER);
  public static final Actor OWNER = new Actor(Role.MERCHANT_OWNER, SHOP);
  public static final Actor AGENT = new Actor(Role.MERCHANT_AGENT, SHOP, 20_000, Set.of());
  public static final Actor VIEWER = new Actor(Role.MERCHANT_VIEWER, SHOP);
  public static final Actor ANN = new Actor(Role.MEDIATOR, "ann");
  public static final Actor BEN = new Actor(Role.MEDIATOR, "ben");
  public static final Actor CAI = new Actor(Role.MEDIATOR, "cai", Long.MAX_VALUE, Set.of(SHOP));
  public static final Actor LEA = new Actor(Role.MEDIATOR_LEAD, "lea");
  public static final Actor LIN = new Actor(Role.MEDIATOR_LEAD, "lin");
  public static final Actor LOU = new Actor(Role.MEDIATOR_LEAD, "lou");
  public static final Actor VERA = new Actor(Role.VERIFIER, "vera");
  public static final Actor VITO = new Actor(Role.VERIFIER, "vito", 1_000, Set.of());
  /** The mediator Ann in her other job. */
  public static final Actor ANN_VERIFIES = new Actor(Role.VERIFIER, "ann");
  public static final Actor FAY = new Actor(Role.FINANCE, "fay");
  /** The verifier Vera in her other job. */
  public static final Actor VERA_PAYS = new Actor(Role.FINANCE, "vera");
  public static final Actor SUE = new Actor(Role.SUPPORT, "sue");
  public static final Actor AUDITOR = new Actor(Role.AUDITOR, "aud");
  public static final Actor ADMIN = new Actor(Role.ADMIN, "adam");
  public static final Actor PLATFORM = new Actor(Role.PLATFORM, "host");
  public static final Actor SYSTEM = Actor.SYSTEM;
  public static final Actor OTHER_BUYER = new Actor(Role.BUYER, "buyer-2");
  public static final Actor OTHER_SHOP = new Actor(Role.MERCHANT_OWNER, "shop-2");

  /** All of them. */
  public static final List<Actor> ALL = List.of(BUYER, OWNER, AGENT, VIEWER, ANN, BEN, CAI, LEA, LIN, LOU, VERA, VITO,
      ANN_VERIFIES, FAY, VERA_PAYS, SUE, AUDITOR, ADMIN, PLATFORM, SYSTEM, OTHER_BUYER, OTHER_SHOP);

  /** How a story names an actor. */
  public static String name(Actor by) {
    return by.role().name().toLowerCase(java.util.Locale.ROOT).replace('_', ' ')
        + (by.role() == Role.SYSTEM || by.subject().equals(PAYER) || by.subject().equals(SHOP) ? ""
            : " " + by.subject());
  }

  private Cast() {}
}
