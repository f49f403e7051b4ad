package redress.web;

import gg.jte.generated.precompiled.Templates;
import gg.jte.models.runtime.JteModel;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import redress.api.Answers;
import redress.api.Counter;
import redress.api.Glances;
import redress.api.Readings;
import redress.api.Readings.EntryView;
import redress.dispute.Matter;
import redress.door.Fault;
import redress.door.Gate;
import redress.door.Problem;
import redress.door.Problems;
import redress.door.Turned;
import redress.seal.Digest;
import redress.store.Key;
import redress.verb.Verb;
import redress.verb.Verbs;
import redress.view.Seats;
import redress.view.Seats.At;
import redress.view.Views;

/**
 * The page of one dispute. Every button posts a verb, under the address the API has for it without {@code /v1}, and
 * leads back here; what does not happen is said beside the form, with everything that was typed.
 */
@RestController
public final class DisputePages {
  private static final Pattern NUMBER = Pattern.compile("[1-9]\\d{0,8}");
  private static final int MOST = 100;

  private final Seats seats;
  private final Counter counter;
  private final Answers answers;
  private final Readings readings;
  private final Glances glances;
  private final Problems problems;
  private final Workbenches benches;
  private final Frames frames;
  private final Templates templates;

  public DisputePages(Seats seats, Counter counter, Answers answers, Readings readings, Glances glances,
      Problems problems, Workbenches benches, Frames frames, Templates templates) {
    this.seats = seats;
    this.counter = counter;
    this.answers = answers;
    this.readings = readings;
    this.glances = glances;
    this.problems = problems;
    this.benches = benches;
    this.frames = frames;
    this.templates = templates;
  }

  @GetMapping("/disputes/{id}") JteModel show(HttpServletRequest request, @PathVariable String id) {
    var at = seats.at(frames.reader(request), id);
    var matter = answers.matter(at.id());
    glances.at(at, matter);
    var done = request.getParameter("done");
    return templates.dispute(page(request, at, matter, done == null ? "" : done, null));
  }

  @PostMapping("/disputes/{id}/{noun}") ResponseEntity<JteModel> say(HttpServletRequest request,
      @PathVariable String id, @PathVariable String noun) {
    return say(request, id, noun, 0);
  }

  @PostMapping("/disputes/{id}/{noun}/{verb}") ResponseEntity<JteModel> say(HttpServletRequest request,
      @PathVariable String id, @PathVariable String noun, @PathVariable String verb) {
    return say(request, id, noun + "/" + verb, 0);
  }

  @PostMapping("/disputes/{id}/{noun}/{number}/{verb}") ResponseEntity<JteModel> say(HttpServletRequest request,
      @PathVariable String id, @PathVariable String noun, @PathVariable String number, @PathVariable String verb) {
    if (!NUMBER.matcher(number).matches()) throw Fault.NOT_FOUND.away();
    return say(request, id, noun + "/{n}/" + verb, Integer.parseInt(number));
  }

  private ResponseEntity<JteModel> say(HttpServletRequest request, String id, String path, int number) {
    var at = seats.at(frames.reader(request), id);
    var verb = Verbs.at(path);
    if (verb == null) throw Fault.NOT_FOUND.away();
    try {
      Gate.guard(request, parameter(request, Gate.GUARD));
      var body = new Posted(request, at.place().currency()).body(verb.fields());
      var answer = counter.say(at, verb, number, body, key(request, at), null);
      var problem = Replies.problem(answer, problems, at.reader().language());
      return problem == null ? done(at, verb) : again(request, at, problem);
    } catch (Turned turned) {
      return again(request, at, problems.about(turned, at.reader().language()));
    }
  }

  private static ResponseEntity<JteModel> done(At at, Verb verb) {
    return ResponseEntity.status(HttpStatus.SEE_OTHER)
        .location(URI.create("/disputes/" + at.id() + "?done=" + verb.command())).build();
  }

  /** The page as it now stands, with what was wrong and what was typed. */
  private ResponseEntity<JteModel> again(HttpServletRequest request, At at, Problem problem) {
    var typed = new LinkedHashMap<String, String>();
    request.getParameterMap().forEach((name, values) -> typed.put(name, values[0]));
    return again(request, at, new DisputePage.Trouble(request.getRequestURI(), problem, typed));
  }

  /** The page as it now stands, with the trouble beside its form. */
  ResponseEntity<JteModel> again(HttpServletRequest request, At at, DisputePage.Trouble trouble) {
    return ResponseEntity.status(trouble.problem().status())
        .body(templates.dispute(page(request, at, answers.matter(at.id()), "", trouble)));
  }

  /** The page of one dispute for this reader. */
  DisputePage page(HttpServletRequest request, At at, Matter matter, String done,
      DisputePage.@Nullable Trouble trouble) {
    var now = seats.now(at.place());
    var view = Views.of(matter, at.reader(), now);
    var side = at.reader().side().orElse(null);
    var timeline = readings.timeline(at, 0, MOST).items();
    return new DisputePage(frames.of(request, now), view, side, description(timeline),
        readings.messages(at, 0, MOST).items(), timeline, readings.evidence(at).items(), readings.money(at),
        benches.of(at, matter, parameter(request, "template")), Replies.newKey(), done, trouble);
  }

  /** What the buyer wrote when it filed. */
  private static String description(List<EntryView> timeline) {
    return timeline.stream().filter(it -> it.type().equals("Filed")).flatMap(it -> it.texts().stream()).findFirst()
        .orElse("");
  }

  /** A form sent twice, by a finger or a network, is one thing said once. */
  private static @Nullable Key key(HttpServletRequest request, At at) {
    var key = parameter(request, "key");
    if (key.isEmpty() || key.length() > MOST) return null;
    var said = new StringBuilder(request.getRequestURI());
    new TreeMap<>(request.getParameterMap())
        .forEach((name, values) -> said.append('\n').append(name).append('=').append(String.join(",", values)));
    return new Key(at.reader().caller().principal(), key, Digest.sha256(said.toString()));
  }

  private static String parameter(HttpServletRequest request, String name) {
    var said = request.getParameter(name);
    return said == null ? "" : said;
  }
}
