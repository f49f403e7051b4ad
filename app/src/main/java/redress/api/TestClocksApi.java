package redress.api;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
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

/** Clocks of test payments: set up, read, advanced. */
@RestController
public final class TestClocksApi {
  private static final Duration FARTHEST = Duration.ofDays(3_660);

  static final Map<String, Field> FIELDS = Fields.of(
      Field.id("id", "How it is called.").needed(),
      Field.instant("now", "What it shows at first.").needed());

  static final Map<String, Field> ADVANCE = Fields.of(
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
  record ClockView(String id, Instant now, int errands) {}

  @PostMapping("/v1/test-clocks") ResponseEntity<Object> create(HttpServletRequest request) throws IOException {
    tester(request);
    var asking = Asking.of(request);
    var body = asking.body(FIELDS);
    var id = body.id("id");
    var now = body.instant("now");
    if (now == null || !id.matches("[A-Za-z0-9_.:-]{1,100}")) throw Fault.FIELD_VALUE.away("id");
    return once.only(request, asking, () -> {
      if (!clocks.create(id, now)) throw Fault.ID_TAKEN.away("id");
      return new Once.Made(id, ResponseEntity.status(201).body(new ClockView(id, now, 0)));
    }, _ -> ResponseEntity.status(201).body(view(id, 0)));
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
    var caller = Caller.of(request);
    caller.mustBe(Role.PLATFORM, Role.ADMIN);
    if (caller.live()) throw Fault.NOT_FOUND.away();
  }
}
