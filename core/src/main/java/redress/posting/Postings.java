package redress.posting;

import static redress.money.Account.*;

import java.util.ArrayList;
import java.util.List;
import redress.dispute.Command.Pot;
import redress.dispute.Event;
import redress.dispute.Event.*;
import redress.dispute.Executor;
import redress.dispute.Payment;
import redress.dispute.Refund;
import redress.money.Account;
import redress.money.Transfer;
import redress.money.Transfer.Line;

/** What each event does to the ledger: a pure function of the event. Amounts are minor units. */
public final class Postings {
  /** The provider whose payouts land in a wallet that the platform keeps itself. */
  public static final String WALLET = "WALLET";

  /** The entries that {@code event} causes in {@code currency}; none for most events. */
  public static List<Transfer> after(String currency, String provider, Event event) {
    var book = new Book(currency, provider.equals(WALLET) ? BUYER_WALLET : PROVIDER_SETTLEMENT);
    switch (event) {
      case HoldPlaced e -> book.move("hold", MERCHANT_AVAILABLE, MERCHANT_HOLD, e.minor());
      case HoldReleased e -> book.move("hold-release", MERCHANT_HOLD, MERCHANT_AVAILABLE, e.minor());
      case RefundRequested e -> book.requested(e.refund());
      case OutsideRefundFound e -> book.move("refund-outside", MERCHANT_OUTSIDE, BUYER_OUTSIDE, e.refund().minor());
      case RefundMoved e -> book.moved(e);
      case ChargebackOpened e -> book.chargeback(e);
      case PromiseBroken e -> book.broken(e);
      case Overpaid e -> book.overpaid(e.minor());
      case Event _ -> {}
    }
    return book.entries;
  }

  /** The entry that a registered payment opens its books with. */
  public static Transfer registered(Payment payment) {
    return Transfer.of("captured", payment.currency(), PROVIDER_SETTLEMENT, MERCHANT_AVAILABLE, payment.captured());
  }

  /** Money comes into a reserve from outside. */
  public static Transfer toppedUp(Pot pot, String currency, long minor) {
    return Transfer.of("top-up", currency, PROVIDER_SETTLEMENT, account(pot), minor);
  }

  /** Money that nobody needs leaves a reserve. */
  public static Transfer withdrawn(Pot pot, String currency, long minor) {
    return Transfer.of("withdrawal", currency, account(pot), PROVIDER_SETTLEMENT, minor);
  }

  /** What was recovered of the fund's advances goes back to it. */
  public static Transfer refilled(String currency, long minor) {
    return Transfer.of("recovered", currency, PLATFORM_RECOVERY, PLATFORM_FUND, minor);
  }

  /** A merchant pays what it owes, from outside or, {@code own}, from what it has available. */
  public static Transfer recovered(String currency, boolean own, long minor) {
    return Transfer.of("recovery", currency, own ? MERCHANT_AVAILABLE : PROVIDER_SETTLEMENT, MERCHANT_RECEIVABLE,
        minor);
  }

  /** A buyer pays back what it got too much; it was the merchant's, and is set against what the merchant owes. */
  public static Transfer paidBack(String currency, long minor) {
    return new Transfer("paid-back", currency, List.of(new Line(PROVIDER_SETTLEMENT, minor),
        new Line(BUYER_RECEIVABLE, -minor), new Line(PLATFORM_RECOVERY, minor), new Line(MERCHANT_RECEIVABLE, -minor)));
  }

  /** What a merchant owes is given up. */
  public static Transfer writtenOff(String currency, long minor) {
    return Transfer.of("write-off", currency, PLATFORM_LOSS, MERCHANT_RECEIVABLE, minor);
  }

  private static Account account(Pot pot) {
    return switch (pot) {
      case DEPOSIT -> MERCHANT_DEPOSIT;
      case FUND -> PLATFORM_FUND;
    };
  }

  /** The entries of one event while they are made. */
  private record Book(String currency, Account arrival, List<Transfer> entries) {
    Book(String currency, Account arrival) {
      this(currency, arrival, new ArrayList<>());
    }

    void move(String cause, Account debit, Account credit, long minor) {
      if (minor > 0) entries.add(Transfer.of(cause, currency, debit, credit, minor));
    }

    void broken(PromiseBroken e) {
      var lines = new ArrayList<Line>();
      add(lines, MERCHANT_HOLD, e.fromHold());
      add(lines, MERCHANT_RECEIVABLE, e.minor() - e.fromHold());
      add(lines, BUYER_CLAIM, -e.minor());
      entries.add(new Transfer("promise-broken", currency, lines));
    }

    void overpaid(long more) {
      if (more > 0) move("overpaid", BUYER_RECEIVABLE, PLATFORM_RECOVERY, more);
      else move("overpaid", PLATFORM_RECOVERY, BUYER_RECEIVABLE, -more);
    }

    void requested(Refund refund) {
      entries.add(drawn(refund));
      move("advance", MERCHANT_RECEIVABLE, PLATFORM_RECOVERY, refund.fromFund());
    }

    /** From where the refund is drawn, to the buyer's clearing account. */
    private Transfer drawn(Refund refund) {
      var lines = new ArrayList<Line>();
      add(lines, MERCHANT_HOLD, refund.fromHold());
      add(lines, MERCHANT_AVAILABLE, refund.fromAvailable());
      add(lines, MERCHANT_DEPOSIT, refund.fromDeposit());
      add(lines, PLATFORM_FUND, refund.fromFund());
      add(lines, BUYER_CLEARING, -refund.minor());
      return new Transfer("refund", currency, lines);
    }

    void moved(RefundMoved e) {
      var refund = e.refund();
      boolean inFlight = e.was().isInFlight();
      switch (refund.state()) {
        case SUCCEEDED -> {
          if (inFlight && paidByUs(refund)) move("refund-arrived", BUYER_CLEARING, arrival, refund.minor());
        }
        case FAILED -> {
          if (inFlight && paidByUs(refund)) back(refund, "refund-failed");
        }
        case REVERSED -> {
          if (e.was() == Refund.State.SUCCEEDED) reversed(refund, e.afterClose());
        }
        case REQUESTED, PROCESSING, UNKNOWN -> {}
      }
    }

    private void reversed(Refund refund, boolean afterClose) {
      if (!paidByUs(refund)) {
        move("refund-reversed", BUYER_OUTSIDE, MERCHANT_OUTSIDE, refund.minor());
      } else if (afterClose) {
        move("refund-reversed", arrival, MERCHANT_RECEIVABLE, refund.minor());
      } else {
        move("refund-reversed", arrival, BUYER_CLEARING, refund.minor());
        back(refund, "refund-reversed");
      }
    }

    private void back(Refund refund, String cause) {
      entries.add(drawn(refund).reversed(cause));
      move(cause, PLATFORM_RECOVERY, MERCHANT_RECEIVABLE, refund.fromFund());
    }

    void chargeback(ChargebackOpened e) {
      var lines = new ArrayList<Line>();
      add(lines, MERCHANT_HOLD, e.fromHold());
      add(lines, MERCHANT_AVAILABLE, e.fromAvailable());
      add(lines, MERCHANT_RECEIVABLE, e.fromReceivable());
      add(lines, PROVIDER_SETTLEMENT, -e.minor());
      entries.add(new Transfer("chargeback", currency, lines));
    }

    private static boolean paidByUs(Refund refund) {
      return refund.executor() == Executor.PLATFORM;
    }

    private static void add(List<Line> lines, Account account, long minor) {
      if (minor != 0) lines.add(new Line(account, minor));
    }
  }

  private Postings() {}
}
