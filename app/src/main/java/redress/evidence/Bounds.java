package redress.evidence;

import java.time.Duration;

/** How much may come in, and how long what nobody needs stays. Sizes are bytes. */
public final class Bounds {
  /** The largest file. */
  public static final long FILE = 10L << 20;
  /** The largest request, all its files together. */
  public static final long REQUEST = 50L << 20;
  /** How many files one request may bring. */
  public static final int FILES = 10;
  /** How many drafts one party may have in one dispute. */
  public static final int DRAFTS = 100;
  /** How long a draft stays that nobody touches. */
  public static final Duration DRAFT = Duration.ofDays(7);
  /** How long bytes stay that nobody refers to. */
  public static final Duration ORPHAN = Duration.ofHours(1);
  /** How long giving a draft as evidence may take before it is looked up what became of it. */
  static final Duration GIVING = Duration.ofMinutes(2);
  /** How long taking bytes away may take before somebody else does it. */
  static final Duration LEAVING = Duration.ofMinutes(10);

  private Bounds() {}
}
