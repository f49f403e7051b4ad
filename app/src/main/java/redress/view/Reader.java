package redress.view;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import redress.dispute.Actor;
import redress.dispute.Side;
import redress.door.Caller;
import redress.door.Language;

/** Who reads an answer: in which chair, in which language and time zone. */
public record Reader(Caller caller, Language language, ZoneId zone) {
  private static final DateTimeFormatter WALL = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm (xxx)");

  public Actor actor() {
    return caller.actor();
  }

  /** The side the reader is on; empty for staff and the platform. */
  public Optional<Side> side() {
    return actor().side();
  }

  public boolean isStaff() {
    return caller.role().isStaff();
  }

  /** The one of two wordings that the reader understands. */
  public String pick(String english, String chinese) {
    return language.pick(english, chinese);
  }

  /** An instant as the reader's clock on the wall shows it, with its offset. */
  public String wall(Instant at) {
    return WALL.format(at.atZone(zone));
  }
}
