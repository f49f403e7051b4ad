package redress.notify;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redress.notify.Notifier.Outside;
import redress.notify.Recipients.Recipient;
import redress.store.Delivery;
import redress.store.Parties;
import redress.store.PostBook;
import redress.store.Wish.Quiet;

/**
 * Looks after what has gone out: asks gateways for receipts that do not come unasked, and where a message came back,
 * takes another way to its reader. Every process has one; what is due is claimed, so that no two do the same.
 */
public final class Postman implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Postman.class);
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final Duration LONGEST = Duration.ofDays(3);
  private static final int AT_ONCE = 100;
  private static final Quiet NEVER = new Quiet(0, 0);

  private final Post post;
  private final PostBook after;
  private final Parties parties;
  private final Clock clock;
  private final Duration round;
  private volatile boolean closed;

  /** {@code round} is how often it looks. */
  public Postman(Outside outside, Parties parties, Clock clock, Duration round) {
    this.post = new Post(outside.book(), outside.after(), outside.channels(), outside.entrance());
    this.after = outside.after();
    this.parties = parties;
    this.clock = clock;
    this.round = round;
  }

  /** Begins to look. */
  public void start() {
    Thread.ofVirtual().name("postman").start(this::walk);
  }

  private synchronized void walk() {
    while (!closed) {
      try {
        while (look(clock.instant()) == AT_ONCE) log.debug("There is more");
      } catch (RuntimeException e) {
        log.warn("The post could not be looked after: {}", e.getClass().getSimpleName());
      }
      try {
        if (!closed) wait(round.toMillis());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }

  /** Looks once at what is due at {@code now}; how much that was. */
  int look(Instant now) {
    var due = after.claim(now, PATIENCE, AT_ONCE);
    for (var it : due) look(it, now);
    return due.size();
  }

  private void look(PostBook.Due due, Instant now) {
    var delivery = due.delivery();
    var to = recipient(delivery, due.live());
    switch (delivery.state()) {
      case FAILED -> divert(delivery, to, now);
      case WAITING, SENDING -> carry(delivery, to, now);
      case DELIVERED -> inquire(delivery, to, now);
      case SUPPRESSED -> after.again(delivery, null);
    }
  }

  private Recipient recipient(Delivery delivery, boolean live) {
    var known = Optional.ofNullable(parties.reach(Set.of(delivery.recipient())).get(delivery.recipient()));
    var zone = known.map(it -> it.party().zone()).orElse(ZoneId.of("UTC"));
    var reader = new Reader(delivery.audience(), Language.of(delivery.language()), zone);
    return known.map(it -> new Recipient(reader, delivery.recipient(), it.contact(), live, it.wish(), NEVER))
        .orElseGet(() -> Recipient.nobody(reader, delivery.recipient(), live));
  }

  /** It came back: over another channel, unless one of those has it. */
  private void divert(Delivery delivery, Recipient to, Instant now) {
    var told = after.inbox(delivery);
    if (told.isPresent() && !after.arrived(delivery)) {
      if (post.elsewhere(to, told.get(), now) instanceof Sent.Later later) {
        after.again(delivery, later.at());
        return;
      }
    }
    after.again(delivery, null);
  }

  private void carry(Delivery delivery, Recipient to, Instant now) {
    var told = after.inbox(delivery);
    var channel = post.channel(delivery.channel());
    if (told.isEmpty() || channel.isEmpty()) {
      after.again(delivery, null);
      return;
    }
    var sent = post.send(to, told.get(), channel.get(), now);
    after.again(delivery, sent instanceof Sent.Later later ? later.at() : null);
  }

  private void inquire(Delivery delivery, Recipient to, Instant now) {
    var channel = post.channel(delivery.channel());
    var open = after.open(delivery);
    var since = Optional.ofNullable(delivery.deliveredAt()).orElse(delivery.at());
    var age = Duration.between(since, now);
    if (channel.isEmpty() || open.isEmpty() || age.compareTo(LONGEST) > 0) {
      after.again(delivery, null);
      return;
    }
    // First every minute or so, then ever more seldom. A receipt that says how it ended takes the errand away itself.
    after.again(delivery, now.plus(age.dividedBy(2).plusMinutes(1)));
    for (var reference : open) {
      channel.get().inquire(reference, to.addressee(), since)
          .ifPresent(receipt -> after.receipt(delivery.channel(), reference, receipt, now));
    }
  }

  @Override public void close() {
    closed = true;
    synchronized (this) {
      notifyAll();
    }
  }
}
