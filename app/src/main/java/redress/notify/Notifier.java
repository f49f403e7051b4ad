package redress.notify;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redress.dispute.Actor;
import redress.dispute.DisputeId;
import redress.dispute.Errand;
import redress.dispute.Errand.Audience;
import redress.dispute.Event;
import redress.dispute.Matter;
import redress.dispute.Notice;
import redress.dispute.Rules;
import redress.dispute.Side;
import redress.dispute.Stage;
import redress.dispute.Timer;
import redress.notify.Recipients.Recipient;
import redress.notify.Recipients.To;
import redress.policy.Role;
import redress.store.Delivery;
import redress.store.NoticeBook;
import redress.store.Parties;
import redress.store.PostBook;

/**
 * Tells people: writes a notice for the reader, puts it into the inbox and sends it over the outside channels that
 * reach
 * them. Done again for the same errand it goes on where it stopped: what was delivered is never sent again.
 */
public final class Notifier {
  private static final Logger log = LoggerFactory.getLogger(Notifier.class);

  /** What goes out within this was not held up. */
  private static final Duration PROMPT = Duration.ofMinutes(10);

  private final Notices notices;
  private final Recipients recipients;
  private final NoticeBook book;
  private final Post post;

  /**
   * {@code outside} are the channels the operator set up; staff read in {@code staffLanguage} and {@code staffZone}.
   */
  public Notifier(Notices notices, Parties parties, Outside outside, Language staffLanguage, ZoneId staffZone) {
    this.notices = notices;
    this.recipients = new Recipients(parties, staffLanguage, staffZone);
    this.book = outside.book();
    this.post = new Post(book, outside.after(), outside.channels(), outside.entrance());
  }

  /** The books and the channels that lead outside, in the order in which they are tried, with the links they carry. */
  public record Outside(NoticeBook book, PostBook after, List<Channel> channels, Entrance entrance) {
    public Outside {
      channels = List.copyOf(channels);
    }
  }

  /**
   * As the operator set it up: {@code redress.notices.link} (where a dispute is opened, with {@code {dispute}} for its
   * id; a page of this server, when left out, where {@link #pages} says), {@code redress.notices.staff-language} (en,
   * zh) and {@code redress.notices.staff-zone} (e.g. Asia/Shanghai). Throws IllegalArgumentException with a sentence
   * for
   * the operator when a setting is not right.
   */
  public static Notifier open(Function<String, @Nullable String> settings, Parties parties, Outside outside) {
    return open(settings, parties, outside, Optional.empty());
  }

  /** The same with words that can be changed while the server runs. */
  public static Notifier open(Function<String, @Nullable String> settings, Parties parties, Outside outside,
      Optional<Editing> editing) {
    var pages = pages(settings);
    var link = setting(settings, "link", pages.isEmpty() ? "" : pages + "/disputes/{dispute}");
    return new Notifier(new Notices(link, editing), parties, outside,
        Language.of(setting(settings, "staff-language", "en")),
        zone(setting(settings, "staff-zone", "UTC")));
  }

  /**
   * Where this server's pages are ({@code redress.notices.pages}), without a slash at the end; empty when nothing is
   * set. Throws IllegalArgumentException for what is no address of a web server.
   */
  public static String pages(Function<String, @Nullable String> settings) {
    var pages = setting(settings, "pages", "").replaceAll("/+$", "");
    if (!pages.matches("|https?://[\\w.:\\[\\]-]+(/[\\w./-]*)?"))
      throw new IllegalArgumentException("redress.notices.pages is an address such as https://disputes.pay.example");
    return pages;
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

  /** An errand that tells somebody something: in which matter, under which key (the same for every try), and when. */
  public record Call(Matter matter, Errand errand, String key, Instant now) {
    /** Whether something held it up, a centre that was down or a channel. */
    private boolean isLate() {
      return now.isAfter(errand.at().plus(PROMPT));
    }

    /** A reminder is worth nothing after its date; everything else can wait. */
    private Instant latest() {
      return errand instanceof Errand.Remind remind ? remind.due() : Instant.MAX;
    }

    private Audience audience() {
      return switch (errand) {
        case Errand.Tell tell -> tell.to();
        case Errand.Remind remind -> Notifier.audience(remind.to());
        default -> throw new IllegalArgumentException("tells nobody: " + errand);
      };
    }
  }

  /** What is told, because of which errand and when. */
  private record Occasion(Matter matter, Recipient to, String errand, Notice notice, int about, Instant now) {}

  /** A notice as it goes into the book, null when nobody is told; {@code why} is the reason for that, else empty. */
  private record Written(Recipient to, @Nullable Delivery draft, String why) {
    static Written to(Recipient to, Delivery draft) {
      return new Written(to, draft, "");
    }
  }

  /**
   * Writes what these errands tell into the inboxes, all at once, and gives back what is left to do for each, in the
   * same order: to send it over the channels outside that reach its reader. Only what tells or reminds can be written.
   */
  public List<Supplier<Sent>> write(List<Call> calls) {
    var to = recipients.of(calls.stream().map(call -> new To(call.matter, call.audience())).toList());
    var letters = IntStream.range(0, calls.size()).mapToObj(i -> letter(calls.get(i), to.get(i))).toList();
    var fresh = book.add(letters.stream().map(Written::draft).filter(Objects::nonNull).toList());
    return IntStream.range(0, calls.size())
        .<Supplier<Sent>>mapToObj(i -> () -> post(letters.get(i), fresh, calls.get(i))).toList();
  }

  private Written letter(Call call, Recipient to) {
    return switch (call.errand) {
      case Errand.Tell tell -> letter(call, tell, to);
      case Errand.Remind remind -> letter(call, remind, to);
      default -> throw new IllegalArgumentException("tells nobody: " + call.errand);
    };
  }

  private Sent post(Written letter, Set<Delivery> fresh, Call call) {
    var draft = letter.draft;
    if (draft == null) return new Sent.Suppressed(letter.why);
    if (!letter.why.isEmpty()) return post.drop(draft, letter.why);
    if (!fresh.contains(draft) && !wrote(draft)) return new Sent.Suppressed("the same was said already");
    if (call.isLate() && Manner.isStale(call.matter, draft.notice()))
      return post.overtaken(letter.to, draft, "the dispute has moved on");
    return post.everywhere(letter.to, draft, call.latest(), call.now);
  }

  /**
   * Tells whom {@code tell} names, over every channel that reaches them; nobody is told their own words, asked for what
   * is there already, or told the same dates twice.
   *
   * @param errand the errand's key, the same for every try
   * @param now what the dispute's clock shows
   */
  public Sent tell(Matter matter, Errand.Tell tell, String errand, Instant now) {
    return write(List.of(new Call(matter, tell, errand, now))).getFirst().get();
  }

  private Written letter(Call call, Errand.Tell tell, Recipient to) {
    var matter = call.matter;
    if (!concerns(matter, tell, call.key)) return new Written(to, null, "it does not concern the " + tell.to());
    var occasion = new Occasion(matter, to, call.key, tell.notice(), tell.about(), call.now);
    if (!Asking.stands(matter, tell.notice(), tell.about()))
      return suppressed(occasion, "nothing is asked for any more");
    var words = notices.write(matter, tell.notice(), tell.about(), to.reader());
    // Both the confirmation and the beginning of day 1 tell the dates; where they fall together the words are the same.
    var cause = tell.notice() == Notice.VERIFICATION_DATES ? words.text() : call.key;
    return Written.to(to, draft(occasion, cause, words));
  }

  /** Whether what is in the book under this id comes from the same errand. */
  private boolean wrote(Delivery draft) {
    return book.find(draft.dispute(), draft.id()).map(known -> known.errand().equals(draft.errand())).orElse(true);
  }

  /** Whether its reader is one it is meant for: not the author of what is told, and of answers only who asked. */
  private boolean concerns(Matter matter, Errand.Tell tell, String errand) {
    var side = Reader.side(tell.to());
    if (side == null) return true;
    var dispute = matter.dispute().about().id();
    return switch (tell.notice()) {
      case MESSAGE, EVIDENCE_ADDED -> book.causedBy(dispute, errand).map(author -> side(author) != side).orElse(true);
      case SUPPORT_ANSWERED -> isFrom(side, dispute, Event.SupportAsked.class, tell.about());
      case FEEDBACK_ANSWERED -> isFrom(side, dispute, Event.FeedbackGiven.class, tell.about());
      default -> true;
    };
  }

  private boolean isFrom(Side side, DisputeId dispute, Class<? extends Event> type, int id) {
    return book.broughtBy(dispute, type, id).map(role -> side(role) == side).orElse(true);
  }

  private static @Nullable Side side(Role role) {
    if (role == Role.BUYER) return Side.BUYER;
    return role.isMerchant() ? Side.MERCHANT : null;
  }

  /** Reminds a side of a deadline, over every channel that reaches it; suppressed when it no longer stands. */
  public Sent remind(Matter matter, Errand.Remind remind, String errand, Instant now) {
    return write(List.of(new Call(matter, remind, errand, now))).getFirst().get();
  }

  private Written letter(Call call, Errand.Remind remind, Recipient to) {
    var live = Rules.timers(call.matter).stream().filter(timer -> stands(remind, timer)).findFirst();
    if (live.isEmpty() || !call.now.isBefore(remind.due())) {
      return suppressed(new Occasion(call.matter, to, call.key, Notice.DUE_SOON, 0, call.now),
          remind.deadline().key + " no longer stands");
    }
    var occasion = new Occasion(call.matter, to, call.key, Notice.DUE_SOON, live.get().about(), call.now);
    return Written.to(to, draft(occasion, call.key, notices.remind(call.matter, live.get(), to.reader())));
  }

  private static boolean stands(Errand.Remind remind, Timer timer) {
    return timer.deadline() == remind.deadline() && timer.due().equals(remind.due());
  }

  private static Audience audience(Side side) {
    return switch (side) {
      case BUYER -> Audience.BUYER;
      case MERCHANT -> Audience.MERCHANT;
    };
  }

  /**
   * Asks the buyer whether the promise was kept, over one channel: odd attempts take an outside channel where one
   * reaches
   * the buyer, even ones the inbox, so that three attempts use two. Suppressed when the buyer has answered or is not
   * asked now.
   */
  public Sent contact(Matter matter, Errand.Contact contact, String errand, Instant now) {
    var to = recipients.of(matter, Audience.BUYER);
    int attempt = contact.attempt();
    var occasion = new Occasion(matter, to, errand, Notice.FOLLOW_UP, attempt, now);
    if (!(matter.dispute().stage() instanceof Stage.FollowingUp) || matter.dispute().followUp().answer() != null) {
      var letter = suppressed(occasion, "the buyer has answered or is not asked now");
      if (letter.draft != null) book.add(letter.draft);
      if (letter.draft == null) return new Sent.Suppressed(letter.why);
      book.add(letter.draft);
      return post.drop(letter.draft, letter.why);
    }
    var draft = draft(occasion, errand, notices.write(matter, Notice.FOLLOW_UP, attempt, to.reader()));
    var channels = post.wanted(to, draft);
    if (attempt % 2 == 0 || channels.isEmpty()) {
      book.add(draft);
      return new Sent.Done(true, Delivery.IN_APP);
    }
    return post.send(to, draft, channels.get(attempt / 2 % channels.size()), now);
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

  /** The delivery to the inbox; {@code cause} tells it apart from every other to the same reader. */
  private static Delivery draft(Occasion told, String cause, Rendered words) {
    var dispute = told.matter.dispute().about().id();
    var audience = told.to.reader().audience();
    return Delivery.toInbox(dispute, NoticeBook.id(dispute, cause, audience, Delivery.IN_APP), told.errand, audience,
        told.to.id(), told.notice, told.about, told.to.reader().language().tag, words.subject(), words.text(),
        words.brief(), told.now);
  }

  private Written suppressed(Occasion told, String why) {
    log.debug("Suppressed {} of {}: {}", told.notice, told.matter.dispute().about().id(), why);
    var words = notices.write(told.matter, told.notice, told.about, told.to.reader());
    return new Written(told.to, draft(told, told.errand, words).suppressed(why), why);
  }
}
