package redress.dispute;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Who may see a piece of evidence, besides the side that gave it. */
public enum Visibility {
  /** Both sides and the platform's staff. */
  PARTIES,
  /** The platform's staff, and not the other side. */
  STAFF,
  /** Nobody else. */
  GIVER;

  /** Whether a reader on {@code side} (none: on no side) may see what {@code giver} gave. */
  public boolean opensTo(@Nullable Side giver, Optional<Side> side, boolean staff) {
    if (side.isPresent() && side.get() == giver) return true;
    return this == PARTIES || (this == STAFF && staff);
  }
}
