package redress.web;

import java.util.List;
import org.jspecify.annotations.Nullable;
import redress.door.Problem;
import redress.policy.Role;
import redress.store.SignIns.Person;
import redress.store.SignIns.Session;

/** A merchant's people: who is in, the link that was just made (null: none), and what was typed if that went wrong. */
public record PeoplePage(Frame frame, List<Session> sessions, @Nullable String link, @Nullable Problem problem,
    String person, String limit, String currency) {
  public PeoplePage {
    sessions = List.copyOf(sessions);
  }

  /** What somebody may do, in one line. */
  public String may(Person it) {
    if (it.role() == Role.MERCHANT_VIEWER) return frame.say("Can look at everything, change nothing", "仅可查看");
    if (it.limit() == Long.MAX_VALUE) return frame.say("Can answer, without a limit", "可处理，金额不限");
    var most = frame.money(it.limit(), currency);
    return frame.say("Can answer up to " + most, "可处理，单笔上限 " + most);
  }
}
