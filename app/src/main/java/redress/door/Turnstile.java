package redress.door;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.HexFormat;
import java.util.regex.Pattern;
import org.springframework.web.servlet.HandlerInterceptor;
import redress.limit.Limiter;
import redress.limit.Rates.Kind;
import redress.policy.Role;

/**
 * Stands before the doors and lets nobody through who asks too often: from one address before anybody is known, and as
 * one caller and about one dispute once it is known who asks. Health is always told.
 */
public final class Turnstile implements Filter, HandlerInterceptor {
  private static final Pattern DISPUTE = Pattern.compile("(?:/v1)?/disputes/(dsp_[0-9a-f]+)(?:/.*)?");
  private static final String WAIT = Turnstile.class.getName() + ".wait";
  private static final int NETWORK = 8;
  private static final int SIX = 16;
  private static final int UNAUTHORIZED = 401;

  private final Limiter limiter;
  private final Problems problems;

  public Turnstile(Limiter limiter, Problems problems) {
    this.limiter = limiter;
    this.problems = problems;
  }

  @Override public void doFilter(ServletRequest in, ServletResponse out, FilterChain chain)
      throws IOException, ServletException {
    var request = (HttpServletRequest) in;
    var response = (HttpServletResponse) out;
    if (request.getRequestURI().startsWith("/actuator/health")) {
      chain.doFilter(in, out);
      return;
    }
    var from = network(request.getRemoteAddr());
    var wait = wait(request, from);
    if (wait.isPositive() && !isPage(request)) {
      problems.say(request, response, away(response, wait));
      return;
    }
    request.setAttribute(WAIT, wait);
    chain.doFilter(in, out);
    if (response.getStatus() == UNAUTHORIZED) limiter.ask(Kind.REFUSED, from);
  }

  /** People are told on a page, which is drawn further in. */
  private static boolean isPage(HttpServletRequest request) {
    var path = request.getRequestURI();
    return !path.startsWith("/v1/") && !path.startsWith("/actuator") && !path.startsWith("/assets/");
  }

  private Duration wait(HttpServletRequest request, String from) {
    var refused = limiter.look(Kind.REFUSED, from);
    if (refused.isPositive()) return refused;
    boolean comesIn = request.getMethod().equals("POST") && request.getRequestURI().startsWith("/in/");
    if (comesIn) return limiter.ask(Kind.SIGN_IN, from);
    return request.getHeader("Authorization") == null ? limiter.ask(Kind.ADDRESS, from) : Duration.ZERO;
  }

  @Override public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
    if (request.getAttribute(WAIT) instanceof Duration wait) pass(response, wait);
    Caller.in(request).ifPresent(caller -> {
      boolean host = caller.role() == Role.PLATFORM;
      pass(response, limiter.ask(host ? Kind.PLATFORM : Kind.CALLER, caller.principal()));
      var dispute = DISPUTE.matcher(request.getRequestURI());
      boolean says = !request.getMethod().equals("GET") && !request.getMethod().equals("HEAD");
      if (says && !host && dispute.matches()) pass(response, limiter.ask(Kind.DISPUTE, dispute.group(1)));
    });
    return true;
  }

  private static void pass(HttpServletResponse response, Duration wait) {
    if (wait.isPositive()) throw away(response, wait);
  }

  private static Turned away(HttpServletResponse response, Duration wait) {
    response.setHeader("Retry-After", Long.toString(wait.plusSeconds(1).minusNanos(1).toSeconds()));
    return Fault.TOO_MANY_REQUESTS.away();
  }

  /** The address, of IPv6 its network of 64 bits: whoever has one of its addresses has them all. */
  static String network(String address) {
    try {
      int zone = address.indexOf('%');
      var bytes = InetAddress.ofLiteral(zone < 0 ? address : address.substring(0, zone)).getAddress();
      return HexFormat.of().formatHex(bytes, 0, bytes.length == SIX ? NETWORK : bytes.length);
    } catch (IllegalArgumentException e) {
      return address;
    }
  }
}
