package redress.api;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RestController;
import redress.dispute.Command.Pot;
import redress.door.Fault;
import redress.store.Reserve;
import redress.store.ReserveBook;
import redress.verb.Body;
import redress.verb.Field;
import redress.verb.Fields;
import redress.verb.Query;

/** Deposits of merchants and the compensation fund: how much lies there, what happened to it, money in and out. */
@RestController
public final class Deposits {
  private static final int CHUNK = 1_000;

  static final Map<String, Field> LIST = Fields.of(
      Field.id("merchant", "Of this merchant."),
      Field.id("after", "The merchant the last page ended with."),
      Field.number("limit", 100, "How many, 1 to 100; 20 when left out."));
  static final Map<String, Field> PAGE = Fields.of(
      Field.id("currency", "ISO 4217; needed."),
      Field.number("after", 999_999_999, "The number the last page ended with."),
      Field.number("limit", 100, "How many, 1 to 100; 20 when left out."));
  static final Map<String, Field> STATEMENT = Fields.of(Field.id("currency", "ISO 4217; needed."));
  static final Map<String, Field> MONEY = Fields.of(
      Field.amount("amount", "How much.").needed(),
      Field.id("currency", "ISO 4217.").upTo(3).needed(),
      Field.id("reference", "What it is called outside, such as the bank's reference.").needed());
  static final Map<String, Field> REFILL = Fields.of(
      Field.amount("amount", "How much.").needed(),
      Field.id("reference", "What it is called outside, such as the bank's reference.").needed(),
      Field.id("recoveredFrom",
          "The merchant whose repayments of advances go back to the fund; from outside when left out."));
  static final Map<String, Field> OUT = Fields.of(
      Field.amount("amount", "How much.").needed(),
      Field.id("reference", "What it is called outside, such as the bank's reference.").needed());
  static final Map<String, Field> LIMITS = Fields.of(
      Field.amount("perDispute", "What one dispute may draw; no bound when left out."),
      Field.amount("perMerchant", "What may be drawn for one merchant and not be paid back; no bound when left out."),
      Field.amount("perDay", "What may be drawn on one day (UTC); no bound when left out."));

  private final ReserveBook book;
  private final Finance finance;

  public Deposits(ReserveBook book, Finance finance) {
    this.book = book;
    this.finance = finance;
  }

  /** A merchant's deposit: what lies there for anybody, and what is set aside for disputes that have not taken it. */
  public record DepositView(String merchant, String currency, boolean test, long available, long reserved) {}

  /** Deposits by merchant and currency; {@code next} is the merchant to go on after, null at the end. */
  public record DepositsView(List<DepositView> items, @Nullable String next) {}

  /** The fund of one currency and its limits. */
  record FundView(String currency, boolean test, long available, long reserved, @Nullable Long perDispute,
      @Nullable Long perMerchant, @Nullable Long perDay) {}

  /** The funds of all currencies. */
  record FundsView(List<FundView> items) {}

  /** One movement and what there was after it; {@code by} and {@code second} are null for merchants. */
  public record MovementView(int number, Instant at, String kind, long amount, long available, long reserved,
      String merchant, @Nullable String dispute, String reference, @Nullable String by, @Nullable String second) {}

  /** Movements in order; {@code next} is the number to go on after, null at the end. */
  public record MovementsView(List<MovementView> items, @Nullable Integer next) {}

  @GetMapping("/v1/deposits") DepositsView list(HttpServletRequest request) {
    var reader = Finance.reader(request);
    var query = new Query(request, LIST);
    int limit = query.limit();
    var after = query.text("after");
    return list(reader.live(), reader.only(query.text("merchant")), after == null ? "" : after, limit);
  }

  /** At most {@code limit} deposits of merchants after {@code after}, of one merchant only unless it is null. */
  public DepositsView list(boolean live, @Nullable String merchant, String after, int limit) {
    var found = book.deposits(live, merchant, after, limit);
    return new DepositsView(found.stream().map(Deposits::deposit).toList(),
        found.size() < limit ? null : found.getLast().reserve().merchant());
  }

  private static DepositView deposit(ReserveBook.Standing it) {
    var reserve = it.reserve();
    return new DepositView(reserve.merchant(), reserve.currency(), !reserve.live(), it.balance(), it.held());
  }

  @GetMapping("/v1/deposits/{id}/movements") MovementsView movements(HttpServletRequest request,
      @PathVariable String id) {
    var reader = Finance.reader(request).of(id);
    var query = new Query(request, PAGE);
    return page(new Reserve(Pot.DEPOSIT, id, Finance.currency(query), reader.live()), query, reader.isStaff());
  }

  private MovementsView page(Reserve reserve, Query query, boolean staff) {
    return movements(reserve, query.number("after"), query.limit(), staff);
  }

  /** At most {@code limit} movements after number {@code after}; only {@code staff} learn who had a hand in them. */
  public MovementsView movements(Reserve reserve, int after, int limit, boolean staff) {
    var found = book.moves(reserve, after, limit);
    return new MovementsView(found.stream().map(it -> movement(it, staff)).toList(),
        found.size() < limit ? null : found.getLast().n());
  }

  private static MovementView movement(ReserveBook.Moved it, boolean staff) {
    return new MovementView(it.n(), it.at(), it.kind(), it.minor(), it.balance(), it.held(), it.merchant(),
        it.dispute() == null ? null : it.dispute().toString(), it.ref(), staff ? it.by() : null,
        staff ? it.second() : null);
  }

  @GetMapping("/v1/deposits/{id}/statement.csv") void statement(HttpServletRequest request,
      HttpServletResponse response, @PathVariable String id) throws IOException {
    var reader = Finance.reader(request).of(id);
    var query = new Query(request, STATEMENT);
    export(new Reserve(Pot.DEPOSIT, id, Finance.currency(query), reader.live()), response, "deposit.csv");
  }

  /** Writes every movement as a table for spreadsheets, as it is read; amounts in minor units. */
  public void export(Reserve reserve, HttpServletResponse response, String name) throws IOException {
    var csv = Csv.begin(response, name, "number", "at", "kind", "amount", "available", "reserved", "merchant",
        "dispute", "reference");
    for (var page = book.moves(reserve, 0, CHUNK); !page.isEmpty(); page =
        book.moves(reserve, page.getLast().n(), CHUNK)) {
      for (var it : page) {
        csv.row(it.n(), it.at(), it.kind(), it.minor(), it.balance(), it.held(), it.merchant(), it.dispute(), it.ref());
      }
    }
  }

  @PostMapping("/v1/deposits/{id}/top-ups") ResponseEntity<Object> topUp(HttpServletRequest request,
      @PathVariable String id) throws IOException {
    var act = finance.act(request, MONEY);
    var reserve = new Reserve(Pot.DEPOSIT, finance.merchant(id), act.currency(), act.live());
    return act.once(() -> {
      book.topUp(reserve, act.amount(), act.hand(), finance.now());
      return id;
    }, _ -> ResponseEntity.status(201).body(deposit(book.standing(reserve))));
  }

  @PostMapping("/v1/deposits/{id}/withdrawals") ResponseEntity<Object> withdraw(HttpServletRequest request,
      @PathVariable String id) throws IOException {
    var act = finance.act(request, MONEY);
    return finance.outOf(act, new Reserve(Pot.DEPOSIT, finance.merchant(id), act.currency(), act.live()));
  }

  @GetMapping("/v1/funds") FundsView funds(HttpServletRequest request) {
    var caller = Finance.staff(request);
    return new FundsView(book.funds(caller.live()).stream().map(Deposits::fund).toList());
  }

  private static FundView fund(ReserveBook.Standing it) {
    var reserve = it.reserve();
    return new FundView(reserve.currency(), !reserve.live(), it.balance(), it.held(), it.perDispute(),
        it.perMerchant(), it.perDay());
  }

  @GetMapping("/v1/funds/{id}/movements") MovementsView fundMovements(HttpServletRequest request,
      @PathVariable String id) {
    var caller = Finance.staff(request);
    return page(fundOf(id, caller.live()), new Query(request, Readings.PAGE), true);
  }

  @GetMapping("/v1/funds/{id}/statement.csv") void fundStatement(HttpServletRequest request,
      HttpServletResponse response, @PathVariable String id) throws IOException {
    var caller = Finance.staff(request);
    export(fundOf(id, caller.live()), response, "fund.csv");
  }

  private static Reserve fundOf(String currency, boolean live) {
    return new Reserve(Pot.FUND, "", Finance.known(currency), live);
  }

  @PostMapping("/v1/funds/{id}/top-ups") ResponseEntity<Object> fill(HttpServletRequest request,
      @PathVariable String id) throws IOException {
    var act = finance.act(request, REFILL);
    var reserve = fundOf(id, act.live());
    var from = act.body().id("recoveredFrom");
    return act.once(() -> {
      if (from.isEmpty()) book.topUp(reserve, act.amount(), act.hand(), finance.now());
      else if (!book.refill(reserve, from, act.amount(), act.hand(), finance.now())) {
        throw Fault.NOT_SO_MUCH.away("amount");
      }
      return id;
    }, _ -> ResponseEntity.status(201).body(fund(book.standing(reserve))));
  }

  @PostMapping("/v1/funds/{id}/withdrawals") ResponseEntity<Object> drain(HttpServletRequest request,
      @PathVariable String id) throws IOException {
    var act = finance.act(request, OUT);
    return finance.outOf(act, fundOf(id, act.live()));
  }

  @PutMapping("/v1/funds/{id}/limits") FundView limit(HttpServletRequest request, @PathVariable String id)
      throws IOException {
    var caller = Finance.acting(request);
    var body = Asking.of(request).body(LIMITS);
    var reserve = fundOf(id, caller.live());
    var limits = new ReserveBook.Limits(bound(body, "perDispute"), bound(body, "perMerchant"), bound(body, "perDay"));
    book.limit(reserve, limits, caller.subject(), finance.now());
    return fund(book.standing(reserve));
  }

  private static @Nullable Long bound(Body body, String field) {
    return body.has(field) ? Long.valueOf(body.number(field)) : null;
  }
}
