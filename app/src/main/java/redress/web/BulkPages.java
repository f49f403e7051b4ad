package redress.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import gg.jte.generated.precompiled.Templates;
import gg.jte.models.runtime.JteModel;
import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import redress.api.Counter;
import redress.door.Fault;
import redress.door.Gate;
import redress.door.Problem;
import redress.door.Problems;
import redress.door.Turned;
import redress.seal.Digest;
import redress.store.Json;
import redress.store.Key;
import redress.verb.Body;
import redress.verb.Verb;
import redress.verb.Verbs;
import redress.view.Reader;
import redress.view.Seats;
import redress.web.BulkPage.Item;

/**
 * The same done with several disputes: first what would happen to each, then one button, then what came of each. Every
 * one is said for itself, as if it had been said alone.
 */
@RestController
public final class BulkPages {
  private static final int MOST = 50;
  private static final int LONGEST_KEY = 40;

  private final Prospects prospects;
  private final Seats seats;
  private final Counter counter;
  private final Problems problems;
  private final Frames frames;
  private final Templates templates;

  public BulkPages(Prospects prospects, Seats seats, Counter counter, Problems problems, Frames frames,
      Templates templates) {
    this.prospects = prospects;
    this.seats = seats;
    this.counter = counter;
    this.problems = problems;
    this.frames = frames;
    this.templates = templates;
  }

  @GetMapping("/disputes/bulk") JteModel review(HttpServletRequest request) {
    var reader = frames.reader(request);
    return page(request, bulk(request), prospects.of(reader, bulk(request), picked(request)), false, null);
  }

  @PostMapping("/disputes/bulk") ResponseEntity<JteModel> carryOut(HttpServletRequest request) {
    var reader = frames.reader(request);
    var bulk = bulk(request);
    var items = prospects.of(reader, bulk, picked(request));
    try {
      Gate.guard(request, said(request, Gate.GUARD));
      var verb = Objects.requireNonNull(Verbs.of(bulk.command));
      var body = body(request, bulk, verb);
      var done = items.stream().map(it -> it.mark() == Item.Mark.READY ? say(request, reader, verb, body, it) : it);
      return ResponseEntity.ok(page(request, bulk, done.toList(), true, null));
    } catch (Turned turned) {
      var problem = problems.about(turned, reader.language());
      return ResponseEntity.status(problem.status()).body(page(request, bulk, items, false, problem));
    }
  }

  private static Body body(HttpServletRequest request, Bulk bulk, Verb verb) {
    var fields = bulk.fields(said(request, "text").replace("\r\n", "\n").strip());
    return Body.of(Json.MAPPER.writeValueAsString(fields).getBytes(UTF_8), verb.fields());
  }

  private Item say(HttpServletRequest request, Reader reader, Verb verb, Body body, Item it) {
    try {
      var at = seats.at(reader, it.id());
      var asked = request.getRequestURI() + '\n' + verb.command() + '\n' + it.id() + '\n' + it.about() + '\n'
          + said(request, "text");
      var key = key(request);
      var once = new Key(reader.caller().principal(), key + ":" + it.id(), Digest.sha256(asked));
      var problem = Replies.problem(counter.say(at, verb, it.about(), body, once, null), problems, reader.language());
      return problem == null ? it.as(it.words(), Item.Mark.DONE) : it.as(problem.detail(), Item.Mark.FAILED);
    } catch (Turned turned) {
      return it.as(problems.about(turned, reader.language()).detail(), Item.Mark.FAILED);
    }
  }

  /** What makes the form sent twice one thing done once; without it each sending is one of its own. */
  private static String key(HttpServletRequest request) {
    var key = said(request, "key");
    return key.isEmpty() || key.length() > LONGEST_KEY ? Replies.newKey() : key;
  }

  private static Bulk bulk(HttpServletRequest request) {
    return Bulk.of(said(request, "act")).orElseThrow(() -> Fault.QUERY_INVALID.away("act"));
  }

  private static List<String> picked(HttpServletRequest request) {
    var said = request.getParameterValues("pick");
    var picked = new LinkedHashSet<>(said == null ? List.of() : List.of(said));
    if (picked.size() > MOST) throw Fault.QUERY_INVALID.away("pick");
    return new ArrayList<>(picked);
  }

  private static String said(HttpServletRequest request, String name) {
    var said = request.getParameter(name);
    return said == null ? "" : said;
  }

  private JteModel page(HttpServletRequest request, Bulk bulk, List<Item> items, boolean carriedOut,
      @Nullable Problem problem) {
    return templates.bulk(new BulkPage(frames.of(request), bulk, items, Replies.newKey(), said(request, "text"),
        carriedOut, problem));
  }
}
