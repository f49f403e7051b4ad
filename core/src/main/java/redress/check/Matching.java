package redress.check;

import static redress.check.Match.Rule.*;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import redress.check.Facts.State;
import redress.check.Match.Part;
import redress.check.Match.Rule;

/**
 * Compares what is owed about one payment with what books say was paid. Each record stands for one promise, by the
 * first {@link Rule} that holds, or is split where one payment keeps several promises; what stands for none is a
 * stray. The same input always gives the same result, and a record more changes only the promises it concerns.
 */
public final class Matching {
  private final List<Account> accounts = new ArrayList<>();
  private final Map<String, Account> byName = new HashMap<>();
  private final Map<String, Account> stated = new HashMap<>();
  private final Map<String, List<Account>> ordered = new HashMap<>();
  private final List<Paid> left;

  /** Promises compared, and the records that nothing owed explains. */
  public record Result(List<Match> matches, List<Paid> strays) {}

  /**
   * Compares at {@code now}. {@code owed} are the promises in the order in which they are to be kept, {@code records}
   * those of all books about the same payment, each once.
   */
  public static Result of(Collection<Owed> owed, Collection<Paid> records, Instant now) {
    var matching = new Matching(owed, records);
    matching.named();
    matching.exact();
    matching.inParts();
    matching.shared();
    matching.rest();
    return new Result(matching.accounts.stream().map(account -> account.close(now)).toList(),
        List.copyOf(matching.left));
  }

  private Matching(Collection<Owed> owed, Collection<Paid> records) {
    left = new ArrayList<>(records);
    left.sort(Comparator.comparing((Paid it) -> it.at() == null ? Instant.MAX : it.at()).thenComparing(Paid::id));
    for (var promise : owed) {
      var account = new Account(promise);
      accounts.add(account);
      byName.put(promise.id(), account);
      for (var reference : promise.stated()) stated.putIfAbsent(reference, account);
      for (var order : promise.orders())
        ordered.computeIfAbsent(order.reference(), _ -> new ArrayList<>()).add(account);
    }
  }

  /** What says itself for which promise it is. */
  private void named() {
    left.removeIf(record -> {
      var orders = ordered.getOrDefault(record.reference(), List.of());
      if (!orders.isEmpty()) return refer(record, orders);
      var account = stated.get(record.reference());
      if (account != null) return account.take(record, STATED);
      var named = byName.get(record.names());
      return named != null && named.take(record, NAMED);
    });
  }

  /** To the promise it was ordered for; of one that was found to keep several, each gets its part again. */
  private static boolean refer(Paid record, List<Account> orders) {
    long left = record.minor();
    for (var account : orders.subList(1, orders.size())) {
      long part = Math.min(left, account.ordered(record.reference()));
      account.take(record, REFERENCE, part);
      left -= part;
    }
    return orders.getFirst().take(record, REFERENCE, left);
  }

  /** One unnamed record of just what is missing; the right one first, else one that is wrong in something. */
  private void exact() {
    for (var account : open()) {
      var sums = left.stream().filter(it -> it.names().isEmpty() && it.minor() == account.missing()).toList();
      var right = sums.stream().filter(account::isRight).findFirst().or(() -> sums.stream()
          .filter(it -> it.state() != State.FAILED && it.state() != State.REVERSED).findFirst());
      right.ifPresent(record -> {
        account.take(record, AMOUNT);
        left.remove(record);
      });
    }
  }

  /** Consecutive unnamed payments that make up just what is missing. */
  private void inParts() {
    for (var account : open()) {
      var fitting = left.stream().filter(it -> account.mayBe(it) && account.isRight(it)).toList();
      var parts = run(fitting, account.missing());
      for (var part : parts) account.take(part, PARTS);
      left.removeAll(parts);
    }
  }

  /** The first run of consecutive payments that sums to {@code wanted}; two runners find it in one pass. */
  private static List<Paid> run(List<Paid> payments, long wanted) {
    int from = 0;
    long sum = 0;
    for (int to = 0; to < payments.size(); to++) {
      sum += payments.get(to).minor();
      while (sum > wanted && from <= to) sum -= payments.get(from++).minor();
      if (sum == wanted && from <= to) return List.copyOf(payments.subList(from, to + 1));
    }
    return List.of();
  }

  /** One unnamed payment that is just what is missing of several promises together. */
  private void shared() {
    for (var record : List.copyOf(left)) {
      var open = open().stream().filter(it -> it.mayBe(record) && it.isRight(record)).toList();
      long missing = open.stream().mapToLong(Account::missing).sum();
      if (open.size() < 2 || missing != record.minor()) continue;
      for (var account : open) account.take(record, SHARED, account.missing());
      left.remove(record);
    }
  }

  /** What nothing else explains goes to the only promise of which anything is missing. */
  private void rest() {
    var open = open();
    if (open.size() != 1) return;
    var account = open.getFirst();
    Predicate<Paid> fits = it -> account.mayBe(it) && account.isRight(it);
    var rest = left.stream().filter(fits).toList();
    for (var record : rest) account.take(record, REST);
    left.removeAll(rest);
  }

  private List<Account> open() {
    return accounts.stream().filter(Account::isOpen).toList();
  }

  /** One promise while records are found for it. */
  private static final class Account {
    private final Owed owed;
    private final List<Part> parts = new ArrayList<>();
    private long paid;

    Account(Owed owed) {
      this.owed = owed;
    }

    long ordered(String reference) {
      return owed.orders().stream().filter(order -> order.reference().equals(reference)).mapToLong(Owed.Order::minor)
          .sum();
    }

    long missing() {
      return owed.minor() - paid;
    }

    /** Whether its debtor may have paid it otherwise than by our orders: none of them is still out. */
    boolean isOpen() {
      return owed.claimed() && missing() > 0
          && owed.orders().stream().allMatch(order -> parts.stream().anyMatch(it -> it.counts()
              && it.record().reference().equals(order.reference())));
    }

    boolean mayBe(Paid record) {
      var at = record.at();
      boolean early = owed.since() != null && at != null && at.isBefore(owed.since());
      return !early && record.names().isEmpty();
    }

    boolean isRight(Paid record) {
      return record.state() == State.SUCCEEDED && record.currency().equals(owed.currency())
          && record.payee().equals(owed.payee());
    }

    boolean take(Paid record, Rule rule) {
      return take(record, rule, record.minor());
    }

    boolean take(Paid record, Rule rule, long minor) {
      boolean counts = isRight(record);
      parts.add(new Part(record, minor, rule, counts));
      if (counts) paid += minor;
      return true;
    }

    Match close(Instant now) {
      var until = owed.until();
      boolean time = until != null && now.isBefore(until);
      var verdict = paid == owed.minor() ? Match.Verdict.EXACT
          : paid > owed.minor() ? Match.Verdict.OVER
          : time ? Match.Verdict.PENDING : paid > 0 ? Match.Verdict.UNDER : Match.Verdict.MISSING;
      return new Match(owed, verdict, paid, parts, new Remarks(owed, parts).of(verdict, paid));
    }
  }
}
