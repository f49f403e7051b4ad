package redress.admission;

import java.io.IOException;
import java.nio.file.Path;

/** A virus scanner that looks at a file after everything else has. */
@FunctionalInterface
public interface Scanner {
  /** Where none is configured: what is looked for here all the same has been looked for by then. */
  Scanner NONE = _ -> "";

  /**
   * The name by which the scanner knows the file as harmful; empty when it knows nothing against it.
   *
   * @throws IOException when the file could not be scanned, for whatever reason
   */
  String nameOfHarm(Path file) throws IOException;
}
