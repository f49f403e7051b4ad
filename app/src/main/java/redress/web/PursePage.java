package redress.web;

import java.util.List;
import org.jspecify.annotations.Nullable;
import redress.api.Deposits.DepositView;
import redress.api.Deposits.MovementView;
import redress.api.Owing.ReceivableView;
import redress.dispute.Reason;
import redress.dispute.Status;
import redress.store.AccountBook.Balance;
import redress.store.AccountBook.Hold;
import redress.store.AccountBook.Row;

/**
 * A merchant's money in one currency: what it comes to, what is held for which dispute, its deposit, what it owes, and
 * the lines of its account, the newest first; {@code next} is the mark the next page begins after, null at the end.
 */
public record PursePage(Frame frame, String currency, List<String> currencies, List<Balance> balances,
    List<Hold> holds, List<DepositView> deposits, List<MovementView> moves, List<ReceivableView> owed, List<Row> rows,
    @Nullable String next) {
  public PursePage {
    currencies = List.copyOf(currencies);
    balances = List.copyOf(balances);
    holds = List.copyOf(holds);
    deposits = List.copyOf(deposits);
    moves = List.copyOf(moves);
    owed = List.copyOf(owed);
    rows = List.copyOf(rows);
  }

  /** Minor units of the currency that is shown. */
  public String money(long minor) {
    return frame.money(minor, currency);
  }

  /** An amount with its sign. */
  public String change(long minor) {
    return (minor > 0 ? "+" : "") + money(minor);
  }

  /** What an account comes to; 0 for one that nothing ever moved. */
  public long balance(String account) {
    return balances.stream().filter(it -> it.account().equals(account)).mapToLong(Balance::minor).sum();
  }

  /** What an account is called. */
  public String account(String account) {
    return switch (account) {
      case "merchant.available" -> frame.say("Available", "可用");
      case "merchant.hold" -> frame.say("Held", "冻结");
      case "merchant.deposit" -> frame.say("Deposit", "保证金");
      case "merchant.receivable" -> frame.say("Owed to the platform", "应付平台");
      default -> account;
    };
  }

  /** What a hold is for, in one line. */
  public String why(Hold it) {
    return frame.word("reason", Reason.valueOf(it.reason())) + frame.say(" · ", " · ")
        + frame.word("status", Status.valueOf(it.status()));
  }

  /** What moved a line, in the reader's words. */
  public String cause(String cause) {
    return switch (cause) {
      case "captured" -> frame.say("Payment received", "收款");
      case "hold" -> frame.say("Held for a dispute", "纠纷冻结");
      case "hold-release" -> frame.say("Hold released", "解冻");
      case "refund" -> frame.say("Refund to the buyer", "向买家退款");
      case "refund-arrived" -> frame.say("Refund arrived", "退款到账");
      case "refund-failed" -> frame.say("Refund failed, given back", "退款失败退回");
      case "refund-reversed" -> frame.say("Refund taken back", "退款被撤销");
      case "refund-outside" -> frame.say("Refund you made yourself", "商家自行退款");
      case "advance" -> frame.say("Paid ahead by the fund", "基金先行赔付");
      case "promise-broken" -> frame.say("Promise not kept", "承诺未履行");
      case "chargeback" -> frame.say("Chargeback by the bank", "银行拒付");
      case "overpaid" -> frame.say("Paid too much", "多付");
      case "top-up" -> frame.say("Deposit paid in", "保证金充值");
      case "withdrawal" -> frame.say("Deposit paid out", "保证金提取");
      case "recovered", "recovery", "paid-back" -> frame.say("Paid back to the platform", "追偿还款");
      case "write-off" -> frame.say("Given up by the platform", "核销");
      default -> cause;
    };
  }

  /** What a movement of the deposit is, in the reader's words. */
  public String move(String kind) {
    return switch (kind) {
      case "TOP_UP" -> frame.say("Paid in", "充值");
      case "WITHDRAWAL" -> frame.say("Paid out", "提取");
      case "RESERVED" -> frame.say("Set aside for a dispute", "为纠纷预留");
      case "CONFIRMED" -> frame.say("Used for a dispute", "用于赔付");
      case "RELEASED" -> frame.say("No longer set aside", "解除预留");
      case "RETURNED" -> frame.say("Given back", "归还");
      case "RECOVERED" -> frame.say("Paid back", "追偿");
      default -> kind;
    };
  }
}
