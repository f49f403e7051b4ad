package redress.command;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import redress.replay.Archive;

/**
 * A file of complaints (csv, also compressed as gz, xz or zip), read row by row in either of the layouts they are
 * published in. What cannot be understood is reported with its line and left out.
 */
final class Complaints {
  private static final DateTimeFormatter AMERICAN = DateTimeFormatter.ofPattern("M/d/uuuu");
  private static final LocalDate EARLIEST = LocalDate.of(2000, 1, 1);
  private static final LocalDate LATEST = LocalDate.of(2100, 1, 1);
  private static final int ISO_DATE = 10;

  /** What each column is called in the two layouts, newer extracts first. */
  private static final Map<String, List<String>> COLUMNS = Map.ofEntries(
      Map.entry("id", List.of("complaint_id", "Complaint ID")),
      Map.entry("received", List.of("date_received", "Date received")),
      Map.entry("sent", List.of("date_sent_to_company", "Date sent to company")),
      Map.entry("product", List.of("product", "Product")),
      Map.entry("issue", List.of("issue", "Issue")),
      Map.entry("subIssue", List.of("sub_issue", "Sub-issue")),
      Map.entry("company", List.of("company", "Company")),
      Map.entry("state", List.of("state", "State")),
      Map.entry("response", List.of("company_response", "Company response", "Company response to consumer")),
      Map.entry("timely", List.of("timely", "Timely response?")),
      Map.entry("disputed", List.of("consumer_disputed", "Consumer disputed?")),
      Map.entry("narrative", List.of("complaint_what_happened", "Consumer complaint narrative")));
  private static final List<String> NEEDED = List.of("id", "received", "response");

  private Complaints() {}

  /** A row that cannot be lived: where, and why. */
  record Odd(Path file, long line, String why) {}

  /**
   * Hands every row of {@code file} to one of the two, in order.
   *
   * @throws Trouble when the file cannot be read or is not such a file
   */
  static void read(Path file, Consumer<Complaint> good, Consumer<Odd> odd) {
    try (var in = Archive.open(file)) {
      read(file, in, good, odd);
    } catch (IOException e) {
      throw new Trouble(file + " cannot be read: " + e.getMessage());
    }
  }

  /** The same of what comes from elsewhere and is called {@code file}. */
  static void read(Path file, InputStream in, Consumer<Complaint> good, Consumer<Odd> odd) {
    var format = CSVFormat.RFC4180.builder().setHeader().setSkipHeaderRecord(true).setAllowMissingColumnNames(true)
        .setIgnoreEmptyLines(true).get();
    try (var parser = CSVParser.parse(new InputStreamReader(in, UTF_8), format)) {
      var columns = columns(file, parser);
      long line = parser.getCurrentLineNumber() + 1;
      for (var rows = parser.iterator(); hasNext(rows, file, line, odd);) {
        var row = rows.next();
        try {
          good.accept(complaint(row, columns, line));
        } catch (IllegalArgumentException | DateTimeException e) {
          odd.accept(new Odd(file, line, String.valueOf(e.getMessage())));
        }
        line = parser.getCurrentLineNumber() + 1;
      }
    } catch (IOException e) {
      throw new Trouble(file + " cannot be read: " + e.getMessage());
    }
  }

  /** A broken quote or a broken archive ends the file; what was read before it counts. */
  private static boolean hasNext(java.util.Iterator<CSVRecord> rows, Path file, long line, Consumer<Odd> odd) {
    try {
      return rows.hasNext();
    } catch (UncheckedIOException | IllegalStateException e) {
      odd.accept(new Odd(file, line, "the file is broken from here on: " + e.getMessage()));
      return false;
    }
  }

  private static Map<String, String> columns(Path file, CSVParser parser) {
    var there = parser.getHeaderNames();
    var columns = new HashMap<String, String>();
    COLUMNS.forEach((field, names) -> names.stream().filter(there::contains).findFirst()
        .ifPresent(name -> columns.put(field, name)));
    if (columns.keySet().containsAll(NEEDED)) return columns;
    throw new Trouble(file + " is no file of complaints: it has none of the columns " + NEEDED.stream()
        .filter(field -> !columns.containsKey(field)).map(field -> COLUMNS.get(field)).toList());
  }

  private static Complaint complaint(CSVRecord row, Map<String, String> columns, long line) {
    long id = id(text(row, columns, "id"));
    var received = date(text(row, columns, "received"), "received");
    var sentText = text(row, columns, "sent");
    var sent = sentText.isBlank() ? received : date(sentText, "sent to the company");
    if (sent.isBefore(received)) {
      throw new IllegalArgumentException("sent to the company on " + sent + ", before it was received on " + received);
    }
    return new Complaint(line, id, received, sent, text(row, columns, "product"), text(row, columns, "issue"),
        text(row, columns, "subIssue"), text(row, columns, "company"), text(row, columns, "state"),
        Complaint.Response.of(text(row, columns, "response")), !text(row, columns, "timely").equals("No"),
        Complaint.Disputed.of(text(row, columns, "disputed")), text(row, columns, "narrative"));
  }

  private static String text(CSVRecord row, Map<String, String> columns, String field) {
    var name = columns.get(field);
    if (name == null) return "";
    if (!row.isSet(name)) throw new IllegalArgumentException("the row ends before its column '" + name + "'");
    return row.get(name).strip();
  }

  private static long id(String text) {
    if (!text.matches("[0-9]{1,15}")) throw new IllegalArgumentException("'" + text + "' is no complaint id");
    return Long.parseLong(text);
  }

  /** {@code 3/19/2015}, or an ISO date with or without a time and zone: the day where it was taken down. */
  private static LocalDate date(String text, String what) {
    LocalDate date;
    try {
      date = text.indexOf('/') > 0 ? LocalDate.parse(text, AMERICAN)
          : LocalDate.parse(text.length() > ISO_DATE ? text.substring(0, ISO_DATE) : text);
    } catch (DateTimeException e) {
      throw new IllegalArgumentException("the date " + what + ", '" + text + "', is none", e);
    }
    if (date.isBefore(EARLIEST) || date.isAfter(LATEST)) {
      throw new IllegalArgumentException("the date " + what + ", " + date + ", cannot be right");
    }
    return date;
  }
}
