package redress.statement;

import java.io.IOException;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import redress.store.Movement.Kind;

/**
 * SWIFT MT940 and MT942 in the dialects of many banks: fields behind {@code :61:} and its like, lines wrapped anywhere.
 * Layout: SWIFT Standards MT, category 9; German banks: DFÜ-Abkommen, annex 3, chapter 8.
 */
final class Mt940 implements Format {
  private static final Pattern FIELD = Pattern.compile("^(?:\\{1:.*\\{4:)?:(\\d\\d[A-Z]?|NS):(.*)$");
  private static final Pattern KNOWN = Pattern.compile("^:(20|25|28C?|60[FM]|61|62[FM]|64|86|NS):.*");
  private static final Pattern BLOCKS = Pattern.compile("^\\{1:F01.*\\{4:.*");
  private static final int LINES_BEFORE = 6;

  @Override public String name() {
    return "mt940";
  }

  @Override public boolean recognises(Sample sample) {
    return sample.isText() && sample.lines().stream().map(Mt940::clean).filter(line -> !line.isBlank())
        .limit(LINES_BEFORE).anyMatch(line -> KNOWN.matcher(line).matches() || BLOCKS.matcher(line).matches());
  }

  /** Some banks begin a message with control characters. */
  private static String clean(String line) {
    return line.replaceAll("[\\x00-\\x08\\x0b-\\x1f]", "").stripTrailing();
  }

  @Override public void read(Source source, Ledger ledger) throws IOException {
    var reader = new Reader(ledger);
    source.lines(reader::line);
    reader.field();
    reader.emit();
  }

  /** Reads field by field. */
  private static final class Reader {
    private static final Pattern MOVEMENT = Pattern.compile(
        "^(\\d{2})(\\d{2})(\\d{2})(?:\\d{4})?([RE]?)([CD])([A-Z])?"
            + "(\\d{1,16}(?:[,.]\\d{0,6})?|[,.]\\d{1,6})([A-Z])(.{3})(.*)$",
        Pattern.DOTALL);
    private static final Pattern BALANCE =
        Pattern.compile("^([CD])(\\d{6})([A-Z]{3})?(\\d{1,20}(?:[,.]\\d{0,6})?)\\s*$", Pattern.DOTALL);
    private static final Pattern FLOOR = Pattern.compile("^([A-Z]{3})[CD]?[\\d,.]+\\s*$", Pattern.DOTALL);
    private static final Pattern SUMMARY =
        Pattern.compile("^(\\d{1,9})([A-Z]{3})(\\d{1,20}(?:[,.]\\d{0,6})?)\\s*$", Pattern.DOTALL);
    private static final Pattern EREF = Pattern.compile("EREF[+/:]\\s*(.+?)(?=(?:[A-Z]{4}\\+|/[A-Z]{4}/)|\\s{2,}|$)");
    private static final Pattern NOTHING = Pattern.compile("(?i)|NONREF|NOTPROVIDED|NOREF|EREF|KREF|STARTUMS?E?|0+");
    private static final int LONGEST_FIELD = 20_000;

    private final Ledger ledger;
    private String tag = "";
    private final StringBuilder value = new StringBuilder();
    private long valueLine;
    private String currency = "";
    private boolean opened;
    private @Nullable Long balance;
    private @Nullable Draft draft;
    private final StringBuilder words = new StringBuilder();
    private long credits;
    private long debits;
    private long credited;
    private long debited;

    Reader(Ledger ledger) {
      this.ledger = ledger;
    }

    void line(long at, String text) throws IOException {
      var line = clean(text);
      var found = FIELD.matcher(line);
      if (found.matches()) {
        field();
        tag = found.group(1);
        value.append(found.group(2));
        valueLine = at;
      } else if (line.startsWith("-}") || line.equals("-")) {
        field();
      } else if (!tag.isEmpty() && value.length() < LONGEST_FIELD) {
        value.append('\n').append(line);
      }
    }

    /** A field is over. */
    void field() throws IOException {
      var text = value.toString();
      value.setLength(0);
      switch (tag) {
        case "20" -> message();
        case "25" -> account(text.strip());
        case "60F", "60M" -> open(text);
        case "34F" -> floor(text);
        case "61" -> movement(text);
        case "86", "NS" -> words.append(draft == null ? "" : "\n" + text);
        case "62F", "62M" -> closing(text);
        case "90C", "90D" -> summary(text);
        default -> {}
      }
      tag = "";
    }

    private void message() throws IOException {
      emit();
      opened = false;
      balance = null;
      currency = "";
      credits = debits = credited = debited = 0;
    }

    /** Some write the currency behind the account. */
    private void account(String text) {
      if (opened) return;
      var named = Pattern.compile("^(.*\\d)/?([A-Z]{3})$").matcher(text);
      boolean tells = named.matches() && isCurrency(named.group(2));
      if (tells) currency = named.group(2);
      ledger.book(tells ? named.group(1) : text.lines().findFirst().orElse(""));
    }

    private static boolean isCurrency(String code) {
      try {
        Amounts.currency(code, "");
        return true;
      } catch (Bad e) {
        return false;
      }
    }

    private void open(String text) {
      opened = true;
      var found = BALANCE.matcher(text);
      if (found.matches() && found.group(3) != null) {
        currency = found.group(3);
        balance = amount(found);
      } else {
        ledger.unreadable(valueLine, "the opening balance");
      }
    }

    private void floor(String text) {
      opened = true;
      var found = FLOOR.matcher(text);
      if (found.matches()) currency = found.group(1);
    }

    private @Nullable Long amount(Matcher found) {
      try {
        long minor = Amounts.minor(found.group(4).replace('.', ','), currency, ',', "balance");
        return found.group(1).equals("D") ? -minor : minor;
      } catch (Bad bad) {
        ledger.unreadable(valueLine, "a balance");
        return null;
      }
    }

    private void movement(String text) throws IOException {
      emit();
      opened = true;
      var found = MOVEMENT.matcher(text);
      if (!found.matches()) found = MOVEMENT.matcher(text.replaceFirst("\n", ""));
      if (!found.matches()) {
        ledger.broken(valueLine, "FIELD", ":61: date, mark, amount and type");
        return;
      }
      try {
        draft = draft(found);
      } catch (Bad bad) {
        ledger.broken(valueLine, bad);
      }
    }

    private Draft draft(Matcher found) throws Bad {
      var made = new Draft(valueLine);
      if (currency.isEmpty()) throw new Bad("CURRENCY", "a balance that names the currency before :61:");
      made.currency = Amounts.currency(currency, ":60F:");
      long minor = Amounts.minor(found.group(7).replace('.', ','), made.currency, ',', ":61: amount");
      boolean back = found.group(4).equals("R");
      boolean credit = found.group(5).equals("C") != back;
      made.minor = credit ? minor : -minor;
      made.at = day(found).atStartOfDay().toInstant(ZoneOffset.UTC);
      made.kind = kind(found.group(9), credit, back);
      references(made, found.group(10));
      return made;
    }

    private static Kind kind(String type, boolean credit, boolean back) {
      if (type.equals("CHG") || type.equals("COM")) return Kind.FEE;
      if (back) return credit ? Kind.OTHER : Kind.CHARGEBACK;
      return credit ? Kind.PAYMENT : Kind.OTHER;
    }

    /** Banks that give every month thirty days mean the last day of a shorter one. */
    private static LocalDate day(Matcher found) throws Bad {
      int year = Integer.parseInt(found.group(1));
      int month = Integer.parseInt(found.group(2));
      int day = Integer.parseInt(found.group(3));
      if (month < 1 || month > 12 || day < 1 || day > 31) throw new Bad("DATE", ":61: a date YYMMDD");
      var of = YearMonth.of(year < 80 ? 2000 + year : 1900 + year, month);
      return of.atDay(Math.min(day, of.lengthOfMonth()));
    }

    private static void references(Draft made, String rest) {
      var parts = rest.split("\n", 2);
      var names = parts[0].split("//", 2);
      made.reference = told(names[0]);
      made.providerId = names.length > 1 ? told(names[1]) : "";
      made.memo = parts.length > 1 ? parts[1] : "";
      if (!made.providerId.isEmpty()) {
        made.own = String.join("|", made.providerId, made.reference, String.valueOf(made.at), made.minor + "");
      }
    }

    private static String told(String text) {
      return NOTHING.matcher(text.strip()).matches() ? "" : text.strip();
    }

    /** What was put together so far is complete. */
    void emit() throws IOException {
      var made = draft;
      var said = words.toString();
      words.setLength(0);
      draft = null;
      if (made == null) return;
      describe(made, said);
      if (made.minor < 0) {
        debits++;
        debited -= made.minor;
      } else {
        credits++;
        credited += made.minor;
      }
      ledger.take(made);
    }

    private static void describe(Draft made, String said) {
      boolean coded = said.matches("(?s)\\s*\\d{3}\\?.*");
      var text = coded ? said.replace("\n", "") : said.replace("\n", " ");
      var purpose = new StringBuilder();
      var name = new StringBuilder();
      if (coded) {
        for (var part : text.strip().substring(3).split("\\?(?=\\d\\d)")) {
          if (part.matches("(?s)(2\\d|6[0-3]).*")) purpose.append(part.substring(2));
          else if (part.matches("(?s)3[23].*")) name.append(part.substring(2));
        }
      } else purpose.append(text.strip());
      var end = EREF.matcher(purpose);
      if (end.find()) made.called = told(end.group(1));
      if (made.called.isEmpty()) made.called = made.reference;
      made.counterparty = name.toString();
      made.memo = (made.memo + " " + purpose).strip();
    }

    private void closing(String text) throws IOException {
      emit();
      var found = BALANCE.matcher(text);
      var before = balance;
      balance = null;
      if (before == null) return;
      if (!found.matches()) {
        ledger.unreadable(valueLine, "the closing balance");
        return;
      }
      var closing = amount(found);
      if (closing != null) {
        ledger.total(valueLine, "BALANCE", "closing balance", closing, before + credited - debited);
      }
      credits = debits = credited = debited = 0;
    }

    /** MT942: how many debits or credits, and what they come to. */
    private void summary(String text) throws IOException {
      emit();
      var found = SUMMARY.matcher(text);
      boolean credit = tag.equals("90C");
      try {
        if (!found.matches()) throw new Bad("TOTAL", tag);
        long stated = Amounts.minor(found.group(3).replace('.', ','), found.group(2), ',', tag);
        ledger.total(valueLine, "COUNT", tag, Long.parseLong(found.group(1)), credit ? credits : debits);
        ledger.total(valueLine, "SUM", tag, stated, credit ? credited : debited);
      } catch (Bad bad) {
        ledger.unreadable(valueLine, "the summary in :" + tag + ":");
      }
    }
  }
}
