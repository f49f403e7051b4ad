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
import redress.store.PostBook;
import redress.store.Wish.Quiet;

/**
 * Sends notices over the channels outside: each until it is taken over, refused or given up, and never again after
 * that. What its reader left out is not used, except where nothing else works.
 */
record Post(NoticeBook book, PostBook after, List<Channel> outside, Entrance entrance) {
  private static final Logger log = LoggerFactory.getLogger(Post.class);
  private static final Duration FIRST_RETRY = Duration.ofMinutes(1);
  private static final Duration LONGEST_RETRY = Duration.ofHours(3);
  private static final Duration GIVE_UP_AFTER = Duration.ofDays(3);

  /** The channels that could reach {@code to}. */
  private List<Channel> reaching(Recipient to) {
    return outside.stream().filter(channel -> channel.reaches(to.addressee())).toList();
  }

  /** Those of them over which {@code to} wants this notice. */
  List<Channel> wanted(Recipient to, Delivery draft) {
    var manner = Manner.of(draft.notice());
    return reaching(to).stream().filter(channel -> to.wish().takes(channel.name()))
        .filter(channel -> manner != Manner.NEWS || (to.wish().news() && !channel.isBrief())).toList();
  }

  /**
   * Over each wanted channel in turn; one that fails keeps none of the others from its turn. Where all of them fail for
   * good, over one that was left out. {@code latest}: when waiting for the end of quiet hours has no sense any more.
   */
  Sent everywhere(Recipient to, Delivery draft, Instant latest, Instant now) {
    var wanted = wanted(to, draft);
    boolean reachable = !reaching(to).isEmpty();
    Sent said = new Sent.Done(!reachable, Delivery.IN_APP);
    Optional<Sent> later = Optional.empty();
    for (var channel : wanted) {
      var sent = inTime(to, draft, channel, latest, now);
      if (sent instanceof Sent.Later) later = Optional.of(sent);
      if (sent instanceof Sent.Done done && done.delivered()) said = done;
    }
    if (later.isPresent()) return later.get();
    boolean failed = said instanceof Sent.Done done && !done.delivered() && !wanted.isEmpty();
    return failed ? elsewhere(to, draft, now) : said;
  }

  /** Over one channel, unless its reader sleeps: then at the end of the quiet hours. */
  private Sent inTime(Recipient to, Delivery draft, Channel channel, Instant latest, Instant now) {
    var wake = rest(to, channel).over(now, to.reader().zone());
    boolean waits = wake.isAfter(now) && wake.isBefore(latest) && Manner.of(draft.notice()) != Manner.PRESSING;
    if (!waits) return send(to, draft, channel, now);
    var delivery = over(draft, channel);
    if (!book.add(delivery) && !isOpen(delivery)) return send(to, draft, channel, now);
    after.waits(delivery, "quiet hours");
    return new Sent.Later(wake, channel.name() + ": quiet hours");
  }

  private boolean isOpen(Delivery delivery) {
    return book.find(delivery.dispute(), delivery.id())
        .map(it -> it.state() == State.WAITING || it.state() == State.SENDING).orElse(false);
  }

  /** What a party said counts everywhere; where it said nothing, a telephone is silent at night. */
  private static Quiet rest(Recipient to, Channel channel) {
    return to.wish().rest().orElse(channel.isBrief() ? to.usual() : new Quiet(0, 0));
  }

  /** Over channels that have not failed yet, one after the other, until one takes it over. */
  Sent elsewhere(Recipient to, Delivery draft, Instant now) {
    for (var channel : reaching(to)) {
      var sent = send(to, draft, channel, now);
      if (sent instanceof Sent.Later || (sent instanceof Sent.Done done && done.delivered())) return sent;
    }
    return new Sent.Done(false, Delivery.IN_APP);
  }

  private static Delivery over(Delivery draft, Channel channel) {
    return draft.over(channel.name(), NoticeBook.id(draft.dispute(), draft.id(), draft.audience(), channel.name()),
        channel.isBrief() ? draft.brief() : draft.text());
  }

  /** Over one channel; the words of the first try stay, whatever has changed since. */
  Sent send(Recipient to, Delivery draft, Channel channel, Instant now) {
    var delivery = over(draft, channel);
    book.add(delivery);
    var begun = book.begin(draft.dispute(), delivery.id(), now);
    if (begun.isEmpty()) {
      var known = book.find(draft.dispute(), delivery.id());
      return new Sent.Done(known.map(d -> d.state() == State.DELIVERED).orElse(false), channel.name());
    }
    return attempt(to, begun.get(), channel, now);
  }

  private Sent attempt(Recipient to, Delivery delivery, Channel channel, Instant now) {
    if (delivery.repeats() > 0) log.warn("Notice {} may have gone out more than once", delivery.id());
    return switch (channel.send(entrance.open(delivery, to.addressee()), to.addressee())) {
      case Channel.Result.Accepted it -> {
        var sent = end(delivery, State.DELIVERED, "", now);
        after.handed(delivery, it.parts(), it.references(), it.inquire(), now);
        yield sent;
      }
      case Channel.Result.Refused(var why) -> end(delivery, State.FAILED, why, now);
      case Channel.Result.Unavailable(var why) -> later(delivery, why, now);
    };
  }

  /** The channel of this name, where the operator set it up. */
  Optional<Channel> channel(String name) {
    return outside.stream().filter(it -> it.name().equals(name)).findFirst();
  }

  /** Sends no more of it: {@code why} is written beside what still waits. */
  Sent drop(Delivery draft, String why) {
    after.suppress(draft.dispute(), draft.errand(), why);
    return new Sent.Suppressed(why);
  }

  /** The same for what comes too late, also over channels that never began. */
  Sent overtaken(Recipient to, Delivery draft, String why) {
    book.add(wanted(to, draft).stream().map(channel -> over(draft, channel).suppressed(why)).toList());
    return drop(draft, why);
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
