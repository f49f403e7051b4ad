package redress.door;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import redress.door.Caller.Scope;
import redress.policy.Role;

/** Where everyone comes in: shows the caller in once per request, or turns it away. */
public final class Door implements Filter {
  /** What anybody may read. */
  private static final Set<String> OPEN = Set.of("/v1/rules", "/v1/openapi.json", "/v1/docs", "/actuator/health",
      "/actuator/health/liveness", "/actuator/health/readiness");
  /** Where providers call back: their signatures are their keys. */
  private static final String CALLBACKS = "/v1/callbacks/";
  /** The log, which anybody may read and mirror. */
  private static final Pattern LOG = Pattern.compile("/v1/(test-)?log/[a-z0-9/-]+(\\.p/\\d+)?");
  /** Public certificates: the address is the key. */
  private static final Pattern CERTIFICATE = Pattern.compile("/v1/certificates/[\\w-]{1,64}(/qr\\.(png|svg))?");
  /** Who may look at how the server is doing. */
  private static final Set<Role> WATCHING = Set.of(Role.ADMIN, Role.AUDITOR);
  private static final String BEARER = "Bearer ";
  private static final int LONGEST_SECRET = 4_096;

  private final Keys keys;
  private final PartyTokens tokens;
  private final Problems problems;

  public Door(Keys keys, PartyTokens tokens, Problems problems) {
    this.keys = keys;
    this.tokens = tokens;
    this.problems = problems;
  }

  @Override public void doFilter(ServletRequest in, ServletResponse out, FilterChain chain)
      throws IOException, ServletException {
    var request = (HttpServletRequest) in;
    var response = (HttpServletResponse) out;
    response.setHeader("Cache-Control", "no-store");
    response.setHeader("X-Content-Type-Options", "nosniff");
    stayOnTls(request, response);
    try {
      if (!isOpen(request)) showIn(request);
    } catch (Turned turned) {
      if (turned.fault.status == 401) response.setHeader("WWW-Authenticate", "Bearer");
      problems.say(request, response, turned);
      return;
    } catch (RuntimeException broken) {
      problems.say(request, response, broken);
      return;
    }
    chain.doFilter(request, response);
  }

  /** Tells browsers that came over TLS to come no other way for a year (RFC 6797). */
  static void stayOnTls(HttpServletRequest request, HttpServletResponse response) {
    if (request.isSecure()) response.setHeader("Strict-Transport-Security", "max-age=31536000; includeSubDomains");
  }

  private static boolean isOpen(HttpServletRequest request) {
    var address = request.getRequestURI();
    boolean reading = request.getMethod().equals("GET") || request.getMethod().equals("HEAD");
    return OPEN.contains(address) || (address.startsWith(CALLBACKS) && request.getMethod().equals("POST"))
        || (reading && (LOG.matcher(address).matches() || CERTIFICATE.matcher(address).matches()));
  }

  private void showIn(HttpServletRequest request) {
    var caller = bearer(request).flatMap(it -> caller(it, request.getRemoteAddr()))
        .orElseThrow(() -> Fault.UNAUTHENTICATED.away());
    var needed = request.getMethod().equals("GET") || request.getMethod().equals("HEAD") ? Scope.READ : Scope.WRITE;
    if (!caller.scopes().contains(needed)) throw Fault.SCOPE_MISSING.away(needed.name());
    boolean watches = request.getRequestURI().startsWith("/actuator");
    if (watches && !WATCHING.contains(caller.role())) throw Fault.ROLE_MISSING.away();
    caller.enters(request);
  }

  private Optional<Caller> caller(String secret, String address) {
    return secret.startsWith("rk_") ? keys.caller(secret, address) : tokens.caller(secret);
  }

  private static Optional<String> bearer(HttpServletRequest request) {
    var header = request.getHeader("Authorization");
    if (header == null || header.length() > LONGEST_SECRET) return Optional.empty();
    if (!header.regionMatches(true, 0, BEARER, 0, BEARER.length())) return Optional.empty();
    return Optional.of(header.substring(BEARER.length()).strip());
  }
}
