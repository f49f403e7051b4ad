package redress.web;

import gg.jte.generated.precompiled.Templates;
import gg.jte.models.runtime.JteModel;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.ServletRequestBindingException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import redress.api.Turning;
import redress.door.Fault;
import redress.door.Problem;
import redress.door.Problems;
import redress.door.Turned;
import redress.evidence.Declined;

/** Tells people on a page why they do not get what they asked for, and what to do. */
@RestControllerAdvice(basePackageClasses = Failing.class)
@Order(Ordered.HIGHEST_PRECEDENCE)
public final class Failing {
  private final Frames frames;
  private final Problems problems;
  private final Templates templates;

  public Failing(Frames frames, Problems problems, Templates templates) {
    this.frames = frames;
    this.problems = problems;
    this.templates = templates;
  }

  @ExceptionHandler ResponseEntity<JteModel> turned(HttpServletRequest request, Turned turned) {
    return page(request, turned);
  }

  @ExceptionHandler ResponseEntity<JteModel> broken(HttpServletRequest request, RuntimeException broken) {
    return page(request, problems.written(request, broken));
  }

  @ExceptionHandler ResponseEntity<JteModel> incomplete(HttpServletRequest request,
      ServletRequestBindingException incomplete) {
    return page(request, Fault.FIELD_MISSING.away());
  }

  @ExceptionHandler ResponseEntity<JteModel> declined(HttpServletRequest request, Declined declined) {
    var frame = frames.plain(request);
    return page(frame, Turning.about(problems, declined, frame.language()));
  }

  private ResponseEntity<JteModel> page(HttpServletRequest request, Turned turned) {
    var frame = frames.plain(request);
    return page(frame, problems.about(turned, frame.language()));
  }

  private ResponseEntity<JteModel> page(Frame frame, Problem problem) {
    var answer = ResponseEntity.status(problem.status());
    if (problem.status() == Fault.BUSY.status) answer.header("Retry-After", "1");
    return answer.body(templates.failure(frame, problem));
  }
}
