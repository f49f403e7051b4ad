package redress.api;

import jakarta.servlet.http.HttpServletRequest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import redress.api.Pieces.Piece;
import redress.dispute.Event;
import redress.dispute.EvidenceType;
import redress.dispute.Obligation;
import redress.dispute.Side;
import redress.dispute.Status;
import redress.dispute.Visibility;
import redress.notify.Notifier;
import redress.policy.Role;
import redress.store.Delivery;
import redress.store.Disputes;
import redress.store.Disputes.Happened;
import redress.store.Disputes.Moved;
import redress.store.NoticeBook;
import redress.store.Uploads.Upload;
import redress.verb.Field;
import redress.verb.Fields;
import redress.verb.Query;
import redress.view.Chronicle;
import redress.view.Seats;
import redress.view.Seats.At;
import redress.view.Sight;
import tools.jackson.databind.JsonNode;

/** What belongs to one dispute beside its standing: timeline, messages, evidence, money, notices. */
@RestController
public final class Readings {
  static final Map<String, Field> PAGE = Fields.of(
      Field.number("after", 999_999_999, "The number the last page ended with."),
      Field.number("limit", 100, "How many, 1 to 100; 20 when left out."));
  /** What has to be known before other things can be told. */
  private static final Set<String> BEFOREHAND =
      Set.of("SupportAsked", "FeedbackGiven", "FindingRaised", "SettlementFormed");
  private static final Set<String> SAID = Set.of("MessageSent");
  private static final int ALL = 100_000;

  private final Seats seats;
  private final Disputes disputes;
  private final NoticeBook notices;
  private final Pieces pieces;

  public Readings(Seats seats, Disputes disputes, NoticeBook notices, Pieces pieces) {
    this.pieces = pieces;
    this.seats = seats;
    this.disputes = disputes;
    this.notices = notices;
  }

  /** What happened, in order; {@code next} is the number to go on after, null at the end. */
  public record TimelineView(List<EntryView> items, @Nullable Integer next) {}

  /** One thing that happened: what, when, by whom, in a sentence, with what was written and the figures. */
  public record EntryView(int number, Instant at, String local, String type, int row, Status before, Status after,
      String by,
      String words, List<String> texts, JsonNode details) {}

  /** What was said. */
  public record MessagesView(List<MessageView> items, @Nullable Integer next) {}

  /** One message; {@code text} is null once it was erased. */
  public record MessageView(int number, Instant at, String local, String by, @Nullable String text,
      List<String> attachments) {}

  /** All evidence. */
  public record EvidencesView(List<EvidenceView> items) {}

  /**
   * One piece of evidence, by its hash; {@code text} is null when there is none or it was erased. Without
   * {@code stored}
   * its file is kept elsewhere, and has no name, media type or size (bytes) here.
   */
  public record EvidenceView(int number, Instant at, String local, EvidenceType evidenceType, @Nullable Side side,
      String sha256, @Nullable String text, Visibility visibility, int request, boolean stored, String name,
      String mediaType, long size) {}

  /** Every movement of money the dispute caused, in order, and what each account comes to. */
  public record MoneyView(String currency, List<MovementView> items, Map<String, Long> balances) {}

  /** One entry; {@code event} is the number of the event it comes from. */
  public record MovementView(int event, Instant at, String local, String cause, int refund, List<LineView> lines) {}

  /** One line of an entry: positive for a debit; {@code balance} is what the account comes to after it. */
  public record LineView(String account, long amount, long balance) {}

  /** Every notice about the dispute that the reader may see. */
  public record NoticesView(List<NoticeView> items) {}

  /** One notice on its way over one channel. */
  public record NoticeView(String id, String dispute, String audience, String notice, String channel, String language,
      String subject, String text, String state, int attempts, String result, Instant at, @Nullable Instant deliveredAt,
      @Nullable Instant readAt, int parts, @Nullable Instant receivedAt) {}

  @GetMapping("/v1/disputes/{id}/timeline") TimelineView timeline(HttpServletRequest request, @PathVariable String id) {
    var at = seats.at(request, id);
    var query = new Query(request, PAGE);
    return timeline(at, query.number("after"), query.limit());
  }

  /** At most {@code limit} things that happened after number {@code after}, as far as the reader may know of them. */
  public TimelineView timeline(At at, int after, int limit) {
    var found = disputes.events(at.id(), after, limit);
    return new TimelineView(entries(at, found), found.size() < limit ? null : found.getLast().n());
  }

  /**
   * The last {@code limit} things that happened before number {@code before}, as far as the reader may know of them.
   */
  public List<EntryView> latest(At at, int before, int limit) {
    return entries(at, disputes.eventsBefore(at.id(), null, before, limit));
  }

  /** Everything of these types that happened, in order, as far as the reader may know of it. */
  public List<EntryView> entries(At at, Set<String> types) {
    return entries(at, disputes.events(at.id(), types, 0, ALL));
  }

  private List<EntryView> entries(At at, List<Happened> found) {
    var asked = new HashMap<String, Role>();
    var promises = new HashMap<Integer, Obligation.Kind>();
    for (var it : disputes.events(at.id(), BEFOREHAND, 0, ALL)) {
      if (it.event() instanceof Event.SettlementFormed formed) {
        formed.obligations().forEach(promise -> promises.put(promise.id(), promise.kind()));
      } else asked.put(Sight.name(it.event()), it.role());
    }
    var visible = found.stream().filter(it -> Sight.mayKnow(it, at.reader(), asked)).toList();
    var texts = texts(at, visible);
    var chronicle = new Chronicle(at.reader().language(), at.place().currency(), promises);
    return visible.stream().map(it -> entry(it, at, chronicle, texts)).toList();
  }

  private static EntryView entry(Happened it, At at, Chronicle chronicle, Map<String, String> texts) {
    var said = new ArrayList<String>();
    if (Sight.mayRead(it.event(), at.reader())) {
      for (var id : Sight.texts(it.event())) if (texts.containsKey(id)) said.add(texts.get(id));
    }
    return new EntryView(it.n(), it.at(), at.reader().wall(it.at()), it.event().getClass().getSimpleName(),
        it.event().row(), it.before(), it.after(), by(it.role()), chronicle.of(it.event()), said,
        Sight.details(it.event()));
  }

  private Map<String, String> texts(At at, List<Happened> events) {
    var ids = new LinkedHashSet<String>();
    for (var it : events) ids.addAll(Sight.texts(it.event()));
    return ids.isEmpty() ? Map.of() : disputes.words(at.id(), ids);
  }

  /** Whoever of the staff it was: to the outside it is the platform. */
  private static String by(Role role) {
    if (role == Role.BUYER) return "BUYER";
    if (role.isMerchant()) return "MERCHANT";
    return role == Role.SYSTEM ? "SYSTEM" : "PLATFORM";
  }

  @GetMapping("/v1/disputes/{id}/messages") MessagesView messages(HttpServletRequest request, @PathVariable String id) {
    var at = seats.at(request, id);
    var query = new Query(request, PAGE);
    return messages(at, query.number("after"), query.limit());
  }

  /** At most {@code limit} messages after number {@code after}. */
  public MessagesView messages(At at, int after, int limit) {
    var found = disputes.events(at.id(), SAID, after, limit);
    return new MessagesView(messages(at, found), found.size() < limit ? null : found.getLast().n());
  }

  /** The last {@code limit} messages before the event {@code before}. */
  public List<MessageView> latestMessages(At at, int before, int limit) {
    return messages(at, disputes.eventsBefore(at.id(), SAID, before, limit));
  }

  private List<MessageView> messages(At at, List<Happened> found) {
    var texts = texts(at, found);
    var items = new ArrayList<MessageView>();
    for (var it : found) {
      if (it.event() instanceof Event.MessageSent said) {
        items.add(new MessageView(it.n(), it.at(), at.reader().wall(it.at()), by(it.role()),
            texts.get(said.text().id()), said.attachments()));
      }
    }
    return items;
  }

  @GetMapping("/v1/disputes/{id}/evidence") EvidencesView evidence(HttpServletRequest request,
      @PathVariable String id) {
    return evidence(seats.at(request, id));
  }

  /** All evidence the reader may see. */
  public EvidencesView evidence(At at) {
    var visible = pieces.visible(at);
    var texts = texts(at, visible.stream().map(Piece::how).toList());
    var files = visible.stream().anyMatch(it -> it.given().isStored()) ? pieces.files(at) : Map.<String, Upload>of();
    return new EvidencesView(visible.stream().map(it -> evidence(at, it, texts, files)).toList());
  }

  private static EvidenceView evidence(At at, Piece it, Map<String, String> texts, Map<String, Upload> files) {
    var given = it.given();
    var file = files.get(given.upload());
    var moment = it.how().at();
    return new EvidenceView(given.id(), moment, at.reader().wall(moment), given.evidenceType(), given.side(),
        given.sha256(), texts.get(given.text().id()), given.visibility(), given.request(), given.isStored(),
        file == null ? "" : file.name(), file == null ? "" : file.content().mediaType(),
        file == null ? 0 : file.length());
  }

  @GetMapping("/v1/disputes/{id}/money") MoneyView money(HttpServletRequest request, @PathVariable String id) {
    return money(seats.at(request, id));
  }

  /** Every movement of money, and what each account comes to. */
  public MoneyView money(At at) {
    var entries = new LinkedHashMap<Long, List<Moved>>();
    for (var line : disputes.money(at.id())) entries.computeIfAbsent(line.entry(), _ -> new ArrayList<>()).add(line);
    var balances = new LinkedHashMap<String, Long>();
    var items = new ArrayList<MovementView>();
    for (var entry : entries.values()) items.add(movement(entry, at, balances));
    return new MoneyView(at.place().currency(), items, balances);
  }

  private static MovementView movement(List<Moved> entry, At at, Map<String, Long> balances) {
    var lines = new ArrayList<LineView>();
    for (var line : entry) {
      long balance = balances.merge(line.account(), line.minor(), Math::addExact);
      lines.add(new LineView(line.account(), line.minor(), balance));
    }
    var first = entry.getFirst();
    return new MovementView(first.n(), first.at(), at.reader().wall(first.at()), first.cause(), first.refund(), lines);
  }

  @GetMapping("/v1/disputes/{id}/notices") NoticesView notices(HttpServletRequest request, @PathVariable String id) {
    var at = seats.at(request, id);
    var own = Notifier.inboxes(at.reader().actor());
    return new NoticesView(notices.ofDispute(at.id()).stream()
        .filter(it -> at.reader().isStaff() || own.contains(it.audience())).map(Readings::notice).toList());
  }

  static NoticeView notice(Delivery it) {
    return new NoticeView(it.id(), it.dispute().toString(), it.audience().name(), it.notice().name(), it.channel(),
        it.language(), it.subject(), it.text(), it.state().name(), it.attempts(), it.result(), it.at(),
        it.deliveredAt(), it.readAt(), it.parts(), it.receivedAt());
  }
}
