package redress.statement;

/** Who hears now and then how far a file is read: lines so far, and bytes of all it has (0 where that is not known). */
@FunctionalInterface
public interface Progress {
  /** Nobody listens. */
  Progress NONE = (_, _, _) -> {};

  void at(long lines, long bytes, long all);
}
