package redress.check;

import static redress.check.Testimony.Rule.*;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import redress.check.Saying.Amount;
import redress.check.Saying.Day;
import redress.check.Saying.Naming;
import redress.check.Saying.Place;
import redress.check.Saying.Reference;
import redress.check.Saying.Sum;
import redress.check.Testimony.Claim;
import redress.check.Testimony.Piece;
import redress.check.Testimony.Point;
import redress.check.Testimony.Rule;

/** One piece of evidence held against what is known, rule by rule. */
final class Weighing {
  private final Piece piece;
  private final Known known;
  private final Map<Long, Rule> ours;
  private final List<Amount> amounts;
  private final List<Day> days;
  private final List<Reference> references;
  private final List<Point> points = new ArrayList<>();
  private final Set<String> told = new HashSet<>();

  Weighing(Piece piece, Known known) {
    this.piece = piece;
    this.known = known;
    ours = known.amounts();
    amounts = only(Amount.class, piece);
    days = only(Day.class, piece);
    references = only(Reference.class, piece);
  }

  private static <S extends Saying> List<S> only(Class<S> type, Piece piece) {
    return piece.sayings().stream().filter(type::isInstance).map(type::cast).toList();
  }

  /** {@code together}: this and other invoices make up the payment, so that none of them has its total. */
  List<Point> points(boolean together) {
    names();
    amounts();
    days();
    if (piece.claim() == Claim.SALE && !together) otherTotal();
    if (piece.claim() == Claim.SALE) itself();
    if (piece.claim() != Claim.OTHER) otherAmount();
    if (isRefund()) {
      otherDispute();
      for (var refund : known.refunds()) otherRefund(refund);
      tooEarly();
    }
    if (piece.claim() == Claim.REFUND && piece.byMerchant() && known.booksAreEmpty()) {
      points.add(new Point(NOT_IN_THE_BOOKS, null, "", ""));
    }
    return points;
  }

  private boolean isRefund() {
    return piece.claim() == Claim.REFUND || piece.claim() == Claim.REFUND_OUTSIDE;
  }

  // What supports

  private void names() {
    for (var reference : references) {
      if (known.names().contains(reference.value())) agree(PAYMENT_NAMED, reference, reference.value());
      else if (known.refunds().stream().anyMatch(refund -> refund.names().contains(reference.value()))) {
        agree(REFUND_NAMED, reference, reference.value());
      } else if (reference.value().startsWith(known.dispute())) agree(DISPUTE_NAMED, reference, known.dispute());
    }
  }

  /** An amount without a currency counts only where the document says what it is, or beside a name of ours. */
  private void amounts() {
    for (var amount : amounts) {
      if (amount.sum() == Sum.FEE || !amount.mayBeIn(known.currency())) continue;
      boolean bare = amount.currency().isEmpty() && amount.sum() == Sum.ANY;
      if (bare && references.stream().noneMatch(it -> it.at().isBeside(amount.at()) && known.isOurs(it.value()))) {
        continue;
      }
      long minor = Math.abs(minor(amount));
      boolean refunded = isRefund() && known.refunds().stream().anyMatch(refund -> refund.minor() == minor);
      var rule = refunded ? REFUND_AMOUNT : ours.get(minor);
      if (rule != null) agree(rule, amount, money(minor));
    }
  }

  private void days() {
    for (var day : days) {
      if (!day.day().equals(day.or())) continue;
      if (isNear(day.day(), known.paidOn())) agree(PAYMENT_DAY, day, known.paidOn().toString());
      for (var promise : known.promises()) {
        var due = promise.due();
        if (due != null && isNear(day.day(), due)) agree(PROMISED_DAY, day, due.toString());
      }
    }
  }

  /** The same day in some time zone. */
  private static boolean isNear(LocalDate one, LocalDate other) {
    return !one.isBefore(other.minusDays(1)) && !one.isAfter(other.plusDays(1));
  }

  // What speaks against

  /**
   * An invoice whose total or amount due, in the payment's currency, is nothing we know, and which nowhere names it.
   */
  private void otherTotal() {
    var totals = totals(piece, known);
    if (totals.isEmpty() || namesOurs(amounts)) return;
    against(OTHER_TOTAL, totals.getLast(), money(known.captured()));
  }

  /** The invoice within a document has a total that its print shows nowhere, though the print does have a total. */
  private void itself() {
    var within = totals(piece, known).stream().filter(it -> !it.at().part().isEmpty()).toList();
    var print = amounts.stream().filter(it -> it.at().part().isEmpty()).toList();
    if (within.isEmpty() || print.stream().noneMatch(Weighing::isTotal)) return;
    for (var total : within) {
      if (print.stream().noneMatch(it -> Math.abs(minor(it)) == Math.abs(minor(total)))) {
        against(ITSELF, total, Stream.of(Sum.DUE, Sum.TOTAL).flatMap(sum -> print.stream()
            .filter(it -> it.sum() == sum)).findFirst().map(Amount::toString).orElse(""));
        return;
      }
    }
  }

  /** On the line that names the payment there are amounts in its currency, and none is known. */
  private void otherAmount() {
    if (points.stream().anyMatch(point -> point.rule() == PAYMENT_AMOUNT)) return;
    for (var name : references) {
      if (!known.names().contains(name.value())) continue;
      var beside = inOurs(amounts.stream().filter(it -> it.at().isBeside(name.at())));
      if (beside.isEmpty() || namesOurs(beside)) continue;
      against(OTHER_AMOUNT, beside.getFirst(), money(known.captured()));
      return;
    }
  }

  /** The record of a refund that names it, with other amounts on that line, or nowhere the right one. */
  private void otherRefund(Known.Refunded refund) {
    var names = references.stream().filter(it -> refund.names().contains(it.value())).toList();
    if (names.isEmpty()) return;
    var beside = inOurs(amounts.stream().filter(it -> names.stream().anyMatch(name -> name.at().isBeside(it.at()))));
    boolean alone = references.stream().allMatch(it -> refund.names().contains(it.value()) || !isARefund(it));
    var claimed = beside.isEmpty() && alone ? inOurs(amounts.stream()) : beside;
    boolean right = claimed.stream().anyMatch(it -> Math.abs(minor(it)) == refund.minor());
    if (claimed.isEmpty() || right) return;
    against(OTHER_REFUND, claimed.getFirst(), money(refund.minor()));
  }

  private boolean isARefund(Reference reference) {
    return reference.naming() == Naming.REFUND || reference.naming() == Naming.DISPUTE
        || known.refunds().stream().anyMatch(refund -> refund.names().contains(reference.value()));
  }

  /** Every day it names is before there was anything to refund. */
  private void tooEarly() {
    if (days.isEmpty() || references.stream().noneMatch(it -> known.isOurs(it.value()))) return;
    var since = known.refunds().stream()
        .filter(refund -> references.stream().anyMatch(it -> refund.names().contains(it.value())))
        .map(Known.Refunded::since).min(LocalDate::compareTo).orElse(known.paidOn());
    // A day is lost on the way round the world.
    var from = since.minusDays(1);
    for (var day : days) if (!day.day().isBefore(from) || !day.or().isBefore(from)) return;
    against(TOO_EARLY, days.getLast(), since.toString());
  }

  /** It names disputes, and ours is not among them, nor anything else of ours. */
  private void otherDispute() {
    var others = references.stream().filter(it -> it.naming() == Naming.DISPUTE).toList();
    if (others.isEmpty() || references.stream().anyMatch(it -> known.isOurs(it.value()))) return;
    against(OTHER_DISPUTE, others.getFirst(), known.dispute());
  }

  /** Whether the invoices among these pieces, each with its own total, make up the payment. */
  static boolean makeUp(List<Piece> pieces, Known known) {
    var sums = new ArrayList<Long>();
    for (var piece : pieces) {
      if (piece.claim() != Claim.SALE) continue;
      var totals = totals(piece, known);
      if (!totals.isEmpty()) sums.add(totals.getLast().minor(known.currency()).orElse(0));
    }
    return sums.size() > 1 && sums.stream().mapToLong(Long::longValue).sum() == known.captured();
  }

  /** Its totals and what is due, above nothing, in the payment's own currency; a file within it first. */
  private static List<Amount> totals(Piece piece, Known known) {
    var all = only(Amount.class, piece);
    if (all.stream().anyMatch(it -> it.sum() == Sum.CREDIT)) return List.of();
    var within = all.stream().filter(it -> isTotal(it) && it.isIn(known.currency())
        && it.digits() > 0 && it.minor(known.currency()).isPresent()).toList();
    var structured = within.stream().filter(it -> !it.at().part().isEmpty()).toList();
    return structured.isEmpty() ? within : structured;
  }

  private static boolean isTotal(Amount amount) {
    return amount.sum() == Sum.TOTAL || amount.sum() == Sum.DUE;
  }

  private List<Amount> inOurs(Stream<Amount> some) {
    return some.filter(it -> it.sum() != Sum.FEE && it.isIn(known.currency())).toList();
  }

  private boolean namesOurs(List<Amount> some) {
    return some.stream().anyMatch(it -> it.mayBeIn(known.currency()) && ours.containsKey(Math.abs(minor(it))));
  }

  /** In the payment's minor units; no amount of ours where it has no such fraction. */
  private long minor(Amount amount) {
    return amount.minor(known.currency()).orElse(Long.MIN_VALUE + 1);
  }

  private String money(long minor) {
    int decimals = java.util.Currency.getInstance(known.currency()).getDefaultFractionDigits();
    return new Amount(new Place("", 0, 0), minor, Math.max(0, decimals), known.currency(), Sum.ANY).toString();
  }

  private void agree(Rule rule, Saying saying, String with) {
    if (told.add(rule + with)) points.add(point(rule, saying, with));
  }

  private void against(Rule rule, Saying saying, String instead) {
    points.add(point(rule, saying, instead));
  }

  private static Point point(Rule rule, Saying saying, String knownAs) {
    return new Point(rule, saying.at(), saying.toString(), knownAs);
  }
}
