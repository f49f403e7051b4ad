package redress.policy;

import java.util.ArrayList;
import java.util.List;

/**
 * Finds payment card numbers in what people write, so that none is ever kept: PCI DSS 4.0.1 requirement 3 lets nobody
 * keep what they do not need. A number is one when a network issues numbers with its first digits in its length
 * (ISO/IEC 7812-1 and the networks' own lists) and its last digit is right (Luhn, ISO/IEC 7812-1 annex B). Digits of
 * every script count; one space, dash, dot, slash or underscore between digits and signs nobody sees do not part them.
 */
public final class CardNumbers {
  private static final int SHORTEST = 14;
  private static final int LONGEST = 19;
  private static final String BETWEEN = " -._/\u00a0\u2009\u202f\u3000\u2010\u2011\u2012\u2013\u2014\u2212\uff0d\uff0e";

  private CardNumbers() {}

  /** Whether a card number stands in {@code text}. */
  public static boolean isIn(String text) {
    var groups = new ArrayList<String>();
    var digits = new StringBuilder();
    boolean between = false;
    for (int at = 0; at < text.length();) {
      int sign = text.codePointAt(at);
      at += Character.charCount(sign);
      int digit = Character.digit(sign, 10);
      if (digit >= 0) {
        digits.append(digit);
        between = false;
      } else if (Character.getType(sign) != Character.FORMAT) {
        if (!digits.isEmpty()) groups.add(digits.toString());
        digits.setLength(0);
        if ((between || BETWEEN.indexOf(sign) < 0) && holds(groups)) return true;
        if (between || BETWEEN.indexOf(sign) < 0) groups.clear();
        between = true;
      }
    }
    if (!digits.isEmpty()) groups.add(digits.toString());
    return holds(groups);
  }

  /** Whether some of these groups, one after the other, are a card number. */
  private static boolean holds(List<String> groups) {
    for (int first = 0; first < groups.size(); first++) {
      var joined = new StringBuilder();
      for (int last = first; last < groups.size() && joined.length() < LONGEST; last++) {
        joined.append(groups.get(last));
        if (isOne(joined)) return true;
      }
    }
    return false;
  }

  private static boolean isOne(CharSequence digits) {
    int length = digits.length();
    return length >= SHORTEST && length <= LONGEST && isIssued(digits, length) && isRight(digits);
  }

  /** Whether a network issues numbers that begin like this in this length. */
  private static boolean isIssued(CharSequence digits, int length) {
    int four = Integer.parseInt(digits, 0, 4, 10);
    int two = four / 100;
    boolean long16 = length >= 16;
    return switch (two / 10) {
      // Mastercard's second range; Mir.
      case 2 -> (four >= 2221 && four <= 2720 && length == 16) || (four >= 2200 && four <= 2204 && long16);
      // American Express; JCB; Diners Club.
      case 3 -> ((two == 34 || two == 37) && length == 15) || (four >= 3528 && four <= 3589 && long16)
          || two == 36 || two == 38 || two == 39 || (four >= 3000 && four <= 3059) || four == 3095;
      // Visa; its numbers of 13 digits are no longer issued.
      case 4 -> length == 16 || length >= 18;
      // Mastercard; Maestro.
      case 5 -> (two >= 51 && two <= 55 && length == 16) || ((two == 50 || two >= 56) && long16);
      // UnionPay, Discover, Maestro, RuPay.
      case 6 -> long16;
      // UnionPay's second range, with RuPay.
      case 8 -> (two == 81 || two == 82) && long16;
      default -> false;
    };
  }

  /** Luhn: every second digit from the right but one doubled, its digits added; all together a multiple of ten. */
  private static boolean isRight(CharSequence digits) {
    int sum = 0;
    boolean doubled = false;
    for (int at = digits.length() - 1; at >= 0; at--) {
      int digit = digits.charAt(at) - '0';
      int counted = doubled ? digit * 2 : digit;
      sum += counted > 9 ? counted - 9 : counted;
      doubled = !doubled;
    }
    return sum % 10 == 0;
  }
}
