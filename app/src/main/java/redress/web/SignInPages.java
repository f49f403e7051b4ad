package redress.web;

import static org.springframework.http.HttpHeaders.SET_COOKIE;

import gg.jte.generated.precompiled.Templates;
import gg.jte.models.runtime.JteModel;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.net.URI;
import java.time.Duration;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseCookie;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import redress.door.Gate;
import redress.door.Sessions;

/**
 * Coming in and going out. Looking at a link changes nothing, since mail scanners look at links too: its page has one
 * button, and that uses it.
 */
@RestController
public final class SignInPages {
  private final Sessions sessions;
  private final Frames frames;
  private final Templates templates;

  public SignInPages(Sessions sessions, Frames frames, Templates templates) {
    this.sessions = sessions;
    this.frames = frames;
    this.templates = templates;
  }

  @GetMapping("/in/{secret}") ResponseEntity<JteModel> show(HttpServletRequest request, HttpServletResponse response,
      @PathVariable String secret) {
    response.setHeader("Referrer-Policy", "no-referrer");
    var link = sessions.link(secret);
    boolean opens = link.filter(sessions::opens).isPresent();
    var mine = sessions.of(request).map(it -> it.person());
    if (link.isPresent() && mine.equals(link.map(it -> it.person()))) {
      return ResponseEntity.status(HttpStatus.SEE_OTHER).location(URI.create(link.get().leads())).build();
    }
    return ResponseEntity.status(opens ? HttpStatus.OK : HttpStatus.GONE)
        .body(templates.signIn(frames.of(request), secret, opens));
  }

  @Anybody("the link is what lets in")
  @PostMapping("/in/{secret}") ResponseEntity<JteModel> enter(HttpServletRequest request, @PathVariable String secret,
      @RequestParam(defaultValue = "") String guard) {
    Gate.guard(request, guard);
    var begun = sessions.begin(secret);
    if (begun.isEmpty()) {
      return ResponseEntity.status(HttpStatus.GONE).body(templates.signIn(frames.of(request), secret, false));
    }
    return ResponseEntity.status(HttpStatus.SEE_OTHER).location(URI.create(begun.get().leads()))
        .header(SET_COOKIE, cookie(request, begun.get().secret(), Duration.ofDays(30)).toString()).build();
  }

  @Anybody("to go changes nothing for whoever is not in")
  @PostMapping("/out") ResponseEntity<Void> leave(HttpServletRequest request,
      @RequestParam(defaultValue = "") String guard) {
    Gate.guard(request, guard);
    sessions.of(request).ifPresent(it -> sessions.end(it.person(), it.id()));
    return ResponseEntity.status(HttpStatus.SEE_OTHER).location(URI.create("/"))
        .header(SET_COOKIE, cookie(request, "", Duration.ZERO).toString()).build();
  }

  @Anybody("a cookie of their own")
  @PostMapping("/language") ResponseEntity<Void> speak(HttpServletRequest request,
      @RequestParam(defaultValue = "") String guard, @RequestParam String language,
      @RequestParam(defaultValue = "/") String back) {
    Gate.guard(request, guard);
    var chosen = ResponseCookie.from(Frames.LANGUAGE, language.startsWith("zh") ? "zh" : "en").path("/")
        .sameSite("Lax").httpOnly(true).secure(request.isSecure()).maxAge(Duration.ofDays(365)).build();
    return ResponseEntity.status(HttpStatus.SEE_OTHER).location(URI.create(Sessions.isOurs(back) ? back : "/"))
        .header(SET_COOKIE, chosen.toString()).build();
  }

  private static ResponseCookie cookie(HttpServletRequest request, String secret, Duration life) {
    return ResponseCookie.from(Sessions.cookieName(request.isSecure()), secret).path("/").httpOnly(true)
        .secure(request.isSecure()).sameSite("Lax").maxAge(life).build();
  }
}
