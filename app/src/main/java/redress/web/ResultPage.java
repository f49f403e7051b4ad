package redress.web;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import redress.api.CertificateApi.CertificateView;
import redress.dispute.FollowUp;
import redress.dispute.Obligation;
import redress.dispute.Side;
import redress.policy.Role;
import redress.store.Certificates.What;
import redress.view.DisputeView.CheckView;
import redress.view.DisputeView.CheckView.Fact;

/**
 * How a dispute ended, ready to be drawn: the three checks with what was looked at, whether its record is written, and
 * what of it each side has agreed to show.
 */
public record ResultPage(DisputePage page, boolean written, CertificateView certificate, List<Words> own) {
  public ResultPage {
    own = List.copyOf(own);
  }

  /** A piece of the reader's own feedback that has words. */
  public record Words(int number, String text) {}

  /** What a check asks. */
  public String question(CheckView check) {
    var frame = page.frame();
    return switch (check.check()) {
      case "AMOUNT_MATCHES" -> frame.say("Is the amount what was agreed?", "金额与协议一致？");
      case "PERFORMED" -> frame.say("Were the promises kept?", "承诺已履行？");
      default -> frame.say("Is the buyer satisfied?", "买家满意？");
    };
  }

  /** What it says so far. */
  public String answer(CheckView check) {
    var frame = page.frame();
    return switch (check.result()) {
      case PENDING -> frame.say("not known yet", "待核验");
      case PASSED -> frame.say("yes", "是");
      case FAILED -> frame.say("no", "否");
    };
  }

  /** One thing that was looked at, in words; empty for what needs none. */
  public String fact(Fact fact) {
    var frame = page.frame();
    return switch (fact.name()) {
      case "agreed" -> frame.say("Agreed: ", "约定：") + page.money(Long.parseLong(fact.value()));
      case "recorded" -> frame.say("Found in the provider's books: ", "支付机构记录：")
          + page.money(Long.parseLong(fact.value()));
      case "currency" -> "";
      case "evidence" -> evidence(fact.value());
      case "answer" -> frame.say("The buyer: ", "买家：") + said(fact.value());
      case "attempts" -> frame.say("Asked: " + fact.value() + " times", "已联系 " + fact.value() + " 次");
      default -> promise(fact);
    };
  }

  private String said(String value) {
    var frame = page.frame();
    return switch (value) {
      case "NOT_ASKED_YET" -> frame.say("not asked yet", "尚未询问");
      case "NOT_REACHED" -> frame.say("gave no answer", "未作答复");
      default -> frame.word("answer", FollowUp.Answer.valueOf(value));
    };
  }

  private String evidence(String value) {
    var frame = page.frame();
    return switch (value) {
      case "NONE" -> "";
      case "CHANGED" -> frame.say("A piece of evidence has changed since it was given.", "有凭证与提交时不符。");
      case "CONTRADICTS" -> frame.say("A piece of evidence says something else.", "有凭证内容不一致。");
      case "CONTRADICTS_SIGNED" -> frame.say("A verifier has looked at evidence that says something else.",
          "有凭证内容不一致，核验员已查看并签署。");
      case "NOT_READ_YET" -> frame.say("The evidence is read on day 1.", "凭证将在第一天核实。");
      default -> frame.say("Nothing in the evidence speaks against it.", "凭证中没有不一致之处。");
    };
  }

  /** Its name is a kind of promise and its number. */
  private String promise(Fact fact) {
    var frame = page.frame();
    var kind = Obligation.Kind.valueOf(fact.name().substring(0, fact.name().indexOf(' ')));
    var kept = page.view().settlement();
    var number = Integer.parseInt(fact.name().substring(fact.name().indexOf(' ') + 1));
    long minor = kept == null ? 0 : kept.obligations().stream().filter(it -> it.number() == number)
        .mapToLong(it -> it.amount()).findFirst().orElse(0);
    return page.promise(kind, kind.debtor(), minor) + frame.say(": ", "：")
        + frame.word("state", Obligation.State.valueOf(fact.value())).toLowerCase(Locale.ROOT);
  }

  /** Whether the reader has agreed to show this of it ({@code feedback} 0 but for words). */
  public boolean agreed(What what, int feedback) {
    return agreed(page.side(), what, feedback);
  }

  /** Whether the reader may agree at all: a side may, but not somebody of it who only looks. */
  public boolean mayAgree() {
    var reader = page.frame().reader();
    return page.side() != null && reader != null && reader.caller().role() != Role.MERCHANT_VIEWER;
  }

  /** Whether the other side has agreed to show the result. */
  public boolean otherAgreed() {
    return page.side() != null && agreed(page.side().other(), What.RESULT, 0);
  }

  private boolean agreed(@Nullable Side side, What what, int feedback) {
    return certificate.consents().stream()
        .anyMatch(it -> it.by() == side && it.what() == what && it.feedback() == feedback);
  }

  /** The address that anybody can see it at; null while nothing is shown. */
  public @Nullable String shared() {
    var address = certificate.address();
    return address == null ? null : address.substring("/v1".length());
  }
}
