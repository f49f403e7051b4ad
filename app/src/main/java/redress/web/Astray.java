package redress.web;

import gg.jte.generated.precompiled.Templates;
import gg.jte.models.runtime.JteModel;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.HttpRequestMethodNotSupportedException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.servlet.NoHandlerFoundException;
import org.springframework.web.servlet.resource.NoResourceFoundException;
import redress.api.Turning;
import redress.door.Fault;
import redress.door.Gate;
import redress.door.Problems;

/**
 * People whose browser asks for what is no page. Where a form is sent is no page either: whoever loads or shares such
 * an address comes to the page that the form is on. Programs are answered as everywhere.
 */
@RestControllerAdvice
@Order(Ordered.HIGHEST_PRECEDENCE)
public final class Astray {
  private static final Pattern PROGRAMS = Pattern.compile("/(v1|actuator|assets|certificates)(/.*)?");
  private static final Pattern PART = Pattern.compile("(/disputes/[^/]+|/[^/]*).*");
  private static final Set<String> READING = Set.of("GET", "HEAD");

  private final Frames frames;
  private final Problems problems;
  private final Templates templates;
  private final Turning turning;

  public Astray(Frames frames, Problems problems, Templates templates, Turning turning) {
    this.frames = frames;
    this.problems = problems;
    this.templates = templates;
    this.turning = turning;
  }

  @ExceptionHandler @Nullable ResponseEntity<JteModel> method(HttpServletRequest request, HttpServletResponse response,
      HttpRequestMethodNotSupportedException wrong) throws IOException {
    if (!isPerson(request)) {
      turning.method(request, response, wrong);
      return null;
    }
    if (!READING.contains(request.getMethod())) return page(request, response, Fault.METHOD_NOT_ALLOWED);
    return ResponseEntity.status(HttpStatus.SEE_OTHER).location(URI.create(belongs(request.getRequestURI()))).build();
  }

  @ExceptionHandler({NoResourceFoundException.class, NoHandlerFoundException.class})
  @Nullable ResponseEntity<JteModel> unknown(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    if (isPerson(request)) return page(request, response, Fault.NOT_FOUND);
    turning.unknown(request, response);
    return null;
  }

  private static boolean isPerson(HttpServletRequest request) {
    if (!Gate.nonce(request).isEmpty()) return true;
    var accepts = request.getHeader("Accept");
    return accepts != null && accepts.contains("text/html") && !PROGRAMS.matcher(request.getRequestURI()).matches();
  }

  /** The page whose forms are sent to this address. */
  static String belongs(String address) {
    var part = PART.matcher(address).replaceFirst("$1");
    return switch (part) {
      case "/views" -> "/disputes";
      case "/language", "/out", "/in" -> "/";
      case "/disputes/bulk" -> "/disputes";
      default -> part.equals(address) ? "/" : part;
    };
  }

  private ResponseEntity<JteModel> page(HttpServletRequest request, HttpServletResponse response, Fault fault) {
    if (Gate.nonce(request).isEmpty()) Gate.dress(request, response);
    var frame = frames.plain(request);
    return ResponseEntity.status(fault.status)
        .body(templates.failure(frame, problems.about(fault, "", frame.language())));
  }
}
