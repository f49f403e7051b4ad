package redress.statement;

import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A statement file on disk: what it is made of, its encoding when it is a text, its SHA-256, and how far it is read.
 */
record Source(Path path, Kind kind, Charset charset, String hash, AtomicLong taken) {
  private static final int LONGEST_LINE = 1 << 20;
  private static final int BUFFER = 1 << 16;
  private static final char MARK = '\ufeff';

  /** What a file is made of, as its first bytes tell. */
  enum Kind {
    TEXT, XLS, XLSX
  }

  /** Where lines go, counted from 1. */
  interface LineSink {
    void line(long number, String text) throws IOException;
  }

  /** Where rows go. */
  interface RowSink {
    void row(Row row) throws IOException;
  }

  /** Thrown to stop reading early. */
  private static final class Enough extends IOException {}

  /** The bytes from the beginning. */
  InputStream open() throws IOException {
    return new BufferedInputStream(new Counted(Files.newInputStream(path), taken), BUFFER);
  }

  /** Every line of a text, without its end and without a byte order mark. */
  void lines(LineSink sink) throws IOException {
    try (var in = new InputStreamReader(open(), charset)) {
      var piece = new char[BUFFER];
      var line = new StringBuilder();
      long number = 1;
      for (int read = in.read(piece); read >= 0; read = in.read(piece)) {
        int from = number == 1 && line.isEmpty() && read > 0 && piece[0] == MARK ? 1 : 0;
        for (int at = from; at < read; at++) {
          if (piece[at] != '\n') continue;
          sink.line(number++, done(line.append(piece, from, at - from)));
          from = at + 1;
        }
        line.append(piece, from, read - from);
        if (line.length() > LONGEST_LINE)
          throw new Refusal("FILE_BROKEN", "A line is longer than a million characters.");
      }
      if (!line.isEmpty()) sink.line(number, done(line));
    }
  }

  private static String done(StringBuilder line) {
    int end = line.length();
    if (end > 0 && line.charAt(end - 1) == '\r') end--;
    var text = line.substring(0, end);
    line.setLength(0);
    return text;
  }

  /** Every row of a table: of a text parted at {@code separator}, or of a spreadsheet's first sheet. */
  void rows(char separator, Ledger ledger, RowSink sink) throws IOException {
    switch (kind) {
      case XLS, XLSX -> Sheets.rows(this, sink);
      case TEXT -> {
        var cells = new Cells(separator);
        var parted = new Cells.Sink() {
          @Override public void row(Row row) throws IOException {
            sink.row(row);
          }

          @Override public void broken(long line) {
            ledger.broken(line, "QUOTE", "a quote that is closed");
          }
        };
        lines((number, text) -> cells.line(number, text, parted));
        cells.end(parted);
      }
    }
  }

  /** The beginning. */
  Sample sample() throws IOException {
    var lines = new ArrayList<String>();
    var rows = new ArrayList<Row>();
    try {
      if (kind == Kind.TEXT) lines((_, text) -> {
        lines.add(text);
        if (lines.size() >= Sample.LINES) throw new Enough();
      });
      else Sheets.rows(this, row -> {
        rows.add(row);
        if (rows.size() >= Sample.LINES) throw new Enough();
      });
    } catch (Enough _) {
      // That much is asked for.
    }
    return new Sample(kind, lines, rows);
  }

  /** Looks at a file: reads it once for its hash and its encoding. */
  static Source of(Path path) throws IOException {
    return new Survey().of(path);
  }

  static Charset byMark(byte[] start) {
    if (start.length >= 2 && (start[0] & 0xff) == 0xff && (start[1] & 0xff) == 0xfe) return UTF_16LE;
    if (start.length >= 2 && (start[0] & 0xff) == 0xfe && (start[1] & 0xff) == 0xff) return UTF_16BE;
    return UTF_8;
  }
}
