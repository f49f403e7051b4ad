package redress.invariant;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import redress.dispute.DisputeId;
import redress.postgres.Database;
import redress.store.Recount;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Whatever happened through the API has one entry in the log each, as a second implementation of the format works it
 * out from the tables.
 */
class LogEntriesTest {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final HexFormat HEX = HexFormat.of();

  private static Lives lives;
  private static JdbcClient sql;
  private static JdbcClient app;

  @BeforeAll static void live() throws SQLException {
    lives = new Lives();
    app = lives.server.centre.the(JdbcClient.class);
    var owner = lives.server.centre.the(Database.class);
    sql = JdbcClient.create(new SingleConnectionDataSource(owner.connect(), true));
  }

  @AfterAll static void close() {
    lives.close();
  }

  @Test void every_event_has_the_entry_that_follows_from_what_is_stored() {
    var last = new HashMap<String, String>();
    int booked = 0;
    for (var row : rows("select *, body::text as json from event order by home, dispute, n")) {
      var id = id(row, "dispute");
      var money = money(row);
      booked += money.size();
      var salt = bytes(row, "salt");
      var entry = new TreeMap<String, Object>();
      entry.put("v", 1);
      entry.put("dispute", id);
      entry.put("n", of(row, "n"));
      entry.put("at", at(row));
      entry.put("previous", last.getOrDefault(id, "0".repeat(64)));
      entry.put("event", committed("event", salt, Map.of("type", of(row, "type"), "row", of(row, "row"), "before",
          of(row, "status_before"), "after", of(row, "status_after"), "body", sorted(text(row, "json")))));
      entry.put("actor", committed("actor", salt,
          Map.of("role", of(row, "role"), "subject", of(row, "subject"), "person", of(row, "by_person"))));
      entry.put("money", committed("money", salt, money));
      last.put(id, hash(JSON.writeValueAsString(entry)));
      assertThat(HEX.formatHex(bytes(row, "hash"))).as(id + " " + of(row, "n")).isEqualTo(last.get(id));
    }
    assertThat(booked).isEqualTo(count("ledger_entry where dispute > 0")).isPositive();
    for (var row : rows("select home, id, chain from dispute")) {
      var id = id(row, "id");
      assertThat(HEX.formatHex(bytes(row, "chain"))).isEqualTo(last.remove(id));
    }
    assertThat(last).isEmpty();
  }

  @Test void every_act_has_the_entry_that_follows_from_what_is_stored() {
    var kinds = new ArrayList<String>();
    for (var row : rows("select *, body::text as json from act order by id")) {
      var entry = new TreeMap<String, Object>(Map.of("v", 1, "act", of(row, "kind"), "at", at(row), "body",
          committed("body", bytes(row, "salt"), sorted(text(row, "json")))));
      assertThat(HEX.formatHex(bytes(row, "hash"))).isEqualTo(hash(JSON.writeValueAsString(entry)));
      kinds.add(text(row, "kind"));
    }
    assertThat(kinds).startsWith("log.began").contains("booked", "rules.published", "key.made");
    assertThat(kinds.stream().filter("booked"::equals)).hasSize(count("ledger_entry where dispute = 0"));
    assertThat(kinds.stream().filter("key.made"::equals)).hasSize(count("api_key"));
    assertThat(kinds.stream().filter("rules.published"::equals)).hasSize(count("rule_set"));
  }

  @Test void what_was_booked_outside_disputes_is_told_as_it_was_booked() {
    assertThat(sql.sql("""
        select count(*) from ledger_entry e where dispute = 0 and not exists (
          select 1 from act a where a.kind = 'booked' and a.live = e.live and a.at = e.at
            and a.body->'entry'->>'id' = e.id::text and (a.body->>'home')::int = e.home
            and a.body->>'payment' = e.payment and a.body->>'merchant' = e.merchant
            and a.body->'entry'->>'cause' = e.cause and a.body->'entry'->>'currency' = e.currency
            and a.body->'entry'->'lines' = (select jsonb_agg(jsonb_build_object('account', account, 'minor', minor)
              order by line) from ledger_line l where l.home = e.home and l.entry = e.id))
        """).query(Integer.class).single()).isZero();
  }

  @Test void every_movement_of_a_reserve_and_every_limit_has_its_act() {
    assertThat(strings("select distinct kind from reserve_move")).containsExactlyInAnyOrder("TOP_UP", "WITHDRAWAL",
        "RESERVED", "CONFIRMED", "RETURNED", "RECOVERED");
    assertThat(strings("""
        select m.reserve || ' ' || m.n || ' ' || m.kind || ': ' || count(a.id) from reserve_move m left join act a
          on a.live = m.reserve like '%:live:%' and a.at = m.at and a.body->>'reserve' = m.reserve
          and a.body->>'move' = m.kind and case when m.dispute is null
            then a.kind = 'booked' and a.body->'entry'->>'id' = m.entry::text and a.body->>'by' = m.by
              and a.body->>'second' = m.second and a.body->>'ref' = m.ref
            else a.kind = 'reserve.moved' and (a.body->>'n')::int = m.n and (a.body->>'minor')::int8 = m.minor
              and (a.body->>'balance')::int8 = m.balance and (a.body->>'held')::int8 = m.held end
        group by m.reserve, m.n, m.kind having count(a.id) <> 1""")).isEmpty();
    assertThat(count("act where kind = 'reserve.moved'")).isEqualTo(count("reserve_move where dispute is not null"))
        .isPositive();
    assertThat(strings("select body->>'perDispute' from act where kind = 'reserve.limited' order by id"))
        .containsExactly("1", "90000");
  }

  @Test void every_agreement_to_a_public_certificate_has_its_act_and_so_has_what_was_taken_back() {
    assertThat(strings("select kind || ' ' || coalesce(body->>'side', '') from act where kind like 'certificate.%'"
        + " order by id")).containsExactly("certificate.agreed BUYER", "certificate.agreed MERCHANT",
            "certificate.opened ", "certificate.revoked BUYER", "certificate.closed ", "certificate.agreed BUYER",
            "certificate.opened ");
    assertThat(count("certificate_consent")).isEqualTo(3);
    assertThat(strings("select encode(sha256(token::bytea), 'hex') from certificate order by made_at"))
        .hasSameElementsAs(strings("select body->>'address' from act where kind = 'certificate.opened'"));
  }

  @Test void what_was_agreed_or_set_aside_otherwise_than_its_act_says_is_found() throws SQLException {
    var owner = lives.server.centre.the(Database.class);
    for (var change : List.of("certificate_consent set side = 'MERCHANT', number = number + 7 where side = 'BUYER'",
        "certificate_consent set revoked_at = given_at where side = 'MERCHANT'",
        "reserve_move set minor = minor + 1 where kind = 'RETURNED'",
        "reserve set per_dispute = 80000 where per_day > 0")) {
      var connection = owner.connect();
      try (connection; var statement = connection.createStatement()) {
        statement.execute("create table undo as table " + change.split(" ")[0]);
        assertThat(statement.executeUpdate("update " + change)).isPositive();
        assertThat(Recount.of(owner::connect, 1).wrong()).as(change).isNotEmpty()
            .allMatch(it -> it.contains("what it did stands differently elsewhere"));
        statement.execute("truncate " + change.split(" ")[0]);
        statement.execute("insert into " + change.split(" ")[0] + " table undo");
        statement.execute("drop table undo");
      }
    }
    assertThat(Recount.of(owner::connect, 1).wrong()).isEmpty();
  }

  @Test void of_every_table_the_document_says_which_of_its_changes_have_an_entry() throws IOException {
    var document = Files.readString(Path.of("..", "docs", "log.md"));
    var section = document.substring(document.indexOf("## Which changes"), document.indexOf("## Formats"));
    var said = Pattern.compile("(?m)^\\| (`[^|]*`) \\|").matcher(section).results()
        .flatMap(row -> Pattern.compile("`(\\w+)`").matcher(row.group(1)).results().map(it -> it.group(1)));
    assertThat(said).containsExactlyInAnyOrderElementsOf(strings("select table_name from information_schema.tables"
        + " where table_schema = 'public' and table_type = 'BASE TABLE'"));
  }

  @Test void no_two_entries_share_a_salt() {
    assertThat(sql.sql("""
        select count(*) - count(distinct salt) from (select salt from event union all select salt from act) s
        where length(salt) = 16
        """).query(Integer.class).single()).isZero();
    assertThat(count("event where length(salt) <> 16 or length(hash) <> 32")).isZero();
  }

  @Test void acts_are_never_changed_by_the_application() {
    for (var forbidden : List.of("update act set kind = 'x'", "delete from act", "update event set hash = ''",
        "delete from log_start")) {
      assertThatThrownBy(() -> app.sql(forbidden).update()).as(forbidden).hasStackTraceContaining("permission denied");
    }
  }

  @Test void all_is_found_right_when_it_is_worked_out_anew() throws SQLException {
    var owner = lives.server.centre.the(Database.class);
    var report = Recount.of(owner::connect, 2);
    assertThat(report.wrong()).isEmpty();
    assertThat(report.entries()).isEqualTo(count("event") + count("act"));
    assertThat(report.early()).isZero();
    assertThat(report.wrongs()).isZero();
  }

  private static int count(String table) {
    return sql.sql("select count(*) from " + table).query(Integer.class).single();
  }

  private static List<String> strings(String query) {
    return sql.sql(query).query((row, _) -> row.getString(1)).list();
  }

  /** Rows without a null in them. */
  private static List<Map<String, Object>> rows(String query, Object... parameters) {
    var all = new ArrayList<Map<String, Object>>();
    for (var row : sql.sql(query).params(parameters).query().listOfRows()) {
      var kept = new HashMap<String, Object>();
      row.forEach((name, value) -> kept.put(name, Objects.requireNonNull(value)));
      all.add(kept);
    }
    return all;
  }

  private static Object of(Map<String, Object> row, String column) {
    return Objects.requireNonNull(row.get(column));
  }

  private static String text(Map<String, Object> row, String column) {
    return of(row, column).toString();
  }

  private static byte[] bytes(Map<String, Object> row, String column) {
    return (byte[]) of(row, column);
  }

  private static String id(Map<String, Object> row, String column) {
    return new DisputeId(((Number) of(row, "home")).intValue(), (long) of(row, column)).toString();
  }

  private static String at(Map<String, Object> row) {
    return ((Timestamp) of(row, "at")).toInstant().toString();
  }

  private static List<Object> money(Map<String, Object> event) {
    return rows("select * from ledger_entry where home = ? and dispute = ? and n = ? order by id", of(event, "home"),
        of(event, "dispute"), of(event, "n")).stream()
        .map(entry -> sorted(Map.of("id", text(entry, "id"), "cause", of(entry, "cause"), "currency",
            of(entry, "currency"), "refund", of(entry, "refund"), "lines", lines(entry))))
        .toList();
  }

  private static List<Map<String, Object>> lines(Map<String, Object> entry) {
    return rows("select account, minor from ledger_line where home = ? and entry = ? order by line",
        of(entry, "home"), of(entry, "id"));
  }

  private static String committed(String part, byte[] salt, Object said) {
    var drawn = HEX.formatHex(digest(concat(salt, part.getBytes(UTF_8)))).substring(0, 32);
    return hash(JSON.writeValueAsString(sorted(Map.of("salt", drawn, "is", said))));
  }

  private static byte[] concat(byte[] one, byte[] other) {
    var all = Arrays.copyOf(one, one.length + other.length);
    System.arraycopy(other, 0, all, one.length, other.length);
    return all;
  }

  private static Object sorted(String json) {
    return sorted(JSON.readValue(json, Object.class));
  }

  private static Object sorted(Object value) {
    return switch (value) {
      case Map<?, ?> map -> {
        var all = new TreeMap<String, Object>();
        map.forEach((name, it) -> all.put((String) name, it == null ? NOTHING : sorted(it)));
        yield all;
      }
      case List<?> list -> list.stream().map(it -> it == null ? NOTHING : sorted(it)).toList();
      default -> value;
    };
  }

  private static final JsonNode NOTHING = JSON.nullNode();

  private static String hash(String text) {
    return HEX.formatHex(digest(text.getBytes(UTF_8)));
  }

  private static byte[] digest(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
