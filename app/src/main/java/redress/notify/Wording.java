package redress.notify;

import java.math.BigDecimal;
import java.text.NumberFormat;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import redress.dispute.Executor;
import redress.dispute.Obligation;
import redress.dispute.Promise;
import redress.dispute.Side;
import redress.dispute.Terms;

/** How one reader is told amounts, instants, sides and promises: in their language, zone and from where they stand. */
final class Wording {
  private static final DateTimeFormatter MINUTE = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm");

  final Phrases phrases;
  private final Reader reader;
  private final boolean brief;

  Wording(Reader reader, Phrases phrases) {
    this(reader, phrases, false);
  }

  private Wording(Reader reader, Phrases phrases, boolean brief) {
    this.reader = reader;
    this.phrases = phrases;
    this.brief = brief;
  }

  /** The same where there is little room: dates without year and zone, which is named once, by {@link #offset}. */
  Wording inBrief() {
    return new Wording(reader, phrases, true);
  }

  /** {@code minor} units with the digits its currency has, e.g. {@code CNY 1,234.50} or {@code 1,234.50 人民币（CNY）}. */
  String amount(long minor, String currency) {
    var unit = Currency.getInstance(currency);
    int digits = Math.max(0, unit.getDefaultFractionDigits());
    var format = NumberFormat.getNumberInstance(reader.language().locale);
    format.setMinimumFractionDigits(digits);
    format.setMaximumFractionDigits(digits);
    var figure = format.format(BigDecimal.valueOf(minor, digits));
    return phrases.get("amount", Map.of("figure", figure, "code", currency, "currency",
        unit.getDisplayName(reader.language().locale)));
  }

  /** An instant to the minute it lies in, in the reader's zone: {@code 2026-03-05 17:00 (UTC+08:00, Asia/Shanghai)}. */
  String date(Instant at) {
    var there = at.atZone(reader.zone());
    if (brief) return DateTimeFormatter.ofPattern(phrases.get("date.brief"), reader.language().locale).format(there);
    var offset = there.getOffset().equals(ZoneOffset.UTC) ? "+00:00" : there.getOffset().getId();
    var place = reader.zone() instanceof ZoneOffset ? "" : ", " + reader.zone().getId();
    return "%s (UTC%s%s)".formatted(MINUTE.format(there), offset, place);
  }

  /** The reader's offset from UTC at that instant, as short as it can be: {@code UTC+8}, {@code UTC-3:30}. */
  String offset(Instant at) {
    return DateTimeFormatter.ofPattern("O", Locale.ROOT).format(at.atZone(reader.zone())).replace("GMT", "UTC");
  }

  /** An instant, or nothing. */
  String dateOrNone(@Nullable Instant at) {
    return at == null ? "" : date(at);
  }

  /** Who has to act, seen by the reader; null is the platform. */
  String who(@Nullable Side side) {
    if (side == null) return phrases.get("who.PLATFORM");
    return phrases.get(side == reader.side() ? "who.you." + side : "who." + side);
  }

  /** What {@code terms} come to, a line for the remedy and one for each promise. */
  String terms(Terms terms, String currency) {
    var text = new StringBuilder(phrases.get("remedy", terms.remedy()));
    for (var promise : terms.promises()) text.append("\n- ").append(promise(promise, currency));
    return text.toString();
  }

  /**
   * The promises of a settlement, a line each with its date or what became of it; {@code dates} are in the order of
   * {@code obligations}.
   */
  String promises(List<Obligation> obligations, List<Instant> dates, String currency) {
    var text = new StringBuilder();
    for (int i = 0; i < obligations.size(); i++) {
      var obligation = obligations.get(i);
      text.append(i == 0 ? "- " : "\n- ").append(promise(obligation.promise(), currency)).append(
          standing(obligation, dates.get(i)));
    }
    return text.toString();
  }

  /** Until when it has to be kept while nobody has done anything about it; afterwards, what became of it. */
  private String standing(Obligation obligation, Instant date) {
    return switch (obligation.state()) {
      case PENDING, OVERDUE ->
          phrases.get(obligation.due() == null ? "by.latest" : "by", Map.of("due", date(date)));
      case SHIPPED, REPORTED_DONE, VERIFIED, BROKEN, ENFORCED, LAPSED, WAIVED_BY_CREDITOR ->
          phrases.get("now", Map.of("state", phrases.get("state", obligation.state())));
    };
  }

  /** What is promised, as a sentence without its date. */
  String promise(Promise promise, String currency) {
    var debtor = promise.executor() == Executor.PLATFORM ? null : promise.kind().debtor();
    return phrases.get("promise." + promise.kind(),
        Map.of("who", who(debtor), "amount", amount(promise.minor(), currency)));
  }
}
