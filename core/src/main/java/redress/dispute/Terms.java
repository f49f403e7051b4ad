package redress.dispute;

import static redress.dispute.Obligation.Kind.*;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import redress.seal.Canonical;
import redress.seal.Digest;

/** What is offered, proposed, ruled or settled: a remedy and the promises it consists of. */
public record Terms(Remedy remedy, List<Promise> promises) {
  public Terms {
    promises = List.copyOf(promises);
  }

  /**
   * The usual promises of {@code remedy}: refunds of {@code refund}, compensation of {@code compensation} (minor units,
   * 0 for none), paid by {@code executor}; promises in kind are worth {@code valueIfBroken}.
   */
  public static Terms of(Remedy remedy, long refund, long compensation, Executor executor, long valueIfBroken) {
    var promises = new ArrayList<Promise>();
    int after = 0;
    for (var kind : remedy.promises) {
      promises.add(switch (kind) {
        case REFUND -> Promise.pay(REFUND, refund, executor, after);
        case COMPENSATION -> Promise.pay(COMPENSATION, compensation, executor, after);
        case RETURN_ITEM, ACKNOWLEDGE_RETURN -> Promise.inKind(kind, 0, after);
        case SHIP_REPLACEMENT, PERFORM_SERVICE, CANCEL_BILLING, OTHER -> Promise.inKind(kind, valueIfBroken, after);
      });
      if (kind == RETURN_ITEM || kind == ACKNOWLEDGE_RETURN) after = promises.size();
    }
    if (compensation > 0 && !remedy.promises.contains(COMPENSATION)) {
      promises.add(Promise.pay(COMPENSATION, compensation, executor, 0));
    }
    return new Terms(remedy, promises);
  }

  /** What these terms ask of the payment itself: refunds and the worth of promises in kind, without compensation. */
  public long cost() {
    long sum = 0;
    for (var promise : promises) {
      if (promise.kind() != COMPENSATION) {
        sum = Math.addExact(sum, Math.addExact(promise.minor(), promise.valueIfBroken()));
      }
    }
    return sum;
  }

  /** All that is paid in money, compensation included. */
  public long pays() {
    long sum = 0;
    for (var promise : promises) sum = Math.addExact(sum, promise.minor());
    return sum;
  }

  /** The hash that both sides' assent is about. */
  public String hash(DisputeId dispute, String currency) {
    var all = new ArrayList<Map<String, Object>>();
    for (var promise : promises) {
      var one = new LinkedHashMap<String, Object>();
      one.put("kind", promise.kind());
      one.put("minor", promise.minor());
      one.put("executor", promise.executor() == null ? "" : promise.executor().name());
      one.put("valueIfBroken", promise.valueIfBroken());
      one.put("within", promise.within() == null ? "" : promise.within().toString());
      one.put("after", promise.after());
      all.add(one);
    }
    return Digest.sha256(Canonical.json(Map.of("dispute", dispute.toString(), "currency", currency, "remedy", remedy,
        "promises", all)));
  }
}
