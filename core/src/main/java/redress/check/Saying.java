package redress.check;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Currency;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;

/** One thing a document says, and where it says it. */
public sealed interface Saying {
  /** Where it stands. */
  Place at();

  /**
   * Where something stands in a document: in which part ({@code ""}: the document itself, else the name of a file
   * within
   * it), on which page and line (from 1; 0: it has none).
   */
  record Place(String part, int page, int line) {
    /** Whether it is the same line of the same page. */
    boolean isBeside(Place other) {
      return line > 0 && equals(other);
    }
  }

  /** What an amount claims to be. CREDIT is the total of a credit note, FEE what was charged for something else. */
  enum Sum {
    TOTAL, DUE, PREPAID, CREDIT, FEE, ANY
  }

  /** What a date claims to be. */
  enum When { ISSUED, DUE, DELIVERED, ANY }

  /** What a reference claims to be. */
  enum Naming { DISPUTE, PAYMENT, ORDER, INVOICE, REFUND, TRACKING, ANY }

  /**
   * An amount as it is written: {@code digits} with {@code decimals} of them behind the mark, in a {@code currency}
   * told
   * by its ISO 4217 code, by a sign that several share ($, ¥, 元), or not at all ("").
   */
  record Amount(Place at, long digits, int decimals, String currency, Sum sum) implements Saying {
    private static final Map<String, Set<String>> SHARED = Map.of(
        "$", Set.of("USD", "HKD", "AUD", "CAD", "SGD", "NZD", "TWD", "MXN"), "¥", Set.of("CNY", "JPY"),
        "元", Set.of("CNY", "HKD", "TWD", "MOP"), "£", Set.of("GBP", "EGP"));

    /** The same in minor units of a currency; empty when it has no such fraction. */
    public OptionalLong minor(String iso) {
      int missing = Currency.getInstance(iso).getDefaultFractionDigits() - decimals;
      var shifted = BigDecimal.valueOf(digits).movePointRight(missing).stripTrailingZeros();
      boolean whole = shifted.scale() <= 0 && shifted.precision() - shifted.scale() <= MOST_DIGITS;
      return whole ? OptionalLong.of(shifted.longValueExact()) : OptionalLong.empty();
    }

    /** Whether it says that it is in this currency, by its code or by its sign. */
    public boolean isIn(String iso) {
      return currency.equals(iso) || SHARED.getOrDefault(currency, Set.of()).contains(iso);
    }

    /** Whether it may be in this currency: it says so, or says nothing. */
    public boolean mayBeIn(String iso) {
      return currency.isEmpty() || isIn(iso);
    }

    @Override public String toString() {
      var number = BigDecimal.valueOf(digits, decimals).toPlainString();
      return currency.isEmpty() ? number : number + " " + currency;
    }
  }

  /** The most digits of an amount of this world. */
  int MOST_DIGITS = 15;

  /** A day; {@code or} is another when it can be read in two ways (03/04/2026), else the same. */
  record Day(Place at, LocalDate day, LocalDate or, When when) implements Saying {
    @Override public String toString() {
      return day.equals(or) ? day.toString() : day + " / " + or;
    }
  }

  /** A number or name under which something is known. */
  record Reference(Place at, String value, Naming naming) implements Saying {
    @Override public String toString() {
      return value;
    }
  }
}
