package redress.keys;

/** What a key signs, and what that adds to the log's origin to make the key's name. */
public enum Purpose {
  /** Checkpoints of the public log. */
  LOG("log", ""),
  /** Checkpoints of the log of test payments. */
  TEST_LOG("test-log", "/test"),
  /** Result records and certificates. */
  RESULT("result", "/result");

  /** Its name in files and addresses. */
  public final String word;
  final String suffix;

  Purpose(String word, String suffix) {
    this.word = word;
    this.suffix = suffix;
  }

  /** That of the public log, or of the log of test payments. */
  public static Purpose log(boolean live) {
    return live ? LOG : TEST_LOG;
  }
}
