package redress.store;

import static java.util.stream.Collectors.groupingBy;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import redress.dispute.DisputeId;
import redress.dispute.Event;
import redress.dispute.Status;
import redress.policy.Role;
import redress.seal.Canonical;
import redress.seal.Parts;
import redress.seal.Parts.Booked;
import redress.store.Disputes.Happened;
import redress.store.Disputes.Moved;

/** The events of a dispute with everything that their log entries commit to, for whoever may be shown it. */
public final class Sealed {
  private final JdbcClient sql;
  private final Disputes disputes;

  public Sealed(JdbcClient sql, Disputes disputes) {
    this.sql = sql;
    this.disputes = disputes;
  }

  /** An event, what its entry says part by part, and the 16 bytes that its salts follow from. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  public record Entered(Happened what, Parts parts, byte[] salt) {}

  /** Those events that have an entry, in order: all but what happened before there was a log. */
  public List<Entered> of(DisputeId id) {
    var money = disputes.money(id).stream().collect(groupingBy(Moved::n));
    return sql.sql("select *, body::text as json from event where home = ? and dispute = ? and hash <> '' order by n")
        .param(id.home()).param(id.number())
        .query((row, _) -> entered(row, money.getOrDefault(row.getInt("n"), List.of()))).list();
  }

  private static Entered entered(ResultSet row, List<Moved> money) throws SQLException {
    var json = row.getString("json");
    var what = new Happened(row.getInt("n"), row.getObject("at", OffsetDateTime.class).toInstant(),
        Status.valueOf(row.getString("status_before")), Status.valueOf(row.getString("status_after")),
        Role.valueOf(row.getString("role")), row.getString("subject"), row.getString("by_person"),
        Json.MAPPER.readValue(json, Event.class));
    var parts = new Parts(Parts.event(row.getString("status_before"), row.getString("status_after"), row.getInt("row"),
        row.getString("type"), Canonical.of(json)),
        Parts.actor(row.getString("role"), row.getString("subject"), row.getString("by_person")),
        Parts.money(booked(money)));
    return new Entered(what, parts, row.getBytes("salt"));
  }

  private static List<Booked> booked(List<Moved> lines) {
    Map<Long, List<Moved>> entries = new LinkedHashMap<>();
    for (var line : lines) entries.computeIfAbsent(line.entry(), _ -> new ArrayList<>()).add(line);
    return entries.values().stream().map(entry -> {
      var head = entry.getFirst();
      return new Booked(head.entry(), head.cause(), head.currency(), head.refund(),
          entry.stream().map(line -> new Booked.Line(line.account(), line.minor())).toList());
    }).toList();
  }
}
