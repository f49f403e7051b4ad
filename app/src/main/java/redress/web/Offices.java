package redress.web;

import gg.jte.models.runtime.JteModel;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import redress.door.Caller;
import redress.door.Gate;
import redress.door.Problems;
import redress.door.Turned;
import redress.web.DisputePage.Trouble;

/** What pages of those who run the centre have in common: doing something and leading on, or saying why not. */
public final class Offices {
  private final Frames frames;
  private final Problems problems;

  public Offices(Frames frames, Problems problems) {
    this.frames = frames;
    this.problems = problems;
  }

  /** The page as it is asked for. */
  Office of(HttpServletRequest request) {
    return of(request, null);
  }

  private Office of(HttpServletRequest request, @Nullable Trouble trouble) {
    var done = request.getParameter("done");
    return new Office(frames.of(request), Replies.newKey(), done == null ? "" : done, trouble);
  }

  /** Does it and leads on to {@code next}; what does not happen is said beside its form, with what was typed. */
  ResponseEntity<JteModel> act(HttpServletRequest request, Function<Office, JteModel> page, String next,
      Consumer<Caller> deed) {
    try {
      guard(request);
      deed.accept(Caller.of(request));
      return ResponseEntity.status(HttpStatus.SEE_OTHER).location(URI.create(next)).build();
    } catch (Turned turned) {
      return again(request, turned, page);
    }
  }

  static void guard(HttpServletRequest request) {
    var said = request.getParameter(Gate.GUARD);
    Gate.guard(request, said == null ? "" : said);
  }

  /** The page again, with why it did not happen. */
  ResponseEntity<JteModel> again(HttpServletRequest request, Turned turned, Function<Office, JteModel> page) {
    var typed = new LinkedHashMap<String, String>();
    request.getParameterMap().forEach((name, values) -> typed.put(name, String.join(",", values)));
    var problem = problems.about(turned, frames.of(request).language());
    var office = of(request, new Trouble(request.getRequestURI(), problem, typed));
    return ResponseEntity.status(problem.status()).body(page.apply(office));
  }
}
