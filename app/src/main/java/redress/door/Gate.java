package redress.door;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Set;

/**
 * Where people with browsers come in: knows whose session it is, lets nothing be posted from other sites, and tells the
 * browser what a page may do. Who has no session may still look at what is public.
 */
public final class Gate implements Filter {
  /** The field of a form that shows it is ours. */
  public static final String GUARD = "guard";
  /** The same for requests that scripts of ours make. */
  public static final String GUARD_HEADER = "X-Redress-Guard";

  private static final String NONCE = Gate.class.getName() + ".nonce";
  private static final Set<String> READING = Set.of("GET", "HEAD");
  private static final int NONCE_BYTES = 16;
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final String POLICY = "default-src 'none'; script-src 'nonce-*'; style-src 'self'; img-src 'self' "
      + "data: blob:; media-src 'self' blob:; font-src 'self'; connect-src 'self'; manifest-src 'self'; worker-src "
      + "'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'; object-src 'none'";

  /** No page of ours needs any of these, so none may ask for them, whatever got into it. */
  private static final String DEVICES =
      "accelerometer=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), "
          + "magnetometer=(), microphone=(), midi=(), payment=(), usb=()";

  private final Sessions sessions;

  public Gate(Sessions sessions) {
    this.sessions = sessions;
  }

  @Override public void doFilter(ServletRequest in, ServletResponse out, FilterChain chain)
      throws IOException, ServletException {
    var request = (HttpServletRequest) in;
    var response = (HttpServletResponse) out;
    dress(request, response);
    sessions.of(request).map(Sessions::caller).ifPresent(caller -> caller.enters(request));
    if (!READING.contains(request.getMethod())) request.setAttribute(GUARD, isFromOutside(request));
    chain.doFilter(request, response);
  }

  /** Tells the browser what the page that answers this request may do. */
  public static void dress(HttpServletRequest request, HttpServletResponse response) {
    var nonce = fresh();
    request.setAttribute(NONCE, nonce);
    response.setHeader("Content-Security-Policy", POLICY.replace("*", nonce));
    response.setHeader("X-Content-Type-Options", "nosniff");
    response.setHeader("Referrer-Policy", "same-origin");
    response.setHeader("Cache-Control", "no-store");
    response.setHeader("Cross-Origin-Opener-Policy", "same-origin");
    response.setHeader("Cross-Origin-Resource-Policy", "same-origin");
    response.setHeader("Permissions-Policy", DEVICES);
    response.setHeader("X-Frame-Options", "DENY");
    Door.stayOnTls(request, response);
  }

  /** What an inline script of this page must carry to run. */
  public static String nonce(HttpServletRequest request) {
    return request.getAttribute(NONCE) instanceof String nonce ? nonce : "";
  }

  /**
   * Turns away what another site had a browser post. {@code said} is the form's own field; where there is no session
   * yet, what the browser tells of the request's origin must do.
   */
  public static void guard(HttpServletRequest request, String said) {
    sameSite(request);
    boolean signedIn = !Sessions.guard(request).isEmpty();
    if (signedIn && !Sessions.isGuarded(request, said)) throw Fault.FORM_STALE.away(GUARD);
  }

  /** Turns away what another site had a browser send, as far as the browser tells. */
  public static void sameSite(HttpServletRequest request) {
    if (Boolean.TRUE.equals(request.getAttribute(GUARD))) throw Fault.FORM_FOREIGN.away();
  }

  private static boolean isFromOutside(HttpServletRequest request) {
    var site = request.getHeader("Sec-Fetch-Site");
    if (site != null) return !site.equals("same-origin") && !site.equals("none");
    var origin = request.getHeader("Origin");
    if (origin == null) return false;
    var host = request.getHeader("Host");
    return host == null || !origin.substring(origin.indexOf("//") + 2).equals(host);
  }

  private static String fresh() {
    var bytes = new byte[NONCE_BYTES];
    RANDOM.nextBytes(bytes);
    return Base64.getEncoder().encodeToString(bytes);
  }
}
