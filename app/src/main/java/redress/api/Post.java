package redress.api;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import redress.api.Readings.NoticeView;
import redress.dispute.Command.Feedback;
import redress.dispute.Refusal;
import redress.door.Caller;
import redress.door.Fault;
import redress.door.Language;
import redress.door.Problems;
import redress.notify.Notifier;
import redress.policy.Role;
import redress.store.NoticeBook;
import redress.store.Opinions;
import redress.store.Opinions.Opinion;
import redress.verb.Body;
import redress.verb.Field;
import redress.verb.Fields;
import redress.verb.Query;

/** A reader's own notices, and feedback about the service as such. */
@RestController
public final class Post {
  private static final Field BEFORE = Field.instant("before", "Older than.");
  private static final Field LIMIT = Field.number("limit", 100, "How many, 1 to 100; 20 when left out.");
  public static final Map<String, Field> INBOX =
      Fields.of(Field.flag("unread", "true: only what was not read yet."), BEFORE, LIMIT);
  static final Map<String, Field> PAGE = Fields.of(BEFORE, LIMIT);
  public static final Map<String, Field> FEEDBACK = Fields.of(
      Field.choice("kind", Feedback.class, "What it is.").needed(),
      Field.number("rating", 5, "1 to 5, of a RATING only."),
      Field.text("text", "What you think.").upTo(2_000));
  static final Map<String, Field> ANSWER = Fields.of(Field.text("text", "The answer.").upTo(2_000).needed());
  private static final Instant END = Instant.parse("2200-01-01T00:00:00Z");
  private static final int ID_BYTES = 12;

  private final NoticeBook notices;
  private final Opinions opinions;
  private final Once once;
  private final Problems problems;
  private final Clock clock;
  private final SecureRandom random = new SecureRandom();

  public Post(NoticeBook notices, Opinions opinions, Once once, Problems problems, Clock clock) {
    this.notices = notices;
    this.opinions = opinions;
    this.once = once;
    this.problems = problems;
    this.clock = clock;
  }

  /** Notices, newest first. */
  public record InboxView(List<NoticeView> items, int unread) {}

  /** One opinion and what was answered; {@code dispute} is null when it is about none. */
  record OpinionView(String id, @Nullable String dispute, String by, String kind, int rating, @Nullable String text,
      Instant at, @Nullable String answer, @Nullable Instant answeredAt) {}

  /** Opinions, newest first. */
  record OpinionsView(List<OpinionView> items) {}

  @GetMapping("/v1/notices") InboxView inbox(HttpServletRequest request) {
    return inbox(Caller.of(request), new Query(request, INBOX));
  }

  /** A page of the caller's notices; {@code query} knows {@link #INBOX}. */
  public InboxView inbox(Caller caller, Query query) {
    var before = query.instant("before");
    var mark = before == null ? null : new NoticeBook.Mark(before, "");
    var audiences = Notifier.inboxes(caller.actor());
    var items = notices.inbox(caller.subject(), audiences, "true".equals(query.text("unread")), mark, query.limit());
    return new InboxView(items.stream().map(Readings::notice).toList(), notices.unread(caller.subject(), audiences));
  }

  @PostMapping("/v1/notices/{id}/reading") ResponseEntity<Object> read(HttpServletRequest request,
      @PathVariable String id) throws IOException {
    Asking.of(request).body(Map.of());
    read(Caller.of(request), id);
    return ResponseEntity.noContent().build();
  }

  /** Marks a notice of the caller as read. Turns away when there is none with this id. */
  public void read(Caller caller, String id) {
    boolean there = notices.read(id, caller.subject(), Notifier.inboxes(caller.actor()), clock.instant());
    if (!there) throw Fault.NOT_FOUND.away();
  }

  @PostMapping("/v1/feedback") ResponseEntity<Object> say(HttpServletRequest request) throws IOException {
    var caller = Caller.of(request);
    caller.mustBe(Role.BUYER, Role.MERCHANT_OWNER, Role.MERCHANT_AGENT);
    var asking = Asking.of(request);
    var body = asking.body(FEEDBACK);
    var refusal = refusal(body);
    if (refusal != null) return refused(request, refusal, refusal == Refusal.TEXT_MISSING ? "text" : "rating");
    return once.only(request, asking, () -> {
      var opinion = say(caller, body);
      return new Once.Made(opinion.id(), ResponseEntity.status(201).body(view(opinion)));
    }, id -> ResponseEntity.status(201).body(view(found(id, caller.live()))));
  }

  /** Why this is no feedback that fits {@link #FEEDBACK}; null when it is. */
  public @Nullable Refusal refusal(Body body) {
    var kind = body.choice("kind", Feedback.class);
    long rating = body.number("rating");
    boolean fits = kind == Feedback.RATING ? rating >= 1 : rating == 0;
    if (!fits) return Refusal.RATING_OUT_OF_RANGE;
    return kind != Feedback.RATING && body.text("text").isEmpty() ? Refusal.TEXT_MISSING : null;
  }

  /** Keeps what the caller thinks of the service. */
  public Opinion say(Caller caller, Body body) {
    var text = body.text("text");
    var opinion = new Opinion(newId(), null, caller.subject(), caller.role().name(),
        body.choice("kind", Feedback.class).name(), (int) body.number("rating"), text.isEmpty() ? null : text,
        clock.instant(), null, null);
    opinions.add(opinion, caller.live());
    return opinion;
  }

  @GetMapping("/v1/feedback") OpinionsView list(HttpServletRequest request) {
    var caller = Caller.of(request);
    var query = new Query(request, PAGE);
    var before = query.instant("before");
    boolean all = caller.role().isStaff();
    if (!all && caller.actor().side().isEmpty()) throw Fault.ROLE_MISSING.away();
    return new OpinionsView(opinions.list(caller.live(), all ? null : caller.subject(), before == null ? END : before,
        query.limit()).stream().map(Post::view).toList());
  }

  @PostMapping("/v1/feedback/{id}/answer") OpinionView answer(HttpServletRequest request, @PathVariable String id)
      throws IOException {
    var caller = Caller.of(request);
    caller.mustBe(Role.SUPPORT, Role.MEDIATOR_LEAD);
    var text = Asking.of(request).body(ANSWER).text("text");
    var opinion = found(id, caller.live());
    boolean done = opinions.answer(id, caller.live(), text, caller.subject(), clock.instant());
    if (!done && !text.equals(opinion.answer())) throw Fault.ANSWERED.away();
    return view(found(id, caller.live()));
  }

  private Opinion found(String id, boolean live) {
    return opinions.find(id, live).orElseThrow(() -> Fault.NOT_FOUND.away());
  }

  private ResponseEntity<Object> refused(HttpServletRequest request, Refusal refusal, String field) {
    return Answers.problem(problems.about(refusal, field, Language.of(request)));
  }

  private static OpinionView view(Opinion it) {
    return new OpinionView(it.id(), it.dispute(), it.subject(), it.kind(), it.rating(), it.body(), it.at(), it.answer(),
        it.answeredAt());
  }

  private String newId() {
    var bytes = new byte[ID_BYTES];
    random.nextBytes(bytes);
    return "opn_" + HexFormat.of().formatHex(bytes);
  }
}
