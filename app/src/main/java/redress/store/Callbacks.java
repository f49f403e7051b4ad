package redress.store;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Objects;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** Genuine callbacks of providers: which, about what, when first and how often; nothing of what they said. */
public final class Callbacks {
  private final JdbcClient sql;
  private final TransactionTemplate transaction;

  public Callbacks(JdbcClient sql, TransactionTemplate transaction) {
    this.sql = sql;
    this.transaction = transaction;
  }

  /** What a callback is about. */
  public enum Kind { REFUND, PAYMENT }

  /**
   * A callback that proved genuine: {@code id} is the one its account gave it, {@code subject} our refund's reference
   * or what the provider calls the payment, {@code home} where that is kept.
   */
  public record Genuine(int home, String account, String id, Kind kind, String subject) {}

  /**
   * Counts a callback at {@code at} (UTC). {@code first} is done only when it comes for the first time, and what it
   * writes and that it was heard become true together.
   *
   * @return whether it came for the first time
   */
  public boolean take(Genuine it, Instant at, Runnable first) {
    if (again(it, at)) return false;
    return Objects.requireNonNull(transaction.execute(_ -> {
      boolean fresh = add(it, at);
      if (fresh) first.run();
      return fresh;
    }));
  }

  /** Most callbacks that come again do so long after: those need no transaction of several steps. */
  private boolean again(Genuine it, Instant at) {
    return sql.sql("""
        update callback set deliveries = deliveries + 1, last_at = greatest(last_at, ?)
        where home = ? and account = ? and id = ?
        """)
        .param(at.atOffset(ZoneOffset.UTC)).param(it.home()).param(it.account()).param(it.id()).update() == 1;
  }

  private boolean add(Genuine it, Instant at) {
    return sql.sql("""
        insert into callback as c (home, account, id, kind, subject, first_at, last_at, deliveries)
        values (?, ?, ?, ?, ?, ?, ?, 1)
        on conflict (home, account, id) do update
          set deliveries = c.deliveries + 1, last_at = greatest(c.last_at, excluded.last_at)
        returning c.deliveries = 1
        """)
        .param(it.home()).param(it.account()).param(it.id()).param(it.kind().name()).param(it.subject())
        .param(at.atOffset(ZoneOffset.UTC)).param(at.atOffset(ZoneOffset.UTC)).query(Boolean.class).single();
  }
}
