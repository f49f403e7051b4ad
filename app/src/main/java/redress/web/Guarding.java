package redress.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Set;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import redress.door.Caller;
import redress.door.Gate;

/**
 * Stands before every page that changes something: nothing is posted without a session, from another site, or by a form
 * that this session was not given. What is to be taken otherwise says so itself, {@link Anybody}.
 */
public final class Guarding implements WebMvcConfigurer, HandlerInterceptor {
  private static final Set<String> READING = Set.of("GET", "HEAD", "OPTIONS", "TRACE");

  @Override public void addInterceptors(InterceptorRegistry registry) {
    registry.addInterceptor(this);
  }

  @Override public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
    if (READING.contains(request.getMethod()) || !(handler instanceof HandlerMethod method)) return true;
    if (!method.getBeanType().getPackageName().equals(Guarding.class.getPackageName())) return true;
    var open = method.getMethodAnnotation(Anybody.class);
    if (open != null && open.fromAnywhere()) return true;
    if (open == null) Caller.of(request);
    Gate.sameSite(request);
    boolean looksItself = method.hasMethodAnnotation(TakesFiles.class) && hasParts(request);
    if (!looksItself) Gate.guard(request, said(request));
    return true;
  }

  private static boolean hasParts(HttpServletRequest request) {
    var type = request.getContentType();
    return type != null && type.regionMatches(true, 0, "multipart/", 0, "multipart/".length());
  }

  /** The form's own field, or what a script of ours shows instead. */
  private static String said(HttpServletRequest request) {
    var header = request.getHeader(Gate.GUARD_HEADER);
    if (header != null) return header;
    var field = request.getParameter(Gate.GUARD);
    return field == null ? "" : field;
  }
}
