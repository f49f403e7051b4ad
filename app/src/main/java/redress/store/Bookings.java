package redress.store;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import redress.dispute.Home;
import redress.seal.Parts;
import redress.seal.Parts.Booked;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * Acts that tell of ledger entries, held against these as they are stored: many at a time. What an act says is never
 * trusted to be a number: whoever changed it must not be able to make this fail.
 */
final class Bookings {
  /** The kind of such acts. */
  static final String KIND = "booked";

  private final Map<Long, Told> told = new HashMap<>();
  private final Set<Long> right = new HashSet<>();

  /** What an act says: in which log, when, and what. */
  record Said(long act, boolean live, Instant at, String json) {}

  /** The same, once it was found to name a place in the ledger. */
  private record Told(Said said, JsonNode body, int home, long entry) {}

  /** A ledger entry as it is stored, and whether its lines are those of one. */
  private static final class Posted {
    final List<Booked.Line> lines = new ArrayList<>();
    boolean fits;
    Booked head = new Booked(0, "", "", 0, List.of());

    void take(ResultSet row) throws SQLException {
      var account = row.getString("account");
      if (lines.isEmpty()) {
        fits = true;
        head = new Booked(row.getLong("id"), row.getString("cause"), row.getString("currency"), 0, List.of());
      }
      fits &= account != null && row.getBoolean("fits") && row.getInt("line") == lines.size();
      if (account != null) lines.add(new Booked.Line(account, row.getLong("minor")));
    }

    String json() {
      return Parts.money(new Booked(head.id(), head.cause(), head.currency(), 0, lines));
    }
  }

  /** The acts among these whose ledger entries stand as they say. */
  static Set<Long> right(Connection connection, List<Said> all) throws SQLException {
    var bookings = new Bookings();
    for (var said : all) {
      var told = told(said);
      if (told != null) bookings.told.put(said.act(), told);
    }
    if (!bookings.told.isEmpty()) bookings.look(connection);
    return bookings.right;
  }

  private static @Nullable Told told(Said said) {
    try {
      var body = Json.MAPPER.readTree(said.json());
      var home = body.path("home");
      var id = body.path("entry").path("id");
      if (!home.isInt() || home.intValue() < 0 || home.intValue() >= Home.COUNT || !id.isString()) return null;
      return new Told(said, body, home.intValue(), Long.parseLong(id.stringValue()));
    } catch (JacksonException | NumberFormatException _) {
      return null;
    }
  }

  private void look(Connection connection) throws SQLException {
    var acts = List.copyOf(told.values());
    try (var statement = connection.prepareStatement(STORED)) {
      statement.setArray(1, connection.createArrayOf("int8", acts.stream().map(it -> it.said().act()).toArray()));
      statement.setArray(2, connection.createArrayOf("int2", acts.stream().map(it -> (short) it.home()).toArray()));
      statement.setArray(3, connection.createArrayOf("int8", acts.stream().map(Told::entry).toArray()));
      var posted = new HashMap<Long, Posted>();
      try (var rows = statement.executeQuery()) {
        while (rows.next()) take(rows, posted.computeIfAbsent(rows.getLong("act"), _ -> new Posted()));
      }
      posted.forEach((act, it) -> {
        var body = told.get(act);
        if (body != null && it.fits && Json.MAPPER.readTree(it.json()).equals(body.body().path("entry")))
          right.add(act);
      });
    }
  }

  private void take(ResultSet row, Posted posted) throws SQLException {
    posted.take(row);
    var it = told.get(row.getLong("act"));
    posted.fits &= it != null && says(it.body(), "payment", row) && says(it.body(), "merchant", row)
        && row.getBoolean("live") == it.said().live()
        && row.getObject("at", OffsetDateTime.class).toInstant().equals(it.said().at());
  }

  private static boolean says(JsonNode body, String name, ResultSet row) throws SQLException {
    var said = body.path(name);
    return said.isString() && said.stringValue().equals(row.getString(name));
  }

  private static final String STORED = """
      select v.act, e.id, e.payment, e.merchant, e.live, e.at, e.cause, e.currency, l.line, l.account, l.minor,
        coalesce(e.dispute = 0 and e.n = 0 and e.refund = 0 and l.payment = e.payment and l.currency = e.currency
          and l.dispute = 0, false) as fits
      from unnest(?::int8[], ?::int2[], ?::int8[]) v(act, home, id)
      join ledger_entry e on e.home = v.home and e.id = v.id
      left join ledger_line l on l.home = e.home and l.entry = e.id
      order by v.act, l.line
      """;
}
