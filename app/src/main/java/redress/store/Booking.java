package redress.store;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import redress.money.Transfer;
import redress.seal.Parts;
import redress.seal.Parts.Booked;

/**
 * A ledger entry that no event of a dispute causes, on its way into the statement that writes what causes it, and the
 * act that tells the log of it.
 */
final class Booking {
  /** One entry with its lines and its act, if the table expression {@code p} before it has a row. */
  static final String POST = " a as (" + Acts.INSERT + """
      ), e as (
        insert into ledger_entry (home, id, payment, merchant, dispute, n, cause, currency, refund, live, at)
        select :home, :entry, :payment, :merchant, 0, 0, :cause, :currency, 0, :live, :at from p
      )
      insert into ledger_line (home, entry, line, account, minor, currency, payment, dispute)
      select :home, :entry, v.line - 1, v.account, v.minor, :currency, :payment, 0
      from p, unnest(:accounts::text[], :minors::int8[]) with ordinality as v(account, minor, line)
      """;

  private Booking() {}

  /**
   * The parameters of {@link #POST}; {@code payment} is empty for what belongs to none, {@code why} is what the act
   * says
   * beside the entry.
   */
  static Map<String, Object> of(int home, String payment, String merchant, boolean live, Transfer transfer, Instant at,
      Map<String, ?> why) {
    long id = ThreadLocalRandom.current().nextLong(1, Long.MAX_VALUE);
    var said = new HashMap<String, Object>(why);
    said.put("home", home);
    said.put("payment", payment);
    said.put("merchant", merchant);
    said.put("entry", Json.MAPPER.readTree(Parts.money(booked(id, 0, transfer))));
    var all = new HashMap<>(Acts.of(live, Bookings.KIND, at, said));
    all.put("home", home);
    all.put("payment", payment);
    all.put("entry", id);
    all.put("merchant", merchant);
    all.put("cause", transfer.cause());
    all.put("currency", transfer.currency());
    all.put("live", live);
    all.put("at", Acts.kept(at));
    all.put("accounts", transfer.lines().stream().map(line -> line.account().key).toArray(String[]::new));
    all.put("minors", transfer.lines().stream().map(Transfer.Line::minor).toArray(Long[]::new));
    return all;
  }

  /** The entry as the log tells of it. */
  static Booked booked(long id, int refund, Transfer transfer) {
    return new Booked(id, transfer.cause(), transfer.currency(), refund,
        transfer.lines().stream().map(line -> new Booked.Line(line.account().key, line.minor())).toList());
  }
}
