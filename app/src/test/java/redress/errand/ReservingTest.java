package redress.errand;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import redress.desk.Request;
import redress.dispute.Command;
import redress.dispute.Command.Pot;
import redress.dispute.DisputeId;
import redress.dispute.Errand;
import redress.dispute.Executor;
import redress.dispute.Refund;
import redress.dispute.Remedy;
import redress.dispute.Stage;
import redress.dispute.Stage.Excepted.Ask;
import redress.dispute.Status;
import redress.dispute.Terms;
import redress.dispute.Words;
import redress.policy.Role;
import redress.seal.Digest;
import redress.store.Errands.Due;
import redress.store.Errands.Work;
import redress.store.Key;
import redress.store.Party.Kind;
import redress.store.Reserve;
import redress.store.ReserveBook;
import redress.store.ReserveBook.Hand;
import redress.store.Reserves;
import redress.store.Reserves.Level;

/** Deposits and the fund are drawn once, whatever dies between the steps. */
class ReservingTest {
  private static final Hand FINN = new Hand("finn", "", "bank-1");
  private static World world;
  private static Reserves reserves;
  private static ReserveBook book;

  private String name;
  private Instant now;
  private DisputeId id;

  @BeforeAll static void open() {
    world = new World();
    reserves = new Reserves(world.database.sql, world.database.transaction);
    book = new ReserveBook(world.database.sql, reserves);
  }

  @AfterAll static void close() {
    world.close();
  }

  /** Each test has a shop of its own, which promised 150.00 of compensation for a payment of 100.00 and did not pay. */
  @BeforeEach void begin(TestInfo test) {
    name = test.getTestMethod().orElseThrow().getName();
    now = World.MORNING;
    world.party("buyer-1", Kind.BUYER, 1);
    world.party("shop-1", Kind.MERCHANT, 1);
    world.database.clocks.create(name, now);
    world.pay(name, name);
    id = LifeTest.file(world, name, now);
    var terms = Terms.of(Remedy.COMPENSATION, 0, 15_000, Executor.MERCHANT, 0);
    var offered = say(Role.MERCHANT_OWNER, "shop-1", new Command.MakeOffer(terms, null, Words.NONE));
    var offer = Objects.requireNonNull(offered.dispute().round().merchantOffer());
    say(Role.BUYER, "buyer-1", new Command.AcceptOffer(offer.id()));
    var how = world.text("shop-1", Role.MERCHANT_OWNER, "soon");
    world.say(id, "", Role.MERCHANT_OWNER, "shop-1", new Command.SubmitStatement(how.words()), how);
  }

  private redress.dispute.Matter say(Role role, String subject, Command command) {
    return world.say(id, "", role, subject, command);
  }

  private void pass(Duration time) {
    now = now.plus(time);
    assertThat(world.testTime().advance(name, now)).isInstanceOf(TestTime.Advance.Advanced.class);
    assertThat(world.database.errands.parked(10)).isEmpty();
  }

  private static Reserve deposit() {
    return new Reserve(Pot.DEPOSIT, "shop-1", "EUR", false);
  }

  private static Reserve fund() {
    return new Reserve(Pot.FUND, "", "EUR", false);
  }

  /** Fills a reserve up to {@code minor}, whatever the test before has left there. */
  private void fill(Reserve reserve, long minor) {
    long there = reserves.level(reserve).map(Level::balance).orElse(0L);
    if (there > 0) assertThat(book.withdraw(reserve, there, FINN, now)).isTrue();
    if (minor > 0) book.topUp(reserve, minor, FINN, now);
  }

  private static Level level(Reserve reserve) {
    return reserves.level(reserve).orElseThrow();
  }

  @Test void what_is_missing_comes_from_the_deposit_and_then_from_the_fund() {
    fill(deposit(), 3_000);
    fill(fund(), 10_000);
    pass(Duration.ofDays(3));
    assertThat(world.paid(name, now)).singleElement().satisfies(it -> assertThat(it.minor()).isEqualTo(15_000));
    var refund = world.look(id).refund(1).orElseThrow();
    assertThat(refund.fromDeposit()).isEqualTo(3_000);
    assertThat(refund.fromFund()).isEqualTo(2_000);
    assertThat(level(deposit())).isEqualTo(new Level(0, 0));
    assertThat(level(fund())).isEqualTo(new Level(8_000, 0));
    assertThat(lines("merchant.receivable")).isEqualTo(2_000);
  }

  @Test void what_exists_is_paid_and_what_comes_later_is_drawn_the_next_day() {
    fill(deposit(), 0);
    fill(fund(), 1_000);
    pass(Duration.ofDays(3));
    assertThat(world.paid(name, now)).singleElement().satisfies(it -> assertThat(it.minor()).isEqualTo(11_000));
    fill(deposit(), 9_000);
    pass(Duration.ofDays(2));
    assertThat(world.paid(name, now)).extracting(it -> it.minor()).containsExactlyInAnyOrder(11_000L, 4_000L);
    assertThat(level(deposit())).isEqualTo(new Level(5_000, 0));
    assertThat(world.look(id).refunds()).allMatch(it -> it.state() == Refund.State.SUCCEEDED);
  }

  @Test void limits_of_the_fund_bound_what_one_dispute_may_draw() {
    fill(deposit(), 0);
    fill(fund(), 10_000);
    world.database.sql.sql("update reserve set per_dispute = 1500 where id = ?").param(fund().toString()).update();
    pass(Duration.ofDays(5));
    world.database.sql.sql("update reserve set per_dispute = null where id = ?").param(fund().toString()).update();
    assertThat(world.look(id).refunds()).extracting(Refund::fromFund).containsExactly(1_500L);
    assertThat(level(fund())).isEqualTo(new Level(8_500, 0));
  }

  @Test void limits_of_a_day_are_free_again_the_next_day() {
    fill(deposit(), 0);
    fill(fund(), 10_000);
    world.database.sql.sql("update reserve set per_day = 2000 where id = ?").param(fund().toString()).update();
    pass(Duration.ofDays(8));
    world.database.sql.sql("update reserve set per_day = null where id = ?").param(fund().toString()).update();
    assertThat(world.look(id).refunds()).hasSizeGreaterThan(2).allMatch(it -> it.fromFund() <= 2_000);
    assertThat(world.look(id).refunds().stream().mapToLong(Refund::fromFund).sum()).isEqualTo(5_000);
  }

  @Test void whatever_dies_between_the_steps_the_deposit_is_drawn_once() {
    fill(deposit(), 5_000);
    var due = asked();
    var ask = ask(due);
    // Died after reserving: nobody has heard of it.
    assertThat(reserves.reserve(deposit(), id, ask, "shop-1", now).granted()).isEqualTo(5_000);
    assertThat(reserves.reserve(deposit(), id, ask, "shop-1", now).granted()).isEqualTo(5_000);
    assertThat(level(deposit())).isEqualTo(new Level(0, 5_000));
    // Died after telling the desk: it has happened, and is not confirmed.
    var command = new Command.ReserveFunds(Pot.DEPOSIT, ask.number(), 5_000);
    world.desk.handle(Request.system(id, command)
        .keyed(new Key("system:errand", id + "." + due.key(), Digest.sha256(command.toString()))));
    assertThat(world.look(id).refund(1).orElseThrow().fromDeposit()).isEqualTo(5_000);
    assertThat(level(deposit())).isEqualTo(new Level(0, 5_000));
    // Died after confirming: the errand is done again, and again.
    for (int i = 0; i < 3; i++) world.carrier.carry(due, new Errand.Reserve(now, ask), world.carrier.matter(due), now);
    assertThat(level(deposit())).isEqualTo(new Level(0, 0));
    pass(Duration.ofDays(1));
    assertThat(world.paid(name, now)).singleElement().satisfies(it -> assertThat(it.minor()).isEqualTo(15_000));
    assertThat(moves(deposit())).isEqualTo("RESERVED CONFIRMED");
  }

  @Test void what_the_desk_would_not_have_goes_back() {
    fill(deposit(), 5_000);
    var due = asked();
    var ask = ask(due);
    reserves.reserve(deposit(), id, ask, "shop-1", now);
    say(Role.BUYER, "buyer-1", new Command.WaiveObligation(11));
    assertThat(world.look(id).status()).isNotEqualTo(Status.EXCEPTION);
    for (int i = 0; i < 2; i++) world.carrier.carry(due, new Errand.Reserve(now, ask), world.carrier.matter(due), now);
    assertThat(level(deposit())).isEqualTo(new Level(5_000, 0));
    assertThat(moves(deposit())).isEqualTo("RESERVED RELEASED");
  }

  @Test void what_comes_back_comes_back_once() {
    fill(deposit(), 5_000);
    var due = asked();
    world.carrier.carry(due, new Errand.Reserve(now, ask(due)), world.carrier.matter(due), now);
    assertThat(level(deposit())).isEqualTo(new Level(0, 0));
    var back = new Errand.Return(now, 99, Pot.DEPOSIT, 5_000);
    for (int i = 0; i < 3; i++) world.carrier.carry(due, back, world.carrier.matter(due), now);
    assertThat(level(deposit())).isEqualTo(new Level(5_000, 0));
  }

  /** Lets time pass until the deposit is asked, and leaves the errand undone. */
  private Due asked() {
    for (int hour = 0; hour < 100; hour++) {
      var next = world.database.errands.ahead(name, 100).stream()
          .filter(it -> it.work() instanceof Work.Outside(var errand) && errand instanceof Errand.Reserve).findFirst();
      if (next.isPresent()) return next.get();
      step();
    }
    throw new AssertionError("nothing was asked: " + world.look(id).stage());
  }

  /** The next thing that is due happens, but no reserve is asked. */
  private void step() {
    var due = world.database.errands.ahead(name, 1).getFirst();
    if (due.due().isAfter(now)) {
      now = due.due();
      assertThat(world.database.clocks.hold(name, "test", now, Duration.ofHours(1))).isTrue();
      world.database.clocks.advance(name, "test", now, now);
      world.database.clocks.release(name, "test");
    }
    if (due.work() instanceof Work.Passing(var timer)) {
      world.desk.handle(Request.system(id, new Command.Pass(timer.deadline(), timer.about(), timer.due())));
    } else if (due.work() instanceof Work.Outside(var errand)) {
      if (world.carrier.carry(due, errand, world.carrier.matter(due), now) instanceof Course.Later later) {
        world.database.errands.postpone(java.util.List.of(
            new redress.store.Errands.Postponed(due, later.at(), 0, null, later.why())));
        return;
      }
      world.database.errands.done(java.util.List.of(due));
    }
  }

  private static Ask ask(Due due) {
    if (due.work() instanceof Work.Outside(var errand) && errand instanceof Errand.Reserve(var _, var ask)) return ask;
    throw new AssertionError(due.toString());
  }

  /** What this dispute did to the reserve, in order. */
  private String moves(Reserve reserve) {
    return String.join(" ", world.database.sql
        .sql("select kind from reserve_move where home = ? and reserve = ? and dispute = ? order by n")
        .param(reserve.home()).param(reserve.toString()).param(id.number()).query(String.class).list());
  }

  private long lines(String account) {
    return world.database.sql.sql("select coalesce(sum(minor), 0) from ledger_line where account = ? and dispute = ?")
        .param(account).param(id.number()).query(Long.class).single();
  }

  @Test void the_stage_survives_being_stored_while_a_reserve_is_asked() {
    fill(deposit(), 100);
    var ask = ask(asked());
    assertThat(world.look(id).stage()).isInstanceOfSatisfying(Stage.Excepted.class,
        it -> assertThat(it.ask()).isEqualTo(ask));
  }
}
