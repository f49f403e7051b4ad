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
import redress.api.NoticeWishes;
import redress.door.Caller;
import redress.door.Gate;
import redress.push.Browsers;
import redress.store.Wishes;

/** How somebody wants to be told, and the way out of what nobody must get. */
@RestController
public final class WishPages {
  private final NoticeWishes settings;
  private final Wishes wishes;
  private final Browsers browsers;
  private final Frames frames;
  private final Templates templates;

  public WishPages(NoticeWishes settings, Wishes wishes, Browsers browsers, Frames frames,
      Templates templates) {
    this.settings = settings;
    this.wishes = wishes;
    this.browsers = browsers;
    this.frames = frames;
    this.templates = templates;
  }

  @GetMapping("/settings/notices") JteModel show(HttpServletRequest request,
      @RequestParam(defaultValue = "") String done) {
    var caller = Caller.of(request);
    return templates.buyerWishes(frames.of(request), settings.of(caller), done.equals("yes"), browsers.key(),
        browsers.count(caller.subject(), caller.live()));
  }

  @PostMapping("/settings/notices") ResponseEntity<Void> keep(HttpServletRequest request,
      @RequestParam(defaultValue = "") String guard) {
    Gate.guard(request, guard);
    settings.put(Caller.of(request), new Posted(request, "").body(NoticeWishes.WISH));
    return ResponseEntity.status(HttpStatus.SEE_OTHER).location(URI.create("/settings/notices?done=yes")).build();
  }

  @GetMapping("/unsubscribe/{token}") ResponseEntity<JteModel> ask(HttpServletRequest request,
      @PathVariable String token) {
    boolean known = wishes.party(token).isPresent();
    return ResponseEntity.status(known ? HttpStatus.OK : HttpStatus.GONE)
        .body(templates.unsubscribe(frames.of(request), token, known, false));
  }

  /** Mail programs post this by themselves when their user says so (RFC 8058): the token is all there is to show. */
  @Anybody(value = "the token in the address says who wants no more mail", fromAnywhere = true)
  @PostMapping("/unsubscribe/{token}") ResponseEntity<JteModel> end(HttpServletRequest request,
      @PathVariable String token) {
    boolean known = wishes.end(token);
    return ResponseEntity.status(known ? HttpStatus.OK : HttpStatus.GONE)
        .body(templates.unsubscribe(frames.of(request), token, known, known));
  }
}
