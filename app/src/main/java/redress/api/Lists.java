package redress.api;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import redress.dispute.Outcome;
import redress.dispute.Reason;
import redress.dispute.Remedy;
import redress.dispute.Status;
import redress.door.Fault;
import redress.policy.Deadline;
import redress.policy.Role;
import redress.store.Inbox;
import redress.store.Inbox.Count;
import redress.store.Inbox.End;
import redress.store.Inbox.Order;
import redress.store.Inbox.Row;
import redress.store.Inbox.Scope;
import redress.store.Inbox.Search;
import redress.store.Inbox.Sum;
import redress.verb.Field;
import redress.verb.Field.Kind;
import redress.verb.Fields;
import redress.verb.Query;
import redress.view.Reader;
import redress.view.Seats;
import redress.view.ViewState;

/** Lists of the disputes a caller may see. */
@RestController
public final class Lists {
  // @formatter:off
  public static final Map<String, Field> PARAMETERS = Fields.of(
      Field.choices("status", Status.class, "Any of these statuses, parted by commas."),
      Field.choices("stage", Status.Phase.class, "Any of these stages, parted by commas."),
      Field.choice("viewState", ViewState.class, "What it means to the reader."),
      Field.choices("reason", Reason.class, "Any of these reasons, parted by commas."),
      Field.choices("outcome", Outcome.class, "Any of these outcomes, parted by commas."),
      Field.id("merchant", "Of this merchant."),
      Field.id("buyer", "Of this buyer."),
      Field.id("payment", "About this payment."),
      new Field("awaited", Kind.CHOICE, false, 0, List.of("BUYER", "MERCHANT", "PLATFORM"), "Who has to do something."),
      Field.id("currency", "About a payment in this currency, ISO 4217.").upTo(3),
      Field.amount("amountFrom", "Where so much or more is disputed."),
      Field.amount("amountTo", "Where so much or less is disputed."),
      Field.instant("dueBefore", "Whose next deadline passes before."),
      Field.instant("filedFrom", "Filed then or later."),
      Field.instant("filedTo", "Filed before."),
      Field.id("mediator", "In this mediator's hands; staff only."),
      Field.id("tag", "With this tag; staff only."),
      Field.text("q", "A part of what was written or of the payment's id, at least two characters, in any language.").upTo(100),
      new Field("sort", Kind.CHOICE, false, 0, List.of("filedAt", "-filedAt", "updatedAt", "-updatedAt", "due", "-due", "amount", "-amount"), "By what it is sorted, with a minus for the greatest first; -filedAt when left out."),
      Field.text("cursor", "Where the last page ended.").upTo(200),
      Field.number("limit", 100, "How many, 1 to 100; 20 when left out."));
  // @formatter:on

  private static final int CHUNK = 100;

  private final Inbox inbox;
  private final Seats seats;

  public Lists(Inbox inbox, Seats seats) {
    this.inbox = inbox;
    this.seats = seats;
  }

  /** A page of disputes; {@code next} is the cursor of the next page, null on the last. */
  public record PageView(List<LineView> items, @Nullable String next) {}

  /** A dispute as one line; tags and mediator are null for everybody but staff. */
  public record LineView(String id, int version, Status.Phase stage, Status status, ViewState viewState,
      @Nullable String awaited, boolean test, String payment, String buyer, String merchant, Reason reason, Remedy wish,
      long amount, String currency, int round, @Nullable DueView due, @Nullable Outcome outcome, Instant filedAt,
      Instant updatedAt, @Nullable Instant closedAt, @Nullable String mediator, @Nullable List<String> tags) {}

  /** The next deadline. */
  public record DueView(String key, Instant at, String local) {}

  @GetMapping("/v1/disputes") PageView list(HttpServletRequest request) {
    var reader = seats.reader(request);
    return list(reader, new Query(request, PARAMETERS));
  }

  /** A page of what the reader may see; {@code query} knows {@link #PARAMETERS}. Turns away who sees no disputes. */
  public PageView list(Reader reader, Query query) {
    if (!Seats.seesDisputes(reader.caller().role())) throw Fault.ROLE_MISSING.away();
    var sort = query.text("sort") == null ? "-filedAt" : query.text("sort");
    boolean descending = sort != null && sort.startsWith("-");
    var order = order(sort);
    int limit = query.limit();
    var after = Cursor.read(query.text("cursor"), order, descending);
    var rows = inbox.list(scope(reader), search(query, reader), order, descending, after, limit + 1);
    var shown = rows.subList(0, Math.min(limit, rows.size()));
    var next = rows.size() <= limit ? null
        : Cursor.of(order, descending, new End(shown.getLast().sorted(), shown.getLast().id()));
    return new PageView(shown.stream().map(row -> line(row, reader)).toList(), next);
  }

  /** What the reader's open disputes mean to it, by currency; nothing for whoever is on no side. */
  public List<Count> counts(Reader reader) {
    return reader.side().isEmpty() ? List.of() : inbox.count(scope(reader));
  }

  /** Writes every line that {@code query} finds as a table for spreadsheets, as it is read; amounts in minor units. */
  public void export(Reader reader, Map<String, String> query, HttpServletResponse response) throws IOException {
    var asked = new LinkedHashMap<>(query);
    asked.put("limit", Integer.toString(CHUNK));
    var page = list(reader, new Query(asked, PARAMETERS));
    var csv = Csv.begin(response, "disputes.csv", "id", "status", "viewState", "reason", "wish", "amount", "currency",
        "payment", "buyer", "merchant", "due", "outcome", "filedAt", "updatedAt", "closedAt");
    while (true) {
      for (var it : page.items()) {
        csv.row(it.id(), it.status(), it.viewState(), it.reason(), it.wish(), it.amount(), it.currency(), it.payment(),
            it.buyer(), it.merchant(), it.due() == null ? null : it.due().at(), it.outcome(), it.filedAt(),
            it.updatedAt(), it.closedAt());
      }
      if (page.next() == null) return;
      asked.put("cursor", page.next());
      page = list(reader, new Query(asked, PARAMETERS));
    }
  }

  private static Order order(@Nullable String sort) {
    return switch (sort == null ? "" : sort.replace("-", "")) {
      case "updatedAt" -> Order.UPDATED;
      case "due" -> Order.DUE;
      case "amount" -> Order.AMOUNT;
      default -> Order.FILED;
    };
  }

  private static Scope scope(Reader reader) {
    var caller = reader.caller();
    return new Scope(caller.live(), reader.side().orElse(null), caller.subject(),
        caller.role() == Role.MEDIATOR ? caller.subject() : null);
  }

  private static Search search(Query query, Reader reader) {
    var text = query.text("q");
    if (text != null && text.strip().codePointCount(0, text.strip().length()) < 2) throw Fault.QUERY_INVALID.away("q");
    for (var own : List.of("mediator", "tag")) {
      if (query.text(own) != null && !reader.isStaff()) throw Fault.QUERY_INVALID.away(own);
    }
    return new Search(query.texts("status"), query.texts("stage"), query.text("viewState"), query.texts("reason"),
        query.text("merchant"), query.text("buyer"), query.text("payment"), query.text("awaited"),
        query.instant("dueBefore"), query.instant("filedFrom"), query.instant("filedTo"), query.texts("outcome"),
        query.text("mediator"), query.text("tag"), text == null ? null : text.strip(),
        new Sum(query.text("currency"), query.amount("amountFrom"), query.amount("amountTo")));
  }

  private static LineView line(Row row, Reader reader) {
    var status = Status.valueOf(row.status());
    var due = row.due() == null || row.deadline() == null ? null
        : new DueView(Deadline.valueOf(row.deadline()).key, row.due(), reader.wall(row.due()));
    return new LineView(row.id().toString(), row.version(), status.phase, status,
        ViewState.of(status, row.awaited(), reader.side()), row.awaited(), !row.live(), row.payment(), row.buyer(),
        row.merchant(), Reason.valueOf(row.reason()), Remedy.valueOf(row.wish()), row.minor(), row.currency(),
        row.round(), due, row.outcome() == null ? null : Outcome.valueOf(row.outcome()), row.filedAt(), row.updatedAt(),
        row.closedAt(),
        reader.isStaff() ? row.mediator() : null, reader.isStaff() ? row.tags() : null);
  }
}
