package redress.web;

import java.security.SecureRandom;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;
import redress.desk.Answer;
import redress.door.Fault;
import redress.door.Language;
import redress.door.Problem;
import redress.door.Problems;

/** What the desk's answers mean to somebody at a form. */
final class Replies {
  private static final int KEY_BYTES = 12;
  private static final SecureRandom RANDOM = new SecureRandom();

  private Replies() {}

  /** Why it did not happen, in this language; null when it did. */
  static @Nullable Problem problem(Answer answer, Problems problems, Language language) {
    return switch (answer) {
      case Answer.Done _,Answer.Repeated _ -> null;
      case Answer.Refused refused -> problems.about(refused.why(), refused.field(), language);
      case Answer.KeyReused _ -> problems.about(Fault.IDEMPOTENCY_KEY_REUSED, "", language);
      case Answer.KeyInFlight _ -> problems.about(Fault.IDEMPOTENCY_IN_FLIGHT, "", language);
      case Answer.VersionMismatch _ -> problems.about(Fault.VERSION_MISMATCH, "", language);
      case Answer.Busy _ -> problems.about(Fault.BUSY, "", language);
    };
  }

  /** What makes a form sent twice one thing said once. */
  static String newKey() {
    var bytes = new byte[KEY_BYTES];
    RANDOM.nextBytes(bytes);
    return "page-" + HexFormat.of().formatHex(bytes);
  }
}
