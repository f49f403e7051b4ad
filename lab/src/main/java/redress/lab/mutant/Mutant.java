package redress.lab.mutant;

/**
 * One mistake planted in one source file: {@code before} occurs there exactly once and is replaced by {@code after}.
 * {@code trial}
 * tells what it is put through.
 */
public record Mutant(String name, String file, String before, String after, Trial trial) {
  /** What a mutant is put through, unchanged. */
  public enum Trial { SIMULATE, DATABASE }

  static Mutant ofRules(String name, String file, String before, String after) {
    return new Mutant(name, "core/src/main/java/redress/" + file, before, after, Trial.SIMULATE);
  }

  static Mutant ofLog(String name, String file, String before, String after) {
    return new Mutant(name, file, before, after, Trial.DATABASE);
  }
}
