package redress.door;

import java.util.Locale;
import redress.admission.Reason;
import redress.dispute.Refusal;

/**
 * What a caller is told when it does not get what it asked for (RFC 9457): a stable code, the field that is wrong
 * (empty for none), words in the caller's language and the id under which the log knows it.
 */
public record Problem(String type, String title, int status, String detail, String code, String field, String debugId) {

  /** A request that never reached the rules. */
  public static Problem of(Fault fault, String field, Language language, String debugId) {
    return of(fault.status, fault.name(), language.pick(fault.english, fault.chinese), field, debugId);
  }

  /** The same with more to say. */
  static Problem of(Turned turned, Language language, String debugId) {
    var fault = turned.fault;
    var words = language.pick(fault.english, fault.chinese);
    return of(fault.status, fault.name(), turned.more.isEmpty() ? words : words + " " + turned.more, turned.field,
        debugId);
  }

  /** A step the rules refused. What is not there and what is someone else's look the same. */
  public static Problem of(Refusal refusal, String field, Language language, String debugId) {
    return switch (refusal.kind) {
      case VALUE -> of(422, refusal.name(), language.pick(refusal.english, refusal.chinese), field, debugId);
      case FORBIDDEN -> of(403, refusal.name(), language.pick(refusal.english, refusal.chinese), field, debugId);
      case STATE -> of(409, refusal.name(), language.pick(refusal.english, refusal.chinese), field, debugId);
      case UNKNOWN -> of(Fault.NOT_FOUND, "", language, debugId);
    };
  }

  /** A file that may not come in. */
  public static Problem of(Reason reason, String more, Language language, String debugId) {
    var words = language.pick(reason.english, reason.chinese);
    return of(reason.status, reason.name(), more.isEmpty() ? words : words + " (" + more + ")", "file", debugId);
  }

  private static Problem of(int status, String code, String detail, String field, String debugId) {
    var type = "urn:redress:problem:" + code.toLowerCase(Locale.ROOT).replace('_', '-');
    return new Problem(type, title(status), status, detail, code, field, debugId);
  }

  private static String title(int status) {
    return switch (status) {
      case 400 -> "Bad Request";
      case 401 -> "Unauthorized";
      case 403 -> "Forbidden";
      case 404 -> "Not Found";
      case 405 -> "Method Not Allowed";
      case 406 -> "Not Acceptable";
      case 409 -> "Conflict";
      case 412 -> "Precondition Failed";
      case 413 -> "Content Too Large";
      case 415 -> "Unsupported Media Type";
      case 416 -> "Range Not Satisfiable";
      case 422 -> "Unprocessable Content";
      case 460 -> "Checksum Mismatch";
      case 503 -> "Service Unavailable";
      case 507 -> "Insufficient Storage";
      default -> "Internal Server Error";
    };
  }
}
