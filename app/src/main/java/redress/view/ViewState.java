package redress.view;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import redress.dispute.Side;
import redress.dispute.Status;

/** What a dispute means to one reader now: a pure function of columns, so that lists can be filtered by it. */
public enum ViewState {
  ACTION_REQUIRED, WAITING_FOR_OTHER_PARTY, WITH_PLATFORM, IN_VERIFICATION, APPEALABLE, CLOSED;

  /**
   * How {@code reader} sees a dispute of this status of which {@code awaited} (BUYER, MERCHANT, PLATFORM, null) has to
   * do something; no side: staff or the host platform.
   */
  public static ViewState of(Status status, @Nullable String awaited, Optional<Side> reader) {
    if (status == Status.CLOSED) return CLOSED;
    if (status == Status.DECIDED) return reader.isPresent() ? APPEALABLE : WITH_PLATFORM;
    if (reader.isEmpty()) return ofStaff(status, awaited);
    if (status == Status.PROPOSED || reader.get().name().equals(awaited)) return ACTION_REQUIRED;
    boolean waits = reader.get().other().name().equals(awaited) && status != Status.FOLLOWING_UP;
    return waits ? WAITING_FOR_OTHER_PARTY : withPlatform(status);
  }

  private static ViewState ofStaff(Status status, @Nullable String awaited) {
    if (status == Status.PROPOSED) return WAITING_FOR_OTHER_PARTY;
    if (!"PLATFORM".equals(awaited)) {
      return status == Status.FOLLOWING_UP ? withPlatform(status) : WAITING_FOR_OTHER_PARTY;
    }
    return status == Status.EXCEPTION || withPlatform(status) == WITH_PLATFORM ? ACTION_REQUIRED : IN_VERIFICATION;
  }

  private static ViewState withPlatform(Status status) {
    return switch (status.phase) {
      case NEGOTIATION, MEDIATION, CLOSED -> WITH_PLATFORM;
      case SETTLEMENT, VERIFICATION -> IN_VERIFICATION;
    };
  }
}
