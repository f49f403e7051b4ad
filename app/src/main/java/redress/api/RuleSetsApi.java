package redress.api;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RestController;
import redress.dispute.Hindsight;
import redress.dispute.Hindsight.Fate;
import redress.door.Caller;
import redress.door.Fault;
import redress.policy.Deadline;
import redress.policy.Role;
import redress.policy.RuleSet;
import redress.store.Pasts;
import redress.store.RuleDrafts;
import redress.store.RuleDrafts.RuleDraft;
import redress.store.RuleSets;
import redress.verb.Body;
import redress.verb.Field;
import redress.verb.Fields;
import redress.verb.Query;

/** Rule sets: what was published, what is being prepared, what it would have meant, and publishing it with a date. */
@RestController
public final class RuleSetsApi {
  public static final Map<String, Field> WHAT_IF = Fields.of(
      Field.number("days", 3_660, "Disputes filed in the last so many days; 90 when left out."));
  public static final Map<String, Field> PUBLICATION = Fields.of(
      Field.instant("effectiveFrom", "From when on disputes are filed under it; now or later.").needed());

  private static final int DAYS = 90;
  /** How many disputes are looked back on at once. */
  private static final int MOST = 2_000;
  private static final int LONGEST_VERSION = 40;

  private final RuleSets published;
  private final RuleDrafts drafts;
  private final Pasts pasts;
  private final Clock clock;

  public RuleSetsApi(RuleSets published, RuleDrafts drafts, Pasts pasts, Clock clock) {
    this.published = published;
    this.drafts = drafts;
    this.pasts = pasts;
    this.clock = clock;
  }

  /** A figure of a rule set by its name: a duration (ISO 8601), or a number. */
  public record FigureView(String name, String value) {}

  /** A published rule set; {@code inForce}: disputes are filed under it now. */
  public record RuleSetView(String version, Instant effectiveFrom, boolean inForce, List<FigureView> figures) {}

  /** All published rule sets, the latest to take effect first. */
  public record RuleSetsView(List<RuleSetView> items) {}

  /** A draft: the version it is to become, what it began from, who wrote it last and when. */
  public record DraftView(String version, String base, String by, Instant at, List<FigureView> figures) {}

  /** All drafts, the latest first. */
  public record DraftsView(List<DraftView> items) {}

  /** How one deadline went, and would have gone: {@code unknown} was missed, and the draft gives more time. */
  public record FateView(String deadline, long ran, long missed, long missedUnderDraft, long unknown) {}

  /** What a draft would have meant for past disputes; {@code all}: every one in the span was looked at. */
  public record WhatIfView(String version, Instant filedFrom, int disputes, boolean all, List<FateView> items,
      String formula) {}

  private static void mayLook(Caller caller) {
    caller.mustBe(Role.ADMIN, Role.MEDIATOR_LEAD, Role.AUDITOR);
  }

  @GetMapping("/v1/rule-sets") RuleSetsView list(HttpServletRequest request) {
    return list(Caller.of(request));
  }

  /** Everything published, the latest to take effect first. */
  public RuleSetsView list(Caller caller) {
    mayLook(caller);
    var now = published.inForce(clock.instant()).version();
    return new RuleSetsView(published.refresh().values().stream()
        .sorted(Comparator.comparing(RuleSet::effectiveFrom).reversed())
        .map(it -> new RuleSetView(it.version(), it.effectiveFrom(), it.version().equals(now), RuleFigures.of(it)))
        .toList());
  }

  @GetMapping("/v1/rule-drafts") DraftsView drafts(HttpServletRequest request) {
    return drafts(Caller.of(request));
  }

  public DraftsView drafts(Caller caller) {
    mayLook(caller);
    return new DraftsView(drafts.all().stream().map(RuleSetsApi::view).toList());
  }

  @GetMapping("/v1/rule-drafts/{id}") DraftView draft(HttpServletRequest request, @PathVariable String id) {
    return draft(Caller.of(request), id);
  }

  public DraftView draft(Caller caller, String version) {
    mayLook(caller);
    return view(found(version));
  }

  private static DraftView view(RuleDraft it) {
    return new DraftView(it.rules().version(), it.base(), it.by(), it.at(), RuleFigures.of(it.rules()));
  }

  private RuleDraft found(String version) {
    return drafts.find(version).orElseThrow(() -> Fault.NOT_FOUND.away());
  }

  /** The rule set of this version, published or not. */
  public RuleSet any(Caller caller, String version) {
    mayLook(caller);
    var known = published.refresh().get(version);
    return known != null ? known : found(version).rules();
  }

  @PutMapping("/v1/rule-drafts/{id}") DraftView keep(HttpServletRequest request, @PathVariable String id)
      throws IOException {
    return keep(Caller.of(request), id, Asking.of(request).body(RuleFigures.FIELDS));
  }

  /**
   * Writes a draft: what {@code body} leaves out is as in its base, which is the version in force unless it says so.
   */
  public DraftView keep(Caller caller, String version, Body body) {
    caller.mustBe(Role.ADMIN);
    boolean fits = version.matches("[A-Za-z0-9][A-Za-z0-9_.-]*") && version.length() <= LONGEST_VERSION;
    if (!fits) throw Fault.FIELD_VALUE.away("version");
    if (published.refresh().containsKey(version)) throw Fault.ID_TAKEN.away("version");
    var named = body.id("base");
    var base = named.isEmpty() ? published.inForce(clock.instant()) : published.all().get(named);
    if (base == null) throw Fault.FIELD_VALUE.away("base");
    drafts.keep(new RuleDraft(base.version(), RuleFigures.read(version, base, body), caller.person(), now()));
    return view(found(version));
  }

  @DeleteMapping("/v1/rule-drafts/{id}") DraftsView forget(HttpServletRequest request, @PathVariable String id) {
    return forget(Caller.of(request), id);
  }

  public DraftsView forget(Caller caller, String version) {
    caller.mustBe(Role.ADMIN);
    if (!drafts.forget(version)) throw Fault.NOT_FOUND.away();
    return drafts(caller);
  }

  @PostMapping("/v1/rule-drafts/{id}/publication") RuleSetsView publish(HttpServletRequest request,
      @PathVariable String id) throws IOException {
    return publish(Caller.of(request), id, Asking.of(request).body(PUBLICATION).instant("effectiveFrom"));
  }

  /**
   * Publishes a draft, for good: disputes filed from {@code from} on keep to it. Published again, it stays as it is.
   */
  public RuleSetsView publish(Caller caller, String version, @Nullable Instant from) {
    caller.mustBe(Role.ADMIN);
    if (from == null) throw Fault.FIELD_MISSING.away("effectiveFrom");
    var known = published.refresh().get(version);
    if (known != null && known.effectiveFrom().equals(from)) return list(caller);
    if (known != null) throw Fault.ID_TAKEN.away("version");
    // A minute is what people and clocks may differ by: nobody is to be judged by rules that came after the fact.
    if (from.isBefore(now().minus(1, ChronoUnit.MINUTES))) throw Fault.FIELD_VALUE.away("effectiveFrom");
    published.publish(RuleFigures.from(found(version).rules(), from.truncatedTo(ChronoUnit.MICROS)));
    drafts.forget(version);
    return list(caller);
  }

  @GetMapping("/v1/rule-drafts/{id}/what-if") WhatIfView whatIf(HttpServletRequest request, @PathVariable String id) {
    var days = new Query(request, WHAT_IF).number("days");
    return whatIf(Caller.of(request), id, days == 0 ? DAYS : days);
  }

  /**
   * What a draft would have meant for the disputes filed in the last {@code days}, the latest 2,000 of them at most, as
   * {@link Hindsight} tells it. Test callers look back on test disputes, whenever they were filed.
   */
  public WhatIfView whatIf(Caller caller, String version, int days) {
    var draft = any(caller, version);
    var from = caller.live() ? now().minus(Duration.ofDays(days)) : Instant.EPOCH;
    var ids = pasts.filed(caller.live(), from, MOST + 1);
    var some = ids.subList(0, Math.min(MOST, ids.size()));
    var counts = new EnumMap<Deadline, long[]>(Deadline.class);
    for (var past : pasts.of(some)) {
      for (var ran : Hindsight.of(published.version(past.rules()), past.payment(), past.events())) {
        var count = counts.computeIfAbsent(ran.deadline(), _ -> new long[4]);
        count[0]++;
        if (ran.missed()) count[1]++;
        var fate = ran.under(draft);
        if (fate == Fate.MISSED) count[2]++;
        if (fate == Fate.UNKNOWN) count[3]++;
      }
    }
    var items = new ArrayList<FateView>();
    counts.forEach((deadline, it) -> items.add(new FateView(deadline.name(), it[0], it[1], it[2], it[3])));
    return new WhatIfView(version, from, some.size(), ids.size() <= MOST, items, FORMULA);
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS);
  }

  private static final String FORMULA = "missed: ran until its instant; missedUnderDraft: took >= length under the "
      + "draft (where the rules set the date, else the date agreed on); unknown: was missed, and the draft gives more "
      + "time";
}
