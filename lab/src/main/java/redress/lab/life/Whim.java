package redress.lab.life;

/** How something outside goes when it is asked: as it should, or in one of the ways in which it goes wrong. */
public enum Whim {
  // @formatter:off
  FINE       ("all is well"),
  SLOW       ("it takes its time"),
  SLOW_FAILS ("it takes its time and then fails"),
  REFUSED    ("it says no"),
  SILENT_PAID("it does it and the answer is lost"),
  SILENT_LOST("it neither does it nor answers"),
  WRONG      ("it tells something else"),
  ABSENT     ("it knows nothing about it"),
  UNVERIFIED ("it is not verified"),
  DOWN       ("it cannot be reached");
  // @formatter:on

  /** As a story tells it. */
  public final String words;

  Whim(String words) {
    this.words = words;
  }
}
