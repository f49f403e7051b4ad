package redress.lab.judge;

import static redress.money.Account.*;

import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import redress.check.Facts;
import redress.dispute.DisputeId;
import redress.dispute.Event;
import redress.dispute.Executor;
import redress.dispute.Refund;
import redress.money.Account;
import redress.money.Transfer;

/** Judges money: the ledger's lines against the events, and both against the provider's own books. */
final class MoneyJudge {
  private final Map<Account, Long> balances = new EnumMap<>(Account.class);
  private final long captured;
  private final String currency;
  private final String payer;
  private final Books books;
  private final Map<String, Proved> proofs = new HashMap<>();
  private long chargedBack;
  private long overpaid;

  MoneyJudge(long captured, String currency, String payer, Books books) {
    this.captured = captured;
    this.currency = currency;
    this.payer = payer;
    this.books = books;
  }

  void registered(Transfer entry) {
    post(entry);
  }

  private void post(Transfer entry) {
    long sum = 0;
    for (var line : entry.lines()) {
      sum = Math.addExact(sum, line.minor());
      balances.merge(line.account(), line.minor(), Math::addExact);
    }
    if (sum != 0 || entry.lines().isEmpty() || !entry.currency().equals(currency)) {
      throw new Violation(Invariant.ENTRY_BALANCES, entry.toString());
    }
  }

  /** What stands to the credit of {@code account}. */
  private long credit(Account account) {
    return -balances.getOrDefault(account, 0L);
  }

  void saw(Moment m, Event event, List<Transfer> moved, Collection<Shadow> all) {
    var shadow = m.shadow();
    for (var entry : moved) post(entry);
    switch (event) {
      case Event.HoldPlaced hold -> {
        shadow.hold += hold.minor();
      }
      case Event.HoldReleased released -> shadow.hold -= released.minor();
      case Event.RefundRequested asked -> requested(m, asked.refund(), all);
      case Event.OutsideRefundFound out -> outside(m, out.refund());
      case Event.RefundMoved refund -> moved(m, refund);
      case Event.FundsReserved reserved -> reserved(m, reserved);
      case Event.Overpaid more -> overpaid += more.minor();
      case Event.PromiseBroken broken -> {
        shadow.hold -= broken.fromHold();
        m.require(broken.fromHold() >= 0 && broken.fromHold() <= broken.minor(), Invariant.MONEY_CONSERVED, broken);
      }
      case Event.FundsReturned returned -> reserve(shadow, returned.pot(), -returned.minor());
      case Event.ChargebackOpened opened -> {
        chargedBack += opened.minor();
        shadow.hold -= opened.fromHold();
        m.require(opened.fromHold() + opened.fromAvailable() + opened.fromReceivable() == opened.minor(),
            Invariant.MONEY_CONSERVED, opened);
      }
      default -> {}
    }
    m.require(shadow.hold >= 0, Invariant.HOLD_ONCE, () -> "the hold fell to " + shadow.hold + " with " + event);
    m.require(shadow.deposit >= 0 && shadow.fund >= 0, Invariant.REFUND_FUNDED,
        () -> "more was drawn than reserved: " + event);
  }

  /** A dispute draws on no more than the reserves, by their own books, set aside for it. */
  private void reserved(Moment m, Event.FundsReserved event) {
    var shadow = m.shadow();
    long sum = shadow.reserved.merge(event.pot(), event.minor(), Math::addExact);
    m.require(sum <= books.reserves().granted(shadow.id, event.pot()), Invariant.RESERVE_GAVE_IT, event);
    reserve(shadow, event.pot(), event.minor());
  }

  private static void reserve(Shadow shadow, redress.dispute.Command.Pot pot, long minor) {
    switch (pot) {
      case DEPOSIT -> shadow.deposit += minor;
      case FUND -> shadow.fund += minor;
    }
  }

  private void requested(Moment m, Refund refund, Collection<Shadow> all) {
    var shadow = m.shadow();
    var promise = shadow.promises.get(refund.obligation());
    m.require(promise != null, Invariant.ONE_REFUND_A_PROMISE, () -> "no promise asks for " + refund);
    for (var other : shadow.refunds.values()) {
      boolean same = other.obligation() == refund.obligation() && other.state().isInFlight();
      m.require(!same, refund.enforcement() ? Invariant.UNKNOWN_NOT_ENFORCED : Invariant.ONE_REFUND_A_PROMISE,
          () -> refund + " while " + other + " is on its way");
    }
    m.require(!shadow.refunds.containsKey(refund.id()), Invariant.ONE_REFUND_A_PROMISE,
        () -> refund + " has an old number");
    m.require(
        refund.minor() > 0
            && shadow.live(refund.obligation()) + refund.minor() <= (promise == null ? 0 : promise.worth()),
        Invariant.ONE_REFUND_A_PROMISE, () -> refund + " is more than is promised");
    if (refund.executor() == Executor.PLATFORM) {
      long drawn = refund.fromHold() + refund.fromAvailable() + refund.fromDeposit() + refund.fromFund();
      m.require(drawn == refund.minor(), Invariant.REFUND_FUNDED, refund);
    }
    long spent = spent(all);
    if (!refund.compensation()) {
      m.require(spent + refund.minor() <= captured, Invariant.REFUND_CAP,
          () -> refund + " after " + spent + " of " + captured + " are spent");
    }
    draw(shadow, refund, 1);
    shadow.refunds.put(refund.id(), refund);
  }

  private static void draw(Shadow shadow, Refund refund, int sign) {
    shadow.hold -= sign * refund.fromHold();
    shadow.deposit -= sign * refund.fromDeposit();
    shadow.fund -= sign * refund.fromFund();
  }

  private void outside(Moment m, Refund refund) {
    var record = books.find(refund.outsideReference());
    boolean shown = record != null && record.payee.equals(payer) && record.currency.equals(currency);
    m.require(shown, Invariant.REFUND_KNOWN, () -> "the books do not show " + refund);
    m.require(record == null || record.refund == 0, Invariant.ONE_EFFECT, () -> refund + " is a payment of ours");
    var proved = proofs.computeIfAbsent(refund.outsideReference(), _ -> new Proved(m.shadow().id));
    proved.minor += refund.minor();
    m.require(proved.dispute.equals(m.shadow().id) && proved.promises.add(refund.obligation()), Invariant.ONE_EFFECT,
        () -> refund + " is counted twice");
    m.require(record == null || proved.minor <= record.minor, Invariant.ONE_EFFECT,
        () -> refund + " makes more of a payment than it was");
    m.shadow().refunds.put(refund.id(), refund);
  }

  private void moved(Moment m, Event.RefundMoved event) {
    var shadow = m.shadow();
    var refund = event.refund();
    var known = shadow.refunds.get(refund.id());
    m.require(known != null && known.state() == event.was(), Invariant.REFUND_KNOWN,
        () -> event + " but it was " + known);
    if (known == null) return;
    m.require(known.minor() == refund.minor() && known.obligation() == refund.obligation()
        && known.reference(shadow.id).equals(refund.reference(shadow.id)), Invariant.ONE_EFFECT,
        () -> event + " was " + known);
    inBooks(m, refund);
    if (known.isLive() && !refund.isLive() && !event.afterClose()) draw(shadow, known, -1);
    shadow.refunds.put(refund.id(), refund);
  }

  private void inBooks(Moment m, Refund refund) {
    var record = books.find(refund.reference(m.shadow().id));
    if (refund.state() == Refund.State.SUCCEEDED) {
      m.require(record != null && (record.state() == Facts.State.SUCCEEDED || record.state() == Facts.State.REVERSED
          || record.state() == Facts.State.FAILED), Invariant.REFUND_KNOWN, () -> "the books do not show " + refund);
    }
    if (refund.state() == Refund.State.REVERSED) {
      m.require(record != null && !record.isLive(), Invariant.REFUND_KNOWN, () -> "the books do not show " + refund);
    }
  }

  void ends(Moment m, long held, long refundable, Collection<Shadow> all) {
    long hold = 0;
    for (var shadow : all) hold += shadow.hold;
    agree(m, hold, held);
    conserved(m);
    long inFlight = inFlight(all);
    m.require(credit(BUYER_CLEARING) == inFlight, Invariant.CLEARING_EXPLAINED,
        () -> credit(BUYER_CLEARING) + " in clearing, " + inFlight + " on its way");
    long spent = spent(all);
    m.require(refundable == Math.max(0, captured - spent), Invariant.REFUNDABLE_AGREES,
        () -> refundable + " is published, " + (captured - spent) + " adds up");
    boolean known = all.stream().noneMatch(Shadow::inFlight);
    m.require(!known || overpaid == Math.max(0, spent - captured), Invariant.OVERPAID_CLAIMED,
        () -> overpaid + " is claimed back, " + spent + " of " + captured + " was paid");
    if (!m.shadow().isOpen()) {
      m.require(m.shadow().hold == 0, Invariant.HOLD_GONE_WHEN_CLOSED, m.shadow().hold);
    }
    oneEffect(m);
  }

  private void agree(Moment m, long hold, long held) {
    m.require(credit(MERCHANT_HOLD) == hold, Invariant.HOLD_ONCE,
        () -> credit(MERCHANT_HOLD) + " in the ledger, " + hold + " held");
    m.require(held == m.shadow().hold, Invariant.HOLD_ONCE,
        () -> held + " is published, " + m.shadow().hold + " is held");
  }

  private void conserved(Moment m) {
    long sum = 0;
    for (long balance : balances.values()) sum += balance;
    m.require(sum == 0, Invariant.MONEY_CONSERVED, balances);
    m.require(credit(MERCHANT_AVAILABLE) >= 0, Invariant.MONEY_CONSERVED,
        () -> "available fell to " + credit(MERCHANT_AVAILABLE));
  }

  /** What is refunded, on its way or charged back, over all disputes. */
  private long spent(Collection<Shadow> all) {
    long spent = chargedBack;
    for (var shadow : all) spent += shadow.spent();
    return spent;
  }

  private static long inFlight(Collection<Shadow> all) {
    long sum = 0;
    for (var shadow : all) {
      for (var r : shadow.refunds.values()) if (isOurs(r) && r.state().isInFlight()) sum += r.minor();
    }
    return sum;
  }

  private static boolean isOurs(Refund refund) {
    return refund.executor() == Executor.PLATFORM && refund.outsideReference().isEmpty();
  }

  private void oneEffect(Moment m) {
    var seen = new HashSet<Integer>();
    for (var record : books.records()) {
      if (record.refund == 0 || !m.shadow().id.equals(record.dispute)) continue;
      m.require(seen.add(record.refund), Invariant.ONE_EFFECT,
          () -> "refund " + record.refund + " was paid again as " + record.reference);
      var known = m.shadow().refunds.get(record.refund);
      m.require(known != null && known.minor() == record.minor, Invariant.ONE_EFFECT,
          () -> record.reference + " paid " + record.minor);
    }
  }

  /** What one payment made outside was counted for: one dispute, each of its promises once, never more than it was. */
  private static final class Proved {
    private final DisputeId dispute;
    private final Set<Integer> promises = new HashSet<>();
    private long minor;

    Proved(DisputeId dispute) {
      this.dispute = dispute;
    }
  }
}
