package redress.result;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.Signature;
import java.time.Duration;
import java.util.Base64;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.lang.JoseException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.jdbc.core.simple.JdbcClient;
import redress.api.Server.Reply;
import redress.dispute.DisputeId;
import redress.dispute.Outcome;
import redress.keys.Keyring;
import redress.keys.Purpose;
import redress.log.Sequencer;
import redress.policy.Role;
import redress.seal.Canonical;
import redress.seal.Checkpoint;
import redress.seal.Digest;
import redress.seal.Merkle;
import redress.seal.Note;
import redress.store.ResultBook;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Every end is written down once, truly, and signed. */
@ExtendWith(Endings.Shared.class)
class ResultTest {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static Endings endings;
  private static JdbcClient sql;

  @BeforeAll static void open(Endings shared) {
    endings = shared;
    sql = endings.server.centre.the(JdbcClient.class);
  }

  private static Reply get(String dispute, String rest, String... headers) {
    return endings.server.get(endings.buyer, Endings.at(dispute) + rest, headers);
  }

  private static JsonNode record(String dispute) {
    return Endings.ok(get(dispute, "/result")).json();
  }

  private static JsonNode record(Outcome outcome) {
    return record(endings.of(outcome));
  }

  private static PublicKey key() {
    return endings.server.centre.the(Keyring.class).current(Purpose.RESULT).publicKey();
  }

  @Test void every_outcome_has_a_record_that_says_so() {
    assertThat(endings.all.keySet()).isEqualTo(EnumSet.allOf(Outcome.class));
    endings.all.forEach((outcome, dispute) -> {
      var record = record(dispute);
      assertThat(record.path("outcome").asString()).isEqualTo(outcome.name());
      assertThat(record.path("dispute").asString()).isEqualTo(dispute);
      assertThat(record.path("number").asInt()).isEqualTo(1);
      assertThat(record.path("test").asBoolean()).isTrue();
    });
  }

  @Test void what_is_signed_is_what_is_read_byte_for_byte_and_it_is_canonical() throws Exception {
    for (var dispute : endings.all.values()) {
      var text = Endings.ok(get(dispute, "/result")).text();
      var compact = Endings.ok(get(dispute, "/result.jws")).text();
      assertThat(get(dispute, "/result").header("ETag")).isEqualTo('"' + Digest.sha256(text) + '"');
      assertThat(Canonical.json(JSON.readValue(text, java.util.Map.class))).isEqualTo(text);
      assertThat(byJose(compact)).isEqualTo(text);
      assertThat(byPlainJava(compact)).isEqualTo(text);
    }
  }

  private static String byJose(String compact) throws JoseException {
    var jws = new JsonWebSignature();
    jws.setCompactSerialization(compact);
    jws.setKey(key());
    assertThat(jws.verifySignature()).isTrue();
    assertThat(jws.getKeyIdHeaderValue())
        .isEqualTo(endings.server.centre.the(Keyring.class).current(Purpose.RESULT).id());
    return jws.getPayload();
  }

  private static String byPlainJava(String compact) throws GeneralSecurityException {
    var parts = compact.split("\\.", -1);
    assertThat(isSigned(parts)).isTrue();
    return new String(Base64.getUrlDecoder().decode(parts[1]), UTF_8);
  }

  private static boolean isSigned(String[] parts) throws GeneralSecurityException {
    var signature = Signature.getInstance("Ed25519");
    signature.initVerify(key());
    signature.update((parts[0] + "." + parts[1]).getBytes(US_ASCII));
    return signature.verify(Base64.getUrlDecoder().decode(parts[2]));
  }

  @Test void the_json_form_holds_the_same_signature() throws GeneralSecurityException {
    var dispute = endings.of(Outcome.WITHDRAWN);
    var reply = Endings.ok(get(dispute, "/result.jws", "Accept", "application/jose+json"));
    assertThat(reply.header("Content-Type")).isEqualTo("application/jose+json");
    var one = reply.json().path("signatures").get(0);
    var parts = new String[] {one.path("protected").asString(), reply.json().path("payload").asString(),
        one.path("signature").asString()};
    assertThat(isSigned(parts)).isTrue();
    assertThat(String.join(".", parts)).isEqualTo(get(dispute, "/result.jws").text());
  }

  @Test void a_changed_record_is_noticed() throws GeneralSecurityException {
    var parts = get(endings.of(Outcome.SETTLED_FULFILLED), "/result.jws").text().split("\\.", -1);
    var text = new String(Base64.getUrlDecoder().decode(parts[1]), UTF_8).replace("\"refunded\":10000",
        "\"refunded\":1000");
    parts[1] = Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(UTF_8));
    assertThat(isSigned(parts)).isFalse();
  }

  @Test void the_money_is_what_the_tables_say() {
    for (var dispute : endings.all.values()) {
      var record = record(dispute);
      var money = record.path("money");
      assertThat(money.path("refunded").asLong() + money.path("compensated").asLong()).as(dispute).isEqualTo(-sum("""
          select coalesce(sum(minor), 0) from ledger_line
          where home = ? and dispute = ? and account in ('buyer.wallet', 'buyer.outside')""", dispute));
      assertThat(money.path("hold").path("placed").asLong()).isEqualTo(sum("""
          select coalesce(sum((body ->> 'minor')::bigint), 0) from event
          where home = ? and dispute = ? and type = 'HoldPlaced'""", dispute));
      assertThat(money.path("enforced").path("from").path("fund").asLong()).isEqualTo(sum("""
          select coalesce(sum(minor), 0) from ledger_line
          where home = ? and dispute = ? and account = 'platform.fund'""", dispute));
      assertThat(money.path("enforced").path("from").path("deposit").asLong()).isEqualTo(sum("""
          select coalesce(sum(minor), 0) from ledger_line
          where home = ? and dispute = ? and account = 'merchant.deposit'""", dispute));
      var balances = new TreeMap<String, Long>();
      id(dispute, "select account, sum(minor) from ledger_line where home = ? and dispute = ? group by account")
          .query(row -> {
            balances.put(row.getString(1), row.getLong(2));
          });
      money.path("balances").properties()
          .forEach(it -> assertThat(balances.remove(it.getKey())).isEqualTo(it.getValue().asLong()));
      assertThat(balances).isEmpty();
      assertThat(money.path("unpaid").path("amount").asLong()).isEqualTo(sum("""
          select coalesce(sum((body ->> 'minor')::bigint), 0) from event
          where home = ? and dispute = ? and type = 'PromiseBroken'""", dispute));
    }
  }

  @Test void dates_findings_and_lateness_are_what_the_tables_say() {
    for (var dispute : endings.all.values()) {
      var record = record(dispute);
      assertThat(record.path("filedAt").asString()).isEqualTo(instant("Filed", dispute));
      assertThat(record.path("closedAt").asString()).isEqualTo(instant("Closed", dispute));
      assertThat(record.path("events").asLong())
          .isEqualTo(sum("select version from dispute where home = ? and id = ?", dispute));
      assertThat(record.path("findings").size() + hidden(dispute)).as(dispute)
          .isEqualTo((int) count("FindingRaised", dispute));
      assertThat((long) record.path("deadlinesMissed").size())
          .isEqualTo(count("Overdue", dispute) + count("Breached", dispute));
      assertThat((long) record.path("evidence").size()).isEqualTo(count("EvidenceSubmitted", dispute));
      assertThat((long) record.path("agreements").size()).isEqualTo(count("SettlementFormed", dispute));
      for (var promise : record.path("agreements").findValues("promises")) {
        for (var one : promise) {
          var last = id(dispute, """
              select body ->> 'state' from event where home = ? and dispute = ? and type = 'ObligationMoved'
                and (body ->> 'obligation')::int = %d order by n desc limit 1""".formatted(one.path("number").asInt()))
              .query(String.class).optional().orElse("PENDING");
          assertThat(one.path("state").asString()).isEqualTo(last);
        }
      }
    }
  }

  /** Findings that a person of the platform had to judge first, and did not before the end. */
  private static int hidden(String dispute) {
    return (int) sum("""
        select count(*) from event r where home = ? and dispute = ? and type = 'FindingRaised'
          and body -> 'finding' ->> 'code' in ('EVIDENCE_CONTRADICTS', 'FOLLOW_UP_ATTEMPTS_SHORT')
          and not exists (select from event e where e.home = r.home and e.dispute = r.dispute
            and e.type = 'FindingEnded' and e.body ->> 'finding' = r.body -> 'finding' ->> 'id')""", dispute);
  }

  private static String instant(String type, String dispute) {
    return id(dispute, "select at from event where home = ? and dispute = ? and type = '" + type + "'")
        .query((row, _) -> row.getObject(1, java.time.OffsetDateTime.class).toInstant().toString()).single();
  }

  private static long count(String type, String dispute) {
    return sum("select count(*) from event where home = ? and dispute = ? and type = '" + type + "'", dispute);
  }

  private static long sum(String query, String dispute) {
    return id(dispute, query).query(Long.class).single();
  }

  private static JdbcClient.StatementSpec id(String dispute, String query) {
    var id = DisputeId.parse(dispute).orElseThrow();
    return sql.sql(query).param(id.home()).param(id.number());
  }

  @Test void a_promise_that_was_kept_and_one_that_was_enforced_are_told_apart() {
    var kept = record(Outcome.SETTLED_FULFILLED).path("agreements").get(0).path("promises").get(0);
    assertThat(kept.path("state").asString()).isEqualTo("VERIFIED");
    assertThat(kept.path("onTime").asBoolean()).isTrue();
    assertThat(kept.path("paid").asLong()).isEqualTo(10_000);
    var forced = record(Outcome.SETTLED_ENFORCED).path("agreements").get(0).path("promises").get(0);
    assertThat(forced.path("keptAt").isNull()).isTrue();
    assertThat(forced.path("enforcedAt").asString()).isNotEmpty();
    assertThat(forced.path("paid").asLong()).isEqualTo(20_000);
    assertThat(record(Outcome.DECIDED_SPLIT).path("responsible").asString()).isEqualTo("MERCHANT");
    assertThat(record(Outcome.DECIDED_SPLIT).path("decisions").findValuesAsString("outcome"))
        .containsExactly("DECIDED_FOR_BUYER", "DECIDED_SPLIT");
  }

  @Test void no_name_no_contact_no_text_and_nobody_of_the_staff_is_in_it() {
    for (var dispute : endings.all.values()) {
      assertThat(get(dispute, "/result").text()).doesNotContain("Li Na", "@example.org", "picture", "Thank you",
          "mediator-1", "lead-1", "verifier-1", "rating");
    }
  }

  @Test void the_event_that_made_it_final_is_proved_to_stand_in_the_signed_log() {
    for (var dispute : endings.all.values()) {
      var record = record(dispute);
      var log = record.path("log");
      var entry = id(dispute, "select hash from event where home = ? and dispute = ? and n = "
          + record.path("events").asInt()).query(byte[].class).single();
      assertThat(log.path("entry").asString()).isEqualTo(HexFormat.of().formatHex(entry));
      var note = Note.parse(log.path("checkpoint").asString());
      var key = endings.server.centre.the(Keyring.class).current(Purpose.TEST_LOG).noteKey();
      assertThat(note.isSignedBy(key)).isTrue();
      var checkpoint = Checkpoint.parse(note.text());
      var path = log.path("inclusion").valueStream().map(it -> HexFormat.of().parseHex(it.asString())).toList();
      assertThat(
          Merkle.isIncluded(Merkle.leaf(entry), log.path("index").asLong(), checkpoint.size(), path,
              checkpoint.rootBytes()))
          .isTrue();
    }
  }

  @Test void a_repeat_of_the_errand_finds_what_was_written() {
    var dispute = DisputeId.parse(endings.of(Outcome.SETTLED_FULFILLED)).orElseThrow();
    var kept = endings.server.centre.the(ResultBook.class).find(dispute, 1).orElseThrow();
    var again = endings.server.centre.the(Registrar.class).write(dispute, kept.n(), kept.at().plusSeconds(99), true);
    assertThat(again).contains(kept);
    assertThat(sum("select count(*) from result_record where home = ? and dispute = ?", dispute.toString())).isOne();
  }

  @Test void a_record_waits_for_the_next_checkpoint_unless_somebody_asks_for_it() {
    var asked = endings.withdrawnToday("p-asked");
    var left = endings.withdrawnToday("p-left");
    var comes = endings.server.now().plus(Sequencer.Settings.STANDARD.interval());
    for (var one : List.of(asked, left)) until("the errand waits", () -> id(one, """
        select count(*) from errand where home = ? and dispute = ? and body ->> 'type' = 'WriteResult' and due = '%s'
        """.formatted(comes)).query(Long.class).single() == 1);
    assertThat(records(asked) + records(left)).isZero();
    assertThat(record(asked).path("log").path("inclusion").isArray()).isTrue();
    assertThat(get(asked, "/result?number=1").text()).isEqualTo(get(asked, "/result").text());
    assertThat(records(asked)).isOne();
    assertThat(records(left)).isZero();
    endings.server.wait(Sequencer.Settings.STANDARD.interval());
    until("it is written without being asked for", () -> records(left) == 1);
    assertThat(record(left).path("madeAt").asString()).isEqualTo(comes.toString());
    assertThat(record(left).path("log").path("inclusion").isArray()).isTrue();
    assertThat(records(asked)).isOne();
  }

  private static long records(String dispute) {
    return sum("select count(*) from result_record where home = ? and dispute = ?", dispute);
  }

  private static void until(String what, BooleanSupplier condition) {
    long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > end) throw new AssertionError("still not: " + what);
      LockSupport.parkNanos(Duration.ofMillis(5).toNanos());
    }
  }

  @Test void what_was_written_cannot_be_changed_or_deleted_by_the_application() {
    for (var statement : new String[] {"update result_record set json = '{}'", "delete from result_record"}) {
      assertThatThrownBy(() -> sql.sql(statement).update()).hasStackTraceContaining("permission denied");
    }
  }

  @Test void what_becomes_untrue_after_the_end_is_superseded_by_a_new_record_and_stays() {
    var id = endings.fulfilled("p-again");
    var first = Endings.ok(get(id, "/result")).text();
    endings.say(endings.platform, Endings.at(id) + "/chargebacks", "{\"amount\":2000,\"currency\":\"CNY\"}");
    endings.advance("p-again", "PT1M");
    var second = record(id);
    assertThat(second.path("number").asInt()).isEqualTo(2);
    assertThat(second.path("because").asString()).isEqualTo("ChargebackOpened");
    assertThat(second.path("supersedes").path("sha256").asString()).isEqualTo(Digest.sha256(first));
    assertThat(second.path("money").path("chargedBack").asLong()).isEqualTo(2_000);
    assertThat(get(id, "/result?number=1").text()).isEqualTo(first);
  }

  @Test void a_dispute_that_is_reopened_gets_a_second_record_at_its_second_end() {
    var id = endings.fulfilled("p-reopen");
    endings.say(endings.buyer, Endings.at(id) + "/reopening", "{\"newFact\":\"It broke again.\"}");
    endings.say(endings.buyer, Endings.at(id) + "/withdrawal", "");
    endings.advance("p-reopen", "PT1M");
    var second = record(id);
    assertThat(second.path("number").asInt()).isEqualTo(2);
    assertThat(second.path("outcome").asString()).isEqualTo("WITHDRAWN");
    assertThat(second.path("agreements").get(0).path("inForce").asBoolean()).isFalse();
    assertThat(second.path("money").path("refunded").asLong()).isEqualTo(10_000);
  }

  @Test void before_the_end_there_is_nothing_and_strangers_see_nothing_ever() {
    var open = endings.filed("p-still-open", "CNY");
    assertThat(get(open, "/result").code()).isEqualTo("RESULT_NOT_YET");
    assertThat(get(open, "/result.jws").status()).isEqualTo(409);
    var stranger = endings.server.key(Role.BUYER, "buyer-2");
    var there = Endings.at(endings.of(Outcome.WITHDRAWN));
    for (var part : new String[] {"/result", "/result.jws"}) {
      var foreign = endings.server.get(stranger, there + part);
      var unknown = endings.server.get(stranger, "/v1/disputes/dsp_0000000000000000001" + part);
      assertThat(foreign.status()).isEqualTo(404);
      assertThat(foreign.code()).isEqualTo(unknown.code());
      assertThat(endings.server.get(null, there + part).status()).isEqualTo(401);
    }
    assertThat(get(endings.of(Outcome.WITHDRAWN), "/result?number=7").status()).isEqualTo(404);
  }

  @Test void the_record_has_the_form_that_is_described() throws IOException {
    var golden = Path.of("src/test/resources/results/fulfilled.json");
    var now = JSON.writerWithDefaultPrettyPrinter().writeValueAsString(record(Outcome.SETTLED_FULFILLED))
        .replaceAll("dsp_[0-9a-f]{19}", "DISPUTE").replaceAll("ntc_[0-9a-f]+", "NOTICE")
        .replaceAll("[0-9a-f]{64}", "HASH").replaceAll("(\"index\" : )\\d+", "$10")
        .replaceAll("(\"checkpoint\" : )\".*\"", "$1\"CHECKPOINT\"")
        .replaceAll("(?s)(\"inclusion\" : )\\[.*?\\]", "$1[ ]") + "\n";
    if (Boolean.getBoolean("golden")) Files.writeString(golden, now);
    assertThat(now).isEqualTo(Files.readString(golden));
  }
}
