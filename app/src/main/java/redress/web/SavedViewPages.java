package redress.web;

import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.time.Clock;
import java.util.Map;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import redress.door.Caller;
import redress.door.Fault;
import redress.door.Gate;
import redress.store.SavedViews;
import redress.store.SavedViews.SavedView;
import redress.verb.Field;
import redress.verb.Fields;

/** Keeping a list under a name, and forgetting it again. */
@RestController
public final class SavedViewPages {
  private static final Map<String, Field> NAME = Fields.of(Field.text("name", "How it is called.").upTo(60).needed());

  private final SavedViews views;
  private final Clock clock;

  public SavedViewPages(SavedViews views, Clock clock) {
    this.views = views;
    this.clock = clock;
  }

  @PostMapping("/views") ResponseEntity<Void> keep(HttpServletRequest request,
      @RequestParam(defaultValue = "") String guard) {
    Gate.guard(request, guard);
    var caller = Caller.of(request);
    var name = new Posted(request, "").body(NAME).text("name");
    var query = Sieve.of(request).first();
    if (!views.keep(caller.principal(), new SavedView(Replies.newKey(), name, query), clock.instant())) {
      throw Fault.TOO_MANY_KEPT.away("name");
    }
    return see("/disputes?" + query);
  }

  @PostMapping("/views/{id}/removal") ResponseEntity<Void> forget(HttpServletRequest request, @PathVariable String id,
      @RequestParam(defaultValue = "") String guard) {
    Gate.guard(request, guard);
    if (!views.forget(Caller.of(request).principal(), id)) throw Fault.NOT_FOUND.away();
    return see("/disputes");
  }

  private static ResponseEntity<Void> see(String path) {
    return ResponseEntity.status(HttpStatus.SEE_OTHER).location(URI.create(path)).build();
  }
}
