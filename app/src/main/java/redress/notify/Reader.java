package redress.notify;

import java.time.ZoneId;
import org.jspecify.annotations.Nullable;
import redress.dispute.Errand.Audience;
import redress.dispute.Side;

/** For whom a notice is written: as whom they read it, in which language, and in which zone their dates are. */
public record Reader(Audience audience, Language language, ZoneId zone) {

  /** The side the reader is on; null for the platform's own people. */
  public @Nullable Side side() {
    return side(audience);
  }

  /** The side of {@code audience}; null for the platform's own people. */
  static @Nullable Side side(Audience audience) {
    return switch (audience) {
      case BUYER -> Side.BUYER;
      case MERCHANT -> Side.MERCHANT;
      case MEDIATOR, LEAD, VERIFIER, FINANCE, SUPPORT -> null;
    };
  }
}
