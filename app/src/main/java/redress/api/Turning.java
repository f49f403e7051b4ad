package redress.api;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.web.HttpMediaTypeNotAcceptableException;
import org.springframework.web.HttpRequestMethodNotSupportedException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.servlet.NoHandlerFoundException;
import org.springframework.web.servlet.resource.NoResourceFoundException;
import redress.door.Fault;
import redress.door.Language;
import redress.door.Problem;
import redress.door.Problems;
import redress.door.Turned;
import redress.evidence.Declined;

/** Tells whoever is turned away on the way to a command why, in one form for everything. */
@RestControllerAdvice
public final class Turning {
  private final Problems problems;

  public Turning(Problems problems) {
    this.problems = problems;
  }

  @ExceptionHandler void turned(HttpServletRequest request, HttpServletResponse response, Turned turned)
      throws IOException {
    problems.say(request, response, turned);
  }

  @ExceptionHandler void declined(HttpServletRequest request, HttpServletResponse response, Declined declined)
      throws IOException {
    if (declined.reason != null) problems.say(request, response, declined.reason, declined.detail);
    else problems.say(request, response, fault(declined.why).away());
  }

  /** What a caller is told whose file was declined. */
  public static Problem about(Problems problems, Declined declined, Language language) {
    return declined.reason != null ? problems.about(declined.reason, declined.detail, language)
        : problems.about(fault(declined.why), "", language);
  }

  private static Fault fault(Declined.Why why) {
    return switch (why) {
      case FULL -> Fault.VAULT_FULL;
      case BUSY, NOT_ADMITTED -> Fault.BUSY;
      case TOO_LARGE -> Fault.FILE_TOO_LARGE;
      case BROKEN -> Fault.UPLOAD_BROKEN;
      case OFFSET -> Fault.OFFSET_MISMATCH;
      case CHECKSUM -> Fault.CHECKSUM_MISMATCH;
      case TOO_MANY_DRAFTS -> Fault.TOO_MANY_DRAFTS;
      case UNKNOWN -> Fault.NOT_FOUND;
      case NOT_COMPLETE -> Fault.UPLOAD_INCOMPLETE;
      case GIVEN -> Fault.UPLOAD_SUBMITTED;
    };
  }

  /** Answers for an address that is none. */
  @ExceptionHandler({NoResourceFoundException.class, NoHandlerFoundException.class}) public void unknown(
      HttpServletRequest request, HttpServletResponse response) throws IOException {
    problems.say(request, response, Fault.NOT_FOUND.away());
  }

  /** Answers for an address that does not take the method. */
  @ExceptionHandler public void method(HttpServletRequest request, HttpServletResponse response,
      HttpRequestMethodNotSupportedException wrong)
      throws IOException {
    var allowed = wrong.getSupportedMethods();
    if (allowed != null) response.setHeader("Allow", String.join(", ", allowed));
    problems.say(request, response, Fault.METHOD_NOT_ALLOWED.away());
  }

  @ExceptionHandler(HttpMediaTypeNotAcceptableException.class) void notAcceptable(HttpServletRequest request,
      HttpServletResponse response) throws IOException {
    problems.say(request, response, Fault.NOT_ACCEPTABLE.away());
  }

  @ExceptionHandler void broken(HttpServletRequest request, HttpServletResponse response, Exception broken)
      throws IOException {
    problems.say(request, response, broken);
  }
}
