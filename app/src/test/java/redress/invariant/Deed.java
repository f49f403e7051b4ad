package redress.invariant;

import java.util.ArrayList;
import java.util.List;

/**
 * Something that a superuser does on purpose, {@code kind} of deed by kind. {@code first} says which entry must be
 * named:
 * the event of a payment's dispute as payment/number ({@code last} for the last), {@code act}, an entry's number, or a
 * piece of what is said where no entry is the first. {@code hidden}: whether the hashes, leaves and tiles are made to
 * fit ({@code FITTED}) and all is signed anew with the log's own key ({@code SIGNED}).
 */
record Deed(String kind, String first, Hidden hidden, String sql) {

  /** How well it is hidden. */
  enum Hidden {
    NOT, FITTED, SIGNED
  }

  private static final String KEPT = "dispute = (select id from dispute where payment = 'p-kept')";
  private static final String OTHER = "dispute = (select id from dispute where payment = 'p-ruled')";
  private static final String FIFTH = "n = 5 and " + KEPT;
  private static final String LEAF = "live = false and index = ";
  private static final String COPIED = ", at, row, status_before, status_after, role, subject,"
      + " by_person, type, batch, body, salt, hash, tx from event";

  static List<Deed> all() {
    var all = new ArrayList<Deed>();
    flips(all);
    deletions(all);
    insertions(all);
    swaps(all);
    orders(all);
    truncations(all);
    forks(all);
    return all;
  }

  private static void deed(List<Deed> all, String kind, String first, String sql) {
    all.add(new Deed(kind, first, Hidden.NOT, sql));
  }

  private static void flips(List<Deed> all) {
    for (var change : List.of("row = row + 1", "status_before = 'CLOSED'", "status_after = 'FILED'", "role = 'SYSTEM'",
        "subject = 'buyer-2'", "by_person = 'nobody'", "type = 'NoteAdded'", "body = body || '{\"x\": 1}'",
        "body = '[]'", "salt = sha256(salt)", "hash = sha256(hash)", "salt = '', hash = ''")) {
      deed(all, "flip", "p-kept/5", "update event set " + change + " where " + FIFTH);
    }
    deed(all, "flip", "p-kept/last", "update dispute set chain = sha256(chain) where payment = 'p-kept'");
  }

  private static void deletions(List<Deed> all) {
    deed(all, "delete", "p-kept/5", "delete from event where " + FIFTH);
    deed(all, "delete", "p-kept/1", "delete from event where n = 1 and " + KEPT);
    deed(all, "delete", "p-kept/last", "delete from event e using dispute d where d.payment = 'p-kept'"
        + " and e.home = d.home and e.dispute = d.id and e.n = d.version");
    deed(all, "delete", "p-kept/1", "delete from event where " + KEPT);
    deed(all, "delete", "p-kept/1", "delete from dispute where payment = 'p-kept'");
    deed(all, "delete", "p-kept/hold", "delete from ledger_entry where cause = 'hold' and " + KEPT);
    deed(all, "delete", "p-kept/hold", "delete from ledger_line where (home, entry) in (select home, id from"
        + " ledger_entry where cause = 'hold' and " + KEPT + ")");
    deed(all, "delete", "act", "delete from act where id = (select min(act) from log_leaf where act > 0 and not live)");
  }

  private static void insertions(List<Deed> all) {
    deed(all, "insert", "it is not what its entry says",
        "insert into event select home, dispute, n + 1" + COPIED + " where n = (select"
            + " version from dispute where payment = 'p-kept') and " + KEPT
            + "; update dispute set version = version + 1 where payment = 'p-kept'");
    deed(all, "insert", "p-kept/hold", "insert into ledger_entry select home, id - 1, payment, merchant, dispute, n,"
        + " cause, currency, refund, live, at from ledger_entry where cause = 'hold' and " + KEPT);
    deed(all, "insert", "p-kept/hold",
        "insert into ledger_line select home, entry, 9, account, minor, currency, payment,"
            + " dispute from ledger_line where line = 0 and (home, entry) in (select home, id from ledger_entry where"
            + " cause = 'hold' and " + KEPT + ")");
    deed(all, "insert", "has no number", "insert into act (live, kind, at, body, salt, hash, tx) select live, kind, at,"
        + " body, salt, hash, tx from act where id = (select max(id) from act where not live)");
    deed(all, "insert", "7", "update log_leaf set index = index + 100000 where not live and index >= 7; insert into"
        + " log_leaf select live, 7, home, dispute, n + 1000, 0, hash from log_leaf where not live and index = 3;"
        + " update log_leaf set index = index - 99999 where not live and index >= 100000");
    deed(all, "insert", "nothing in the log", "insert into api_key (id, hash, name, role, subject, live, created_at)"
        + " select 'x', 'x', 'x', role, subject, live, created_at from api_key limit 1");
    deed(all, "insert", "nothing in the log", "insert into rule_set select version || 'x', effective_from, body from"
        + " rule_set");
    deed(all, "insert", "nothing in the log", "insert into ledger_entry select home, id - 1, payment, merchant, 0, 0,"
        + " cause, currency, 0, live, at from ledger_entry where cause = 'captured' and payment = 'p-kept'");
  }

  private static void swaps(List<Deed> all) {
    for (var column : List.of("body", "type", "hash", "salt")) {
      deed(all, "swap", "p-kept/5", "update event e set %1$s = o.%1$s from event o where e.%2$s and e.n in (5, 17)"
          .formatted(column, KEPT) + " and o.home = e.home and o.dispute = e.dispute and o.n = 22 - e.n");
    }
    deed(all, "swap", "5", "update log_leaf l set hash = o.hash from log_leaf o where not l.live and l.index in (5, 9)"
        + " and not o.live and o.index = 14 - l.index");
    deed(all, "swap", "p-kept/hold", "update ledger_line l set minor = -minor where (home, entry) in (select home, id"
        + " from ledger_entry where cause = 'hold' and " + KEPT + ")");
  }

  private static void orders(List<Deed> all) {
    deed(all, "reorder", "p-kept/5",
        "update event set n = 100000 where " + FIFTH + "; update event set n = 5 where n = 6"
            + " and " + KEPT + "; update event set n = 6 where n = 100000 and " + KEPT);
    for (int other : new int[] {6, 40}) {
      deed(all, "reorder", "5", "update log_leaf set index = 100000 where " + LEAF + "5; update log_leaf set index = 5"
          + " where " + LEAF + other + "; update log_leaf set index = " + other + " where " + LEAF + "100000");
    }
    deed(all, "reorder", "0", "update log_tile set hashes = substr(hashes, 33, 32) || substr(hashes, 1, 32) ||"
        + " substr(hashes, 65) where not live and level = 0 and number = 0");
    deed(all, "reorder", "p-kept/hold", "update ledger_line set line = 2 where line = 0 and (home, entry) in (select"
        + " home, id from ledger_entry where cause = 'hold' and " + KEPT + ")");
    deed(all, "reorder", "p-kept/5", "update event set dispute = (select id from dispute where payment = 'p-ruled'),"
        + " n = 5000, home = (select home from dispute where payment = 'p-ruled') where " + FIFTH + "; update event set"
        + " dispute = (select id from dispute where payment = 'p-kept'), home = (select home from dispute where"
        + " payment = 'p-kept') where n = 5 and " + OTHER);
  }

  private static void truncations(List<Deed> all) {
    deed(all, "truncate", "last", "delete from log_leaf where not live and index = (select max(index) from log_leaf"
        + " where not live); update log_tree set size = size - 1 where not live");
    deed(all, "truncate", "30", "delete from log_leaf where not live and index >= 30; update log_tree set size = 30"
        + " where not live");
    deed(all, "truncate", "0", "truncate log_leaf");
    deed(all, "truncate", "0", "truncate log_tile");
    deed(all, "truncate", "p-kept/10",
        "delete from event where n >= 10 and " + KEPT + "; update dispute set version = 9,"
            + " chain = (select hash from event where n = 9 and " + KEPT + ") where payment = 'p-kept'");
    deed(all, "truncate", "10", "update log_tile set hashes = substr(hashes, 1, 320) where not live and level = 0 and"
        + " number = 0");
  }

  private static void forks(List<Deed> all) {
    for (var hidden : List.of(Hidden.FITTED, Hidden.SIGNED)) {
      all.add(new Deed("fork", "p-kept/5", hidden, "update event set body = body || '{\"x\": 1}' where " + FIFTH));
      all.add(new Deed("fork", "p-kept/5", hidden, "update event set subject = 'x', by_person = 'x' where " + FIFTH));
      all.add(new Deed("back-date", "p-kept/5", hidden,
          "update event set at = at - interval '1 second' where " + FIFTH));
    }
    deed(all, "back-date", "p-kept/5", "update event set at = at - interval '1 microsecond' where " + FIFTH);
    deed(all, "back-date", "act", "update act set at = at - interval '1 day' where id = (select min(act) from log_leaf"
        + " where act > 0 and not live)");
    deed(all, "back-date", "p-kept/1", "update dispute set filed_at = filed_at - interval '1 day' where"
        + " payment = 'p-kept'");
  }
}
