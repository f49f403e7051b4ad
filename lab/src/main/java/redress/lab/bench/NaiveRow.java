package redress.lab.bench;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import redress.dispute.Dispute;
import redress.dispute.Matter;
import redress.dispute.Refund;
import redress.dispute.Rules;
import redress.dispute.Stage;
import redress.dispute.Timer;
import redress.store.Json;

/** The dispute's row as the baseline writes it: inserted once, then what can change of it updated with each command. */
final class NaiveRow {
  private final PreparedStatement insert;
  private final PreparedStatement update;

  NaiveRow(Connection connection) throws SQLException {
    insert = connection.prepareStatement("""
        insert into dispute (version, stage, phase, status, awaited, round, deadline, due, mediator, verifier, outcome,
          updated_at, settled_at, confirmed_at, audited_at, closed_at, paid, settlements, reopenings, exceptions,
          buyer_late, merchant_late, answer, remedy, origin, home, id, payment, buyer, merchant, reason, wish, minor,
          currency, live, clock, rules, filed_at, compensated, breaches, enforced, appealed, overturned, not_reached,
          charged_back)
        values (?, ?::json%s, 0, 0, false, false, false, false, false)
        """.formatted(", ?".repeat(36)));
    update = connection.prepareStatement("""
        update dispute set version = ?, stage = ?::json, phase = ?, status = ?, awaited = ?, round = ?, deadline = ?,
          due = ?, mediator = ?, verifier = ?, outcome = ?, updated_at = ?, settled_at = ?, confirmed_at = ?,
          audited_at = ?, closed_at = ?, paid = ?, settlements = ?, reopenings = ?, exceptions = ?, buyer_late = ?,
          merchant_late = ?, answer = ?, remedy = ?, origin = ?
        where home = ? and id = ?
        """);
  }

  void write(Dispute before, Matter after) throws SQLException {
    var about = after.dispute().about();
    if (before.version() > 0) {
      int at = changing(update, after);
      update.setInt(at++, about.id().home());
      update.setLong(at, about.id().number());
      update.executeUpdate();
      return;
    }
    int at = changing(insert, after);
    insert.setInt(at++, about.id().home());
    insert.setLong(at++, about.id().number());
    insert.setString(at++, about.payment());
    insert.setString(at++, about.buyer());
    insert.setString(at++, about.merchant());
    insert.setString(at++, about.reason().name());
    insert.setString(at++, about.wish().name());
    insert.setLong(at++, about.minor());
    insert.setString(at++, about.currency());
    insert.setBoolean(at++, about.live());
    insert.setString(at++, Town.CLOCK);
    insert.setString(at++, about.rules());
    insert.setObject(at, NaiveSession.utc(about.at()));
    insert.executeUpdate();
  }

  private static int changing(PreparedStatement into, Matter after) throws SQLException {
    var now = after.dispute();
    var timers = Rules.timers(after);
    var next = timers.isEmpty() ? null : timers.getFirst();
    into.setInt(1, now.version());
    into.setString(2, Json.stage(now));
    into.setString(3, now.status().phase.name());
    into.setString(4, now.status().name());
    into.setString(5, awaited(now, next));
    into.setInt(6, now.round().number());
    into.setString(7, next == null ? null : next.deadline().name());
    instant(into, 8, next == null ? null : next.due());
    into.setString(9, now.mediation().mediator());
    into.setString(10, now.mediation().verifier());
    into.setString(11, now.stage() instanceof Stage.Closed over ? over.outcome().name() : null);
    instant(into, 12, now.lastAt());
    settled(into, now);
    instant(into, 16, now.stage() instanceof Stage.Closed over ? over.at() : null);
    into.setLong(17, now.refunds().stream().filter(it -> it.state() == Refund.State.SUCCEEDED)
        .mapToLong(Refund::minor).sum());
    into.setInt(18, now.tally().settlements());
    into.setInt(19, now.tally().reopenings());
    into.setInt(20, now.tally().exceptions());
    into.setBoolean(21, now.tally().buyerLate());
    into.setBoolean(22, now.tally().merchantLate());
    var answer = now.followUp().answer();
    into.setString(23, answer == null ? null : answer.name());
    return 26;
  }

  private static void settled(PreparedStatement into, Dispute now) throws SQLException {
    var settlement = now.settlement();
    instant(into, 13, settlement == null ? null : settlement.t0());
    instant(into, 14, settlement == null ? null : settlement.v0());
    instant(into, 15, settlement == null ? null : settlement.a0());
    into.setString(24, settlement == null ? null : settlement.terms().remedy().name());
    into.setString(25, settlement == null ? null : settlement.origin().name());
  }

  private static void instant(PreparedStatement into, int at, @Nullable Instant value) throws SQLException {
    if (value == null) into.setNull(at, Types.TIMESTAMP_WITH_TIMEZONE);
    else into.setObject(at, NaiveSession.utc(value));
  }

  private static @Nullable String awaited(Dispute now, @Nullable Timer next) {
    if (now.stage() instanceof Stage.Closed) return null;
    if (now.stage() instanceof Stage.Negotiating talking) return talking.awaited().name();
    return next == null || next.side() == null ? "PLATFORM" : next.side().name();
  }
}
