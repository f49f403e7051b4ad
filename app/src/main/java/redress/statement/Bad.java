package redress.statement;

/** What makes a line unreadable: a code, and what was expected where; never what stands there. */
final class Bad extends Exception {
  final String reason;

  Bad(String reason, String detail) {
    super(detail, null, false, false);
    this.reason = reason;
  }

  String detail() {
    return String.valueOf(getMessage());
  }
}
