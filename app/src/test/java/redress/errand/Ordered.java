package redress.errand;

import java.util.Set;
import redress.connect.Providing;
import redress.dispute.DisputeId;
import redress.dispute.Home;
import redress.dispute.Payment;
import redress.store.Payments;

/** A payment at one of two providers, what it is called there, and the dispute in which 40.00 of it go back. */
record Ordered(Providing providing, String account, String payment, String atProvider, DisputeId dispute) {
  static final long REFUND = 4_000;

  /** Captured, registered and disputed; the refund was just requested. */
  static Ordered at(Providing providing, World world, String account, String id) {
    var atProvider = providing.capture(account);
    var payment = Payment.registered(id, "buyer-1", "shop-1", Providing.PRICE, "EUR", Set.of(),
        World.MORNING.minusSeconds(86_400), account, false).called(atProvider);
    world.database.payments.register(new Payments.Registered(payment, null, "{}"), World.MORNING);
    var dispute = new DisputeId(Home.of(id), Math.abs((long) id.hashCode()) + 1);
    world.refunding(dispute, payment, null);
    return new Ordered(providing, account, id, atProvider, dispute);
  }

  String reference() {
    return dispute + "-r1";
  }

  long effects() {
    return providing.effects(account, atProvider, reference());
  }

  long refunded() {
    return providing.refunded(account, atProvider);
  }

  @Override public String toString() {
    return account + " " + payment;
  }
}
