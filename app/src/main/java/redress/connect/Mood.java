package redress.connect;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Everything the wallet has been told about one payment at this moment. */
record Mood(List<Behaviour> told) {
  Mood {
    told = List.copyOf(told);
  }

  <B extends Behaviour> Optional<B> is(Class<B> kind) {
    return told.stream().filter(kind::isInstance).map(kind::cast).findFirst();
  }

  boolean down(Instant at) {
    return is(Behaviour.Down.class).filter(down -> at.isBefore(down.until())).isPresent();
  }
}
