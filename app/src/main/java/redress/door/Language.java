package redress.door;

import jakarta.servlet.http.HttpServletRequest;
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
}
