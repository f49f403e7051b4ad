package redress.store;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import redress.dispute.DisputeId;
import redress.seal.Canonical;
import redress.seal.Entry;
import redress.seal.Opening;
import redress.seal.Parts;
import redress.store.Bookings.Said;
import redress.store.Entries.Found;
import redress.store.Entries.Numbered;
import redress.store.Entries.Place;

/** Works out log entries anew from the rows they are about, over one connection; used by one thread. */
final class EntryReader {
  private static final int FETCH = 2_000;
  private static final byte[] NONE = {};
  private static final String ELSEWHERE = "what it did stands differently elsewhere";
  private static final Stored NOWHERE = new Stored(new Place(-1, 0, 0, 0), NONE, null);

  private final Connection connection;

  EntryReader(Connection connection) {
    this.connection = connection;
  }

  /** What an event's row is read with. */
  private interface Binding {
    void to(PreparedStatement statement) throws SQLException;
  }

  /** All events of homes {@code from} to {@code to}, without the last, in order; and what was booked for none. */
  void homes(int from, int to, Consumer<Found> each) throws SQLException {
    events(EntrySql.OF_HOMES, statement -> {
      statement.setInt(1, from);
      statement.setInt(2, to);
    }, each);
  }

  /** The events at these places, as far as they are there, in any order. */
  void events(List<Place> places, Consumer<Found> each) throws SQLException {
    events(EntrySql.OF_PLACES, statement -> {
      statement.setArray(1, array("int2", places.stream().map(it -> (short) it.home()).toArray(Short[]::new)));
      statement.setArray(2, array("int8", places.stream().map(Place::dispute).toArray(Long[]::new)));
      statement.setArray(3, array("int4", places.stream().map(Place::n).toArray(Integer[]::new)));
    }, each);
  }

  /** The acts with these numbers, as far as they are there, in any order. */
  void acts(List<Long> ids, Consumer<Found> each) throws SQLException {
    acts("a.id = any(?)", statement -> statement.setArray(1, array("int8", ids.toArray(Long[]::new))), each);
  }

  /** All acts, in order. */
  void acts(Consumer<Found> each) throws SQLException {
    acts("true", _ -> {}, each);
  }

  private Array array(String type, Object[] values) throws SQLException {
    return connection.createArrayOf(type, values);
  }

  private void events(EntrySql sql, Binding binding, Consumer<Found> each) throws SQLException {
    var money = money(sql.ledger(), binding);
    var last = NOWHERE;
    try (var statement = connection.prepareStatement(sql.events())) {
      statement.setFetchSize(FETCH);
      binding.to(statement);
      try (var rows = statement.executeQuery()) {
        while (rows.next()) {
          var stored = stored(rows, sql == EntrySql.OF_HOMES ? last : null);
          last = stored;
          each.accept(event(rows, stored, money));
        }
      }
    }
    if (sql == EntrySql.OF_HOMES) {
      for (var place : money.keySet())
        each.accept(new Found(place, NONE, "something is booked for it, and it is missing"));
    }
  }

  private Map<Place, Money> money(String ledger, Binding binding) throws SQLException {
    var found = new HashMap<Place, Money>();
    try (var statement = connection.prepareStatement(ledger)) {
      statement.setFetchSize(FETCH);
      binding.to(statement);
      try (var rows = statement.executeQuery()) {
        while (rows.next()) {
          var place = new Place(rows.getInt("home"), rows.getLong("dispute"), rows.getInt("n"), 0);
          found.computeIfAbsent(place, _ -> new Money()).take(rows);
        }
      }
    }
    return found;
  }

  /** What stands in a row, and in the one of the event before it: null when that is missing. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Stored(Place place, byte[] hash, byte @Nullable [] previous) {}

  /** {@code last}: the row before it when rows come in order, null when each brings what is before it. */
  private static Stored stored(ResultSet row, @Nullable Stored last) throws SQLException {
    var place = new Place(row.getInt("home"), row.getLong("dispute"), row.getInt("n"), 0);
    var hash = row.getBytes("hash");
    if (last == null) return new Stored(place, hash, row.getBytes("previous"));
    var before = last.place();
    boolean follows = before.home() == place.home() && before.dispute() == place.dispute()
        && before.n() == place.n() - 1;
    return new Stored(place, hash, follows ? last.hash() : null);
  }

  private static Found event(ResultSet row, Stored it, Map<Place, Money> ledger) throws SQLException {
    var place = it.place();
    var money = ledger.remove(place);
    var stored = it.hash();
    var at = instant(row);
    try {
      if (stored.length == 0) return new Found(place, NONE, unlogged(row));
      var booked = money == null ? List.<Parts.Booked>of() : money.booked();
      var parts = new Parts(
          Parts.event(row.getString("status_before"), row.getString("status_after"), row.getInt("row"),
              row.getString("type"), Canonical.of(row.getString("json"))),
          Parts.actor(row.getString("role"), row.getString("subject"), row.getString("by_person")),
          Parts.money(booked));
      var hash = HexFormat.of().parseHex(parts.entry(new DisputeId(place.home(), place.dispute()).toString(),
          place.n(), at, previous(it), row.getBytes("salt")).hash());
      return new Found(place, hash, wrong(row, it, hash, money, at), leaf(row));
    } catch (IllegalArgumentException unread) {
      return new Found(place, NONE, "it is no event: " + unread.getMessage());
    }
  }

  private static String unlogged(ResultSet row) throws SQLException {
    return row.getBoolean("early") && row.getBytes("salt").length == 0 ? "" : "it has no entry";
  }

  /** What is wrong with where it is in the log. */
  private static String numbered(ResultSet row) throws SQLException {
    if (row.getBoolean("astray")) return "its number is in the wrong tree";
    return row.getBoolean("lost") ? "it was there and has no number" : "";
  }

  private static @Nullable Numbered leaf(ResultSet row) throws SQLException {
    var hash = row.getBytes("leaf_hash");
    return hash == null ? null : new Numbered(row.getBoolean("leaf_live"), row.getLong("leaf"), hash);
  }

  private static String previous(Stored it) {
    var previous = it.previous();
    return previous == null || previous.length == 0 ? Entry.NONE : HexFormat.of().formatHex(previous);
  }

  private static String wrong(ResultSet row, Stored it, byte[] hash, @Nullable Money money, Instant at)
      throws SQLException {
    if (!Arrays.equals(it.hash(), hash)) return "it is not what its entry says";
    if (it.place().n() > 1 && it.previous() == null) return "the event before it is missing";
    if (money != null && !money.fits(at)) return "what is booked for it stands differently elsewhere";
    return row.getBoolean("fits") ? numbered(row) : "the dispute's row says something else";
  }

  private void acts(String which, Binding binding, Consumer<Found> each) throws SQLException {
    try (var statement = connection.prepareStatement(EntrySql.ACTS + which + " order by a.id")) {
      statement.setFetchSize(FETCH);
      binding.to(statement);
      try (var rows = statement.executeQuery()) {
        var all = new ArrayList<Done>();
        while (rows.next()) {
          all.add(done(rows));
          if (all.size() == FETCH) done(all, each);
        }
        done(all, each);
      }
    }
  }

  /** An act, and, if it tells of a ledger entry, what it says of it. */
  private record Done(Found found, @Nullable Said said) {}

  private void done(List<Done> all, Consumer<Found> each) throws SQLException {
    var said = all.stream().map(Done::said).filter(Objects::nonNull).toList();
    var right = Bookings.right(connection, said);
    for (var it : all) {
      var found = it.found();
      boolean stands = it.said() == null || !found.isRight() || right.contains(found.place().act());
      each.accept(stands ? found : new Found(found.place(), found.hash(), ELSEWHERE, found.leaf()));
    }
    all.clear();
  }

  private static Done done(ResultSet row) throws SQLException {
    boolean booked = row.getString("kind").equals(Bookings.KIND);
    return new Done(act(row), booked
        ? new Said(row.getLong("id"), row.getBoolean("live"), instant(row), row.getString("json")) : null);
  }

  private static Found act(ResultSet row) throws SQLException {
    var place = new Place(0, 0, 0, row.getLong("id"));
    try {
      var opening = Opening.of(Acts.PART, Canonical.of(row.getString("json")), row.getBytes("salt"));
      var entry = new Entry.OfAct(row.getString("kind"), instant(row), opening.commitment());
      var hash = HexFormat.of().parseHex(entry.hash());
      if (!Arrays.equals(hash, row.getBytes("hash"))) return new Found(place, hash, "it is not what its entry says");
      return new Found(place, hash, row.getBoolean("fits") ? numbered(row) : ELSEWHERE, leaf(row));
    } catch (IllegalArgumentException unread) {
      return new Found(place, NONE, "it is no act: " + unread.getMessage());
    }
  }

  private static Instant instant(ResultSet row) throws SQLException {
    return row.getObject("at", OffsetDateTime.class).toInstant();
  }
}
