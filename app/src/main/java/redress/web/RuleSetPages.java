package redress.web;

import gg.jte.generated.precompiled.Templates;
import gg.jte.models.runtime.JteModel;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.util.Map;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import redress.api.RuleFigures;
import redress.api.RuleSetsApi;
import redress.door.Caller;
import redress.door.Fault;
import redress.policy.Role;
import redress.verb.Query;

/** Rule sets, as those who run the centre prepare, compare, try and publish them. */
@RestController
public final class RuleSetPages {
  private static final int DAYS = 90;

  private final RuleSetsApi rules;
  private final Offices offices;
  private final Templates templates;

  public RuleSetPages(RuleSetsApi rules, Offices offices, Templates templates) {
    this.rules = rules;
    this.offices = offices;
    this.templates = templates;
  }

  @GetMapping("/rule-sets") JteModel list(HttpServletRequest request) {
    return list(request, offices.of(request));
  }

  private JteModel list(HttpServletRequest request, Office office) {
    var caller = Caller.of(request);
    return templates.officeRuleSets(office, rules.list(caller), rules.drafts(caller));
  }

  @GetMapping("/rule-sets/{version}") JteModel show(HttpServletRequest request, @PathVariable String version) {
    return show(request, version, offices.of(request));
  }

  private JteModel show(HttpServletRequest request, String version, Office office) {
    var caller = Caller.of(request);
    var mine = rules.any(caller, version);
    var published = rules.list(caller);
    var with = request.getParameter("with");
    var inForce = published.items().stream().filter(RuleSetsApi.RuleSetView::inForce).findFirst().orElseThrow();
    var other = rules.any(caller, with == null || with.isEmpty() ? inForce.version() : with);
    boolean draft = published.items().stream().noneMatch(it -> it.version().equals(version));
    int days = new Query(Map.of("days", days(request)), RuleSetsApi.WHAT_IF).number("days");
    var tried = request.getParameter("try") == null ? null : rules.whatIf(caller, version, days);
    return templates.officeRuleSet(new RuleSetPage(office, mine, other, draft, published,
        rules.drafts(caller), days, tried));
  }

  private static String days(HttpServletRequest request) {
    var said = request.getParameter("days");
    return said == null || !said.matches("[1-9]\\d{0,3}") ? "" + DAYS : said;
  }

  @PostMapping("/rule-sets") ResponseEntity<JteModel> draft(HttpServletRequest request,
      @RequestParam(defaultValue = "") String version, @RequestParam(defaultValue = "") String base) {
    return offices.act(request, office -> list(request, office),
        "/rule-sets/" + RuleSetPage.safe(version) + "?done=kept",
        caller -> rules.keep(caller, version, new Posted(request, "CNY").body(RuleFigures.FIELDS)));
  }

  @PostMapping("/rule-sets/{version}") ResponseEntity<JteModel> keep(HttpServletRequest request,
      @PathVariable String version) {
    return offices.act(request, office -> show(request, version, office), "/rule-sets/" + version + "?done=kept",
        caller -> rules.keep(caller, version, new Posted(request, "CNY").body(RuleFigures.FIELDS)));
  }

  @PostMapping("/rule-sets/{version}/removal") ResponseEntity<JteModel> forget(HttpServletRequest request,
      @PathVariable String version) {
    return offices.act(request, office -> show(request, version, office), "/rule-sets?done=forgotten",
        caller -> rules.forget(caller, version));
  }

  @PostMapping("/rule-sets/{version}/publication") ResponseEntity<JteModel> publish(HttpServletRequest request,
      @PathVariable String version, @RequestParam(defaultValue = "") String effectiveFrom) {
    var office = offices.of(request);
    return offices.act(request, it -> show(request, version, it), "/rule-sets?done=published", caller -> {
      caller.mustBe(Role.ADMIN);
      rules.publish(caller, version, instant(effectiveFrom, office.frame().zone()));
    });
  }

  /** An instant as a field of a form has it, by the reader's clock. */
  static Instant instant(String said, ZoneId zone) {
    try {
      return LocalDateTime.parse(said).atZone(zone).toInstant();
    } catch (DateTimeParseException unreadable) {
      throw Fault.FIELD_VALUE.away("effectiveFrom");
    }
  }
}
