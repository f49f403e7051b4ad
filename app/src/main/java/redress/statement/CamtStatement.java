package redress.statement;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import org.jspecify.annotations.Nullable;

/** One statement, report or notification of an account: what it states of itself, and what its entries come to. */
final class CamtStatement {
  final Ledger ledger;
  private String currency = "";
  private boolean mixed;
  private @Nullable Xml opening;
  private @Nullable Xml closing;
  private @Nullable Xml summary;
  private @Nullable Instant created;
  private long entries;
  private long credited;
  private long debited;

  CamtStatement(Ledger ledger) {
    this.ledger = ledger;
  }

  void begin() {
    currency = "";
    mixed = false;
    opening = closing = summary = null;
    created = null;
    entries = credited = debited = 0;
  }

  void created(String text) {
    if (created == null) created = instant(text);
  }

  @Nullable Instant created() {
    return created;
  }

  void account(Xml account) {
    var iban = account.at("Id", "IBAN");
    ledger.book(iban.isEmpty() ? account.at("Id", "Othr", "Id") + account.at("Id", "PrtryAcct", "Id") : iban);
  }

  void balance(Xml balance) {
    switch (balance.at("Tp", "CdOrPrtry", "Cd") + balance.at("Tp", "Cd")) {
      case "OPBD", "PRCD" -> {
        if (opening == null) opening = balance;
      }
      case "CLBD" -> closing = balance;
      default -> {}
    }
  }

  void summary(Xml told) {
    summary = told;
  }

  /** An entry that counts: booked, {@code minor} signed. */
  void count(String of, long minor) {
    entries++;
    if (currency.isEmpty()) currency = of;
    mixed |= !currency.equals(of);
    if (minor < 0) debited -= minor;
    else credited += minor;
  }

  /** An entry that is there but cannot be read. */
  void count() {
    entries++;
  }

  /** It is over: what it states is held against its entries. */
  void end() {
    var told = summary;
    if (told != null) {
      stated(told, "COUNT", "entries", told.at("TtlNtries", "NbOfNtries"), entries);
      if (!mixed) {
        money(told, "credit entries", told.find("TtlCdtNtries", "Sum"), credited);
        money(told, "debit entries", told.find("TtlDbtNtries", "Sum"), debited);
      }
    }
    var from = opening;
    var to = closing;
    if (from == null || to == null || mixed) return;
    try {
      if (!currency.isEmpty() && !CamtEntry.currency(from.find("Amt")).equals(currency)) return;
      long found = signed(from) + credited - debited;
      ledger.total(to.line(), "BALANCE", "closing balance", signed(to), found);
    } catch (Bad bad) {
      ledger.unreadable(to.line(), "a balance");
    }
  }

  private void stated(Xml told, String reason, String what, String text, long found) {
    if (text.isEmpty()) return;
    if (text.matches("\\d{1,15}")) ledger.total(told.line(), reason, what, Long.parseLong(text), found);
    else ledger.unreadable(told.line(), what);
  }

  private void money(Xml told, String what, @Nullable Xml sum, long found) {
    if (sum == null || currency.isEmpty()) return;
    try {
      ledger.total(told.line(), "SUM", what, Amounts.minor(sum.text().toString().strip(), currency, '.', what), found);
    } catch (Bad bad) {
      ledger.unreadable(told.line(), what);
    }
  }

  private static long signed(Xml balance) throws Bad {
    long minor = CamtEntry.minor(balance.find("Amt"));
    return balance.at("CdtDbtInd").equals("DBIT") ? -minor : minor;
  }

  /** A date or an instant as ISO 20022 writes them; without a zone it is taken for UTC. Null when it is neither. */
  static @Nullable Instant instant(String text) {
    try {
      if (text.length() <= 10) return LocalDate.parse(text).atStartOfDay().toInstant(ZoneOffset.UTC);
      boolean zoned = text.endsWith("Z") || text.matches(".*[+-]\\d\\d:\\d\\d");
      return zoned ? OffsetDateTime.parse(text).toInstant() : LocalDateTime.parse(text).toInstant(ZoneOffset.UTC);
    } catch (DateTimeParseException e) {
      return null;
    }
  }
}
