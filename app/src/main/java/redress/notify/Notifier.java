package redress.notify;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redress.dispute.Actor;
import redress.dispute.Errand;
import redress.dispute.Errand.Audience;
import redress.dispute.Matter;
import redress.dispute.Notice;
import redress.dispute.Rules;
import redress.dispute.Stage;
import redress.dispute.Timer;
import redress.store.Delivery;
import redress.store.Delivery.State;
import redress.store.NoticeBook;
import redress.store.Parties;
import redress.store.Party;
import redress.store.Party.Contact;

/**
 * Tells people: writes a notice for the reader, puts it into the inbox and sends it over the outside channels that
 * reach them.
 * Done again for the same errand it goes on where it stopped: what was delivered is never sent again.
 */
public final class Notifier {
  /** The channel that every notice takes: the inbox inside the centre. */
  public static final String IN_APP = "IN_APP";

  private static final Logger log = LoggerFactory.getLogger(Notifier.class);
  private static final Duration FIRST_RETRY = Duration.ofMinutes(1);
  private static final Duration LONGEST_RETRY = Duration.ofHours(3);
  private static final Duration GIVE_UP_AFTER = Duration.ofDays(3);

  private final Notices notices;
  private final Parties parties;
  private final NoticeBook book;
  private final List<Channel> outside;
  private final Language staffLanguage;
  private final ZoneId staffZone;

  /**
   * {@code outside} are the channels the operator set up; staff read in {@code staffLanguage} and {@code staffZone}.
   */
  public Notifier(Notices notices, Parties parties, NoticeBook book, List<Channel> outside, Language staffLanguage,
      ZoneId staffZone) {
    this.notices = notices;
    this.parties = parties;
    this.book = book;
    this.outside = List.copyOf(outside);
    this.staffLanguage = staffLanguage;
    this.staffZone = staffZone;
  }

  /**
   * As the operator set it up: {@code redress.notices.link} (where a dispute is opened, with {@code {dispute}} for its
   * id),
   * {@code redress.notices.staff-language} (en, zh), {@code redress.notices.staff-zone} (e.g. Asia/Shanghai) and
   * {@link MailSettings}. Throws IllegalArgumentException with a sentence for the operator when a setting is not right.
   */
  public static Notifier open(Function<String, @Nullable String> settings, Parties parties, NoticeBook book) {
    var outside = MailSettings.read(settings).<Channel>map(Mail::new).map(List::of).orElse(List.of());
    return new Notifier(new Notices(setting(settings, "link", "")), parties, book, outside,
        Language.of(setting(settings, "staff-language", "en")), zone(setting(settings, "staff-zone", "UTC")));
  }

  private static String setting(Function<String, @Nullable String> settings, String name, String otherwise) {
    var value = settings.apply("redress.notices." + name);
    return value == null || value.isBlank() ? otherwise : value.strip();
  }

  private static ZoneId zone(String id) {
    try {
      return ZoneId.of(id);
    } catch (DateTimeException e) {
      throw new IllegalArgumentException("redress.notices.staff-zone is no time zone: " + id, e);
    }
  }

  /** To whom a notice goes: who they are, how they read, and how they are reached outside. */
  private record Recipient(Reader reader, String id, Contact contact) {}

  /**
   * Tells whom {@code tell} names, over every channel that reaches them.
   *
   * @param errand the errand's key, the same for every try
   * @param now what the dispute's clock shows
   */
  public Sent tell(Matter matter, Errand.Tell tell, String errand, Instant now) {
    var to = recipient(matter, tell.to());
    var words = notices.write(matter, tell.notice(), tell.about(), to.reader);
    return everywhere(matter, to, draft(matter, to, errand, tell.notice(), tell.about(), words, now), now);
  }

  /**
   * Reminds a side of a deadline, over every channel that reaches it; suppressed when the deadline no longer stands.
   */
  public Sent remind(Matter matter, Errand.Remind remind, String errand, Instant now) {
    var to = recipient(matter, audience(remind));
    var live = Rules.timers(matter).stream().filter(timer -> stands(remind, timer)).findFirst();
    if (live.isEmpty() || !now.isBefore(remind.due())) {
      return suppressed(matter, to, errand, Notice.DUE_SOON, remind.deadline().key + " no longer stands", now);
    }
    var words = notices.remind(matter, live.get(), to.reader);
    return everywhere(matter, to, draft(matter, to, errand, Notice.DUE_SOON, live.get().about(), words, now), now);
  }

  private static boolean stands(Errand.Remind remind, Timer timer) {
    return timer.deadline() == remind.deadline() && timer.due().equals(remind.due());
  }

  private static Audience audience(Errand.Remind remind) {
    return switch (remind.to()) {
      case BUYER -> Audience.BUYER;
      case MERCHANT -> Audience.MERCHANT;
    };
  }

  /**
   * Asks the buyer whether the promise was kept, over one channel: odd attempts take an outside channel where one
   * reaches the
   * buyer, even ones the inbox, so that three attempts use two. Suppressed when the buyer has answered or is not asked
   * now.
   */
  public Sent contact(Matter matter, Errand.Contact contact, String errand, Instant now) {
    var to = recipient(matter, Audience.BUYER);
    if (!(matter.dispute().stage() instanceof Stage.FollowingUp) || matter.dispute().followUp().answer() != null) {
      return suppressed(matter, to, errand, Notice.FOLLOW_UP, "the buyer has answered or is not asked now", now);
    }
    var words = notices.write(matter, Notice.FOLLOW_UP, contact.attempt(), to.reader);
    var draft = draft(matter, to, errand, Notice.FOLLOW_UP, contact.attempt(), words, now);
    var channels = reaching(matter, to);
    if (contact.attempt() % 2 == 0 || channels.isEmpty()) {
      book.add(draft);
      return new Sent.Done(true, IN_APP);
    }
    return send(matter, to, draft, channels.get(contact.attempt() / 2 % channels.size()), now);
  }

  /** The inboxes that {@code actor} reads: the audiences of its role. Its subject is the recipient in them. */
  public static Set<Audience> inboxes(Actor actor) {
    return switch (actor.role()) {
      case BUYER -> EnumSet.of(Audience.BUYER);
      case MERCHANT_OWNER, MERCHANT_AGENT, MERCHANT_VIEWER -> EnumSet.of(Audience.MERCHANT);
      case MEDIATOR -> EnumSet.of(Audience.MEDIATOR);
      case MEDIATOR_LEAD -> EnumSet.of(Audience.MEDIATOR, Audience.LEAD);
      case VERIFIER -> EnumSet.of(Audience.VERIFIER);
      case FINANCE -> EnumSet.of(Audience.FINANCE);
      case SUPPORT -> EnumSet.of(Audience.SUPPORT);
      case PLATFORM, AUDITOR, ADMIN, SYSTEM -> EnumSet.noneOf(Audience.class);
    };
  }

  private Recipient recipient(Matter matter, Audience audience) {
    var filing = matter.dispute().about();
    return switch (audience) {
      case BUYER -> party(audience, filing.buyer(), filing.buyerZone());
      case MERCHANT -> party(audience, filing.merchant(), staffZone);
      case MEDIATOR -> staff(audience, matter.dispute().mediation().mediator());
      case LEAD, VERIFIER, FINANCE, SUPPORT -> staff(audience, "");
    };
  }

  private Recipient party(Audience audience, String id, ZoneId otherwise) {
    var party = parties.find(id);
    var language = party.map(Party::language).map(Language::of).orElse(staffLanguage);
    return new Recipient(new Reader(audience, language, party.map(Party::zone).orElse(otherwise)), id,
        parties.contact(id));
  }

  private Recipient staff(Audience audience, String id) {
    return new Recipient(new Reader(audience, staffLanguage, staffZone), id, Contact.NONE);
  }

  private List<Channel> reaching(Matter matter, Recipient to) {
    boolean live = matter.dispute().about().live();
    return outside.stream().filter(channel -> channel.reaches(to.contact, live)).toList();
  }

  /** The delivery to the inbox: written and there at once. */
  private static Delivery draft(Matter matter, Recipient to, String errand, Notice notice, int about, Rendered words,
      Instant now) {
    var dispute = matter.dispute().about().id();
    return new Delivery(dispute, NoticeBook.id(dispute, errand, to.reader.audience(), IN_APP), errand,
        to.reader.audience(),
        to.id, notice, about, IN_APP, to.reader.language().tag, words.subject(), words.text(), State.DELIVERED, 0, 0,
        "", now,
        null, now, null);
  }

  private static Delivery over(Channel channel, Delivery draft) {
    return new Delivery(draft.dispute(),
        NoticeBook.id(draft.dispute(), draft.errand(), draft.audience(), channel.name()),
        draft.errand(), draft.audience(), draft.recipient(), draft.notice(), draft.about(), channel.name(),
        draft.language(),
        draft.subject(), draft.text(), State.WAITING, 0, 0, "", draft.at(), null, null, null);
  }

  /** The inbox, then each channel outside; one that fails keeps none of the others from its turn. */
  private Sent everywhere(Matter matter, Recipient to, Delivery draft, Instant now) {
    book.add(draft);
    var channels = reaching(matter, to);
    Sent said = new Sent.Done(channels.isEmpty(), IN_APP);
    Optional<Sent> later = Optional.empty();
    for (var channel : channels) {
      var sent = send(matter, to, draft, channel, now);
      if (sent instanceof Sent.Later) later = Optional.of(sent);
      if (sent instanceof Sent.Done done && done.delivered()) said = done;
    }
    return later.orElse(said);
  }

  /** Over one channel outside; the words of the first try stay, whatever has changed since. */
  private Sent send(Matter matter, Recipient to, Delivery draft, Channel channel, Instant now) {
    var wanted = over(channel, draft);
    book.add(wanted);
    var begun = book.begin(wanted.dispute(), wanted.id(), now);
    if (begun.isEmpty()) {
      var known = book.find(wanted.dispute(), wanted.id());
      return new Sent.Done(known.map(d -> d.state() == State.DELIVERED).orElse(false), channel.name());
    }
    var delivery = begun.get();
    if (delivery.repeats() > 0) log.warn("Notice {} may have gone out more than once", delivery.id());
    return switch (channel.send(delivery, to.contact, matter.dispute().about().live())) {
      case Channel.Result.Accepted _ -> end(delivery, State.DELIVERED, "", now);
      case Channel.Result.Refused(var why) -> end(delivery, State.FAILED, why, now);
      case Channel.Result.Unavailable(var why) -> now.isBefore(delivery.at().plus(GIVE_UP_AFTER))
          ? again(delivery, why, now) : end(delivery, State.FAILED, "given up: " + why, now);
    };
  }

  private Sent end(Delivery delivery, State state, String result, Instant now) {
    book.end(delivery.dispute(), delivery.id(), state, result, now);
    return new Sent.Done(state == State.DELIVERED, delivery.channel());
  }

  private Sent again(Delivery delivery, String why, Instant now) {
    book.end(delivery.dispute(), delivery.id(), State.WAITING, why, now);
    var wait = FIRST_RETRY;
    for (int tried = 1; tried < delivery.attempts() && wait.compareTo(LONGEST_RETRY) < 0; tried++)
      wait = wait.multipliedBy(3);
    return new Sent.Later(now.plus(wait.compareTo(LONGEST_RETRY) < 0 ? wait : LONGEST_RETRY),
        delivery.channel() + ": " + why);
  }

  private Sent suppressed(Matter matter, Recipient to, String errand, Notice notice, String why, Instant now) {
    var dispute = matter.dispute().about().id();
    book.add(new Delivery(dispute, NoticeBook.id(dispute, errand, to.reader.audience(), IN_APP), errand,
        to.reader.audience(),
        to.id, notice, 0, IN_APP, to.reader.language().tag, "", "", State.SUPPRESSED, 0, 0, why, now, null, null,
        null));
    log.info("Suppressed {} of {}: {}", notice, dispute, why);
    return new Sent.Suppressed(why);
  }
}
