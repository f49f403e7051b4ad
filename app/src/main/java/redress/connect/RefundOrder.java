package redress.connect;

/**
 * The order to pay back {@code minor} units of {@code currency} of {@code payment} to {@code payee}. {@code reference}
 * never changes, however often the order is sent.
 */
public record RefundOrder(String reference, String payment, long minor, String currency, String payee) {
  public RefundOrder {
    if (reference.isBlank()) throw new IllegalArgumentException("an order needs a reference");
    if (minor <= 0) throw new IllegalArgumentException("nothing to pay: " + minor);
  }

  /** Whether Redress itself ordered under this reference: all of its own begin alike. */
  public static boolean isOurs(String reference) {
    return reference.startsWith("dsp_");
  }
}
