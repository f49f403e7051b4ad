package redress.notify;

import java.util.Locale;

/** A language people can be told things in. */
public enum Language {
  EN(Locale.ENGLISH, "en"), ZH(Locale.SIMPLIFIED_CHINESE, "zh-CN");

  /** How amounts are grouped and currencies named. */
  public final Locale locale;
  /** Its tag in a message's Content-Language (RFC 5646). */
  public final String tag;

  Language(Locale locale, String tag) {
    this.locale = locale;
    this.tag = tag;
  }

  /** The language for a tag such as {@code zh}, {@code zh-Hant-HK} or {@code en-GB}; English for any other. */
  public static Language of(String tag) {
    return Locale.forLanguageTag(tag.replace('_', '-')).getLanguage().equals("zh") ? ZH : EN;
  }

  /** The folder and name of its words among the resources. */
  String folder() {
    return locale.getLanguage();
  }
}
