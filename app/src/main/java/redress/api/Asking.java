package redress.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import redress.door.Caller;
import redress.door.Fault;
import redress.seal.Digest;
import redress.store.Key;
import redress.verb.Body;
import redress.verb.Field;

/** What a request says beside its caller and its address: body, idempotency key and the version it was made for. */
final class Asking {
  private static final int MOST_BYTES = 1_000_000;
  private static final Pattern KEY = Pattern.compile("[!-~]{1,100}");
  private static final Pattern VERSION = Pattern.compile("\"(\\d{1,9})\"");

  private final HttpServletRequest request;
  private final byte[] bytes;

  private Asking(HttpServletRequest request, byte[] bytes) {
    this.request = request;
    this.bytes = bytes;
  }

  /** Takes the body in. Turns away what is larger than 1 MB or no JSON. */
  static Asking of(HttpServletRequest request) throws IOException {
    var bytes = raw(request);
    if (bytes.length > 0 && !isJson(request.getContentType())) throw Fault.MEDIA_TYPE.away();
    return new Asking(request, bytes);
  }

  /** The body as it came. Turns away what is larger than 1 MB. */
  static byte[] raw(HttpServletRequest request) throws IOException {
    if (request.getContentLengthLong() > MOST_BYTES) throw Fault.BODY_TOO_LARGE.away();
    var bytes = request.getInputStream().readNBytes(MOST_BYTES + 1);
    if (bytes.length > MOST_BYTES) throw Fault.BODY_TOO_LARGE.away();
    return bytes;
  }

  private static boolean isJson(@Nullable String type) {
    if (type == null) return false;
    var parts = type.toLowerCase(java.util.Locale.ROOT).replace(" ", "").split(";", 2);
    return parts[0].equals("application/json") && (parts.length < 2 || parts[1].matches("charset=\"?utf-8\"?"));
  }

  Body body(Map<String, Field> fields) {
    return Body.of(bytes, fields);
  }

  /** The idempotency key, null when none was sent. */
  @Nullable Key key(Caller caller) {
    var key = request.getHeader("Idempotency-Key");
    if (key == null) return null;
    if (!KEY.matcher(key).matches()) throw Fault.IDEMPOTENCY_KEY_BAD.away("Idempotency-Key");
    var asked = request.getMethod() + ' ' + request.getRequestURI() + '\n' + new String(bytes, UTF_8);
    return new Key(caller.principal(), key, Digest.sha256(asked));
  }

  /** The version of the dispute that the caller has seen, null when it does not say. */
  @Nullable Integer ifVersion() {
    var match = request.getHeader("If-Match");
    if (match == null || match.equals("*")) return null;
    var version = VERSION.matcher(match);
    if (!version.matches()) throw Fault.PRECONDITION_BAD.away("If-Match");
    return Integer.valueOf(version.group(1));
  }

  /** Whether the caller wants no more than a receipt (RFC 7240). */
  boolean wantsLittle() {
    var prefer = request.getHeader("Prefer");
    return prefer != null && prefer.contains("return=minimal");
  }
}
