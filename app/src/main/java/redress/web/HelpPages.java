package redress.web;

import gg.jte.generated.precompiled.Templates;
import gg.jte.models.runtime.JteModel;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import redress.api.Lists;
import redress.api.Lists.LineView;
import redress.api.Post;
import redress.dispute.Refusal;
import redress.door.Caller;
import redress.door.Fault;
import redress.door.Gate;
import redress.door.Problem;
import redress.door.Problems;
import redress.door.Sessions;
import redress.door.Turned;
import redress.policy.Role;
import redress.store.SignIns.Session;
import redress.verb.Query;

/** Help and feedback from anywhere, and a reader's own settings. */
@RestController
public final class HelpPages {
  private final Lists lists;
  private final Post post;
  private final Sessions sessions;
  private final Problems problems;
  private final Frames frames;
  private final Templates templates;

  public HelpPages(Lists lists, Post post, Sessions sessions, Problems problems, Frames frames, Templates templates) {
    this.lists = lists;
    this.post = post;
    this.sessions = sessions;
    this.problems = problems;
    this.frames = frames;
    this.templates = templates;
  }

  /** What is wrong with the feedback that was just sent, null for nothing, and what was typed. */
  public record Said(@Nullable Problem problem, Map<String, String> typed) {
    public Said {
      typed = Map.copyOf(typed);
    }

    /** What was typed into a field. */
    public String value(String field) {
      return typed.getOrDefault(field, "");
    }
  }

  @GetMapping("/help") JteModel help(HttpServletRequest request, @RequestParam(defaultValue = "") String done) {
    return draw(request, done.equals("feedback"), new Said(null, Map.of()));
  }

  @PostMapping("/help") ResponseEntity<JteModel> say(HttpServletRequest request,
      @RequestParam(defaultValue = "") String guard) {
    var reader = frames.reader(request);
    var typed = new LinkedHashMap<String, String>();
    request.getParameterMap().forEach((name, values) -> typed.put(name, values[0]));
    try {
      Gate.guard(request, guard);
      reader.caller().mustBe(Role.BUYER, Role.MERCHANT_OWNER, Role.MERCHANT_AGENT);
      var body = new Posted(request, "CNY").body(Post.FEEDBACK);
      var refusal = post.refusal(body);
      if (refusal == null) {
        post.say(reader.caller(), body);
        return ResponseEntity.status(HttpStatus.SEE_OTHER).location(URI.create("/help?done=feedback")).build();
      }
      var field = refusal == Refusal.TEXT_MISSING ? "text" : "rating";
      return again(request, new Said(problems.about(refusal, field, reader.language()), typed));
    } catch (Turned turned) {
      return again(request, new Said(problems.about(turned, reader.language()), typed));
    }
  }

  private ResponseEntity<JteModel> again(HttpServletRequest request, Said said) {
    var status = said.problem() == null ? 200 : said.problem().status();
    return ResponseEntity.status(status).body(draw(request, false, said));
  }

  private JteModel draw(HttpServletRequest request, boolean done, Said said) {
    var reader = Caller.in(request).map(_ -> frames.reader(request));
    List<LineView> mine = reader.filter(it -> it.side().isPresent())
        .map(it -> lists.list(it, new Query(new Bare(request), Lists.PARAMETERS)).items()).orElse(List.of());
    return templates.buyerSupport(frames.of(request), mine, done, said);
  }

  @GetMapping("/settings") JteModel settings(HttpServletRequest request) {
    var session = mine(request).orElseThrow(() -> Fault.UNAUTHENTICATED.away());
    return templates.buyerSettings(frames.of(request), session, sessions.of(session.person()));
  }

  @PostMapping("/settings/sessions/{id}/end") ResponseEntity<Void> end(HttpServletRequest request,
      @PathVariable String id, @RequestParam(defaultValue = "") String guard) {
    Gate.guard(request, guard);
    var session = mine(request).orElseThrow(() -> Fault.UNAUTHENTICATED.away());
    if (!sessions.end(session.person(), id)) throw Fault.NOT_FOUND.away();
    return ResponseEntity.status(HttpStatus.SEE_OTHER).location(URI.create("/settings")).build();
  }

  /** A request that asks for nothing in particular. */
  private static final class Bare extends HttpServletRequestWrapper {
    Bare(HttpServletRequest request) {
      super(request);
    }

    @Override public Map<String, String[]> getParameterMap() {
      return Map.of();
    }

    @Override public @Nullable String getParameter(String name) {
      return null;
    }
  }

  private Optional<Session> mine(HttpServletRequest request) {
    return sessions.of(request);
  }
}
