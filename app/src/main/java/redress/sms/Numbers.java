package redress.sms;

import java.util.regex.Pattern;
import redress.notify.Channel.Addressee;

/**
 * Which telephone a short message goes to: only whole numbers with their country (E.164), in tests only the tester's.
 */
record Numbers(String testTo) {
  private static final Pattern E164 = Pattern.compile("\\+[1-9]\\d{6,14}");

  /** The number to send to; empty when there is none that could be right. */
  String of(Addressee to) {
    var phone = to.contact().phone().replaceAll("[\\s().-]", "");
    if (!E164.matcher(phone).matches()) return "";
    return to.live() ? phone : testTo;
  }
}
