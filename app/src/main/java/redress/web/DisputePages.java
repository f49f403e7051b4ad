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
import redress.api.Commands;
import redress.api.Counter;
import redress.api.Glances;
import redress.api.Readings;
import redress.api.Readings.EntryView;
import redress.dispute.Decision;
import redress.dispute.Matter;
import redress.dispute.Side;
import redress.door.Fault;
import redress.door.Gate;
import redress.door.Problem;
import redress.door.Problems;
import redress.door.Turned;
import redress.verb.Body;
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
  private static final String REVEAL = "RevealPersonalData";

  private final Seats seats;
  private final Counter counter;
  private final Commands commands;
  private final Answers answers;
  private final Readings readings;
  private final Glances glances;
  private final Problems problems;
  private final Workbenches benches;
  private final Frames frames;
  private final Templates templates;

  public DisputePages(Seats seats, Counter counter, Commands commands, Answers answers, Readings readings,
      Glances glances, Problems problems, Workbenches benches, Frames frames, Templates templates) {
    this.seats = seats;
    this.counter = counter;
    this.commands = commands;
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
      if (request.getParameter("preview") != null) return foreseen(request, at, verb, number, body);
      var answer = counter.say(at, verb, number, body, Posted.key(request, at.reader().caller()), null);
      var problem = Replies.problem(answer, problems, at.reader().language());
      if (problem != null) return again(request, at, problem);
      return verb.command().equals(REVEAL) ? revealed(request, at, body.choice("of", Side.class)) : done(at, verb);
    } catch (Turned turned) {
      return again(request, at, problems.about(turned, at.reader().language()));
    }
  }

  private static ResponseEntity<JteModel> done(At at, Verb verb) {
    return ResponseEntity.status(HttpStatus.SEE_OTHER)
        .location(URI.create("/disputes/" + at.id() + "?done=" + verb.command())).build();
  }

  /** The page with what a decision would lead to; nothing has happened yet. */
  private ResponseEntity<JteModel> foreseen(HttpServletRequest request, At at, Verb verb, int number, Body body) {
    var matter = answers.matter(at.id());
    var now = seats.now(at.place());
    return switch (counter.weigh(at, matter, verb, number, body, now)) {
      case Decision.No(var why, var field) -> again(request, at, problems.about(why, field, at.reader().language()));
      case Decision.Yes yes -> {
        var seen = Foresight.of(request.getRequestURI(), matter, yes, now, Foresight.said(request.getParameterMap()));
        var page = page(request, at, matter, "", trouble(request, null));
        yield here(at, HttpStatus.OK.value(), page.with(page.work().with(seen)));
      }
    };
  }

  /** Contacts are shown once, to whom gave a reason, and are in no address. */
  private ResponseEntity<JteModel> revealed(HttpServletRequest request, At at, Side of) {
    var page = page(request, at, answers.matter(at.id()), "", null);
    var shown = new Casework.Revealed(of, commands.contact(at, of));
    return here(at, HttpStatus.OK.value(), page.with(page.work().with(shown)));
  }

  /** A page that answers a form without going elsewhere; a browser that shows it stays at the dispute's address. */
  private ResponseEntity<JteModel> here(At at, int status, DisputePage page) {
    return ResponseEntity.status(status).header("HX-Push-Url", "/disputes/" + at.id())
        .body(templates.dispute(page));
  }

  private static DisputePage.Trouble trouble(HttpServletRequest request, @Nullable Problem problem) {
    var typed = new LinkedHashMap<String, String>();
    request.getParameterMap().forEach((name, values) -> typed.put(name, String.join(",", values)));
    return new DisputePage.Trouble(request.getRequestURI(), problem, typed);
  }

  /** The page as it now stands, with what was wrong and what was typed. */
  private ResponseEntity<JteModel> again(HttpServletRequest request, At at, Problem problem) {
    return again(request, at, trouble(request, problem));
  }

  /** The page as it now stands, with the trouble beside its form. */
  ResponseEntity<JteModel> again(HttpServletRequest request, At at, DisputePage.Trouble trouble) {
    var problem = trouble.problem();
    int status = problem == null ? HttpStatus.OK.value() : problem.status();
    return here(at, status, page(request, at, answers.matter(at.id()), "", trouble));
  }

  /** The page of one dispute for this reader. */
  DisputePage page(HttpServletRequest request, At at, Matter matter, String done,
      DisputePage.@Nullable Trouble trouble) {
    var now = seats.now(at.place());
    var view = Views.of(matter, at.reader(), now);
    var side = at.reader().side().orElse(null);
    var work = work(at, matter);
    return new DisputePage(frames.of(request, now), view, side, description(work.told("Filed")), past(request, at),
        readings.evidence(at).items(), readings.money(at), benches.of(at, matter, parameter(request, "template")), work,
        Replies.newKey(), done, trouble);
  }

  /** What was said and what happened: the newest of it, or what came before the event that the address names. */
  private Past past(HttpServletRequest request, At at) {
    var said = parameter(request, "before");
    boolean newest = !NUMBER.matcher(said).matches();
    int before = newest ? Integer.MAX_VALUE : Integer.parseInt(said);
    return new Past(readings.latestMessages(at, before, Past.MOST), readings.latest(at, before, Past.MOST), newest);
  }

  private Casework work(At at, Matter matter) {
    var told = readings.entries(at, Casework.TOLD);
    return at.reader().isStaff() ? Casework.ofStaff(matter, told) : Casework.of(told);
  }

  /** What the buyer wrote when it filed. */
  private static String description(List<EntryView> filed) {
    return filed.stream().flatMap(it -> it.texts().stream()).findFirst().orElse("");
  }

  private static String parameter(HttpServletRequest request, String name) {
    var said = request.getParameter(name);
    return said == null ? "" : said;
  }
}
