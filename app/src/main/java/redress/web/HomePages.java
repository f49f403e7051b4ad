package redress.web;

import gg.jte.generated.precompiled.Templates;
import gg.jte.models.runtime.JteModel;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import redress.api.Post;
import redress.door.Caller;
import redress.door.Gate;
import redress.policy.Role;
import redress.store.RuleSets;
import redress.verb.Query;

/** Where everybody begins, and what a reader was told. */
@RestController
public final class HomePages {
  private final Post post;
  private final RuleSets rules;
  private final Frames frames;
  private final Templates templates;

  public HomePages(Post post, RuleSets rules, Frames frames, Templates templates) {
    this.post = post;
    this.rules = rules;
    this.frames = frames;
    this.templates = templates;
  }

  @GetMapping("/") ResponseEntity<JteModel> home(HttpServletRequest request) {
    var caller = Caller.in(request);
    if (caller.isPresent()) return see(start(caller.get().role()));
    var frame = frames.of(request);
    return ResponseEntity.ok(templates.home(new RulesPage(frame, rules.inForce(frame.now()))));
  }

  /** Where somebody of this role begins: where their work is. */
  private static String start(Role role) {
    return switch (role) {
      case MEDIATOR, MEDIATOR_LEAD -> "/queue";
      case VERIFIER -> "/board";
      case FINANCE -> "/books";
      case ADMIN -> "/health";
      case PLATFORM, BUYER, MERCHANT_OWNER, MERCHANT_AGENT, MERCHANT_VIEWER, SUPPORT, AUDITOR, SYSTEM -> "/disputes";
    };
  }

  @GetMapping("/notices") JteModel notices(HttpServletRequest request) {
    var caller = Caller.of(request);
    return templates.notices(frames.of(request), post.inbox(caller, new Query(request, Post.INBOX)));
  }

  @PostMapping("/notices/{id}/reading") ResponseEntity<JteModel> read(HttpServletRequest request,
      @PathVariable String id, @RequestParam(defaultValue = "") String guard) {
    Gate.guard(request, guard);
    post.read(Caller.of(request), id);
    return see("/notices");
  }

  private static ResponseEntity<JteModel> see(String path) {
    return ResponseEntity.status(HttpStatus.SEE_OTHER).location(URI.create(path)).build();
  }
}
