package redress.web;

import gg.jte.generated.precompiled.Templates;
import gg.jte.models.runtime.JteModel;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import redress.door.Caller;
import redress.door.Fault;
import redress.door.Gate;
import redress.door.Problem;
import redress.door.Problems;
import redress.door.Sessions;
import redress.door.Sessions.Issued;
import redress.door.Turned;
import redress.policy.Role;
import redress.store.SignIns.Person;
import redress.verb.Field;
import redress.verb.Fields;

/** Who speaks for a merchant: its owner lets people in with a link, up to an amount, and shows them out again. */
@RestController
public final class PeoplePages {
  private static final String USUAL = "CNY";
  private static final Map<String, Field> FIELDS = Fields.of(
      Field.id("person", "Who.").upTo(60).needed(),
      Field.choice("role", Role.class, "As what.").needed(),
      Field.id("currency", "What the limit is in, ISO 4217.").upTo(3),
      Field.amount("limit", "Up to which amount."));

  private final Sessions sessions;
  private final Problems problems;
  private final Frames frames;
  private final Templates templates;

  public PeoplePages(Sessions sessions, Problems problems, Frames frames, Templates templates) {
    this.sessions = sessions;
    this.problems = problems;
    this.frames = frames;
    this.templates = templates;
  }

  @GetMapping("/people") JteModel list(HttpServletRequest request) {
    return page(request, owner(request), null, null);
  }

  /** The link is shown once, in the answer, and is nowhere afterwards. */
  @PostMapping("/people") ResponseEntity<JteModel> invite(HttpServletRequest request,
      @RequestParam(defaultValue = "") String guard) {
    var owner = owner(request);
    try {
      Gate.guard(request, guard);
      var body = new Posted(request, USUAL).body(FIELDS);
      var role = body.choice("role", Role.class);
      if (role != Role.MERCHANT_AGENT && role != Role.MERCHANT_VIEWER) throw Fault.FIELD_VALUE.away("role");
      long limit = body.has("limit") ? body.number("limit") : Long.MAX_VALUE;
      var person = new Person(role, owner.subject(), body.id("person"), limit, Set.of(), owner.live());
      return ResponseEntity.ok(page(request, owner, sessions.link(person, "/disputes", Sessions.LINK), null));
    } catch (Turned turned) {
      var problem = problems.about(turned, frames.reader(request).language());
      return ResponseEntity.status(problem.status()).body(page(request, owner, null, problem));
    }
  }

  @PostMapping("/people/{id}/end") ResponseEntity<Void> end(HttpServletRequest request, @PathVariable String id,
      @RequestParam(defaultValue = "") String guard) {
    var owner = owner(request);
    Gate.guard(request, guard);
    var session = sessions.speaking(owner.subject(), owner.live()).stream().filter(it -> it.id().equals(id))
        .filter(PeoplePages::isStaff).findFirst().orElseThrow(() -> Fault.NOT_FOUND.away());
    sessions.end(session.person(), id);
    return ResponseEntity.status(HttpStatus.SEE_OTHER).location(URI.create("/people")).build();
  }

  private static boolean isStaff(redress.store.SignIns.Session session) {
    return session.person().role() == Role.MERCHANT_AGENT || session.person().role() == Role.MERCHANT_VIEWER;
  }

  private static Caller owner(HttpServletRequest request) {
    var caller = Caller.of(request);
    caller.mustBe(Role.MERCHANT_OWNER);
    return caller;
  }

  private JteModel page(HttpServletRequest request, Caller owner, @Nullable Issued issued,
      @Nullable Problem problem) {
    var there = sessions.speaking(owner.subject(), owner.live()).stream().filter(PeoplePages::isStaff).toList();
    var link = issued == null ? null : origin(request) + "/in/" + issued.secret();
    return templates.people(new PeoplePage(frames.of(request), there, link, problem, said(request, "person"),
        said(request, "limit"), USUAL));
  }

  private static String origin(HttpServletRequest request) {
    var whole = request.getRequestURL();
    return whole.substring(0, whole.length() - request.getRequestURI().length());
  }

  private static String said(HttpServletRequest request, String name) {
    var said = request.getParameter(name);
    return said == null ? "" : said;
  }
}
