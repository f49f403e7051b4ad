package redress.result;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import redress.dispute.Dispute;
import redress.dispute.Event.*;
import redress.dispute.Executor;
import redress.dispute.Refund;
import redress.store.Movement;
import redress.store.Records.Kept;

/** What money moved: by the refunds, by cause in the ledger, and as statements of providers and banks tell it. */
final class Moneys {
  private static final Set<Movement.Kind> TELLING =
      Set.of(Movement.Kind.PAYMENT, Movement.Kind.REFUND, Movement.Kind.CHARGEBACK);

  private final Material material;
  private final Map<Integer, Instant> requested = new HashMap<>();
  private final Map<Integer, Instant> arrived = new HashMap<>();
  private long placed;
  private long shortfall;
  private long released;
  private long chargedBack;
  private long broken;
  private long setAside;
  private long overpaid;

  private Moneys(Material material) {
    this.material = material;
    for (var it : material.events()) {
      switch (it.event()) {
        case HoldPlaced e -> {
          placed += e.minor();
          shortfall += e.shortfall();
        }
        case HoldReleased e -> released += e.minor();
        case ChargebackOpened e -> chargedBack += e.minor();
        case PromiseBroken e -> {
          broken += e.minor();
          setAside += e.fromHold();
        }
        case Overpaid e -> overpaid += e.minor();
        case RefundRequested e -> requested.put(e.refund().id(), it.at());
        case OutsideRefundFound e -> arrived.put(e.refund().id(), it.at());
        case RefundMoved e when e.refund().state() == Refund.State.SUCCEEDED ->
            arrived.putIfAbsent(e.refund().id(), it.at());
        case redress.dispute.Event _ -> {}
      }
    }
  }

  /** The parts of the record that tell of money, by name. Amounts are minor units. */
  static Map<String, @Nullable Object> of(Material material) {
    var moneys = new Moneys(material);
    return Leaf.of("refunds", moneys.refunds(), "money", moneys.sums(), "statements", moneys.statements());
  }

  private List<Object> refunds() {
    var all = new ArrayList<Object>();
    for (var it : material.dispute().refunds()) {
      boolean ours = it.executor() == Executor.PLATFORM;
      all.add(Leaf.of("number", it.id(), "promise", it.obligation(), "amount", it.minor(), "executor", it.executor(),
          "state", it.state(), "compensation", it.compensation(), "enforced", it.enforcement(), "reference",
          it.reference(material.id()), "provider", material.payment().provider(), "requestedAt",
          requested.get(it.id()), "arrivedAt", it.state() == Refund.State.SUCCEEDED ? arrived.get(it.id()) : null,
          "from", ours ? from(List.of(it)) : null));
    }
    return all;
  }

  private static Object from(List<Refund> refunds) {
    return Leaf.of("hold", sum(refunds, Refund::fromHold), "available", sum(refunds, Refund::fromAvailable),
        "deposit", sum(refunds, Refund::fromDeposit), "fund", sum(refunds, Refund::fromFund));
  }

  private static long sum(List<Refund> refunds, java.util.function.ToLongFunction<Refund> part) {
    return refunds.stream().mapToLong(part).sum();
  }

  private Object sums() {
    var dispute = material.dispute();
    var enforced = arrived(dispute).stream().filter(Refund::enforcement).toList();
    return Leaf.of("currency", dispute.about().currency(), "disputed", dispute.about().minor(), "refunded",
        sum(arrived(dispute).stream().filter(it -> !it.compensation()).toList(), Refund::minor), "compensated",
        sum(arrived(dispute).stream().filter(Refund::compensation).toList(), Refund::minor), "enforced",
        Leaf.of("amount", sum(enforced, Refund::minor), "from", from(enforced)), "hold",
        Leaf.of("placed", placed, "shortfall", shortfall, "released", released), "chargedBack", chargedBack, "unpaid",
        Leaf.of("amount", broken, "setAsideForBuyer", setAside), "overpaid", overpaid, "ledger", ledger(), "balances",
        balances());
  }

  static List<Refund> arrived(Dispute dispute) {
    return dispute.refunds().stream().filter(it -> it.state() == Refund.State.SUCCEEDED).toList();
  }

  /** Every cause with how many entries it has and what they come to on each account, a debit being positive. */
  private List<Object> ledger() {
    var causes = new LinkedHashMap<String, Map<String, @Nullable Object>>();
    var entries = new HashMap<String, Set<Long>>();
    for (var line : material.money()) {
      entries.computeIfAbsent(line.cause(), _ -> new HashSet<>()).add(line.entry());
      causes.computeIfAbsent(line.cause(), _ -> new TreeMap<>()).merge(line.account(), line.minor(), Moneys::plus);
    }
    var all = new ArrayList<Object>();
    causes.forEach((cause, accounts) -> all
        .add(Leaf.of("cause", cause, "entries", entries.getOrDefault(cause, Set.of()).size(), "accounts", accounts)));
    return all;
  }

  private Map<String, @Nullable Object> balances() {
    var balances = new TreeMap<String, @Nullable Object>();
    for (var line : material.money()) balances.merge(line.account(), line.minor(), Moneys::plus);
    return balances;
  }

  private static Object plus(Object one, Object other) {
    return Math.addExact((Long) one, (Long) other);
  }

  /** Records that neither side and not this server wrote. */
  private List<Object> statements() {
    return material.records().stream().filter(it -> TELLING.contains(it.kind()) && !it.at().isAfter(material.at()))
        .map(Moneys::statement).toList();
  }

  private static Object statement(Kept it) {
    return Leaf.of("record", it.id(), "book", it.book(), "format", it.format(), "kind", it.kind(), "state", it.state(),
        "reference", it.reference(), "amount", it.minor(), "currency", it.currency(), "at", it.at(), "statement",
        it.statement(), "line", it.line());
  }
}
