package redress.web;

import gg.jte.generated.precompiled.Templates;
import gg.jte.models.runtime.JteModel;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.time.Clock;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import redress.door.Caller;
import redress.door.Fault;
import redress.door.Gate;
import redress.door.Problem;
import redress.door.Problems;
import redress.door.Turned;
import redress.policy.Role;
import redress.store.AnswerTemplates;
import redress.store.AnswerTemplates.AnswerTemplate;
import redress.verb.Field;
import redress.verb.Fields;

/** The ready-made answers of a merchant: what there is, and writing, changing and deleting them. */
@RestController
public final class AnswerPages {
  private static final Map<String, Field> FIELDS = Fields.of(
      Field.text("title", "How it is called.").upTo(60).needed(),
      Field.text("body", "What it says.").upTo(2_000).needed());

  private final AnswerTemplates store;
  private final Problems problems;
  private final Frames frames;
  private final Templates templates;
  private final Clock clock;

  public AnswerPages(AnswerTemplates store, Problems problems, Frames frames, Templates templates, Clock clock) {
    this.store = store;
    this.problems = problems;
    this.frames = frames;
    this.templates = templates;
    this.clock = clock;
  }

  @GetMapping("/answers") JteModel list(HttpServletRequest request) {
    Caller.of(request).mustBe(Role.MERCHANT_OWNER, Role.MERCHANT_AGENT, Role.MERCHANT_VIEWER);
    return page(request, null, null);
  }

  @PostMapping("/answers") ResponseEntity<JteModel> add(HttpServletRequest request) {
    return keep(request, Replies.newKey());
  }

  @PostMapping("/answers/{id}") ResponseEntity<JteModel> change(HttpServletRequest request, @PathVariable String id) {
    var caller = writer(request);
    if (store.find(caller.subject(), id).isEmpty()) throw Fault.NOT_FOUND.away();
    return keep(request, id);
  }

  @PostMapping("/answers/{id}/removal") ResponseEntity<JteModel> remove(HttpServletRequest request,
      @PathVariable String id) {
    Gate.guard(request, said(request, Gate.GUARD));
    if (!store.forget(writer(request).subject(), id)) throw Fault.NOT_FOUND.away();
    return see();
  }

  private ResponseEntity<JteModel> keep(HttpServletRequest request, String id) {
    var caller = writer(request);
    try {
      Gate.guard(request, said(request, Gate.GUARD));
      var body = new Posted(request, "").body(FIELDS);
      var template = new AnswerTemplate(id, body.text("title"), body.text("body"));
      if (!store.keep(caller.subject(), template, caller.person(), clock.instant())) throw Fault.TOO_MANY_KEPT.away();
      return see();
    } catch (Turned turned) {
      var problem = problems.about(turned, frames.reader(request).language());
      var typed = new AnswerTemplate(id, said(request, "title"), said(request, "body"));
      return ResponseEntity.status(problem.status()).body(page(request, typed, problem));
    }
  }

  private static Caller writer(HttpServletRequest request) {
    var caller = Caller.of(request);
    caller.mustBe(Role.MERCHANT_OWNER, Role.MERCHANT_AGENT);
    return caller;
  }

  private static ResponseEntity<JteModel> see() {
    return ResponseEntity.status(HttpStatus.SEE_OTHER).location(URI.create("/answers")).build();
  }

  private JteModel page(HttpServletRequest request, @Nullable AnswerTemplate typed, @Nullable Problem problem) {
    var caller = Caller.of(request);
    return templates.answers(frames.of(request), store.of(caller.subject()), typed, problem,
        caller.role() != Role.MERCHANT_VIEWER);
  }

  private static String said(HttpServletRequest request, String name) {
    var said = request.getParameter(name);
    return said == null ? "" : said;
  }
}
