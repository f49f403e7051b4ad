package redress.api;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import redress.dispute.DisputeId;
import redress.door.Caller;
import redress.door.Fault;
import redress.notify.Channel;
import redress.notify.Notifier.Outside;
import redress.policy.Role;
import redress.store.Deliveries;
import redress.store.Deliveries.Mark;
import redress.store.Deliveries.Row;
import redress.store.Deliveries.Wanted;
import redress.store.Delivery;
import redress.verb.Field;
import redress.verb.Fields;
import redress.verb.Query;

/** Notices on their way, for those who see to it that they arrive: no words, and no addresses. */
@RestController
public final class DeliveriesApi {
  public static final Map<String, Field> PARAMETERS = Fields.of(
      Field.choice("state", Delivery.State.class, "How it stands."),
      Field.text("channel", "Over which channel: IN_APP, EMAIL …").upTo(40),
      Field.id("dispute", "Of one dispute."),
      Field.text("cursor", "Where the page before ended.").upTo(200),
      Field.number("limit", 100, "How many, 1 to 100; 20 when left out."));

  private final Deliveries deliveries;
  private final Outside outside;
  private final Clock clock;

  public DeliveriesApi(Deliveries deliveries, Outside outside, Clock clock) {
    this.deliveries = deliveries;
    this.outside = outside;
    this.clock = clock;
  }

  /** A notice to one recipient over one channel; {@code recipient} is an id, empty for everybody in the role. */
  public record DeliveryView(String id, String dispute, String notice, String audience, String recipient,
      String channel, String language, String state, int attempts, int repeats, String result, Instant at,
      @Nullable Instant triedAt, @Nullable Instant deliveredAt) {}

  /** A page of them, the latest first; {@code next} is the cursor of the next one, null at the end. */
  public record DeliveriesView(List<DeliveryView> items, @Nullable String next) {}

  @GetMapping("/v1/deliveries") DeliveriesView list(HttpServletRequest request) {
    return list(Caller.of(request), new Query(request, PARAMETERS));
  }

  /** A page of what {@code query} asks for. Turns away whom it does not concern. */
  public DeliveriesView list(Caller caller, Query query) {
    int limit = query.limit();
    var rows = deliveries.list(wanted(caller, query), mark(query), limit + 1);
    var shown = rows.subList(0, Math.min(limit, rows.size()));
    return new DeliveriesView(shown.stream().map(DeliveriesApi::view).toList(),
        rows.size() <= limit ? null : shown.getLast().at() + "~" + shown.getLast().id());
  }

  /** A delivery that goes out again. */
  public record ResentView(String id) {}

  @PostMapping("/v1/deliveries/{id}/resume") ResentView resume(HttpServletRequest request, @PathVariable String id)
      throws IOException {
    var caller = Caller.of(request);
    maySend(caller);
    Asking.of(request).body(Map.of());
    return resume(caller, id);
  }

  /** The channels outside that are set up. */
  public Set<String> channels() {
    return outside.channels().stream().map(Channel::name).collect(Collectors.toSet());
  }

  /** Has a notice go out again over the channel on which it failed. Turns away when it has not, or that is gone. */
  public ResentView resume(Caller caller, String id) {
    maySend(caller);
    if (!outside.after().anew(id, caller.live(), channels(), clock.instant())) throw Fault.NOT_FOUND.away();
    return new ResentView(id);
  }

  /** How many there are in each state that is not the end. Turns away whom it does not concern. */
  public Map<String, Long> counts(Caller caller) {
    mayLook(caller);
    return deliveries.counts(caller.live());
  }

  /** All that {@code query} asks for as a table for spreadsheets. Turns away whom it does not concern. */
  public void export(Caller caller, Query query, HttpServletResponse response) throws IOException {
    var wanted = wanted(caller, query);
    var csv = Csv.begin(response, "deliveries.csv", "id", "dispute", "notice", "audience", "recipient", "channel",
        "language", "state", "attempts", "repeats", "result", "at", "triedAt", "deliveredAt");
    deliveries.each(wanted, it -> csv.row(it.id(), it.dispute(), it.notice(), it.audience(), it.recipient(),
        it.channel(), it.language(), it.state(), it.attempts(), it.repeats(), it.result(), it.at(), it.triedAt(),
        it.deliveredAt()));
  }

  private static void mayLook(Caller caller) {
    caller.mustBe(Role.ADMIN, Role.SUPPORT, Role.AUDITOR);
  }

  private static void maySend(Caller caller) {
    caller.mustBe(Role.ADMIN, Role.SUPPORT);
  }

  private static Wanted wanted(Caller caller, Query query) {
    mayLook(caller);
    var named = query.text("dispute");
    var dispute = named == null ? null : DisputeId.parse(named).orElseThrow(() -> Fault.QUERY_INVALID.away("dispute"));
    return new Wanted(caller.live(), query.text("state"), query.text("channel"), dispute);
  }

  private static @Nullable Mark mark(Query query) {
    var cursor = query.text("cursor");
    if (cursor == null) return null;
    int cut = cursor.indexOf('~');
    try {
      return new Mark(Instant.parse(cursor.substring(0, Math.max(0, cut))), cursor.substring(cut + 1));
    } catch (DateTimeException unreadable) {
      throw Fault.QUERY_INVALID.away("cursor");
    }
  }

  private static DeliveryView view(Row it) {
    return new DeliveryView(it.id(), it.dispute().toString(), it.notice(), it.audience(), it.recipient(),
        it.channel(), it.language(), it.state(), it.attempts(), it.repeats(), it.result(), it.at(), it.triedAt(),
        it.deliveredAt());
  }
}
