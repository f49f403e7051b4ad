package redress.web;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import redress.dispute.Errand.Audience;
import redress.door.Problem;
import redress.policy.Deadline;
import redress.policy.Role;
import redress.web.DisputePage.Trouble;

/** What every page of those who run the centre knows: the key of its forms, what was just done, what did not happen. */
public record Office(Frame frame, String key, String done, @Nullable Trouble trouble) {
  /** What notices can go over, as their book names it. */
  public static final List<String> CHANNELS = List.of("IN_APP", "EMAIL", "SMS", "PUSH");

  /** The addresses of the pages. */
  public static final List<String> PAGES = List.of("/health", "/errands", "/deliveries", "/outbox", "/templates",
      "/rule-sets", "/accounts", "/clocks", "/log");

  private @Nullable Role role() {
    var reader = frame.reader();
    return reader == null ? null : reader.caller().role();
  }

  /** Whether the reader runs the centre, and does not only look. */
  public boolean runs() {
    return role() == Role.ADMIN;
  }

  /** Whether the reader sees how the centre runs. */
  public boolean watches() {
    return isOneOf(Role.ADMIN, Role.MEDIATOR_LEAD, Role.VERIFIER, Role.FINANCE, Role.AUDITOR);
  }

  /** Whether the reader is one of these. */
  public boolean isOneOf(Role... roles) {
    for (var it : roles) if (it == role()) return true;
    return false;
  }

  /** What went wrong with the form that is sent there; null when nothing did. */
  public @Nullable Problem wrong(String to) {
    return trouble != null && trouble.form().equals(to) ? trouble.problem() : null;
  }

  /** What was typed into a field of the form that is sent there, or {@code otherwise}. */
  public String typed(String to, String field, String otherwise) {
    return trouble == null || !trouble.form().equals(to) ? otherwise : trouble.typed().getOrDefault(field, otherwise);
  }

  /** What to say of what was just done; empty for nothing. */
  public String doneWords() {
    return switch (done) {
      case "resumed" -> frame.say("It is being tried again.", "已重新执行。");
      case "resent" -> frame.say("It goes out again. How it went is shown in a moment.", "正在重新发送，结果稍后显示。");
      case "revoked" -> frame.say("The key opens nothing any more.", "密钥已停用。");
      case "kept" -> frame.say("The draft is kept. Nobody goes by it yet.", "草稿已保存，尚未生效。");
      case "forgotten" -> frame.say("The draft is gone.", "草稿已删除。");
      case "published" -> frame.say("The rules are published.", "规则已发布。");
      case "made" -> frame.say("The clock is there.", "时钟已创建。");
      case "advanced" -> frame.say("Time has passed, with everything that fell due.", "时间已推进，到期事项均已处理。");
      default -> "";
    };
  }

  /** How long ago something was. */
  public String since(Instant at) {
    var age = Duration.between(at, frame.now());
    if (age.isNegative()) age = Duration.ZERO;
    return age.toDays() > 1 ? frame.say(age.toDays() + " days", age.toDays() + " 天")
        : age.toHours() > 0 ? frame.say(age.toHours() + " h", age.toHours() + " 小时")
        : frame.say(age.toMinutes() + " min", age.toMinutes() + " 分钟");
  }

  /** What an errand is for: a deadline by its name, everything else by what is asked outside. */
  public String work(String work) {
    for (var it : Deadline.values()) if (it.key.equals(work)) return RuleWords.name(frame, it);
    return switch (work) {
      case "Tell" -> frame.say("Tell somebody", "发送通知");
      case "Remind" -> frame.say("Remind somebody", "发送提醒");
      case "CheckIdentity" -> frame.say("Ask who paid", "核实付款人身份");
      case "CheckTransaction" -> frame.say("Ask about the payment", "核实交易记录");
      case "Pay" -> frame.say("Have a refund paid", "发起退款");
      case "Enquire" -> frame.say("Ask what became of a refund", "查询退款结果");
      case "Reserve", "Return" -> frame.say("Draw on a reserve, or give back", "动用或归还备用资金");
      case "LookAtPayment" -> frame.say("Look at the payment", "查看交易");
      case "Audit" -> frame.say("Check the records", "信息核实");
      case "WriteResult" -> frame.say("Write the result down", "生成结果记录");
      case "Contact" -> frame.say("Ask the buyer", "联系买家");
      default -> work;
    };
  }

  /** What a notice says, in a few words. */
  public String notice(String constant) {
    return frame.words("notice." + constant);
  }

  /** Whom a notice is for. */
  public String audience(Audience to) {
    return switch (to) {
      case BUYER -> frame.say("Buyer", "买家");
      case MERCHANT -> frame.say("Merchant", "商家");
      case MEDIATOR -> Wording.role(frame, Role.MEDIATOR);
      case LEAD -> Wording.role(frame, Role.MEDIATOR_LEAD);
      case VERIFIER -> Wording.role(frame, Role.VERIFIER);
      case FINANCE -> Wording.role(frame, Role.FINANCE);
      case SUPPORT -> Wording.role(frame, Role.SUPPORT);
    };
  }

  /** What a channel is called; one that was added since, by its own name. */
  public String channel(String name) {
    return switch (name) {
      case "IN_APP" -> frame.say("On this site", "站内");
      case "EMAIL" -> frame.say("E-mail", "电子邮件");
      case "SMS" -> frame.say("Text message", "短信");
      case "PUSH" -> frame.say("Push", "推送");
      default -> name;
    };
  }

  /** How a delivery stands. */
  public String state(String state) {
    return switch (state) {
      case "WAITING" -> frame.say("Waiting", "待发送");
      case "SENDING" -> frame.say("On its way", "发送中");
      case "DELIVERED" -> frame.say("Delivered", "已送达");
      case "FAILED" -> frame.say("Failed", "失败");
      case "SUPPRESSED" -> frame.say("Not sent, pointless by then", "已失效未发送");
      default -> state;
    };
  }

  /** What a part of the server is called. */
  public String part(String name) {
    return switch (name) {
      case "db" -> frame.say("Database", "数据库");
      case "diskSpace" -> frame.say("Room on the disk", "磁盘空间");
      case "logHealth", "log" -> frame.say("The log nobody can rewrite", "防篡改日志");
      case "ping" -> frame.say("The server answers", "服务可访问");
      case "livenessState" -> frame.say("The server itself", "服务进程");
      case "readinessState" -> frame.say("Ready for requests", "可接收请求");
      case "ssl" -> frame.say("TLS certificates", "TLS 证书");
      default -> name;
    };
  }
}
