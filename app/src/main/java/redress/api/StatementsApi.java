package redress.api;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import redress.check.Facts;
import redress.dispute.DisputeId;
import redress.door.Caller;
import redress.door.Fault;
import redress.policy.Role;
import redress.statement.Importer;
import redress.statement.Importer.Wish;
import redress.statement.Progress;
import redress.statement.Refusal;
import redress.store.Movement;
import redress.store.Records;
import redress.store.Records.Kept;
import redress.store.Statements;
import redress.store.Statements.Flaw;
import redress.store.Statements.Statement;
import redress.verb.Field;
import redress.verb.Fields;
import redress.verb.Query;

/** Statements of providers and banks: taken in, listed, and what they tell of a payment or a dispute. */
@RestController
public final class StatementsApi {
  private static final Field LIMIT = Field.number("limit", 100, "How many, 1 to 100; 20 when left out.");
  static final Map<String, Field> WISH = Fields.of(
      Field.id("book",
          "The account at a provider, as payments name it; as the file or its format names it if left out."),
      Field.id("name", "What the file is called, for people."));
  static final Map<String, Field> PAGE = Fields.of(Field.instant("before", "Imported before."), LIMIT);
  static final Map<String, Field> ABOUT = Fields.of(
      Field.id("payment", "Of this payment."), Field.id("dispute", "Naming this dispute."));
  private static final Instant END = Instant.parse("2200-01-01T00:00:00Z");
  private static final int AT_ONCE = 2;
  private static final int PIECE = 1 << 16;

  private final Importer importer;
  private final Statements statements;
  private final Records records;
  private final Largest largest;
  private final Semaphore places = new Semaphore(AT_ONCE);

  public StatementsApi(Importer importer, Statements statements, Records records, Largest largest) {
    this.importer = importer;
    this.statements = statements;
    this.records = records;
    this.largest = largest;
  }

  /** How large a file may be that is sent here, in bytes. */
  public record Largest(long bytes) {
    /** Unless {@code redress.statement.limit} says otherwise. */
    public static final long USUAL = 100_000_000;
  }

  /**
   * A file and what became of it: {@code added} records were not there yet or stood differently, {@code again} tells
   * that
   * the very same file had been imported before.
   */
  public record StatementView(String id, String format, String book, String name, boolean test, boolean again,
      long lines, long added, long duplicate, long broken, long totalMismatch, @Nullable Instant firstAt,
      @Nullable Instant lastAt, Instant importedAt, String importedBy, List<FlawView> flaws) {}

  /** What is wrong with a file, at which line (0: as a whole); the first thousand are kept. */
  public record FlawView(long line, Flaw.Kind kind, String reason, String detail) {}

  /** Files, newest first, without what is wrong with them. */
  public record StatementsView(List<StatementView> items) {}

  /** One movement of money in somebody else's books; the amount is signed as the account's owner sees it. */
  record RecordView(String id, String book, String format, Movement.Kind kind, Facts.State state, String reference,
      String providerId, String called, String payment, String dispute, int refund, int obligation, long amount,
      String currency, long fee, String memo, Instant at, String statement, long line) {}

  /** Records, oldest first. */
  record RecordsView(List<RecordView> items) {}

  @PostMapping("/v1/statements") StatementView take(HttpServletRequest request) throws IOException {
    var caller = Caller.of(request);
    caller.mustBe(Role.FINANCE);
    if (isForm(request.getContentType())) throw Fault.MEDIA_TYPE.away("", "Send the file itself, as it is.");
    if (request.getContentLengthLong() > largest.bytes()) throw tooLarge();
    var query = new Query(request, WISH);
    return take(caller, said(query.text("name")), said(query.text("book")), request.getInputStream());
  }

  /** Takes in what {@code bytes} hold; name and book are empty when nobody says. Turns away what is no statement. */
  public StatementView take(Caller caller, String name, String book, InputStream bytes) throws IOException {
    caller.mustBe(Role.FINANCE);
    var wish = new Wish(name, book, null, caller.live(), caller.subject());
    if (!places.tryAcquire()) throw Fault.BUSY.away();
    var file = Files.createTempFile("statement-", ".in");
    try {
      keep(bytes, file);
      var report = importer.take(file, wish, Progress.NONE);
      return view(report.statement(), report.again(), report.flaws());
    } catch (Refusal refusal) {
      var fault = refusal.reason().equals("FORMAT_UNKNOWN") ? Fault.STATEMENT_UNKNOWN : Fault.STATEMENT_REFUSED;
      throw fault.away("", refusal.reason() + ". " + refusal.getMessage());
    } finally {
      places.release();
      Files.deleteIfExists(file);
    }
  }

  /** A form's body would be taken for parameters. */
  private static boolean isForm(@Nullable String type) {
    var kind = type == null ? "" : type.toLowerCase(Locale.ROOT);
    return kind.startsWith("application/x-www-form-urlencoded") || kind.startsWith("multipart/");
  }

  private static String said(@Nullable String text) {
    return text == null ? "" : text;
  }

  private RuntimeException tooLarge() {
    return Fault.STATEMENT_TOO_LARGE.away("", "At most %d bytes.".formatted(largest.bytes()));
  }

  private void keep(InputStream in, Path file) throws IOException {
    try (OutputStream out = Files.newOutputStream(file)) {
      var piece = new byte[PIECE];
      long all = 0;
      for (int read = in.read(piece); read >= 0; read = in.read(piece)) {
        all += read;
        if (all > largest.bytes()) throw tooLarge();
        out.write(piece, 0, read);
      }
    }
  }

  @GetMapping("/v1/statements") StatementsView list(HttpServletRequest request) {
    var query = new Query(request, PAGE);
    return list(Caller.of(request), query.instant("before"), query.limit());
  }

  /** At most {@code limit} files imported before an instant (null: until now), newest first. */
  public StatementsView list(Caller caller, @Nullable Instant before, int limit) {
    reading(caller);
    var end = Optional.ofNullable(before).orElse(END);
    return new StatementsView(statements.list(caller.live(), end, "", limit).stream()
        .map(it -> view(it, false, List.of())).toList());
  }

  @GetMapping("/v1/statements/{id}") StatementView read(HttpServletRequest request, @PathVariable String id) {
    return read(Caller.of(request), id);
  }

  /** One file and what is wrong with it. Turns away when there is none. */
  public StatementView read(Caller caller, String id) {
    reading(caller);
    return statements.find(id).filter(it -> it.live() == caller.live())
        .map(it -> view(it, false, statements.flaws(id))).orElseThrow(() -> Fault.NOT_FOUND.away());
  }

  @GetMapping("/v1/records") RecordsView records(HttpServletRequest request) {
    var caller = reader(request);
    var query = new Query(request, ABOUT);
    var payment = query.text("payment");
    var dispute = query.text("dispute");
    if ((payment == null) == (dispute == null)) throw Fault.QUERY_INVALID.away(payment == null ? "payment" : "dispute");
    var found = payment != null ? records.ofPayment(payment)
        : records.ofDispute(DisputeId.parse(said(dispute)).orElseThrow(() -> Fault.QUERY_INVALID.away("dispute")));
    return new RecordsView(found.stream().filter(it -> it.live() == caller.live()).map(StatementsApi::view).toList());
  }

  private static Caller reader(HttpServletRequest request) {
    return reading(Caller.of(request));
  }

  private static Caller reading(Caller caller) {
    caller.mustBe(Role.FINANCE, Role.VERIFIER, Role.AUDITOR);
    return caller;
  }

  private static StatementView view(Statement it, boolean again, List<Flaw> flaws) {
    long good = it.lines() - it.broken();
    return new StatementView(it.id(), it.format(), it.book(), it.name(), !it.live(), again, it.lines(),
        again ? 0 : it.fresh(), again ? good : it.duplicate(), it.broken(), it.mismatches(), it.firstAt(), it.lastAt(),
        it.importedAt(), it.importedBy(), flaws.stream().map(StatementsApi::view).toList());
  }

  private static FlawView view(Flaw it) {
    return new FlawView(it.line(), it.kind(), it.reason(), it.detail());
  }

  private static RecordView view(Kept it) {
    return new RecordView(it.id(), it.book(), it.format(), it.kind(), it.state(), it.reference(), it.providerId(),
        it.called(), it.payment(), it.dispute(), it.refund(), it.obligation(), it.minor(), it.currency(), it.fee(),
        it.memo(), it.at(), it.statement(), it.line());
  }
}
