package redress.door;

import jakarta.servlet.http.HttpServletRequest;
import java.math.BigDecimal;
import java.text.NumberFormat;
import java.util.Currency;
import java.util.Enumeration;
import java.util.Locale;

/** The languages people are spoken to in. */
public enum Language {
  EN, ZH;

  /** The one the caller likes best of the two; English when it says nothing. */
  public static Language of(HttpServletRequest request) {
    if (request.getHeader("Accept-Language") == null) return EN;
    for (Enumeration<Locale> wanted = request.getLocales(); wanted.hasMoreElements();) {
      var language = wanted.nextElement().getLanguage();
      if (language.equals("zh")) return ZH;
      if (language.equals("en")) return EN;
    }
    return EN;
  }

  /** Reads {@code en} or {@code zh}; English for anything else. */
  public static Language of(String tag) {
    return tag.startsWith("zh") ? ZH : EN;
  }

  /** The one of two wordings that is in this language. */
  public String pick(String english, String chinese) {
    return this == ZH ? chinese : english;
  }

  /** Where people write numbers and dates as this language does here. */
  public Locale locale() {
    return this == ZH ? Locale.SIMPLIFIED_CHINESE : Locale.UK;
  }

  /** {@code minor} units of {@code currency} as this language writes money, with all decimals the currency has. */
  public String money(long minor, String currency) {
    var format = NumberFormat.getCurrencyInstance(locale());
    var unit = Currency.getInstance(currency);
    int digits = Math.max(0, unit.getDefaultFractionDigits());
    format.setCurrency(unit);
    format.setMinimumFractionDigits(digits);
    format.setMaximumFractionDigits(digits);
    return format.format(BigDecimal.valueOf(minor, digits));
  }
}
