package redress.web;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Currency;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import redress.door.Language;
import redress.view.Lexicon;
import redress.view.Reader;

/**
 * What every page knows: who reads it (null: nobody signed in), in which language and zone, at which address, what
 * its forms and scripts must carry, how many notices wait, and the reader's present instant (UTC).
 */
public record Frame(@Nullable Reader reader, Language language, ZoneId zone, String path, String nonce, String guard,
    int unread, Instant now) {
  private static final DateTimeFormatter ENGLISH =
      DateTimeFormatter.ofPattern("EEE d MMM uuuu, HH:mm (xxx)", Locale.UK);
  private static final DateTimeFormatter CHINESE =
      DateTimeFormatter.ofPattern("uuuu年M月d日 EEE HH:mm（xxx）", Locale.SIMPLIFIED_CHINESE);
  private static final DateTimeFormatter ENGLISH_DAY = DateTimeFormatter.ofPattern("d MMM uuuu", Locale.UK);
  private static final DateTimeFormatter CHINESE_DAY =
      DateTimeFormatter.ofPattern("uuuu年M月d日", Locale.SIMPLIFIED_CHINESE);

  /** The wording the reader understands. */
  public String say(String english, String chinese) {
    return language.pick(english, chinese);
  }

  /** The same page in this language. */
  Frame speaking(Language other) {
    return new Frame(reader, other, zone, path, nonce, guard, unread, now);
  }

  /** The reader's words for a constant of this kind ({@code reason}, {@code status} …), as notices use them too. */
  public String word(String kind, Enum<?> constant) {
    return Lexicon.of(language).word(kind, constant);
  }

  /** The reader's words under this key, with what stands in their blanks: name, text, name, text … */
  public String words(String key, String... blanks) {
    var words = Lexicon.of(language).say(key);
    for (int i = 0; i < blanks.length; i += 2) words = words.replace("{" + blanks[i] + "}", blanks[i + 1]);
    return words;
  }

  /** Words with a capital letter at their start, where the language has such. */
  public String capital(String words) {
    return words.isEmpty() ? words : words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
  }

  /** The language as HTML names it. */
  public String lang() {
    return language.pick("en", "zh-CN");
  }

  /** {@code minor} units of {@code currency} as the reader's language writes money. */
  public String money(long minor, String currency) {
    return language.money(minor, currency);
  }

  /** {@code minor} units as a field of a form holds them: digits and a point. */
  public String plain(long minor, String currency) {
    int digits = Math.max(0, Currency.getInstance(currency).getDefaultFractionDigits());
    return BigDecimal.valueOf(minor, digits).toPlainString();
  }

  /** An instant by the reader's clock on the wall, with its offset. */
  public String wall(Instant at) {
    return (language == Language.ZH ? CHINESE : ENGLISH).format(at.atZone(zone));
  }

  /** The day of an instant by the reader's calendar. */
  public String day(Instant at) {
    return (language == Language.ZH ? CHINESE_DAY : ENGLISH_DAY).format(at.atZone(zone));
  }

  /** How long it is until {@code at}, or was since then, in the two units that matter. */
  public String until(Instant at) {
    var left = Duration.between(now, at);
    var span = span(left.abs());
    return left.isNegative() ? say(span + " ago", span + "前") : say("in " + span, "还有" + span);
  }

  private String span(Duration span) {
    if (span.toDays() >= 2) return say(span.toDays() + " days", span.toDays() + "天");
    if (span.toHours() >= 1) {
      return say(span.toHours() + " h " + span.toMinutesPart() + " min",
          span.toHours() + "小时" + span.toMinutesPart() + "分");
    }
    return say(Math.max(1, span.toMinutes()) + " min", Math.max(1, span.toMinutes()) + "分钟");
  }

  /** Where the page hears of what is new after what it shows: {@code place} with the unread notices it shows. */
  public String live(String place) {
    return place + (place.contains("?") ? "&" : "?") + "unread=" + unread;
  }

  /** Whether the page at {@code start} is the one shown, or above it. */
  public boolean isAt(String start) {
    return path.equals(start) || path.startsWith(start + "/");
  }
}
