package redress.lab.mutant;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import redress.dispute.DisputeId;
import redress.keys.Keyring;
import redress.lab.judge.Invariant;
import redress.lab.judge.Violation;
import redress.log.Recomputed;
import redress.log.Sequencer;
import redress.postgres.Database;
import redress.store.Entries;
import redress.store.FairPool;
import redress.store.LogBook;
import tools.jackson.databind.json.JsonMapper;

/** Works out from what is stored what the log must say, by hashes alone, and holds it against what it says. */
final class LogJudge {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final HexFormat HEX = HexFormat.of();
  private static final int SALT = 32;

  private final Database owner;
  private final JdbcClient sql;
  private final LogBook book;
  private final Sequencer sequencer;

  LogJudge(Database owner, FairPool pool) {
    this.owner = owner;
    this.sql = JdbcClient.create(pool);
    this.book = new LogBook(pool);
    this.sequencer = new Sequencer(book, new Recomputed(new Entries(pool)),
        Keyring.inMemory(Keyring.ORIGIN, Clock.systemUTC()), List.of(), Clock.systemUTC(), Sequencer.Settings.STANDARD);
  }

  /** Throws {@link Violation} when an event has not its entry, something changed is signed, or a root is another. */
  void check() {
    entries();
    changed();
    for (boolean live : new boolean[] {true, false}) signed(live);
  }

  private void entries() {
    var last = new HashMap<String, String>();
    for (var row : rows("select *, body::text as json from event order by home, dispute, n")) {
      var id = new DisputeId(((Number) of(row, "home")).intValue(), (long) of(row, "dispute")).toString();
      var salt = (byte[]) of(row, "salt");
      var entry = new TreeMap<String, Object>(Map.of("v", 1, "dispute", id, "n", of(row, "n"), "at",
          ((Timestamp) of(row, "at")).toInstant().toString(), "previous", last.getOrDefault(id, "0".repeat(64))));
      entry.put("event", committed("event", salt, Map.of("type", of(row, "type"), "row", of(row, "row"), "before",
          of(row, "status_before"), "after", of(row, "status_after"), "body",
          JSON.readValue((String) of(row, "json"), Object.class))));
      entry.put("actor", committed("actor", salt,
          Map.of("role", of(row, "role"), "subject", of(row, "subject"), "person", of(row, "by_person"))));
      entry.put("money", committed("money", salt, money(row)));
      last.put(id, HEX.formatHex(sha256(JSON.writeValueAsString(entry).getBytes(UTF_8))));
      if (!HEX.formatHex((byte[]) of(row, "hash")).equals(last.get(id))) {
        throw new Violation(Invariant.LOGGED_ONCE, "event " + of(row, "n") + " of " + id + " has another entry");
      }
    }
  }

  private List<Object> money(Map<String, Object> event) {
    return rows("select * from ledger_entry where home = ? and dispute = ? and n = ? order by id", of(event, "home"),
        of(event, "dispute"), of(event, "n")).stream().<Object>map(
            it -> Map.of("id", of(it, "id").toString(), "cause", of(it, "cause"), "currency", of(it, "currency"),
                "refund", of(it, "refund"), "lines",
                rows("select account, minor from ledger_line where home = ? and entry = ? order by line",
                    of(it, "home"), of(it, "id"))))
        .toList();
  }

  /** What was changed before it was ever signed is not signed. */
  private void changed() {
    var first = "(home, dispute, n) = (select home, dispute, n from event order by home, dispute, n limit 1)";
    boolean live = sql.sql("select d.live from event e join dispute d on d.home = e.home and d.id = e.dispute"
        + " order by e.home, e.dispute, e.n limit 1").query(Boolean.class).single();
    tamper("update event set row = row + 1 where " + first);
    try {
      sequencer.cover(live);
    } catch (IllegalStateException refused) {
      tamper("update event set row = row - 1 where " + first);
      return;
    }
    throw new Violation(Invariant.SIGNED_AS_STORED, "an event that was changed is signed");
  }

  private void signed(boolean live) {
    long entries = sql.sql("select (select count(*) from event e join dispute d on d.home = e.home and d.id = e.dispute"
        + " where d.live = ?) + (select count(*) from act where live = ?)").param(live).param(live).query(Long.class)
        .single();
    if (entries == 0) return;
    try {
      sequencer.cover(live);
    } catch (IllegalStateException refused) {
      throw new Violation(Invariant.SIGNED_AS_STORED, String.valueOf(refused.getMessage()));
    }
    var said = book.published(live).orElseThrow().note().lines().toList();
    var leaves = sql.sql("select hash from log_leaf where live = ? order by index").param(live)
        .query((row, _) -> sha256(new byte[] {0}, row.getBytes(1))).list();
    boolean fits = said.get(1).equals(String.valueOf(entries)) && leaves.size() == entries
        && said.get(2).equals(Base64.getEncoder().encodeToString(root(leaves)));
    if (!fits) {
      throw new Violation(Invariant.SIGNED_AS_STORED, said.get(1) + " entries are signed of " + entries
          + ", with a root that is not theirs");
    }
  }

  /** RFC 6962, section 2.1. */
  private static byte[] root(List<byte[]> leaves) {
    if (leaves.size() == 1) return leaves.getFirst();
    int half = Integer.highestOneBit(leaves.size() - 1);
    return sha256(new byte[] {1}, root(leaves.subList(0, half)), root(leaves.subList(half, leaves.size())));
  }

  private static String committed(String part, byte[] salt, Object said) {
    var drawn = HEX.formatHex(sha256(salt, part.getBytes(UTF_8))).substring(0, SALT);
    return HEX.formatHex(sha256(JSON.writeValueAsString(sorted(Map.of("salt", drawn, "is", said))).getBytes(UTF_8)));
  }

  private static @Nullable Object sorted(@Nullable Object value) {
    return switch (value) {
      case Map<?, ?> map -> {
        var all = new TreeMap<String, @Nullable Object>();
        map.forEach((name, it) -> all.put(String.valueOf(name), sorted(it)));
        yield all;
      }
      case List<?> list -> list.stream().map(it -> JSON.valueToTree(sorted(it))).toList();
      case null, default -> value;
    };
  }

  private static byte[] sha256(byte[]... parts) {
    try {
      var all = new ByteArrayOutputStream();
      for (var part : parts) all.writeBytes(part);
      return MessageDigest.getInstance("SHA-256").digest(all.toByteArray());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private List<Map<String, Object>> rows(String query, Object... parameters) {
    var all = new ArrayList<Map<String, Object>>();
    for (var row : sql.sql(query).params(parameters).query().listOfRows()) {
      var kept = new HashMap<String, Object>();
      row.forEach((name, value) -> {
        if (value != null) kept.put(name, value);
      });
      all.add(kept);
    }
    return all;
  }

  private static Object of(Map<String, Object> row, String column) {
    return Objects.requireNonNull(row.get(column));
  }

  /** Only the database's superuser can. */
  private void tamper(String statement) {
    try (var connection = owner.connect(); var it = connection.createStatement()) {
      if (it.executeUpdate(statement) != 1) throw new IllegalStateException("nothing was changed");
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
