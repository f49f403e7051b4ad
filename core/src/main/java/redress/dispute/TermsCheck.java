package redress.dispute;

import static redress.dispute.Obligation.Kind.*;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Whether terms make sense: the promises fit the remedy, and the money is there. */
final class TermsCheck {
  private static final int PROMISES = 9;
  private static final long GREATEST = 1_000_000_000_000_000L;
  private static final Duration SHORTEST = Duration.ofHours(1);
  private static final Duration LONGEST = Duration.ofDays(180);

  /** Why these terms are refused, or null. Nothing owed is accepted where {@code mayBeEmpty}. */
  static Decision.@Nullable No refusal(Matter matter, Terms terms, boolean mayBeEmpty) {
    var shape = shape(terms, mayBeEmpty);
    if (shape != null) return shape;
    long spent = matter.dispute().spent();
    boolean full = terms.remedy() == Remedy.FULL_REFUND || terms.remedy() == Remedy.RETURN_AND_REFUND;
    long refunds = terms.promises().stream().filter(p -> p.kind() == REFUND).mapToLong(Promise::minor).sum();
    if (full && !terms.promises().isEmpty() && refunds != matter.dispute().about().minor() - spent) {
      return no(Refusal.NOT_THE_FULL_AMOUNT, "amount");
    }
    return terms.cost() > matter.payment().refundable() ? no(Refusal.AMOUNT_TOO_HIGH, "amount") : null;
  }

  private static Decision.@Nullable No shape(Terms terms, boolean mayBeEmpty) {
    var promises = terms.promises();
    if (promises.size() > PROMISES) return no(Refusal.TERMS_INCOMPLETE, "promises");
    if (promises.isEmpty() && mayBeEmpty) return null;
    for (var kind : terms.remedy().promises) {
      if (promises.stream().noneMatch(p -> p.kind() == kind)) return no(Refusal.TERMS_INCOMPLETE, "promises");
    }
    for (int i = 0; i < promises.size(); i++) {
      var why = promise(terms, i);
      if (why != null) return why;
    }
    return null;
  }

  private static Decision.@Nullable No promise(Terms terms, int index) {
    var promises = terms.promises();
    var p = promises.get(index);
    boolean extra = p.kind() == COMPENSATION || p.kind() == OTHER;
    boolean fits = terms.remedy().promises.contains(p.kind()) || extra;
    if (!fits || p.after() < 0 || p.after() > index) return no(Refusal.TERMS_INCOMPLETE, "promises");
    if (p.kind() != REFUND && !extra && twice(promises, p.kind())) return no(Refusal.TERMS_INCOMPLETE, "promises");
    if (p.kind() == ACKNOWLEDGE_RETURN && (p.after() == 0 || promises.get(p.after() - 1).kind() != RETURN_ITEM)) {
      return no(Refusal.TERMS_INCOMPLETE, "promises");
    }
    if (p.kind() == RETURN_ITEM && p.after() != 0) return no(Refusal.TERMS_INCOMPLETE, "promises");
    if (p.within() != null && (p.within().compareTo(SHORTEST) < 0 || p.within().compareTo(LONGEST) > 0)) {
      return no(Refusal.DURATION_OUT_OF_RANGE, "within");
    }
    return p.kind().isPayment() ? payment(p) : inKind(p);
  }

  private static boolean twice(List<Promise> promises, Obligation.Kind kind) {
    return promises.stream().filter(p -> p.kind() == kind).count() > 1;
  }

  private static Decision.@Nullable No payment(Promise p) {
    if (p.minor() <= 0) return no(Refusal.AMOUNT_MISSING, "amount");
    if (p.minor() > GREATEST) return no(Refusal.AMOUNT_TOO_HIGH, "amount");
    if (p.executor() == null) return no(Refusal.EXECUTOR_MISSING, "executor");
    return p.valueIfBroken() == 0 ? null : no(Refusal.AMOUNT_UNEXPECTED, "valueIfBroken");
  }

  private static Decision.@Nullable No inKind(Promise p) {
    boolean returning = p.kind() == RETURN_ITEM || p.kind() == ACKNOWLEDGE_RETURN;
    if (p.minor() != 0 || p.executor() != null || p.valueIfBroken() < 0 || (returning && p.valueIfBroken() != 0)) {
      return no(Refusal.AMOUNT_UNEXPECTED, "valueIfBroken");
    }
    return p.valueIfBroken() > GREATEST ? no(Refusal.AMOUNT_TOO_HIGH, "valueIfBroken") : null;
  }

  private static Decision.No no(Refusal why, String field) {
    return new Decision.No(why, field);
  }

  private TermsCheck() {}
}
