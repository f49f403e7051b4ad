package redress.api;

import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import redress.dispute.Outcome;
import redress.door.Caller;
import redress.door.Fault;
import redress.policy.Role;
import redress.store.Parties;
import redress.store.Party;
import redress.store.Statistics;
import redress.store.Statistics.Counted;
import redress.store.Statistics.Span;
import redress.verb.Field;
import redress.verb.Fields;
import redress.verb.Query;

/** How well disputes are handled: for the whole platform, and for one merchant. Test callers see test disputes only. */
@RestController
public final class Figures {
  static final Map<String, Field> PARAMETERS = Fields.of(
      Field.instant("filedFrom", "Filed then or later; the beginning when left out."),
      Field.instant("filedTo", "Filed before; now when left out."));

  private static final int BASIS_POINTS = 10_000;

  private final Statistics statistics;
  private final Parties parties;
  private final Clock clock;

  public Figures(Statistics statistics, Parties parties, Clock clock) {
    this.statistics = statistics;
    this.parties = parties;
    this.clock = clock;
  }

  /** {@code of} among {@code all}; the share in basis points (hundredths of a per cent), null when there are none. */
  public record Share(long of, long all, @Nullable Integer basisPoints, String formula) {
    static Share of(long some, long all, String formula) {
      return new Share(some, all, all == 0 ? null : (int) Math.round((double) some * BASIS_POINTS / all), formula);
    }
  }

  /** A span of time in whole seconds, null when there was nothing to measure. */
  public record Lasting(@Nullable Long seconds, String formula) {}

  /** The figures, each with its formula; {@code merchant} is null for the whole platform. */
  public record FiguresView(@Nullable String merchant, boolean test, @Nullable Instant filedFrom, Instant filedTo,
      long disputes,
      long payments, long open, long closed, Lasting firstReplyP50, Lasting firstReplyP90, Share firstReplyIn24h,
      Share settledInNegotiation, Share fulfilled, Share enforced, Share reopened, Share satisfied, Share notReached,
      Share repeatedIn30Days, Share merchantOverdue, Share buyerOverdue, long platformBreaches, Lasting timeToMoneyP50,
      Share appealsOverturned, Share disputesPerPayment) {}

  @GetMapping("/v1/statistics") FiguresView all(HttpServletRequest request) {
    return view(request, null);
  }

  @GetMapping("/v1/scorecards/{merchant}") FiguresView of(HttpServletRequest request, @PathVariable String merchant) {
    var caller = Caller.of(request);
    boolean may = caller.role() == Role.PLATFORM || caller.role().isStaff()
        || (caller.role().isMerchant() && caller.subject().equals(merchant));
    if (!may || parties.find(merchant).filter(it -> it.kind() == Party.Kind.MERCHANT).isEmpty()) {
      throw Fault.NOT_FOUND.away();
    }
    return view(request, merchant);
  }

  /** How many closed disputes ended in which way, every way named. */
  public record OutcomesView(boolean test, @Nullable Instant filedFrom, Instant filedTo, Map<Outcome, Long> outcomes,
      String formula) {}

  @GetMapping("/v1/statistics/outcomes") OutcomesView outcomes(HttpServletRequest request) {
    var query = new Query(request, PARAMETERS);
    return outcomes(Caller.of(request).live(), query.instant("filedFrom"), query.instant("filedTo"));
  }

  /** How the disputes filed in this span (as for {@link #view}) ended that are closed. */
  public OutcomesView outcomes(boolean live, @Nullable Instant from, @Nullable Instant to) {
    var span = span(live, null, from, to);
    var counted = statistics.outcomes(span);
    var all = new EnumMap<Outcome, Long>(Outcome.class);
    for (var it : Outcome.values()) all.put(it, counted.getOrDefault(it.name(), 0L));
    return new OutcomesView(!live, from, span.to(), all, "closed disputes with this outcome");
  }

  private FiguresView view(HttpServletRequest request, @Nullable String merchant) {
    var query = new Query(request, PARAMETERS);
    return view(Caller.of(request).live(), merchant, query.instant("filedFrom"), query.instant("filedTo"));
  }

  /**
   * The figures of live or of test disputes, of one merchant or (null) of all, filed from {@code from} (null: the
   * beginning) until before {@code to} (null: now), both UTC.
   */
  public FiguresView view(boolean live, @Nullable String merchant, @Nullable Instant from, @Nullable Instant to) {
    var span = span(live, merchant, from, to);
    return view(statistics.count(span), merchant, !live, from, span.to());
  }

  private Span span(boolean live, @Nullable String merchant, @Nullable Instant from, @Nullable Instant to) {
    // Test clocks run ahead of the system's: a test caller's "now" is the end of time.
    var now = live ? clock.instant() : Instant.parse("2199-01-01T00:00:00Z");
    return new Span(live, merchant, from == null ? Instant.EPOCH : from, to == null ? now : to, now);
  }

  // @formatter:off
  private static FiguresView view(Counted it, @Nullable String merchant, boolean test, @Nullable Instant from, Instant to) {
    return new FiguresView(merchant, test, from, to, it.disputes(), it.payments(), it.open(), it.closed(),
        new Lasting(it.firstReplyP50(), "median of (merchant's first reply - filing) over disputes with one"),
        new Lasting(it.firstReplyP90(), "ninth decile of (merchant's first reply - filing) over disputes with one"),
        Share.of(it.firstReplyIn24h(), it.firstReplyDue(), "first reply within 24 h / disputes with a first reply or older than 24 h"),
        Share.of(it.settledInNegotiation(), it.settled(), "settled without the platform stepping in / settled by agreement"),
        Share.of(it.fulfilled(), it.formed(), "outcome SETTLED_FULFILLED / settlements formed"),
        Share.of(it.enforced(), it.formed(), "enforced / settlements formed"),
        Share.of(it.reopened(), it.followedUp(), "reopened / followed up (answered or not reached)"),
        Share.of(it.satisfied(), it.followedUp(), "buyer satisfied / followed up"),
        Share.of(it.notReached(), it.followedUp(), "buyer not reached / followed up"),
        Share.of(it.repeated(), it.closedAMonthAgo(), "same buyer and merchant again within 30 days of closing / closed more than 30 days ago"),
        Share.of(it.merchantOverdue(), it.disputes(), "merchant ever late / disputes"),
        Share.of(it.buyerOverdue(), it.disputes(), "buyer ever late / disputes"),
        it.platformBreaches(),
        new Lasting(it.moneyP50(), "median of (first money arrived - filing) over disputes in which money arrived"),
        Share.of(it.overturned(), it.appealed(), "appeals that changed the outcome / disputes appealed"),
        Share.of(it.disputes(), it.payments(), "disputes filed / payments captured in the same span"));
  }
  // @formatter:on
}
