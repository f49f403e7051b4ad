package redress.web;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import redress.door.Problem;
import redress.policy.Role;
import redress.web.DisputePage.Trouble;

/** What every page of the books knows: the key of its forms, what was just done, and what did not happen. */
public record Books(Frame frame, String key, String done, @Nullable Trouble trouble) {
  /** Whether the reader moves money, or only looks. */
  public boolean acts() {
    var reader = frame.reader();
    return reader != null && reader.caller().role() == Role.FINANCE;
  }

  /** What went wrong with the form that is sent there; null when nothing did. */
  public @Nullable Problem wrong(String to) {
    return trouble != null && trouble.form().equals(to) ? trouble.problem() : null;
  }

  /** The same where several forms are sent there: only of the one whose {@code field} said {@code value}. */
  public @Nullable Problem wrong(String to, String field, String value) {
    return typed(to, field, "").equals(value) ? wrong(to) : null;
  }

  /** What was typed into a field of the form that is sent there, or {@code otherwise}. */
  public String typed(String to, String field, String otherwise) {
    return trouble == null || !trouble.form().equals(to) ? otherwise : trouble.typed().getOrDefault(field, otherwise);
  }

  /** What to say of what was just done; empty for nothing. */
  public String doneWords() {
    return switch (done) {
      case "approved" -> frame.say("Approved. It is carried out now.", "已批准，正在执行。");
      case "rejected" -> frame.say("Rejected. No money moves.", "已拒绝，资金不变。");
      case "noted" -> frame.say("Your note is kept.", "备注已保存。");
      case "matched" -> frame.say("Everything was compared with what is owed.", "已与应付款重新比对。");
      case "recovered" -> frame.say("What was paid back is in the books.", "还款已入账。");
      case "again" -> frame.say("This very file was imported before. Nothing changed.", "该文件此前已导入，没有变化。");
      case "taken" -> frame.say("The file is in the books.", "账单已导入。");
      default -> "";
    };
  }

  /** How old something is, in days and hours. */
  public String age(Duration age) {
    return age.toDays() > 0 ? frame.say(age.toDays() + " days", age.toDays() + "天")
        : frame.say(age.toHours() + " h", age.toHours() + "小时");
  }

  /** How old something is. */
  public String since(Instant at) {
    var age = Duration.between(at, frame.now());
    return age(age.isNegative() ? Duration.ZERO : age);
  }

  /** An account of the books, in words. */
  public String account(String account) {
    return switch (account) {
      case "buyer.clearing" -> frame.say("A refund on its way to the buyer", "退款在途");
      case "buyer.claim" -> frame.say("Set aside for the buyer, who could not be paid", "待买家领取");
      case "buyer.receivable" -> frame.say("The buyer got too much", "买家多收待追回");
      case "merchant.hold" -> frame.say("A hold that outlived its dispute", "结案后未解冻");
      default -> account;
    };
  }
}
