package redress.notify;

import java.io.IOException;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import redress.log.Witness;

/** Somebody who gets the newest checkpoint of the public log by e-mail now and then, and keeps the letters. */
public final class WitnessMail implements Witness {
  private static final Duration HOURLY = Duration.ofHours(1);

  private final Mail mail;
  private final String address;
  private final Duration every;
  private final Clock clock;

  public WitnessMail(Mail mail, String address, Duration every, Clock clock) {
    this.mail = mail;
    this.address = address;
    this.every = every;
    this.clock = clock;
  }

  /**
   * Reads {@code redress.log.witness.mail}, an address, and {@code redress.log.witness.mail-every} (ISO 8601, an hour
   * when left out); empty when no address is set. Throws IllegalArgumentException with a sentence for the operator when
   * there is no e-mail ({@link MailSettings}), or a setting is not right.
   */
  public static Optional<WitnessMail> read(Function<String, @Nullable String> settings, Clock clock) {
    var address = settings.apply("redress.log.witness.mail");
    if (address == null || address.isBlank()) return Optional.empty();
    var mail = MailSettings.read(settings).map(Mail::new).orElseThrow(
        () -> new IllegalArgumentException("redress.log.witness.mail needs a server: set redress.mail.host"));
    var every = settings.apply("redress.log.witness.mail-every");
    try {
      return Optional.of(new WitnessMail(mail, address.strip(),
          every == null || every.isBlank() ? HOURLY : Duration.parse(every.strip()), clock));
    } catch (DateTimeException e) {
      throw new IllegalArgumentException("redress.log.witness.mail-every is no ISO 8601 duration: " + every, e);
    }
  }

  @Override public String name() {
    return "e-mail";
  }

  @Override public boolean watches(boolean live) {
    return live;
  }

  @Override public Duration every() {
    return every;
  }

  @Override public Said tell(Telling telling) throws IOException {
    var said = telling.checkpoint();
    var id = "checkpoint-" + said.size() + "-" + said.root().substring(0, 16);
    var result = mail.write(address, id, "Checkpoint of " + said.origin() + ": " + said.size() + " entries",
        telling.note().written(), clock.instant());
    return switch (result) {
      case Channel.Result.Accepted _ -> Said.Kept.SILENTLY;
      case Channel.Result.Refused refused -> throw new IOException("refused: " + refused);
      case Channel.Result.Unavailable unavailable -> throw new IOException("not now: " + unavailable);
    };
  }
}
