package redress.sms;

import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import redress.notify.Channel;
import redress.store.PostBook;

/** The way short messages go, as the operator set it up. */
public final class SmsChannels {
  /** The channel's name, whoever carries it. */
  public static final String NAME = "SMS";

  /**
   * The one way that is set up: SMPP, Aliyun or Twilio; empty when none is. Throws IllegalArgumentException with a
   * sentence for the operator when a setting is not right or more than one way is.
   */
  public static Optional<Channel> open(Function<String, @Nullable String> settings, PostBook book, Clock clock) {
    var ways = Stream.<Optional<Channel>>of(
        SmppSettings.read(settings).map(it -> started(new Smpp(it, book, clock))),
        Aliyun.read(settings, clock).map(it -> it),
        Twilio.read(settings, clock).map(it -> it)).flatMap(Optional::stream).toList();
    if (ways.size() > 1) throw new IllegalArgumentException("only one of redress.sms.smpp, .aliyun and .twilio");
    return List.copyOf(ways).stream().findFirst();
  }

  private static Channel started(Smpp smpp) {
    smpp.start();
    return smpp;
  }

  private SmsChannels() {}
}
