package redress.door;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.web.context.request.async.AsyncRequestNotUsableException;
import redress.admission.Reason;
import redress.dispute.Refusal;
import redress.store.StoreException;
import tools.jackson.databind.json.JsonMapper;

/** Tells callers why they do not get what they asked for, and writes down what was broken here. */
public final class Problems {
  private static final Logger LOG = LoggerFactory.getLogger(Problems.class);
  private static final int ID_BYTES = 8;
  /** Addresses that open something for whoever has them. */
  private static final Pattern SECRET = Pattern.compile("^((/v1)?/(in|unsubscribe|certificates)/)[^/]+");

  private final JsonMapper json = JsonMapper.builder().build();
  private final SecureRandom random = new SecureRandom();

  /** Answers a request that was turned away. */
  public void say(HttpServletRequest request, HttpServletResponse response, Turned turned) throws IOException {
    var problem = Problem.of(turned, Language.of(request), newId());
    if (turned.fault == Fault.BUSY) response.setHeader("Retry-After", "1");
    say(request, response, problem);
  }

  /** Answers a request whose file may not come in. */
  public void say(HttpServletRequest request, HttpServletResponse response, Reason reason, String more)
      throws IOException {
    say(request, response, Problem.of(reason, more, Language.of(request), newId()));
  }

  /** What a caller is told whose step the rules refused. */
  public Problem about(Refusal refusal, String field, Language language) {
    return Problem.of(refusal, field, language, newId());
  }

  /** What a caller is told whose file may not come in. */
  public Problem about(Reason reason, String more, Language language) {
    return Problem.of(reason, more, language, newId());
  }

  /** What a caller is told that was turned away. */
  public Problem about(Turned turned, Language language) {
    return Problem.of(turned, language, newId());
  }

  /** What a caller is told that is turned away. */
  public Problem about(Fault fault, String field, Language language) {
    return Problem.of(fault, field, language, newId());
  }

  /**
   * Answers a request that broke something here; the log gets the cause under the same id. While the database is away
   * nothing is broken: whoever asks is told to ask again.
   */
  public void say(HttpServletRequest request, HttpServletResponse response, Throwable broken) throws IOException {
    if (StoreException.isPassing(broken)) {
      LOG.warn("{} {} must wait for the database: {}", request.getMethod(), path(request), broken.toString());
      say(request, response, Fault.BUSY.away());
      return;
    }
    if (isGone(broken)) {
      LOG.debug("{} {}: whoever asked has gone", request.getMethod(), path(request));
      return;
    }
    var problem = Problem.of(Fault.INTERNAL, "", Language.of(request), newId());
    LOG.error("{} {} failed, debugId {}", request.getMethod(), path(request), problem.debugId(), broken);
    say(request, response, problem);
  }

  /** Whether nothing is broken but the connection of whoever asked. */
  private static boolean isGone(Throwable broken) {
    for (Throwable why = broken; why != null; why = why.getCause()) {
      if (why instanceof AsyncRequestNotUsableException) return true;
    }
    return false;
  }

  /** Writes down what was broken here; what whoever asked is told instead. */
  public Turned written(HttpServletRequest request, Throwable broken) {
    if (StoreException.isPassing(broken)) {
      LOG.warn("{} must wait for the database: {}", request.getMethod(), broken.toString());
      return Fault.BUSY.away();
    }
    LOG.error("{} {} failed", request.getMethod(), path(request), broken);
    return Fault.INTERNAL.away();
  }

  private void say(HttpServletRequest request, HttpServletResponse response, Problem problem) throws IOException {
    if (response.isCommitted()) return;
    response.resetBuffer();
    LOG.debug("{} {} answered {} {}, debugId {}", request.getMethod(), path(request), problem.status(),
        problem.code(), problem.debugId());
    response.setStatus(problem.status());
    response.setContentType("application/problem+json");
    response.setCharacterEncoding(UTF_8);
    response.getOutputStream().write(json.writeValueAsBytes(problem));
  }

  /**
   * The path as it may stand in a log: ids only. Where the address itself is the key, the key stays out, and so do
   * queries, which may hold words.
   */
  static String path(HttpServletRequest request) {
    return SECRET.matcher(request.getRequestURI()).replaceFirst("$1…");
  }

  private String newId() {
    var bytes = new byte[ID_BYTES];
    random.nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }
}
