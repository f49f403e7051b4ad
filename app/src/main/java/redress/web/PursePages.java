package redress.web;

import gg.jte.generated.precompiled.Templates;
import gg.jte.models.runtime.JteModel;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Currency;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import redress.api.Csv;
import redress.api.Deposits;
import redress.api.Deposits.DepositView;
import redress.api.Owing;
import redress.dispute.Command.Pot;
import redress.door.Caller;
import redress.door.Fault;
import redress.policy.Role;
import redress.store.AccountBook;
import redress.store.AccountBook.Balance;
import redress.store.AccountBook.Mark;
import redress.store.AccountBook.Of;
import redress.store.AccountBook.Row;
import redress.store.Reserve;

/** A merchant's money: holds, deposit, what it owes, and its statement of account, also as tables to take away. */
@RestController
public final class PursePages {
  private static final int SHOWN = 50;
  private static final int CHUNK = 1_000;
  private static final int MOST = 1_000;
  private static final String USUAL = "CNY";
  private static final Pattern MARK = Pattern.compile("(\\d{1,18})\\.(\\d{1,4})\\.(\\d{1,19})\\.(\\d{1,4})");

  private final AccountBook book;
  private final Deposits deposits;
  private final Owing owing;
  private final Frames frames;
  private final Templates templates;

  public PursePages(AccountBook book, Deposits deposits, Owing owing, Frames frames, Templates templates) {
    this.book = book;
    this.deposits = deposits;
    this.owing = owing;
    this.frames = frames;
    this.templates = templates;
  }

  @GetMapping("/purse") JteModel show(HttpServletRequest request, @RequestParam(defaultValue = "") String currency,
      @RequestParam(defaultValue = "") String before) {
    var of = of(request);
    var balances = book.balances(of);
    var all = deposits.list(of.live(), of.merchant(), "", MOST).items();
    var currencies = new TreeSet<>(Stream.concat(balances.stream().map(Balance::currency),
        all.stream().map(DepositView::currency)).toList());
    var chosen = !currency.isEmpty() ? known(currency) : currencies.isEmpty() ? USUAL : currencies.first();
    var rows = book.rows(of, chosen, mark(before), SHOWN + 1);
    var shown = rows.subList(0, Math.min(SHOWN, rows.size()));
    return templates.purse(new PursePage(frames.of(request), chosen, List.copyOf(currencies),
        balances.stream().filter(it -> it.currency().equals(chosen)).toList(),
        book.holds(of, MOST).stream().filter(it -> it.currency().equals(chosen)).toList(),
        all.stream().filter(it -> it.currency().equals(chosen)).toList(),
        deposits.movements(deposit(of, chosen), 0, SHOWN, false).items(),
        owing.list(of.live(), of.merchant(), "", MOST).items().stream().filter(it -> it.currency().equals(chosen))
            .toList(),
        shown, rows.size() > SHOWN ? written(shown.getLast().mark()) : null));
  }

  @GetMapping("/purse/statement.csv") void statement(HttpServletRequest request, HttpServletResponse response,
      @RequestParam String currency) throws IOException {
    var of = of(request);
    var csv = Csv.begin(response, "statement.csv", "at", "account", "more", "less", "currency", "cause", "payment",
        "dispute");
    Mark mark = null;
    for (var page = book.rows(of, known(currency), mark, CHUNK); !page.isEmpty(); page =
        book.rows(of, currency, mark, CHUNK)) {
      for (Row it : page) {
        csv.row(it.mark().at(), it.account(), Math.max(0, it.minor()), Math.max(0, -it.minor()), currency, it.cause(),
            it.payment(), it.dispute());
      }
      mark = page.getLast().mark();
    }
  }

  @GetMapping("/purse/deposit.csv") void deposit(HttpServletRequest request, HttpServletResponse response,
      @RequestParam String currency) throws IOException {
    deposits.export(deposit(of(request), known(currency)), response, "deposit.csv");
  }

  private static Of of(HttpServletRequest request) {
    var caller = Caller.of(request);
    caller.mustBe(Role.MERCHANT_OWNER, Role.MERCHANT_AGENT, Role.MERCHANT_VIEWER);
    return new Of(caller.subject(), caller.live());
  }

  private static Reserve deposit(Of of, String currency) {
    return new Reserve(Pot.DEPOSIT, of.merchant(), currency, of.live());
  }

  private static String known(String currency) {
    try {
      return Currency.getInstance(currency).getCurrencyCode();
    } catch (IllegalArgumentException e) {
      throw Fault.NOT_FOUND.away();
    }
  }

  private static String written(Mark it) {
    return ChronoUnit.MICROS.between(Instant.EPOCH, it.at()) + "." + it.home() + "." + it.entry() + "." + it.line();
  }

  private static @Nullable Mark mark(String said) {
    if (said.isEmpty()) return null;
    var found = MARK.matcher(said);
    if (!found.matches()) throw Fault.CURSOR_INVALID.away("before");
    try {
      return new Mark(Instant.EPOCH.plus(Long.parseLong(found.group(1)), ChronoUnit.MICROS),
          Integer.parseInt(found.group(2)), Long.parseLong(found.group(3)), Integer.parseInt(found.group(4)));
    } catch (NumberFormatException e) {
      throw Fault.CURSOR_INVALID.away("before");
    }
  }
}
