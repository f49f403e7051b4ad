package redress.notify;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import org.springframework.jdbc.core.simple.JdbcClient;
import redress.dispute.DisputeId;
import redress.dispute.Matter;
import redress.notify.Notifier.Outside;
import redress.store.Parties;

/** What tests of channels in other rooms need of this one. */
public final class Sample {
  public static final Instant T0 = Matters.T0;
  public static final DisputeId ID = Matters.ID;

  private Sample() {}

  /** Just settled: 4,999.00 yuan back. */
  public static Matter confirming() {
    return Matters.confirming(Matters.full());
  }

  /** Day 1, with a refund on its way. */
  public static Matter auditing() {
    return Matters.auditing(Matters.full(), Matters.T0);
  }

  /** Negotiating, with an open offer of the merchant. */
  public static Matter offered() {
    return Matters.all().getFirst();
  }

  /** A notifier whose links are made from {@code link}. */
  public static Notifier notifier(String link, Parties parties, Outside outside) {
    return new Notifier(new Notices(link), parties, outside, Language.EN, ZoneId.of("UTC"));
  }

  /** Lets the post look once. */
  public static void look(Outside outside, Parties parties, Instant now) {
    new Postman(outside, parties, Clock.systemUTC(), Duration.ofMinutes(1)).look(now);
  }

  /** The row of a live dispute with the matters' id, as far as the post asks for it. */
  public static void dispute(JdbcClient sql) {
    sql.sql("""
        insert into dispute (home, id, payment, version, stage, phase, status, buyer, merchant, reason, wish, minor,
          currency, live, rules, round, mediator, verifier, filed_at, updated_at, paid, compensated, settlements,
          reopenings, exceptions, breaches, buyer_late, merchant_late, enforced, appealed, overturned, not_reached,
          charged_back)
        values (5, 77, 'pay-1', 1, '{}', 'OPEN', 'AUDITING', 'buyer-1', 'shop-1', 'OTHER', 'FULL_REFUND', 499900, 'CNY',
          true, '2026-1', 1, '', '', now(), now(), 0, 0, 0, 0, 0, 0, false, false, false, false, false, false, false)
        on conflict do nothing""").update();
  }
}
