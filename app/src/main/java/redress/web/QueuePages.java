package redress.web;

import gg.jte.generated.precompiled.Templates;
import gg.jte.models.runtime.JteModel;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import redress.api.Counter;
import redress.api.Worklists;
import redress.desk.Answer;
import redress.door.Gate;
import redress.store.Worklist.Pile;
import redress.verb.Body;
import redress.verb.Field;
import redress.verb.Fields;
import redress.verb.Query;
import redress.verb.Verb;
import redress.verb.Verbs;
import redress.view.Reader;
import redress.view.Seats;

/** The queue of mediators and their heads: by risk and age, and the next one with one button. */
@RestController
public final class QueuePages {
  static final Map<String, Field> PARAMETERS = Fields.of(
      Field.choice("pile", Pile.class, "Which pile."),
      Field.number("skip", 100_000, "How many to leave out from the start."),
      Field.flag("nothing", "Whether there was nothing left to take."));
  private static final int PAGE = 30;
  private static final int TRIES = 10;
  private static final Verb ASSIGN = Objects.requireNonNull(Verbs.of("Assign"));

  private final Worklists worklists;
  private final Counter counter;
  private final Seats seats;
  private final Frames frames;
  private final Templates templates;

  public QueuePages(Worklists worklists, Counter counter, Seats seats, Frames frames, Templates templates) {
    this.worklists = worklists;
    this.counter = counter;
    this.seats = seats;
    this.frames = frames;
    this.templates = templates;
  }

  @GetMapping("/queue") JteModel queue(HttpServletRequest request) {
    var reader = frames.reader(request);
    var piles = Worklists.queue(reader);
    var query = new Query(request, PARAMETERS);
    var named = query.text("pile");
    var pile = named == null ? Pile.UNASSIGNED : Pile.valueOf(named);
    var view = worklists.list(reader, piles, pile, query.number("skip"), PAGE);
    return templates.queue(new Queue(frames.of(request), piles, view, query.text("nothing") != null, null));
  }

  /** Takes what comes first and may be taken: somebody may be quicker, or know one of the sides. */
  @PostMapping("/queue/next") ResponseEntity<JteModel> next(HttpServletRequest request,
      @RequestParam(defaultValue = "") String guard) {
    Gate.guard(request, guard);
    var reader = frames.reader(request);
    var piles = Worklists.queue(reader);
    for (var line : worklists.list(reader, piles, Pile.UNASSIGNED, 0, TRIES).items()) {
      var taken = take(reader, line.id());
      if (taken != null) return see(taken);
    }
    return see("/queue?nothing=true");
  }

  private @Nullable String take(Reader reader, String id) {
    var at = seats.at(reader, id);
    var answer = counter.say(at, ASSIGN, 0, Body.of(new byte[0], ASSIGN.fields()), null, null);
    return answer instanceof Answer.Done ? "/disputes/" + id + "?done=Assign" : null;
  }

  private static ResponseEntity<JteModel> see(String path) {
    return ResponseEntity.status(HttpStatus.SEE_OTHER).location(URI.create(path)).build();
  }
}
