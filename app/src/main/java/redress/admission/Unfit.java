package redress.admission;

/** Thrown while looking at a file, at the first thing for which it may not come in; passes through parsers unseen. */
final class Unfit extends RuntimeException {
  final Reason reason;
  final String detail;

  Unfit(Reason reason, String detail) {
    super(reason + ": " + detail, null, false, false);
    this.reason = reason;
    this.detail = detail;
  }

  static Unfit damaged(String detail) { return new Unfit(Reason.FILE_DAMAGED, detail); }

  /** That {@code holds}, or the file is damaged. */
  static void unless(boolean holds, String detail) {
    if (!holds) throw damaged(detail);
  }
}
