package redress.notify;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import redress.dispute.Errand.Audience;
import redress.store.Digests;
import redress.store.Digests.Pile;
import redress.store.Parties;

/**
 * The merchants' overview of what waits for them, the first due first: by e-mail, once a day of theirs, in the morning,
 * and not at all when nothing waits. The day is taken before it is sent, so that nobody gets two; one that fails is not
 * sent again, since the next morning's says more.
 */
public final class Digest {
  private static final int HOUR = 9;
  private static final int LINES = 10;
  private static final int AT_ONCE = 100;

  private final Mail mail;
  private final Digests digests;
  private final Parties parties;
  private final Notices notices;
  private final String link;
  private final UnaryOperator<String> unsubscribe;

  /**
   * {@code pages} is where this server's pages are, empty for nowhere; {@code unsubscribe} where a merchant ends this.
   */
  public Digest(Mail mail, Digests digests, Parties parties, String pages, UnaryOperator<String> unsubscribe) {
    this.mail = mail;
    this.digests = digests;
    this.parties = parties;
    this.notices = new Notices("");
    this.link = pages.isEmpty() ? "" : pages + "/disputes";
    this.unsubscribe = unsubscribe;
  }

  /** Sends to everybody whose morning it is at {@code now}; how many overviews went out. */
  public int send(Instant now) {
    int sent = 0;
    var after = "";
    for (var due = digests.next(now, HOUR, after, AT_ONCE); !due.isEmpty(); due =
        digests.next(now, HOUR, after, AT_ONCE)) {
      for (var merchant : due) if (send(merchant, now)) sent++;
      after = due.getLast();
    }
    return sent;
  }

  private boolean send(String merchant, Instant now) {
    var known = Objects.requireNonNull(parties.reach(Set.of(merchant)).get(merchant));
    var wanted = known.wish().language();
    var language = Language.of(wanted == null ? known.party().language() : wanted);
    var day = now.atZone(known.party().zone()).toLocalDate();
    var pile = digests.waiting(merchant, LINES);
    if (pile.all() == 0) {
      digests.begin(merchant, day, "EMPTY", "", "", now);
      return false;
    }
    var reader = new Reader(Audience.MERCHANT, language, known.party().zone());
    var words = new Wording(reader, notices.phrases(language));
    var subject = words.phrases.get("digest.subject", Map.of("count", Integer.toString(pile.all())));
    var text = text(pile, words);
    if (!digests.begin(merchant, day, "SENDING", subject, text, now)) return false;
    var result = mail.overview(known.contact().email(), "digest-" + day + "-" + merchant.hashCode(), subject, text,
        language.tag, unsubscribe.apply(merchant), now);
    return switch (result) {
      case Channel.Result.Accepted _ -> end(merchant, day, true, "");
      case Channel.Result.Refused(var why) -> end(merchant, day, false, why);
      case Channel.Result.Unavailable(var why) -> end(merchant, day, false, why);
    };
  }

  private boolean end(String merchant, LocalDate day, boolean delivered, String result) {
    digests.end(merchant, day, delivered, result);
    return delivered;
  }

  private String text(Pile pile, Wording words) {
    var lines = pile.first().stream().map(it -> "- " + words.phrases.get("digest.line", Map.of("due",
        words.date(it.due()), "dispute", it.id().toString(), "amount", words.amount(it.minor(), it.currency()),
        "status", words.phrases.get("status", it.status())))).collect(Collectors.joining("\n"));
    int more = pile.all() - pile.first().size();
    var text = words.phrases.get("digest.head") + "\n\n" + lines;
    if (more > 0) text += "\n\n" + words.phrases.get("digest.more", Map.of("count", Integer.toString(more)));
    return link.isEmpty() ? text : text + "\n\n" + words.phrases.get("digest.link", Map.of("link", link));
  }
}
