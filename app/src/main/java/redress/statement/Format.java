package redress.statement;

import java.io.IOException;

/**
 * A kind of statement file. One file per case: adding a format means adding an implementation, or a mapping under
 * {@code
 * resources/statements}, and visits nothing else.
 */
interface Format {

  /** The name it is reported under, for example {@code camt}. */
  String name();

  /** Whether a file with this beginning is of this kind: judged by what is in it, never by its name. */
  boolean recognises(Sample sample);

  /**
   * Reads the whole file: every line becomes a record in {@code ledger} or is reported broken there, and totals that
   * disagree are reported. Throws {@link Refusal} for a file that is not read at all.
   */
  void read(Source source, Ledger ledger) throws IOException;
}
