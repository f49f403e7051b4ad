package redress.errand;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiPredicate;
import redress.check.Facts;
import redress.check.Facts.State;
import redress.connect.RefundRecord;
import redress.dispute.DisputeId;
import redress.dispute.Payment;
import redress.store.Movement.Kind;
import redress.store.Records;
import redress.store.Records.Kept;

/**
 * What imported statements tell of a payment: records that neither the merchant nor this server wrote, and that are
 * there
 * also where no provider is connected or its list of refunds cannot be had.
 */
final class Stated {
  private static final Set<Kind> PAYOUTS = Set.of(Kind.REFUND, Kind.TRANSFER, Kind.OTHER);

  private final Records records;

  Stated(Records records) {
    this.records = records;
  }

  /** The payment as a statement tells it; empty when none does. */
  Optional<Facts.Transaction> transaction(Payment payment) {
    var all = records.ofPayment(payment.id());
    var captures = all.stream().filter(it -> it.kind() == Kind.PAYMENT && it.state() == State.SUCCEEDED).toList();
    // One file may tell what was paid, another what arrived: the one that agrees is the one meant.
    var capture = captures.stream().filter(it -> it.minor() == payment.captured()).findFirst()
        .or(() -> captures.stream().findFirst());
    return capture.map(it -> new Facts.Transaction(true, true, true, it.minor(), it.currency(), chargedBack(all)));
  }

  /** Several files may tell of the same chargebacks: what one of them tells is not added to what another does. */
  private static long chargedBack(List<Kept> all) {
    return bySource(all.stream().filter(it -> it.kind() == Kind.CHARGEBACK && it.state() != State.FAILED).toList())
        .values().stream().mapToLong(own -> -own.stream().mapToLong(Kept::minor).sum()).max().stream()
        .map(minor -> Math.max(0, minor)).sum();
  }

  /**
   * Every refund of the payment, those the provider tells itself first. {@code told} is empty when it cannot tell; then
   * statements must reach beyond {@code since}, or they say nothing of what came after. Empty: nobody can tell.
   */
  Optional<List<RefundRecord>> refunds(DisputeId dispute, Payment payment, Optional<List<RefundRecord>> told,
      Instant since) {
    var own = ours(dispute, payment);
    boolean reaches = records.reach(payment.provider(), payment.live()).filter(at -> !at.isBefore(since)).isPresent();
    boolean covered = reaches && transaction(payment).isPresent();
    if (told.isEmpty() && !covered) return Optional.empty();
    var all = new ArrayList<>(told.orElse(List.of()));
    for (var source : bySource(own).values()) add(all, settled(source));
    return Optional.of(List.copyOf(all));
  }

  /** What went out for the payment, or says itself that it is for this dispute, whatever account it left. */
  private List<Kept> ours(DisputeId dispute, Payment payment) {
    var all = new LinkedHashMap<String, Kept>();
    for (var it : records.ofPayment(payment.id())) if (it.kind() == Kind.REFUND) all.put(it.id(), it);
    for (var it : records.ofDispute(dispute)) {
      if (it.live() == payment.live() && PAYOUTS.contains(it.kind())) all.putIfAbsent(it.id(), it);
    }
    return List.copyOf(all.values());
  }

  /** The files of one account and format tell each movement once; others may tell the same again in other words. */
  private static Map<String, List<Kept>> bySource(List<Kept> all) {
    var sources = new LinkedHashMap<String, List<Kept>>();
    for (var it : all) sources.computeIfAbsent(it.book() + "\n" + it.format(), _ -> new ArrayList<>()).add(it);
    return sources;
  }

  /** The refunds of a source; money that came back takes one of the same amount and payment with it. */
  private static List<RefundRecord> settled(List<Kept> source) {
    var back = new ArrayList<>(source.stream().filter(it -> it.minor() > 0).toList());
    var refunds = new ArrayList<RefundRecord>();
    for (var it : source) {
      if (it.minor() >= 0) continue;
      boolean returned = take(back, other -> other.minor() == -it.minor() && other.called().equals(it.called()));
      refunds.add(refund(it, returned ? State.REVERSED : it.state()));
    }
    return refunds;
  }

  private static <T> boolean take(List<T> from, java.util.function.Predicate<T> which) {
    for (int i = 0; i < from.size(); i++) {
      if (!which.test(from.get(i))) continue;
      from.remove(i);
      return true;
    }
    return false;
  }

  private static RefundRecord refund(Kept it, State state) {
    var memo = it.obligation() > 0 ? it.dispute() + "-o" + it.obligation() : it.memo();
    var reference = it.refund() > 0 ? it.dispute() + "-r" + it.refund() : it.reference();
    return new RefundRecord(reference, -it.minor(), it.currency(), "", memo, state, it.at());
  }

  /**
   * Adds what is not there yet: first what has the same reference is the same refund, then what has the same amount.
   * Two
   * books rarely call a refund alike, and one that is counted twice would let a promise pass that was kept by half.
   */
  private static void add(List<RefundRecord> all, List<RefundRecord> found) {
    var known = new ArrayList<>(all);
    var left = without(found, known, (one, other) -> one.reference().equals(other.reference()));
    all.addAll(without(left, known, (one, other) -> one.minor() == other.minor()
        && one.currency().equals(other.currency())));
  }

  private static List<RefundRecord> without(List<RefundRecord> found, List<RefundRecord> known,
      BiPredicate<RefundRecord, RefundRecord> same) {
    return found.stream().filter(one -> !take(known, other -> same.test(one, other))).toList();
  }
}
