package redress.store;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import redress.dispute.DisputeId;
import redress.dispute.Payment;

/**
 * What one session read or wrote last, so that the database need not send it again while its version is the same: a
 * version is never given to two different states. Forgets what was not asked for longest. Used by one thread.
 */
final class Memory {
  private static final int MOST = 2_048;

  private final Map<DisputeId, Page> pages = forgetful();
  private final Map<String, Kept> payments = forgetful();

  private record Kept(Payment payment, int revision) {}

  /**
   * What the database is asked: to tell what differs from the version and the revision that are known here, 0 if none.
   */
  record Look(DisputeId dispute, String payment, int version, int revision) {}

  Look look(Wanted wanted) {
    var page = pages.get(wanted.dispute());
    var kept = payments.get(page == null ? wanted.payment() : page.payment());
    return new Look(wanted.dispute(), wanted.payment(), page == null ? 0 : page.dispute().version(),
        kept == null ? 0 : kept.revision());
  }

  /** The dispute that was looked for with the version known here. */
  Page page(DisputeId id) {
    var page = pages.get(id);
    if (page == null) throw new IllegalStateException(id + " is not known here");
    return page;
  }

  /** The payment that was looked for with the revision known here. */
  Payment payment(String id) {
    var kept = payments.get(id);
    if (kept == null) throw new IllegalStateException("a payment is not known here");
    return kept.payment();
  }

  /** Remembers what was read. */
  void keep(Page page, Payment payment, int revision) {
    pages.put(page.id(), page);
    payments.put(payment.id(), new Kept(payment, revision));
  }

  /** Remembers what has been written, and is committed. */
  void keep(Folder folder) {
    boolean paymentMoved = !folder.payment.equals(folder.read.payment());
    payments.put(folder.payment.id(), new Kept(folder.payment, folder.read.revision() + (paymentMoved ? 1 : 0)));
    for (var sheet : folder.sheets.values()) {
      if (!sheet.isChanged()) continue;
      var id = sheet.read.id();
      pages.put(id, new Page(id, folder.payment.id(), sheet.now, sheet.chain));
    }
  }

  private static <K, V> Map<K, V> forgetful() {
    return new LinkedHashMap<>(16, 0.75f, true) {
      @Override protected boolean removeEldestEntry(Map.@Nullable Entry<K, V> eldest) {
        return size() > MOST;
      }
    };
  }
}
