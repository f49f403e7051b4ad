package redress.dispute;

import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32C;

/** Where a payment and everything about it lives: a number from 0 to 4095 derived from the payment's id. */
public final class Home {
  /** How many homes there are; a change would move every row, so it never changes. */
  public static final int COUNT = 4096;

  /** The home of the payment with this id. */
  public static int of(String paymentId) {
    var crc = new CRC32C();
    crc.update(paymentId.getBytes(StandardCharsets.UTF_8));
    return (int) (crc.getValue() % COUNT);
  }

  private Home() {}
}
