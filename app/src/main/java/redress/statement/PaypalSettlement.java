package redress.statement;

import java.io.IOException;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import redress.store.Movement.Kind;

/**
 * PayPal's settlement report (STL): rows of header, sections, bodies and footers, each named by its first cell. Amounts
 * are
 * unsigned hundredths, whatever the currency. Layout: PayPal, Settlement Report Specification, version 9
 * (developer.paypal.com/docs/reports/sftp-reports/settlement-report).
 */
final class PaypalSettlement implements Format {
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy/MM/dd HH:mm:ss Z");
  private static final List<String> HEADER = List.of("CH", "Transaction ID", "Transaction Event Code",
      "Transaction Debit or Credit", "Gross Transaction Amount", "Gross Transaction Currency");

  @Override public String name() {
    return "paypal-settlement";
  }

  @Override public boolean recognises(Sample sample) {
    return sample.isText() && (sample.header(HEADER, ',').isPresent() || sample.header(HEADER, '\t').isPresent());
  }

  @Override public void read(Source source, Ledger ledger) throws IOException {
    ledger.book("PAYPAL");
    char separator = source.sample().header(HEADER, ',').isPresent() ? ',' : '\t';
    source.rows(separator, ledger, new Reader(ledger)::row);
  }

  /** Reads row by row. */
  private static final class Reader {
    private final Ledger ledger;
    private final Map<String, Long> sums = new HashMap<>();
    private @Nullable Columns columns;
    private long section;
    private long bodies;

    Reader(Ledger ledger) {
      this.ledger = ledger;
    }

    void row(Row row) throws IOException {
      switch (row.cell(0)) {
        case "CH" -> columns = new Columns(row.cells());
        case "SB" -> body(row);
        case "SF" -> footer(row);
        case "SC" -> {
          count(row, section);
          section = 0;
          sums.clear();
        }
        case "RC" -> count(row, bodies);
        case "RH", "FH", "SH", "RF", "FF", "" -> {}
        default -> ledger.broken(row.line(), "ROW", "column 1: a row type of the report");
      }
    }

    private void body(Row row) throws IOException {
      section++;
      bodies++;
      var known = columns;
      if (known == null) {
        ledger.broken(row.line(), "HEADER", "a CH row before the first SB row");
        return;
      }
      try {
        ledger.take(draft(row, known));
      } catch (Bad bad) {
        ledger.broken(row.line(), bad);
      }
    }

    private Draft draft(Row row, Columns known) throws Bad {
      var draft = new Draft(row.line());
      var code = known.cell(row, "Transaction Event Code");
      draft.currency = Amounts.currency(known.cell(row, "Gross Transaction Currency"), "Gross Transaction Currency");
      draft.minor = signed(row, known, "Transaction Debit or Credit", "Gross Transaction Amount", draft.currency);
      sums.merge(key(draft.currency, draft.minor), Math.abs(draft.minor), Long::sum);
      if (!known.cell(row, "Fee Amount").isEmpty() && known.cell(row, "Fee Currency").equals(draft.currency)) {
        draft.fee = -signed(row, known, "Fee Debit or Credit", "Fee Amount", draft.currency);
      }
      draft.kind = kind(code, draft.minor);
      draft.providerId = known.cell(row, "Transaction ID");
      draft.called = known.cell(row, "Invoice ID");
      draft.alias = known.first(row, List.of("PayPal Reference ID", "Transaction ID"));
      draft.reference = known.first(row, List.of("Custom Field", "Transaction ID"));
      draft.own = draft.providerId.isEmpty() ? "" : draft.providerId + "|" + code + "|" + draft.minor;
      try {
        draft.at = OffsetDateTime.parse(known.first(row, List.of("Transaction Completion Date",
            "Transaction Initiation Date")), TIME).toInstant();
      } catch (DateTimeParseException e) {
        throw new Bad("DATE", "Transaction Completion Date: a date with time and zone");
      }
      return draft;
    }

    private static String key(String currency, long minor) {
      return (minor < 0 ? "DR" : "CR") + currency;
    }

    private static long signed(Row row, Columns known, String side, String column, String currency) throws Bad {
      var text = known.cell(row, column);
      if (!text.matches("\\d{1,17}")) throw new Bad("AMOUNT", column + ": whole hundredths");
      long minor = hundredths(text, currency, column);
      return switch (known.cell(row, side)) {
        case "CR" -> minor;
        case "DR" -> -minor;
        default -> throw new Bad("SIDE", side + ": CR or DR");
      };
    }

    private static long hundredths(String digits, String currency, String column) throws Bad {
      var padded = "0".repeat(Math.max(0, 3 - digits.length())) + digits;
      int point = padded.length() - 2;
      return Amounts.minor(padded.substring(0, point) + "." + padded.substring(point), currency, '.', column);
    }

    /** By the groups of the transaction event codes. */
    private static Kind kind(String code, long minor) {
      if (code.matches("T1107|T1113")) return Kind.REFUND;
      if (code.matches("T1106|T12\\d\\d|T1110|T1111|T1114|T1115|T1116")) return Kind.CHARGEBACK;
      if (code.matches("T01\\d\\d|T1108|T1109")) return Kind.FEE;
      if (code.matches("T0[2-4]\\d\\d|T20\\d\\d|T22\\d\\d")) return Kind.TRANSFER;
      return code.matches("T00\\d\\d") ? Ledger.kind(minor) : Kind.OTHER;
    }

    /** Currency, then gross credits and gross debits of the section. */
    private void footer(Row row) {
      try {
        var currency = Amounts.currency(row.cell(1), "column 2");
        long credits = hundredths(row.cell(2), currency, "column 3");
        long debits = hundredths(row.cell(3), currency, "column 4");
        ledger.total(row.line(), "SUM", "gross credits", credits, sums.getOrDefault("CR" + currency, 0L));
        ledger.total(row.line(), "SUM", "gross debits", debits, sums.getOrDefault("DR" + currency, 0L));
      } catch (Bad bad) {
        ledger.unreadable(row.line(), "a section's totals");
      }
    }

    private void count(Row row, long found) {
      try {
        ledger.total(row.line(), "COUNT", "rows", Long.parseLong(row.cell(1)), found);
      } catch (NumberFormatException e) {
        ledger.unreadable(row.line(), "a count of rows");
      }
    }
  }
}
