package redress.document;

import static java.nio.charset.StandardCharsets.*;

import java.io.ByteArrayInputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.xml.stream.XMLStreamException;
import org.jspecify.annotations.Nullable;
import redress.check.Testimony.Legibility;

/**
 * Reads documents: PDFs with the invoices in them, electronic invoices, text. Pictures and films have no words for it.
 * What it is told by content, never by name; memory, pages and time are bounded, and a document that exceeds them is
 * unreadable or read in part.
 */
public final class Reader {
  /** The largest document that is read, in bytes; what is larger is UNREADABLE. */
  public static final int LARGEST = 24 << 20;

  private static final long PATIENCE = TimeUnit.SECONDS.toNanos(20);
  private static final int AT_ONCE = 2;
  private static final List<Charset> CHARSETS = List.of(UTF_8, Charset.forName("GB18030"));
  private static final int HEAD = 1024;

  private final Semaphore places = new Semaphore(AT_ONCE);

  /**
   * What these bytes say. {@code mediaType} may be empty; it only tells what is surely no text. {@code wanted} are
   * names
   * to look for beside those that show by themselves what they are.
   */
  public Reading read(byte[] bytes, String mediaType, Set<String> wanted) {
    if (bytes.length > LARGEST) return Reading.none(Legibility.UNREADABLE);
    if (mediaType.matches("(image|video|audio|font)/.*") && !mediaType.contains("xml")) {
      return Reading.none(Legibility.NO_TEXT);
    }
    if (new String(bytes, 0, Math.min(bytes.length, HEAD), ISO_8859_1).contains("%PDF-")) return pdf(bytes, wanted);
    var text = text(bytes);
    if (text == null) return Reading.none(Legibility.NO_TEXT);
    return text.stripLeading().startsWith("<") ? xml(bytes, text, wanted) : lines(text, wanted);
  }

  /** On a thread of its own: what does not end in time keeps its place, so that only few can ever be lost. */
  private Reading pdf(byte[] bytes, Set<String> wanted) {
    try {
      if (!places.tryAcquire(PATIENCE, TimeUnit.NANOSECONDS)) return Reading.none(Legibility.UNREADABLE);
      var task = new FutureTask<>(() -> {
        try {
          return Pdf.read(bytes, wanted, System.nanoTime() + PATIENCE);
        } finally {
          places.release();
        }
      });
      Thread.ofPlatform().daemon().name("reading").start(task);
      return task.get(PATIENCE + TimeUnit.SECONDS.toNanos(1), TimeUnit.NANOSECONDS);
    } catch (ExecutionException | TimeoutException e) {
      // Broken in whatever way: a document is not believed to be well made.
      return Reading.none(Legibility.UNREADABLE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Reading.none(Legibility.UNREADABLE);
    }
  }

  private static Reading xml(byte[] bytes, String text, Set<String> wanted) {
    try {
      var sayings = InvoiceXml.read(new ByteArrayInputStream(bytes), "", wanted);
      return sayings.isEmpty() ? lines(text, wanted) : new Reading(Legibility.READ, sayings);
    } catch (XMLStreamException e) {
      return Reading.none(Legibility.UNREADABLE);
    }
  }

  private static Reading lines(String text, Set<String> wanted) {
    var lines = new Lines(wanted);
    int number = 0;
    for (var line : (Iterable<String>) text.lines()::iterator) {
      lines.read(line, 0, ++number);
      if (lines.isFull()) break;
    }
    return new Reading(lines.isCut() || lines.isFull() ? Legibility.IN_PART : Legibility.READ, lines.sayings());
  }

  /** The text, in the first encoding that fits; null when it is none. */
  private static @Nullable String text(byte[] bytes) {
    var head = HexFormat.of().formatHex(bytes, 0, Math.min(2, bytes.length));
    if (head.equals("fffe") || head.equals("feff")) return new String(bytes, UTF_16);
    for (byte b : bytes) if (b >= 0 && b < ' ' && b != '\n' && b != '\r' && b != '\t' && b != '\f') return null;
    for (var charset : CHARSETS) {
      try {
        var text = charset.newDecoder().onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT).decode(ByteBuffer.wrap(bytes)).toString();
        return text.startsWith("\ufeff") ? text.substring(1) : text;
      } catch (CharacterCodingException e) {
        // The next one.
      }
    }
    return null;
  }
}
