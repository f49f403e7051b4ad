package redress.web;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import redress.api.Worklists.LineView;
import redress.api.Worklists.PileView;
import redress.door.Problem;
import redress.policy.Role;
import redress.store.Worklist.Pile;
import redress.store.Worklist.Risk;

/** What waits in mediation, one pile of it, with what lies in the others. */
public record Queue(Frame frame, Set<Pile> piles, PileView view, boolean nothingLeft, @Nullable Problem problem) {
  public Queue {
    piles = Set.copyOf(piles);
  }

  /** The piles in the order in which they are shown. */
  public List<Pile> inOrder() {
    return piles.stream().sorted().toList();
  }

  /** How much lies there. */
  public int count(Pile pile) {
    return view.counts().getOrDefault(pile, 0);
  }

  /** Whether the reader takes disputes. */
  public boolean takes() {
    var reader = frame.reader();
    return reader != null && reader.caller().role() != Role.AUDITOR;
  }

  /** The name of a pile. */
  public String name(Pile pile) {
    return name(frame, pile);
  }

  static String name(Frame frame, Pile pile) {
    return switch (pile) {
      case UNASSIGNED -> frame.say("Nobody has it", "待分配");
      case MINE -> frame.say("Mine", "我的");
      case APPROVALS -> frame.say("Waiting for approval", "待复核");
      case APPEALS -> frame.say("Appeals", "申诉");
      case MEDIATION -> frame.say("All of mediation", "全部介入");
      case EXCEPTIONS -> frame.say("Problems", "异常处理");
      case CONFIRMATIONS -> frame.say("To confirm in 24 hours", "24 小时内确认");
      case PERFORMING -> frame.say("Promises being kept", "承诺履行中");
      case DAY_1 -> frame.say("Day 1: records", "第一天：信息核实");
      case DAY_2 -> frame.say("Day 2: the buyer is asked", "第二天：用户反馈收集");
      case DAY_3 -> frame.say("Day 3: result", "第三天：结果确认");
      case PAYOUTS -> frame.say("Payments to approve", "待审批付款");
    };
  }

  /** Why it comes first; empty when it does not. */
  public String risk(LineView it) {
    return risk(frame, it.risk());
  }

  static String risk(Frame frame, Risk risk) {
    return switch (risk) {
      case LATE -> frame.say("Late", "已超时");
      case URGENT -> frame.say("Due within a day", "一天内到期");
      case LARGE -> frame.say("Large amount", "金额较大");
      case TROUBLED -> frame.say("Went wrong before", "曾有异常");
      case NONE -> "";
    };
  }
}
