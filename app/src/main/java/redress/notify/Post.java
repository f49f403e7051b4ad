package redress.notify;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redress.notify.Recipients.Recipient;
import redress.store.Delivery;
import redress.store.Delivery.State;
import redress.store.NoticeBook;

/**
 * Sends notices over the channels outside: each until it is taken over, refused or given up, and never again after
 * that.
 */
record Post(NoticeBook book, List<Channel> outside) {
  private static final Logger log = LoggerFactory.getLogger(Post.class);
  private static final Duration FIRST_RETRY = Duration.ofMinutes(1);
  private static final Duration LONGEST_RETRY = Duration.ofHours(3);
  private static final Duration GIVE_UP_AFTER = Duration.ofDays(3);

  /** The channels that reach {@code to}. */
  List<Channel> reaching(Recipient to) {
    return outside.stream().filter(channel -> channel.reaches(to.contact(), to.live())).toList();
  }

  /** Over each channel in turn; one that fails keeps none of the others from its turn. */
  Sent everywhere(Recipient to, Delivery draft, Instant now) {
    var channels = reaching(to);
    Sent said = new Sent.Done(channels.isEmpty(), Delivery.IN_APP);
    Optional<Sent> later = Optional.empty();
    for (var channel : channels) {
      var sent = send(to, draft, channel, now);
      if (sent instanceof Sent.Later) later = Optional.of(sent);
      if (sent instanceof Sent.Done done && done.delivered()) said = done;
    }
    return later.orElse(said);
  }

  /** Over one channel; the words of the first try stay, whatever has changed since. */
  Sent send(Recipient to, Delivery draft, Channel channel, Instant now) {
    var id = NoticeBook.id(draft.dispute(), draft.id(), draft.audience(), channel.name());
    book.add(draft.over(channel.name(), id));
    var begun = book.begin(draft.dispute(), id, now);
    if (begun.isEmpty()) {
      var known = book.find(draft.dispute(), id);
      return new Sent.Done(known.map(d -> d.state() == State.DELIVERED).orElse(false), channel.name());
    }
    var delivery = begun.get();
    if (delivery.repeats() > 0) log.warn("Notice {} may have gone out more than once", id);
    return switch (channel.send(delivery, to.contact(), to.live())) {
      case Channel.Result.Accepted _ -> end(delivery, State.DELIVERED, "", now);
      case Channel.Result.Refused(var why) -> end(delivery, State.FAILED, why, now);
      case Channel.Result.Unavailable(var why) -> later(delivery, why, now);
    };
  }

  private Sent end(Delivery delivery, State state, String result, Instant now) {
    book.end(delivery.dispute(), delivery.id(), state, result, now);
    return new Sent.Done(state == State.DELIVERED, delivery.channel());
  }

  private Sent later(Delivery delivery, String why, Instant now) {
    if (!now.isBefore(delivery.at().plus(GIVE_UP_AFTER))) return end(delivery, State.FAILED, "given up: " + why, now);
    book.end(delivery.dispute(), delivery.id(), State.WAITING, why, now);
    var wait = FIRST_RETRY;
    for (int i = 1; i < delivery.attempts() && wait.compareTo(LONGEST_RETRY) < 0; i++) wait = wait.multipliedBy(3);
    if (wait.compareTo(LONGEST_RETRY) > 0) wait = LONGEST_RETRY;
    return new Sent.Later(now.plus(wait), delivery.channel() + ": " + why);
  }
}
