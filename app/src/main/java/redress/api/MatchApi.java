package redress.api;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RestController;
import redress.check.Match;
import redress.check.Match.Verdict;
import redress.dispute.DisputeId;
import redress.door.Caller;
import redress.door.Fault;
import redress.door.Language;
import redress.match.Matchmaker;
import redress.policy.Role;
import redress.store.Matches;
import redress.store.Matches.Standing;
import redress.store.Matches.Stray;
import redress.verb.Field;
import redress.verb.Fields;
import redress.verb.Query;

/** What the books say of each promise to pay, and the records nobody can explain yet. */
@RestController
public final class MatchApi {
  private static final int MOST_SKIPPED = 1_000_000;
  static final Map<String, Field> PAGE = Fields.of(
      Field.choices("verdict", Verdict.class, "Only these; all when left out."),
      Field.id("dispute", "Only the promises of this dispute."),
      Field.number("skip", MOST_SKIPPED, "How many to leave out from the start."),
      Field.number("limit", 100, "How many, 1 to 100; 20 when left out."));
  static final Map<String, Field> STRAYS = Fields.of(
      Field.flag("all", "true: also those that were explained since."),
      Field.number("skip", MOST_SKIPPED, "How many to leave out from the start."),
      Field.number("limit", 100, "How many, 1 to 100; 20 when left out."));
  static final Map<String, Field> NOTE = Fields.of(
      Field.text("note", "What was found out.").upTo(2_000),
      Field.flag("explained", "Whether nothing is left to find out."));

  private final Matchmaker matchmaker;
  private final Matches matches;
  private final Clock clock;

  public MatchApi(Matchmaker matchmaker, Matches matches, Clock clock) {
    this.matchmaker = matchmaker;
    this.matches = matches;
    this.clock = clock;
  }

  /** What a run found: promises by verdict, records that nothing explains, and how many answers are new. */
  public record MatchRunView(long owed, long exact, long under, long over, long missing, long pending, long unexplained,
      long changed) {}

  /** Answers, the latest changes first. */
  record MatchesView(List<MatchView> items) {}

  /** What the books say of one promise, in minor units, and since when. */
  record MatchView(String dispute, int obligation, String payment, String merchant, String book, Verdict verdict,
      long owed, long paid, String currency, List<MatchPartView> parts, List<RemarkView> remarks, Instant since,
      Instant changedAt) {}

  /** A record that stands for the promise, where it was read, and why. */
  record MatchPartView(String record, String statement, long line, long amount, Match.Rule rule, String why,
      boolean counts) {}

  /** Something that differs: {@code record} is null when it is about none. */
  record RemarkView(Match.Kind kind, @Nullable String record, long amount, String words) {}

  /** Records that nothing explains, longest first. */
  public record StraysView(List<StrayView> items) {}

  /** A record that nothing owed explains; amounts as the owner of the book sees them, what went out is negative. */
  public record StrayView(String record, String book, String reference, String payment, String dispute, long amount,
      String currency, String state, Instant at, String statement, long line, Instant since,
      @Nullable Instant explainedAt, String owner, String note) {}

  @PostMapping("/v1/matches") MatchRunView run(HttpServletRequest request) throws IOException {
    var caller = Caller.of(request);
    caller.mustBe(Role.FINANCE);
    Asking.of(request).body(Map.of());
    return run(caller);
  }

  /** Holds everything that is owed against all records there are. */
  public MatchRunView run(Caller caller) {
    caller.mustBe(Role.FINANCE);
    var report = matchmaker.run();
    return new MatchRunView(report.owed(), report.of(Verdict.EXACT), report.of(Verdict.UNDER), report.of(Verdict.OVER),
        report.of(Verdict.MISSING), report.of(Verdict.PENDING), report.unexplained(), report.changed());
  }

  @GetMapping("/v1/matches") MatchesView list(HttpServletRequest request) {
    var caller = reader(request);
    var query = new Query(request, PAGE);
    var verdicts = query.texts("verdict").stream().map(Verdict::valueOf)
        .collect(Collectors.toCollection(() -> EnumSet.noneOf(Verdict.class)));
    if (verdicts.isEmpty()) verdicts.addAll(Arrays.asList(Verdict.values()));
    var dispute = query.text("dispute");
    var found = dispute == null ? matches.list(verdicts, caller.live(), query.number("skip"), query.limit())
        : matches.of(DisputeId.parse(dispute).orElseThrow(() -> Fault.QUERY_INVALID.away("dispute"))).stream()
            .filter(it -> it.found().live() == caller.live() && verdicts.contains(it.found().verdict())).toList();
    var language = Language.of(request);
    return new MatchesView(found.stream().map(it -> view(it, language)).toList());
  }

  @GetMapping("/v1/strays") StraysView strays(HttpServletRequest request) {
    var query = new Query(request, STRAYS);
    return strays(Caller.of(request), "true".equals(query.text("all")), query.number("skip"), query.limit());
  }

  /** Records that nothing explains, with those explained since if {@code all}, after the first {@code skip}. */
  public StraysView strays(Caller caller, boolean all, int skip, int limit) {
    reading(caller);
    return new StraysView(matches.strays(all, caller.live(), skip, limit).stream()
        .map(MatchApi::view).toList());
  }

  @PutMapping("/v1/strays/{id}/note") StrayView note(HttpServletRequest request, @PathVariable String id)
      throws IOException {
    var caller = Caller.of(request);
    caller.mustBe(Role.FINANCE);
    var body = Asking.of(request).body(NOTE);
    return note(caller, id, body.text("note"), body.flag("explained"));
  }

  /** Writes down what was found out about a record that nothing explains. Turns away when there is none. */
  public StrayView note(Caller caller, String id, String note, boolean explained) {
    caller.mustBe(Role.FINANCE);
    var known = matches.stray(id).filter(it -> it.record().live() == caller.live());
    if (known.isEmpty()) throw Fault.NOT_FOUND.away();
    matches.note(id, caller.subject(), note, explained, clock.instant());
    return view(matches.stray(id).orElseThrow());
  }

  private static Caller reader(HttpServletRequest request) {
    return reading(Caller.of(request));
  }

  private static Caller reading(Caller caller) {
    caller.mustBe(Role.FINANCE, Role.VERIFIER, Role.AUDITOR);
    return caller;
  }

  private static MatchView view(Standing it, Language language) {
    var found = it.found();
    var parts = found.why().parts().stream().map(part -> new MatchPartView(part.record(), part.statement(), part.line(),
        part.minor(), part.rule(), language.pick(part.rule().english, part.rule().chinese), part.counts())).toList();
    var remarks = found.why().remarks().stream()
        .map(remark -> new RemarkView(remark.kind(), remark.record().isEmpty() ? null : remark.record(), remark.minor(),
            language.pick(remark.kind().english, remark.kind().chinese)))
        .toList();
    return new MatchView(found.dispute().toString(), found.obligation(), found.payment(), found.merchant(),
        found.book(), found.verdict(), found.owed(), found.paid(), found.currency(), parts, remarks, it.firstAt(),
        it.changedAt());
  }

  private static StrayView view(Stray it) {
    var record = it.record();
    return new StrayView(record.id(), record.book(), record.reference(), it.payment(), record.dispute(), record.minor(),
        record.currency(), record.state().name(), record.at(), record.statement(), record.line(), it.firstAt(),
        it.explainedAt(), it.owner(), it.note());
  }
}
