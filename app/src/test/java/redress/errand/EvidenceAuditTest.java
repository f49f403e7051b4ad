package redress.errand;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import redress.check.FindingCode;
import redress.check.Known;
import redress.check.Testimony.Legibility;
import redress.check.Testimony.Rule;
import redress.check.Testimony.Verdict;
import redress.dispute.Command;
import redress.dispute.DisputeId;
import redress.dispute.Event.EvidenceSubmitted;
import redress.dispute.EvidenceType;
import redress.dispute.Executor;
import redress.dispute.Finding;
import redress.dispute.Side;
import redress.dispute.Stage;
import redress.dispute.Status;
import redress.dispute.Visibility;
import redress.dispute.Words;
import redress.document.Paper;
import redress.policy.Role;
import redress.seal.Digest;
import redress.store.Party.Kind;
import redress.store.Testimonies;
import redress.store.Testimonies.Kept;
import redress.vault.Staged;
import redress.vault.Vault;

/** What day 1 makes of the evidence: from the bytes in the vault to what a verifier signs. */
class EvidenceAuditTest {
  private static World world;

  private String name;
  private Instant now;

  @BeforeAll static void open() {
    world = new World();
  }

  @AfterAll static void close() {
    world.close();
  }

  @BeforeEach void begin(TestInfo test) {
    name = "e-" + test.getTestMethod().orElseThrow().getName().substring(0, 30);
    now = World.MORNING;
    world.party("buyer-1", Kind.BUYER, 1);
    world.party("shop-1", Kind.MERCHANT, 1);
  }

  /** A dispute over 40.00 of 100.00 euros paid on 2026-03-01. */
  private DisputeId filed() {
    world.database.clocks.create(name, now);
    world.pay(name, name);
    return LifeTest.file(world, name, now);
  }

  private void give(DisputeId id, Role role, EvidenceType type, byte[] bytes) throws IOException {
    var kept = world.vault.put(new ByteArrayInputStream(bytes), bytes.length);
    give(id, role, new Command.SubmitEvidence(type, kept.sha256(), Words.NONE, Visibility.PARTIES, "upl_1", 0));
  }

  private static void give(DisputeId id, Role role, Command.SubmitEvidence piece) {
    world.say(id, "", role, role == Role.BUYER ? "buyer-1" : "shop-1", piece);
  }

  private void pass(Duration time) {
    now = now.plus(time);
    assertThat(world.testTime().advance(name, now)).isInstanceOf(TestTime.Advance.Advanced.class);
  }

  private static List<FindingCode> codes(DisputeId id) {
    return world.look(id).findings().stream().map(Finding::code).toList();
  }

  private static Kept heard(DisputeId id, int number) {
    return new Testimonies(world.database.sql).of(id).stream().filter(it -> it.heard().evidence() == number)
        .findFirst().orElseThrow();
  }

  @Test void an_invoice_over_the_payment_corroborates_and_one_over_another_amount_waits_for_a_verifier()
      throws IOException {
    var id = filed();
    give(id, Role.BUYER, EvidenceType.INVOICE_OR_RECEIPT,
        Paper.pdf("factur-x.xml", Paper.invoice("I-1", "EUR", "100.00", "100.00"), List.of("Total: EUR 100.00")));
    give(id, Role.MERCHANT_OWNER, EvidenceType.INVOICE_OR_RECEIPT,
        Paper.pdf(List.of("Invoice no. I-2", "2026-03-01"), List.of("Amount due: EUR 80.00")));
    LifeTest.settle(world, id, Executor.PLATFORM);
    pass(Duration.ZERO);
    assertThat(world.look(id).status()).isEqualTo(Status.AUDITING);
    assertThat(codes(id)).containsExactly(FindingCode.EVIDENCE_CONTRADICTS);
    var first = heard(id, 1);
    assertThat(first.audit()).isEqualTo(new Testimonies.Audit(1, 1));
    assertThat(first.heard().testimony().verdict()).isEqualTo(Verdict.CORROBORATES);
    assertThat(first.heard().testimony().points()).anySatisfy(point -> {
      assertThat(point.rule()).isEqualTo(Rule.PAYMENT_AMOUNT);
      assertThat(point.at()).isNotNull().extracting(at -> at.part()).isEqualTo("factur-x.xml");
    });
    var second = heard(id, 2).heard().testimony();
    assertThat(second.verdict()).isEqualTo(Verdict.CONTRADICTS);
    assertThat(second.points().getFirst().said()).isEqualTo("80.00 EUR");
    assertThat(second.points().getFirst().at()).isNotNull().extracting(at -> at.page() + ":" + at.line())
        .isEqualTo("2:1");
    pass(Duration.ofHours(26));
    assertThat(world.look(id).status()).as("nobody has signed").isEqualTo(Status.AUDITING);
    int finding = world.look(id).findings().getFirst().id();
    world.say(id, "", Role.VERIFIER, "verifier-1", new Command.SignFinding(finding, Words.NONE));
    assertThat(world.look(id).status()).isEqualTo(Status.FOLLOWING_UP);
  }

  private static EvidenceSubmitted piece(String said, Visibility visibility, String upload) {
    return new EvidenceSubmitted(1, EvidenceType.CHAT_LOG, Side.BUYER, Digest.sha256(said), Words.NONE, visibility,
        upload, 0);
  }

  private static Perusal.Found seen(Vault vault, EvidenceSubmitted piece) {
    return new Perusal(vault).peruse(List.of(piece), KNOWN);
  }

  private static Legibility legibility(Perusal.Found found) {
    return found.heard().getFirst().legibility();
  }

  @Test void every_piece_is_hashed_again_and_bytes_that_changed_or_went_are_found() throws IOException {
    var said = "They promised 40.00 EUR.";
    var piece = piece(said, Visibility.PARTIES, "upl_1");
    world.vault.put(new ByteArrayInputStream(said.getBytes(UTF_8)), 100);
    assertThat(seen(world.vault, piece).broken()).isEmpty();
    assertThat(legibility(seen(world.vault, piece))).isEqualTo(Legibility.READ);
    var other = new Spoiled(world.vault, _ -> new ByteArrayInputStream("They promised 50.00 EUR.".getBytes(UTF_8)));
    for (var visibility : Visibility.values()) {
      var changed = seen(other, piece(said, visibility, "upl_1"));
      assertThat(changed.broken()).containsExactly(1);
      assertThat(legibility(changed)).isEqualTo(Legibility.CHANGED);
    }
    world.vault.delete(Digest.sha256(said));
    var gone = seen(world.vault, piece);
    assertThat(gone.broken()).containsExactly(1);
    assertThat(legibility(gone)).isEqualTo(Legibility.MISSING);
  }

  @Test void what_is_kept_elsewhere_or_for_its_giver_only_is_not_read_and_said_to_be() throws IOException {
    var said = "They promised 40.00 EUR, " + KNOWN.dispute();
    world.vault.put(new ByteArrayInputStream(said.getBytes(UTF_8)), 100);
    var shown = seen(world.vault, piece(said, Visibility.STAFF, "upl_1"));
    assertThat(shown.heard().getFirst().testimony().verdict()).isEqualTo(Verdict.CORROBORATES);
    for (var hidden : List.of(piece(said, Visibility.PARTIES, ""), piece(said, Visibility.GIVER, "upl_1"))) {
      var found = seen(world.vault, hidden);
      assertThat(found.complete()).isTrue();
      assertThat(found.broken()).isEmpty();
      assertThat(legibility(found)).isEqualTo(hidden.isStored() ? Legibility.SEALED : Legibility.ELSEWHERE);
      assertThat(found.heard().getFirst().testimony().verdict()).isEqualTo(Verdict.SILENT);
    }
  }

  @Test void a_vault_that_cannot_be_reached_leaves_the_audit_open_and_finds_nothing() throws IOException {
    var piece = piece("anything", Visibility.PARTIES, "upl_1");
    var found = seen(new Spoiled(world.vault, _ -> {
      throw new IOException("connection refused");
    }), piece);
    assertThat(found.complete()).isFalse();
    assertThat(found.broken()).isEmpty();
    assertThat(found.contradicting()).isEmpty();
    assertThat(seen(world.vault, piece).complete()).as("gone is an answer").isTrue();
  }

  @Test void an_audit_whose_vault_was_away_is_made_again_when_it_is_back() throws IOException {
    var id = filed();
    give(id, Role.MERCHANT_OWNER, EvidenceType.INVOICE_OR_RECEIPT, "Total EUR 80.00".getBytes(UTF_8));
    LifeTest.settle(world, id, Executor.PLATFORM);
    var away = new java.util.concurrent.atomic.AtomicBoolean(true);
    var carrier = world.carrier(world.desk, world.providers, new Spoiled(world.vault, sha256 -> {
      if (away.get()) throw new IOException("connection refused");
      return world.vault.open(sha256);
    }));
    var time = new TestTime(world.database.clocks, world.database.errands, world.desk, carrier, world.clock,
        world.meters, World.QUICK);
    now = now.plus(Duration.ofHours(2));
    time.advance(name, now);
    assertThat(world.look(id).stage()).isInstanceOfSatisfying(Stage.Auditing.class,
        it -> assertThat(it.look()).isEqualTo(Stage.Look.NONE));
    assertThat(codes(id)).isEmpty();
    away.set(false);
    now = now.plus(Duration.ofHours(6));
    time.advance(name, now);
    assertThat(world.look(id).stage()).isInstanceOfSatisfying(Stage.Auditing.class,
        it -> assertThat(it.look()).isEqualTo(Stage.Look.DONE));
    assertThat(codes(id)).containsExactly(FindingCode.EVIDENCE_CONTRADICTS);
  }

  @Test void a_merchants_refund_record_without_a_refund_is_noticed_even_when_it_lies_elsewhere() {
    var id = filed();
    give(id, Role.MERCHANT_OWNER, new Command.SubmitEvidence(EvidenceType.REFUND_RECORD, "ab".repeat(32), Words.NONE,
        Visibility.PARTIES, "", 0));
    LifeTest.settle(world, id, Executor.MERCHANT);
    pass(Duration.ZERO);
    assertThat(codes(id)).contains(FindingCode.EVIDENCE_CONTRADICTS);
    assertThat(heard(id, 1).heard().legibility()).isEqualTo(Legibility.ELSEWHERE);
    assertThat(heard(id, 1).heard().testimony().points()).extracting(it -> it.rule())
        .containsExactly(Rule.NOT_IN_THE_BOOKS);
  }

  @Test void a_refund_record_that_names_our_refund_is_held_against_it() throws IOException {
    var id = filed();
    give(id, Role.BUYER, EvidenceType.REFUND_RECORD, ("Refund " + id + "-r1\nEUR 40.00").getBytes(UTF_8));
    give(id, Role.MERCHANT_OWNER, EvidenceType.REFUND_RECORD, ("Refund " + id + "-r1 EUR 45.00").getBytes(UTF_8));
    LifeTest.settle(world, id, Executor.PLATFORM);
    pass(Duration.ZERO);
    pass(Duration.ofHours(1));
    assertThat(heard(id, 1).heard().testimony().verdict()).isEqualTo(Verdict.CORROBORATES);
    assertThat(heard(id, 2).heard().testimony().points().getFirst().rule()).isEqualTo(Rule.OTHER_REFUND);
  }

  private static final Known KNOWN = new Known("EUR", 10_000, LocalDate.of(2026, 3, 1), Set.of("pay-77"),
      "dsp_0001234567890abcdef", 4_000, List.of(), List.of(), false);

  /** How a spoiled vault answers. */
  private interface Opening {
    InputStream open(String sha256) throws IOException;
  }

  /** A vault that keeps well and gives back otherwise. */
  private record Spoiled(Vault inner, Opening opening) implements Vault {
    @Override public Staged stage(InputStream bytes, long limit) throws IOException {
      return inner.stage(bytes, limit);
    }

    @Override public Stored keep(Staged staged) throws IOException {
      return inner.keep(staged);
    }

    @Override public InputStream open(String sha256) throws IOException {
      return opening.open(sha256);
    }

    @Override public boolean has(String sha256) throws IOException {
      return inner.has(sha256);
    }

    @Override public void delete(String sha256) throws IOException {
      inner.delete(sha256);
    }

    @Override public void list(java.util.function.Consumer<Vault.Kept> each) throws IOException {
      inner.list(each);
    }

    @Override public void clear(Instant now, Duration age) throws IOException {
      inner.clear(now, age);
    }
  }
}
