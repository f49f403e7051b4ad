package redress.web;

import gg.jte.generated.precompiled.Templates;
import gg.jte.models.runtime.JteModel;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import redress.api.Finance;
import redress.api.MatchApi;
import redress.api.Owing;
import redress.api.Reconciliation;
import redress.api.StatementsApi;
import redress.api.Worklists;
import redress.door.Caller;
import redress.door.Fault;
import redress.door.Gate;
import redress.door.Problems;
import redress.door.Turned;
import redress.store.Worklist.Pile;
import redress.web.DisputePage.Trouble;

/** The books, as finance looks at them: what waits for a second person, what nobody can explain, who owes what. */
@RestController
public final class BooksPages {
  private static final int MOST = 100;

  private final Finance finance;
  private final MatchApi matches;
  private final StatementsApi statements;
  private final Owing owing;
  private final Reconciliation reconciliation;
  private final Worklists worklists;
  private final Problems problems;
  private final Frames frames;
  private final Templates templates;

  public BooksPages(Finance finance, MatchApi matches, StatementsApi statements, Owing owing,
      Reconciliation reconciliation, Worklists worklists, Problems problems, Frames frames, Templates templates) {
    this.finance = finance;
    this.matches = matches;
    this.statements = statements;
    this.owing = owing;
    this.reconciliation = reconciliation;
    this.worklists = worklists;
    this.problems = problems;
    this.frames = frames;
    this.templates = templates;
  }

  @GetMapping("/books") JteModel waiting(HttpServletRequest request) {
    return waiting(request, books(request, null));
  }

  private JteModel waiting(HttpServletRequest request, Books books) {
    var reader = frames.reader(request);
    var payouts = worklists.list(reader, Worklists.payouts(reader), Pile.PAYOUTS, 0, MOST);
    return templates.booksWaiting(books, finance.waiting(reader.caller(), MOST), payouts);
  }

  @PostMapping("/books/requests/{id}/approval") ResponseEntity<JteModel> approve(HttpServletRequest request,
      @PathVariable String id) {
    return act(request, books -> waiting(request, books), "/books?done=approved",
        caller -> finance.decide(caller, id, true, Posted.key(request, caller)));
  }

  @PostMapping("/books/requests/{id}/rejection") ResponseEntity<JteModel> reject(HttpServletRequest request,
      @PathVariable String id) {
    return act(request, books -> waiting(request, books), "/books?done=rejected",
        caller -> finance.decide(caller, id, false, Posted.key(request, caller)));
  }

  @GetMapping("/books/strays") JteModel strays(HttpServletRequest request) {
    return strays(request, books(request, null));
  }

  private JteModel strays(HttpServletRequest request, Books books) {
    boolean all = request.getParameter("all") != null;
    return templates.booksStrays(books, matches.strays(Caller.of(request), all, 0, MOST), all);
  }

  @PostMapping("/books/strays") ResponseEntity<JteModel> note(HttpServletRequest request,
      @RequestParam(defaultValue = "") String record, @RequestParam(defaultValue = "") String note) {
    return act(request, books -> strays(request, books), "/books/strays?done=noted",
        caller -> matches.note(caller, record, note, request.getParameter("explained") != null));
  }

  @PostMapping("/books/matches") ResponseEntity<JteModel> match(HttpServletRequest request) {
    return act(request, books -> strays(request, books), "/books/strays?done=matched", matches::run);
  }

  @GetMapping("/books/receivables") JteModel receivables(HttpServletRequest request) {
    return receivables(request, books(request, null));
  }

  private JteModel receivables(HttpServletRequest request, Books books) {
    return templates.booksReceivables(books, owing.list(Caller.of(request), "", MOST));
  }

  @PostMapping("/books/receivables") ResponseEntity<JteModel> recover(HttpServletRequest request,
      @RequestParam(defaultValue = "") String merchant, @RequestParam(defaultValue = "") String currency) {
    return act(request, books -> receivables(request, books), "/books/receivables?done=recovered", caller -> {
      if (!currency.matches("[A-Z]{3}")) throw Fault.FIELD_VALUE.away("currency");
      var body = new Posted(request, currency).body(Owing.RECOVERY);
      owing.recover(caller, merchant, body, Posted.key(request, caller));
    });
  }

  @GetMapping("/books/clearing") JteModel clearing(HttpServletRequest request) {
    return templates.booksClearing(books(request, null), reconciliation.clearing(Caller.of(request), 0, MOST));
  }

  @GetMapping("/books/statements") JteModel statements(HttpServletRequest request) {
    return statements(request, books(request, null));
  }

  private JteModel statements(HttpServletRequest request, Books books) {
    return templates.booksStatements(books, statements.list(Caller.of(request), null, MOST));
  }

  @GetMapping("/books/statements/{id}") JteModel statement(HttpServletRequest request, @PathVariable String id) {
    return templates.booksStatement(books(request, null), statements.read(Caller.of(request), id));
  }

  @TakesFiles
  @PostMapping("/books/statements") ResponseEntity<JteModel> take(HttpServletRequest request) throws IOException {
    var caller = Caller.of(request);
    try (var parcel = Parcel.open(request)) {
      Gate.guard(request, parcel.field(Gate.GUARD));
      if (parcel.name().isEmpty()) throw Fault.FIELD_MISSING.away("file");
      var taken = statements.take(caller, parcel.name(), parcel.field("book"), parcel.file());
      return see("/books/statements/" + taken.id() + "?done=" + (taken.again() ? "again" : "taken"));
    } catch (Turned turned) {
      return again(request, turned, books -> statements(request, books));
    }
  }

  /** Does it and leads on; what does not happen is said beside its form, with what was typed. */
  private ResponseEntity<JteModel> act(HttpServletRequest request, Function<Books, JteModel> page, String next,
      Consumer<Caller> deed) {
    try {
      var guard = request.getParameter(Gate.GUARD);
      Gate.guard(request, guard == null ? "" : guard);
      deed.accept(Caller.of(request));
      return see(next);
    } catch (Turned turned) {
      return again(request, turned, page);
    }
  }

  private ResponseEntity<JteModel> again(HttpServletRequest request, Turned turned, Function<Books, JteModel> page) {
    var typed = new LinkedHashMap<String, String>();
    request.getParameterMap().forEach((name, values) -> typed.put(name, String.join(",", values)));
    var problem = problems.about(turned, frames.of(request).language());
    var books = books(request, new Trouble(request.getRequestURI(), problem, typed));
    return ResponseEntity.status(problem.status()).body(page.apply(books));
  }

  private Books books(HttpServletRequest request, @Nullable Trouble trouble) {
    var done = request.getParameter("done");
    return new Books(frames.of(request), Replies.newKey(), done == null ? "" : done, trouble);
  }

  private static ResponseEntity<JteModel> see(String path) {
    return ResponseEntity.status(HttpStatus.SEE_OTHER).location(URI.create(path)).build();
  }
}
