package redress.replay;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStreamReader;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/**
 * The invoices of a shop (Daqing Chen, UCI Online Retail, doi 10.24432/C5BW33): what was bought, and credit notes,
 * whose
 * number starts with C. Each line of a credit note is held against what the same customer bought of the same item
 * before, in the order of the invoices; what was returned once is not returned again.
 */
public final class Retail {
  /** How the file begins. */
  public static final String SIGN = "InvoiceNo,StockCode,";

  private static final Pattern ITEM = Pattern.compile("\\d{5}[A-Za-z]{0,2}");
  private static final DateTimeFormatter WHEN = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss");
  private static final int MILS = 3;

  private final Map<Wanted, Deque<Bought>> purchases = new HashMap<>();
  private final Set<Line> seen = new HashSet<>();
  private final Map<Kind, Long> counts = new EnumMap<>(Kind.class);
  private final Map<Kind, Long> values = new EnumMap<>(Kind.class);
  private final List<Returned> samples = new ArrayList<>();
  private long rows;
  private long bought;
  private long repeated;

  private Retail() {}

  /** What a returned line turns out to be; the first that holds, in this order. */
  public enum Kind {
    // @formatter:off
    NO_CUSTOMER("the credit note names no customer"),
    NO_ITEM    ("no item but postage, a discount, a fee or a correction by hand"),
    NO_PURCHASE("the customer bought no such item before"),
    PRICE      ("bought before, but at another price"),
    EXACT      ("one purchase of the same customer, item, quantity and price"),
    PARTIAL    ("part of one purchase, or of several, at the same price"),
    OVER       ("more than is left of all purchases at that price");
    // @formatter:on

    /** The rule, for people. */
    public final String words;

    Kind(String words) {
      this.words = words;
    }
  }

  /** One line of an invoice; {@code price} in thousandths of a pound, because some have three decimals. */
  private record Line(String invoice, String item, long quantity, LocalDateTime at, long price, String customer) {
    boolean isCredit() {
      return invoice.startsWith("C");
    }
  }

  private record Wanted(String customer, String item) {}

  /** A purchase and how much of it has not been returned yet. */
  private static final class Bought {
    private final Line line;
    private long left;

    Bought(Line line) {
      this.line = line;
      this.left = line.quantity();
    }
  }

  /** A returned line, the rule it fell under, and the invoices that explain it. */
  public record Returned(String invoice, String item, long quantity, Kind kind, List<String> purchases) {}

  /**
   * What came of a file: its rows, purchases, rows that were there before, and for each kind how many lines are of it,
   * what they come to (thousandths of a pound) and the first as an example.
   */
  public record Report(long rows, long purchases, long repeated, Map<Kind, Long> counts, Map<Kind, Long> values,
      List<Returned> examples) {
    /** How many lines of credit notes there are. */
    public long returns() {
      return counts.values().stream().mapToLong(Long::longValue).sum();
    }
  }

  /**
   * Reads a file of invoices in its order.
   *
   * @throws IOException when it cannot be read
   * @throws IllegalArgumentException when it is no such file; the message names the line
   */
  public static Report read(Path file) throws IOException {
    var retail = new Retail();
    var format = CSVFormat.RFC4180.builder().setHeader().setSkipHeaderRecord(true).setIgnoreEmptyLines(true).get();
    try (var in = Archive.open(file); var rows = CSVParser.parse(new InputStreamReader(in, UTF_8), format)) {
      for (var row : rows) retail.take(line(row));
    }
    return new Report(retail.rows, retail.bought, retail.repeated, retail.counts, retail.values, retail.samples);
  }

  private static Line line(CSVRecord row) {
    try {
      var customer = row.get("CustomerID");
      int point = customer.indexOf('.');
      return new Line(row.get("InvoiceNo"), row.get("StockCode"), Long.parseLong(row.get("Quantity")),
          LocalDateTime.parse(row.get("InvoiceDate"), WHEN),
          new BigDecimal(row.get("UnitPrice")).movePointRight(MILS).longValueExact(),
          point < 0 ? customer : customer.substring(0, point));
    } catch (RuntimeException e) {
      throw new IllegalArgumentException("line " + (row.getRecordNumber() + 1) + ": " + e.getMessage(), e);
    }
  }

  private void take(Line line) {
    rows++;
    if (!seen.add(line)) repeated++;
    if (line.isCredit()) give(line);
    else if (line.quantity() > 0 && line.price() > 0 && !line.customer().isEmpty()) buy(line);
  }

  private void buy(Line line) {
    bought++;
    purchases.computeIfAbsent(new Wanted(line.customer(), line.item()), _ -> new ArrayDeque<>()).push(new Bought(line));
  }

  private void give(Line line) {
    var used = new ArrayList<String>();
    var kind = kind(line, used);
    long first = counts.merge(kind, 1L, Long::sum);
    values.merge(kind, Math.multiplyExact(-line.quantity(), line.price()), Long::sum);
    if (first == 1) samples.add(new Returned(line.invoice(), line.item(), -line.quantity(), kind, List.copyOf(used)));
  }

  private Kind kind(Line line, List<String> used) {
    if (line.customer().isEmpty()) return Kind.NO_CUSTOMER;
    if (!ITEM.matcher(line.item()).matches()) return Kind.NO_ITEM;
    var all = purchases.getOrDefault(new Wanted(line.customer(), line.item()), new ArrayDeque<>());
    if (all.isEmpty()) return Kind.NO_PURCHASE;
    var same = all.stream().filter(it -> it.line.price() == line.price()).toList();
    if (same.isEmpty()) return Kind.PRICE;
    return kind(same, -line.quantity(), used);
  }

  private static Kind kind(List<Bought> same, long wanted, List<String> used) {
    var whole = same.stream().filter(it -> it.left == wanted && it.line.quantity() == wanted).findFirst();
    if (whole.isPresent()) {
      take(whole.get(), wanted, used);
      return Kind.EXACT;
    }
    // The latest purchases first: what comes back is mostly what was bought last.
    long open = wanted;
    for (var purchase : same) open -= take(purchase, Math.min(open, purchase.left), used);
    return open == 0 ? Kind.PARTIAL : Kind.OVER;
  }

  private static long take(Bought purchase, long quantity, List<String> used) {
    if (quantity > 0) used.add(purchase.line.invoice());
    purchase.left -= quantity;
    return quantity;
  }
}
