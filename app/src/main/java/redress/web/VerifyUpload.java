package redress.web;

import org.jspecify.annotations.Nullable;
import redress.bundle.Verifier.Verdict;
import redress.door.Problem;

/**
 * What the verifier found in a bundle that somebody sent ({@code verdict} null: nothing was sent yet), and which log of
 * ours its key belongs to: {@code live}, {@code test}, or empty for none. Where this server cannot check
 * anything ({@code here} false), the page says where that can be done.
 */
public record VerifyUpload(Frame frame, String name, String key, @Nullable Verdict verdict, String whose,
    @Nullable Problem problem, boolean here) {

  /** The page before anything was sent. */
  static VerifyUpload empty(Frame frame, boolean here) {
    return new VerifyUpload(frame, "", "", null, "", null, here);
  }

  /** A sentence of the verifier in the reader's language. */
  public String say(String said) {
    return VerifyWords.say(frame.language(), said);
  }

  /** What came of it, in one line. */
  public String headline() {
    var found = verdict;
    if (found == null) return "";
    return switch (found.exit()) {
      case 0 -> frame.say("Everything in it holds", "全部核验通过");
      case 1 -> frame.say("Something in it does not hold", "发现不符之处");
      default -> frame.say("There is nothing to check", "没有可核验的内容");
    };
  }

  /** Whose key it hangs on. */
  public String trust() {
    return switch (whose) {
      case "live" -> frame.say("Its key is the one of this platform's log of real payments.", "其密钥为本平台真实交易日志的密钥。");
      case "test" -> frame.say("Its key is the one of this platform's log of test payments.", "其密钥为本平台测试交易日志的密钥。");
      default -> frame.say("Its key is none of this platform's. Somebody else made it, or somebody pretends to.",
          "其密钥不属于本平台：由他方制作，或系冒充。");
    };
  }
}
