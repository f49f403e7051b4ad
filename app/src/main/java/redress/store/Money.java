package redress.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import redress.seal.Parts.Booked;

/** What is booked for one event, gathered line by line, and whether the columns that repeat what others say agree. */
final class Money {
  private final Map<Long, List<Booked.Line>> lines = new LinkedHashMap<>();
  private final List<Booked> heads = new ArrayList<>();
  private final List<Instant> times = new ArrayList<>();
  private boolean fits = true;

  /** Takes in the next line, in the order of entries and lines. */
  void take(ResultSet row) throws SQLException {
    long id = row.getLong("id");
    var known = lines.get(id);
    if (known == null) {
      known = new ArrayList<>();
      lines.put(id, known);
      heads.add(new Booked(id, row.getString("cause"), row.getString("currency"), row.getInt("refund"), List.of()));
      times.add(row.getObject("at", OffsetDateTime.class).toInstant());
    }
    fits &= row.getBoolean("fits") && row.getInt("line") == known.size();
    var account = row.getString("account");
    if (account != null) known.add(new Booked.Line(account, row.getLong("minor")));
  }

  List<Booked> booked() {
    return heads.stream().map(head -> new Booked(head.id(), head.cause(), head.currency(), head.refund(),
        lines.getOrDefault(head.id(), List.of()))).toList();
  }

  /** Whether all was booked when the event happened, under the names and in the order that go with it. */
  boolean fits(Instant at) {
    return fits && times.stream().allMatch(at::equals);
  }
}
