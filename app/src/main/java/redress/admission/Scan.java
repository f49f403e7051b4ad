package redress.admission;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.OutputStream;

/**
 * Looks for the test file that all virus scanners know (EICAR, https://www.eicar.org/download-anti-malware-testfile/)
 * in bytes as they pass, and counts them.
 */
final class Scan {
  /** Put together here, so that no scanner takes this program for it. */
  private static final byte[] EICAR = ("X5O!P%@AP[4\\PZX54(P^)7CC)7}$" + "EICAR" + "-STANDARD-ANTIVIRUS-" + "TEST-FILE")
      .getBytes(ISO_8859_1);
  private static final int[] FALL = falls();

  private final Content content;
  private final long most;
  private long unpacked;

  Scan(Content content, Limits limits) {
    this.content = content;
    most = limits.unpacked();
  }

  /** Looks at the file itself. */
  void file() {
    if (content.find(new String(EICAR, ISO_8859_1), 0, content.size()) >= 0) throw found();
  }

  /** Takes what one compressed part becomes: at most {@code mostHere} bytes, and not too many with those before. */
  Sink part(String name, long mostHere) {
    return new Sink(name, mostHere);
  }

  private static Unfit found() {
    return new Unfit(Reason.MALWARE, "it holds the test file of virus scanners");
  }

  /** Where what was unpacked goes: it is counted, looked at and dropped. */
  final class Sink extends OutputStream {
    private final String name;
    private final long mostHere;
    private long here;
    private int matched;
    private long brackets;

    private Sink(String name, long mostHere) {
      this.name = name;
      this.mostHere = mostHere;
    }

    /** How many bytes came. */
    long size() { return here; }

    /** How many brackets came that open something in a PDF. */
    long brackets() { return brackets; }

    @Override public void write(int one) {
      count(1);
      look(one & 0xFF);
    }

    @Override public void write(byte[] bytes, int offset, int length) {
      count(length);
      for (int i = offset; i < offset + length; i++) look(bytes[i] & 0xFF);
    }

    private void count(int more) {
      content.hurry();
      here += more;
      unpacked += more;
      if (here > mostHere || unpacked > most) {
        throw new Unfit(Reason.UNPACKS_TOO_LARGE, name + " becomes more than " + Math.min(mostHere, most) + " bytes");
      }
    }

    private void look(int one) {
      if (one == '<' || one == '[') brackets++;
      while (matched > 0 && EICAR[matched] != one) matched = FALL[matched];
      if (EICAR[matched] == one && ++matched == EICAR.length) throw found();
    }
  }

  /** Where to go on after a mismatch (Knuth, Morris, Pratt). */
  private static int[] falls() {
    var fall = new int[EICAR.length + 1];
    for (int i = 1, k = 0; i < EICAR.length; i++) {
      while (k > 0 && EICAR[k] != EICAR[i]) k = fall[k];
      if (EICAR[k] == EICAR[i]) k++;
      fall[i + 1] = k;
    }
    return fall;
  }
}
