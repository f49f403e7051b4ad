package redress.dispute;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import redress.dispute.Event.*;

/** What each event of a dispute makes of its payment's money: refundable, available, held. */
final class Spending {

  static Payment after(Payment p, DisputeId dispute, Event event) {
    return switch (event) {
      case Filed e -> new Change(p, dispute).opens(e.filing().items()).done();
      case HoldPlaced e -> new Change(p, dispute).hold(e.minor()).done();
      case HoldReleased e -> new Change(p, dispute).hold(-e.minor()).done();
      case RefundRequested e -> new Change(p, dispute).spend(e.refund()).done();
      case OutsideRefundFound e -> new Change(p, dispute).proves(e.refund()).count(e.refund(), 1).done();
      case RefundMoved e -> new Refund.Change(e.was(), e.refund().state()).ends()
          ? new Change(p, dispute).back(e.refund(), e.afterClose()).done() : p;
      case PromiseBroken e -> e.fromHold() > 0 ? new Change(p, dispute).setAside(e.fromHold()).done() : p;
      case Overpaid e -> new Change(p, dispute).overpaid(e.minor()).done();
      case ChargebackOpened e -> new Change(p, dispute).chargeback(e).done();
      case Closed _ -> new Change(p, dispute).closes().done();
      case ItemsDisputed e -> new Change(p, dispute).opens(e.items()).done();
      case Event _ -> p;
    };
  }

  /** A payment while one event changes it. */
  private static final class Change {
    private final Payment p;
    private final DisputeId dispute;
    private long refunded;
    private long compensated;
    private long chargedBack;
    private long overpaid;
    private long available;
    private final Map<DisputeId, Long> holds;
    private final Map<DisputeId, Set<String>> open;
    private Set<String> outside;

    Change(Payment payment, DisputeId dispute) {
      this.p = payment;
      this.dispute = dispute;
      this.refunded = payment.refunded();
      this.compensated = payment.compensated();
      this.chargedBack = payment.chargedBack();
      this.overpaid = payment.overpaid();
      this.available = payment.available();
      this.holds = new HashMap<>(payment.holds());
      this.open = new HashMap<>(payment.open());
      this.outside = payment.outside();
    }

    Change opens(Set<String> items) {
      open.put(dispute, items);
      return this;
    }

    Change closes() {
      open.remove(dispute);
      return this;
    }

    Change hold(long minor) {
      available = Math.subtractExact(available, minor);
      held(minor);
      return this;
    }

    Change spend(Refund refund) {
      held(-refund.fromHold());
      available = Math.subtractExact(available, refund.fromAvailable());
      return count(refund, 1);
    }

    Change proves(Refund refund) {
      var all = new HashSet<>(outside);
      all.add(refund.outsideReference());
      outside = all;
      return this;
    }

    Change back(Refund refund, boolean afterClose) {
      if (!afterClose) {
        held(refund.fromHold());
        available = Math.addExact(available, refund.fromAvailable());
      }
      return count(refund, -1);
    }

    Change count(Refund refund, int sign) {
      if (refund.compensation()) compensated = Math.addExact(compensated, sign * refund.minor());
      else refunded = Math.addExact(refunded, sign * refund.minor());
      return this;
    }

    Change chargeback(ChargebackOpened e) {
      held(-e.fromHold());
      available = Math.subtractExact(available, e.fromAvailable());
      chargedBack = Math.addExact(chargedBack, e.minor());
      return this;
    }

    Change overpaid(long more) {
      overpaid = Math.addExact(overpaid, more);
      return this;
    }

    Change setAside(long minor) {
      held(-minor);
      return this;
    }

    private void held(long minor) {
      long now = Math.addExact(holds.getOrDefault(dispute, 0L), minor);
      if (now == 0) holds.remove(dispute);
      else holds.put(dispute, now);
    }

    Payment done() {
      return new Payment(p.id(), p.version() + 1, p.payer(), p.merchant(), p.captured(), p.currency(), p.items(),
          p.capturedAt(), p.provider(), p.atProvider(), p.live(), refunded, compensated, chargedBack, overpaid,
          available, holds,
          open, outside);
    }
  }

  private Spending() {}
}
