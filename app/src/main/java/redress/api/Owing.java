package redress.api;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import redress.dispute.Command.Pot;
import redress.dispute.Side;
import redress.door.Caller;
import redress.door.Fault;
import redress.policy.Role;
import redress.store.Key;
import redress.store.Receivables;
import redress.store.Receivables.Entry;
import redress.store.Receivables.Mark;
import redress.store.Receivables.Owed;
import redress.store.Requests.Kind;
import redress.store.Requests.State;
import redress.store.Reserve;
import redress.verb.Body;
import redress.verb.Field;
import redress.verb.Fields;
import redress.verb.Query;

/** What merchants owe the platform: how much, since when and for what; what they pay back, and what is given up. */
@RestController
public final class Owing {
  private static final int CHUNK = 1_000;
  private static final Pattern MARK = Pattern.compile("(\\d{1,18})\\.(\\d{1,4})\\.(\\d{1,19})");

  static final Map<String, Field> PAGE = Fields.of(
      Field.id("currency", "ISO 4217; needed."),
      Field.text("cursor", "Where the last page ended.").upTo(200),
      Field.number("limit", 100, "How many, 1 to 100; 20 when left out."));
  public static final Map<String, Field> RECOVERY = Fields.of(
      Field.amount("amount", "How much.").needed(),
      Field.id("currency", "ISO 4217.").upTo(3).needed(),
      Field.id("reference", "What it is called outside, such as the bank's reference.").needed(),
      Field.choice("debtor", Side.class, "Who pays: the merchant when left out, or a buyer what it got too much."),
      Field.id("payment", "The payment whose available money is taken; paid from outside when left out."));

  private final Receivables receivables;
  private final Finance finance;

  public Owing(Receivables receivables, Finance finance) {
    this.receivables = receivables;
    this.finance = finance;
  }

  /**
   * What one merchant owes and what it is made of; below zero: the platform owes the merchant. Its buyers owe
   * {@code owedByBuyers}, which they were paid above what was captured.
   */
  public record ReceivableView(String merchant, String currency, boolean test, long owed, long advanced, long broken,
      long chargedBack, long recovered, long writtenOff, long owedByBuyers) {}

  /** What merchants owe; {@code next} is the merchant to go on after, null at the end. */
  public record ReceivablesView(List<ReceivableView> items, @Nullable String next) {}

  /** An entry: {@code amount} more is owed, or below zero less. */
  record OwedView(Instant at, String cause, @Nullable String payment, @Nullable String dispute, long amount) {}

  /** Entries in order; {@code next} is the cursor of the next page, null at the end. */
  record EntriesView(List<OwedView> items, @Nullable String next) {}

  @GetMapping("/v1/receivables") ReceivablesView list(HttpServletRequest request) {
    var reader = Finance.reader(request);
    var query = new Query(request, Deposits.LIST);
    int limit = query.limit();
    var after = query.text("after");
    return list(reader.live(), reader.only(query.text("merchant")), after == null ? "" : after, limit);
  }

  /** What at most {@code limit} merchants after {@code after} owe, or one merchant only unless it is null. */
  public ReceivablesView list(boolean live, @Nullable String merchant, String after, int limit) {
    var found = receivables.list(live, merchant, after, limit);
    return new ReceivablesView(found.stream().map(it -> view(it, live)).toList(),
        found.size() < limit ? null : found.getLast().merchant());
  }

  /** What merchants owe, those after {@code after} (exclusive), for staff. */
  public ReceivablesView list(Caller caller, String after, int limit) {
    caller.mustBe(Role.FINANCE, Role.AUDITOR);
    var found = receivables.list(caller.live(), null, after, limit);
    return new ReceivablesView(found.stream().map(it -> view(it, caller.live())).toList(),
        found.size() < limit ? null : found.getLast().merchant());
  }

  private static ReceivableView view(Owed it, boolean live) {
    return new ReceivableView(it.merchant(), it.currency(), !live, it.owed(), it.advanced(), it.broken(),
        it.chargedBack(), it.recovered(), it.writtenOff(), it.owedByBuyers());
  }

  @GetMapping("/v1/receivables/{id}/entries") EntriesView entries(HttpServletRequest request,
      @PathVariable String id) {
    var reader = Finance.reader(request).of(id);
    var query = new Query(request, PAGE);
    int limit = query.limit();
    var found = receivables.entries(id, Finance.currency(query), reader.live(), mark(query.text("cursor")), limit);
    return new EntriesView(found.stream().map(Owing::view).toList(),
        found.size() < limit ? null : cursor(found.getLast()));
  }

  private static OwedView view(Entry it) {
    return new OwedView(it.at(), it.cause(), it.payment().isEmpty() ? null : it.payment(),
        it.dispute() == null ? null : it.dispute().toString(), it.minor());
  }

  private static String cursor(Entry last) {
    return ChronoUnit.MICROS.between(Instant.EPOCH, last.at()) + "." + last.home() + "." + last.id();
  }

  private static @Nullable Mark mark(@Nullable String cursor) {
    if (cursor == null) return null;
    var found = MARK.matcher(cursor);
    if (!found.matches()) throw Fault.CURSOR_INVALID.away("cursor");
    try {
      return new Mark(Instant.EPOCH.plus(Long.parseLong(found.group(1)), ChronoUnit.MICROS),
          Integer.parseInt(found.group(2)), Long.parseLong(found.group(3)));
    } catch (NumberFormatException e) {
      throw Fault.CURSOR_INVALID.away("cursor");
    }
  }

  @GetMapping("/v1/receivables/{id}/statement.csv") void statement(HttpServletRequest request,
      HttpServletResponse response, @PathVariable String id) throws IOException {
    var reader = Finance.reader(request).of(id);
    var currency = Finance.currency(new Query(request, Deposits.STATEMENT));
    var csv = Csv.begin(response, "receivable.csv", "at", "cause", "payment", "dispute", "more", "less");
    Mark mark = null;
    for (var page = receivables.entries(id, currency, reader.live(), mark, CHUNK); !page.isEmpty(); page =
        receivables.entries(id, currency, reader.live(), mark, CHUNK)) {
      for (var it : page) {
        csv.row(it.at(), it.cause(), it.payment(), it.dispute(), Math.max(0, it.minor()), Math.max(0, -it.minor()));
      }
      var last = page.getLast();
      mark = new Mark(last.at(), last.home(), last.id());
    }
  }

  @PostMapping("/v1/receivables/{id}/recoveries") ResponseEntity<Object> recover(HttpServletRequest request,
      @PathVariable String id) throws IOException {
    return recover(finance.act(request, RECOVERY), id);
  }

  /** Writes down once under {@code key} what was paid back; {@code body} has the fields of {@link #RECOVERY}. */
  public void recover(Caller caller, String merchant, Body body, @Nullable Key key) {
    recover(finance.act(caller, body, key), merchant);
  }

  private ResponseEntity<Object> recover(Finance.Deed act, String id) {
    var merchant = finance.merchant(id);
    var payment = act.body().id("payment");
    return act.once(() -> {
      boolean done = act.body().optional("debtor", Side.class) == Side.BUYER
          ? receivables.payBack(merchant, act.currency(), act.live(), act.amount(), finance.now())
          : payment.isEmpty() ? receivables.recover(merchant, act.currency(), act.live(), act.amount(), finance.now())
          : receivables.offset(merchant, act.currency(), act.live(), payment, act.amount(), finance.now());
      if (!done) throw Fault.NOT_SO_MUCH.away("amount");
      return id;
    }, _ -> ResponseEntity.status(201).body(standing(merchant, act.currency(), act.live())));
  }

  private ReceivableView standing(String merchant, String currency, boolean live) {
    return receivables.list(live, merchant, "", Integer.MAX_VALUE).stream()
        .filter(it -> it.currency().equals(currency)).findFirst().map(it -> view(it, live))
        .orElse(new ReceivableView(merchant, currency, !live, 0, 0, 0, 0, 0, 0, 0));
  }

  @PostMapping("/v1/receivables/{id}/write-offs") ResponseEntity<Object> writeOff(HttpServletRequest request,
      @PathVariable String id) throws IOException {
    var act = finance.act(request, Deposits.MONEY);
    var account = new Reserve(Pot.DEPOSIT, finance.merchant(id), act.currency(), act.live());
    return act.once(() -> {
      boolean much = receivables.owed(account.merchant(), account.currency(), account.live()) < act.amount();
      if (much) throw Fault.NOT_SO_MUCH.away("amount");
      return finance.request(act, Kind.WRITE_OFF, account, State.WAITING).id();
    }, ref -> finance.waiting(ref, act.live()));
  }
}
