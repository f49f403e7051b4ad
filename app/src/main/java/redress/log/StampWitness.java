package redress.log;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import redress.seal.Digest;
import redress.stamp.TimeStamps;

/** A time stamp authority: it says when a checkpoint was there, over the SHA-256 of the note as the log signed it. */
public final class StampWitness implements Witness {
  private final TimeStamps stamps;
  private final Duration every;

  /** {@code every}: how often at most, for authorities that count. */
  public StampWitness(TimeStamps stamps, Duration every) {
    this.stamps = stamps;
    this.every = every;
  }

  @Override public String name() {
    return "time-stamps";
  }

  @Override public boolean watches(boolean live) {
    return live;
  }

  @Override public Duration every() {
    return every;
  }

  @Override public Said tell(Telling telling) throws IOException {
    var stamp = stamps.stamp(Digest.sha256(telling.note().written().getBytes(UTF_8)));
    return new Said.Kept(List.of(), Optional.of(stamp));
  }
}
