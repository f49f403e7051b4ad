package redress.api;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import redress.door.Caller;
import redress.door.Fault;
import redress.errand.TestTime;
import redress.errand.TestTime.Advance;
import redress.policy.Role;
import redress.store.TestClocks;
import redress.verb.Body;
import redress.verb.Field;
import redress.verb.Fields;
import redress.verb.Query;

/** Clocks of test payments: set up, read, advanced. */
@RestController
public final class TestClocksApi {
  private static final Duration FARTHEST = Duration.ofDays(3_660);

  public static final Map<String, Field> PARAMETERS = Fields.of(
      Field.text("q", "A part of the id.").upTo(100),
      Field.text("cursor", "Where the page before ended.").upTo(100),
      Field.number("limit", 100, "How many, 1 to 100; 20 when left out."));

  public static final Map<String, Field> FIELDS = Fields.of(
      Field.id("id", "How it is called.").needed(),
      Field.instant("now", "What it shows at first.").needed());

  public static final Map<String, Field> ADVANCE = Fields.of(
      Field.instant("to", "What it shows then; or else:"),
      Field.duration("by", "How far it goes."));

  private final TestClocks clocks;
  private final TestTime time;
  private final Once once;

  public TestClocksApi(TestClocks clocks, TestTime time, Once once) {
    this.clocks = clocks;
    this.time = time;
    this.once = once;
  }

  /** A test clock and what it shows; {@code errands} is how much was done on the way there. */
  public record ClockView(String id, Instant now, int errands) {}

  /** Test clocks by their ids; {@code next} is the cursor of the next page, null at the end. */
  public record ClocksView(List<ClockView> items, @Nullable String next) {}

  @GetMapping("/v1/test-clocks") ClocksView list(HttpServletRequest request) {
    return list(Caller.of(request), new Query(request, PARAMETERS));
  }

  /** A page of the clocks {@code query} asks for. Turns away whom they do not concern. */
  public ClocksView list(Caller caller, Query query) {
    tester(caller);
    int limit = query.limit();
    var part = query.text("q");
    var after = query.text("cursor");
    var found = clocks.list(part == null ? "" : part, after == null ? "" : after, limit + 1);
    var shown = found.subList(0, Math.min(limit, found.size()));
    return new ClocksView(shown.stream().map(it -> new ClockView(it.id(), it.now(), 0)).toList(),
        found.size() <= limit ? null : shown.getLast().id());
  }

  @PostMapping("/v1/test-clocks") ResponseEntity<Object> create(HttpServletRequest request) throws IOException {
    var caller = Caller.of(request);
    tester(caller);
    var asking = Asking.of(request);
    var body = asking.body(FIELDS);
    return once.only(request, asking, () -> {
      var made = create(caller, body);
      return new Once.Made(made.id(), ResponseEntity.status(201).body(made));
    }, _ -> ResponseEntity.status(201).body(view(body.id("id"), 0)));
  }

  /** Sets up a clock. Turns away an id that is taken. */
  public ClockView create(Caller caller, Body body) {
    tester(caller);
    var id = body.id("id");
    var now = body.instant("now");
    if (now == null || !id.matches("[A-Za-z0-9_.:-]{1,100}")) throw Fault.FIELD_VALUE.away("id");
    if (!clocks.create(id, now)) throw Fault.ID_TAKEN.away("id");
    return new ClockView(id, now, 0);
  }

  @GetMapping("/v1/test-clocks/{id}") ClockView read(HttpServletRequest request, @PathVariable String id) {
    tester(request);
    return view(id, 0);
  }

  @PostMapping("/v1/test-clocks/{id}/advance") ResponseEntity<Object> advance(HttpServletRequest request,
      @PathVariable String id) throws IOException {
    tester(request);
    var asking = Asking.of(request);
    var body = asking.body(ADVANCE);
    var aim = aim(body, view(id, 0).now());
    return once.onwards(request, asking, aim.toString(), it -> new Once.Made(id,
        ResponseEntity.ok(go(id, Instant.parse(it), body.has("by") ? "by" : "to"))),
        _ -> ResponseEntity.ok(view(id, 0)));
  }

  /** Lets time pass on a clock, with everything that falls due. */
  public ClockView advance(Caller caller, String id, Body body) {
    tester(caller);
    return go(id, aim(body, view(id, 0).now()), body.has("by") ? "by" : "to");
  }

  private static Instant aim(Body body, Instant now) {
    var by = body.duration("by");
    var to = body.instant("to");
    if (by != null && to == null) return now.plus(by);
    if (to == null || by != null) throw Fault.FIELD_MISSING.away("to");
    return to;
  }

  private ClockView go(String id, Instant to, String field) {
    var now = view(id, 0).now();
    if (to.isBefore(now) || to.isAfter(now.plus(FARTHEST))) throw Fault.CLOCK_BACKWARDS.away(field);
    return switch (time.advance(id, to)) {
      case Advance.Advanced it -> new ClockView(id, it.now(), it.errands());
      case Advance.Unknown _ -> throw Fault.NOT_FOUND.away();
      case Advance.Busy _ -> throw Fault.CLOCK_HELD.away();
      case Advance.Backwards _ -> throw Fault.CLOCK_BACKWARDS.away("to");
    };
  }

  private ClockView view(String id, int errands) {
    return clocks.now(id).map(now -> new ClockView(id, now, errands)).orElseThrow(() -> Fault.NOT_FOUND.away());
  }

  private static void tester(HttpServletRequest request) {
    tester(Caller.of(request));
  }

  private static void tester(Caller caller) {
    caller.mustBe(Role.PLATFORM, Role.ADMIN);
    if (caller.live()) throw Fault.NOT_FOUND.away();
  }
}
