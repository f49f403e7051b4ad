package redress.api;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import redress.desk.Clocks;
import redress.door.Caller;
import redress.door.Fault;
import redress.policy.Role;
import redress.store.Closes;
import redress.store.Closes.Close;
import redress.store.Closes.Open;
import redress.store.Closes.Total;
import redress.verb.Field;
import redress.verb.Fields;
import redress.verb.Query;

/** What finance looks at every day: accounts that must go back to zero, and days that are closed. */
@RestController
public final class Reconciliation {
  static final Map<String, Field> CLOSE =
      Fields.of(Field.id("day", "The day to close, in UTC, such as 2026-03-02.").needed());

  private final Closes closes;
  private final Once once;
  private final Clocks clocks;

  public Reconciliation(Closes closes, Once once, Clocks clocks) {
    this.closes = closes;
    this.once = once;
    this.clocks = clocks;
  }

  /** Something open: {@code amount} is positive for a debit; {@code age} since its oldest entry. */
  public record OpenView(String account, String merchant, String provider, @Nullable String payment,
      @Nullable String dispute, @Nullable Integer refund, String currency, long amount, Instant since, Duration age) {}

  /** What is open, the oldest first; {@code next} is the number to go on after, null at the end. */
  public record ClearingView(List<OpenView> items, @Nullable Integer next) {}

  /** A closed day. */
  record DayView(String day, boolean test, String closedBy, Instant closedAt) {}

  /** The days that were closed, the latest first. */
  record DaysView(List<DayView> items) {}

  /** What an account moved on that day, as it was closed; what was booked on it later is late. */
  record TotalView(String merchant, String provider, String currency, String account, long entries, long debit,
      long credit, long lateEntries, long lateDebit, long lateCredit) {}

  /** A closed day and what it moved; {@code next} is the number to go on after, null at the end. */
  record CloseView(String day, boolean test, String closedBy, Instant closedAt, List<TotalView> items,
      @Nullable Integer next) {}

  @GetMapping("/v1/finance/clearing") ClearingView clearing(HttpServletRequest request) {
    var query = new Query(request, Readings.PAGE);
    return clearing(Caller.of(request), query.number("after"), query.limit());
  }

  /** What is open, the oldest first, from number {@code after} on. */
  public ClearingView clearing(Caller caller, int after, int limit) {
    caller.mustBe(Role.FINANCE, Role.AUDITOR);
    var found = closes.open(caller.live(), after, limit);
    return new ClearingView(found.stream().map(this::view).toList(), found.size() < limit ? null : after + limit);
  }

  private OpenView view(Open it) {
    return new OpenView(it.account(), it.merchant(), it.provider(), it.payment().isEmpty() ? null : it.payment(),
        it.dispute() == null ? null : it.dispute().toString(), it.refund() == 0 ? null : it.refund(), it.currency(),
        it.minor(), it.since(), age(it));
  }

  /** A test clock may run ahead of the system's. */
  private Duration age(Open it) {
    var age = Duration.between(it.since(), clocks.now()).truncatedTo(ChronoUnit.SECONDS);
    return age.isNegative() ? Duration.ZERO : age;
  }

  @GetMapping("/v1/finance/clearing.csv") void exportClearing(HttpServletRequest request,
      HttpServletResponse response) throws IOException {
    var caller = Finance.staff(request);
    var csv = Csv.begin(response, "clearing.csv", "account", "merchant", "provider", "payment", "dispute", "refund",
        "currency", "debit", "credit", "since", "age");
    closes.open(caller.live(), it -> csv.row(it.account(), it.merchant(), it.provider(), it.payment(), it.dispute(),
        it.refund() == 0 ? null : it.refund(), it.currency(), Math.max(0, it.minor()), Math.max(0, -it.minor()),
        it.since(), age(it)));
  }

  @PostMapping("/v1/finance/closes") ResponseEntity<Object> close(HttpServletRequest request) throws IOException {
    var caller = Finance.acting(request);
    var asking = Asking.of(request);
    var day = day(asking.body(CLOSE).id("day"), Fault.FIELD_VALUE);
    boolean over = day.isBefore(LocalDate.ofInstant(clocks.now(), ZoneOffset.UTC));
    if (!over) throw Fault.FIELD_VALUE.away("day");
    return once.only(request, asking, () -> {
      boolean fresh = closes.close(day, caller.live(), caller.subject(), clocks.now());
      return new Once.Made(day.toString(),
          ResponseEntity.status(fresh ? 201 : 200).body(view(day, caller.live(), 0, 20)));
    }, _ -> ResponseEntity.ok(view(day, caller.live(), 0, 20)));
  }

  private static LocalDate day(String text, Fault fault) {
    try {
      return LocalDate.parse(text);
    } catch (DateTimeException e) {
      throw fault.away("day");
    }
  }

  @GetMapping("/v1/finance/closes") DaysView list(HttpServletRequest request) {
    var caller = Finance.staff(request);
    return new DaysView(closes.list(caller.live(), new Query(request, Finance.PAGE).limit()).stream()
        .map(it -> new DayView(it.day().toString(), !it.live(), it.by(), it.at())).toList());
  }

  @GetMapping("/v1/finance/closes/{id}") CloseView read(HttpServletRequest request, @PathVariable String id) {
    var caller = Finance.staff(request);
    var query = new Query(request, Readings.PAGE);
    return view(day(id, Fault.NOT_FOUND), caller.live(), query.number("after"), query.limit());
  }

  private CloseView view(LocalDate day, boolean live, int after, int limit) {
    var close = closed(day, live);
    var found = closes.totals(day, live, after, limit);
    return new CloseView(day.toString(), !live, close.by(), close.at(),
        found.stream().map(Reconciliation::view).toList(), found.size() < limit ? null : after + limit);
  }

  private Close closed(LocalDate day, boolean live) {
    return closes.find(day, live).orElseThrow(() -> Fault.NOT_FOUND.away());
  }

  private static TotalView view(Total it) {
    return new TotalView(it.merchant(), it.provider(), it.currency(), it.account(), it.entries(), it.debit(),
        it.credit(), it.lateEntries(), it.lateDebit(), it.lateCredit());
  }

  @GetMapping("/v1/finance/closes/{id}/totals.csv") void export(HttpServletRequest request,
      HttpServletResponse response, @PathVariable String id) throws IOException {
    var caller = Finance.staff(request);
    var day = closed(day(id, Fault.NOT_FOUND), caller.live()).day();
    var csv = Csv.begin(response, "close-" + day + ".csv", "day", "merchant", "provider", "currency", "account",
        "entries", "debit", "credit", "lateEntries", "lateDebit", "lateCredit");
    closes.totals(day, caller.live(), it -> csv.row(day, it.merchant(), it.provider(), it.currency(), it.account(),
        it.entries(), it.debit(), it.credit(), it.lateEntries(), it.lateDebit(), it.lateCredit()));
  }
}
