package redress.desk;

import static org.assertj.core.api.Assertions.assertThat;
import static redress.desk.Office.message;

import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import redress.desk.Answer.Busy;
import redress.desk.Answer.Done;
import redress.dispute.DisputeId;
import redress.store.Wire;

/** The database goes away under the desk: nothing is lost that was acknowledged, and nothing happens twice. */
class BrokenWireTest {
  private static Office office;

  private Proxy proxy;
  private Desk desk;

  @BeforeAll static void open() {
    office = new Office();
  }

  @AfterAll static void close() {
    office.close();
  }

  @BeforeEach void connect() throws Exception {
    proxy = new Proxy(office.database.postgres.port());
    desk = desk(Duration.ofSeconds(20));
  }

  @AfterEach void disconnect() throws Exception {
    desk.close();
    proxy.close();
    office.audit();
  }

  private Desk desk(Duration patience) {
    var database = office.database;
    var url = database.url().replace(":" + database.postgres.port() + "/", ":" + proxy.port() + "/");
    return office.desk(Wire.to(url, database.user(), database.password()), new DeskSettings(2, 256, 300, patience));
  }

  @Test void a_round_whose_commit_was_not_answered_is_found_and_not_done_again() {
    var id = office.filed("ambiguous");
    assertThat(desk.handle(message(id, "before"))).isInstanceOf(Done.class);
    int before = office.version(id);
    for (int n = 1; n <= 5; n++) {
      proxy.swallowNextCommit();
      assertThat(desk.handle(message(id, "once"))).isInstanceOfSatisfying(Done.class,
          done -> assertThat(done.version()).isGreaterThan(before));
      assertThat(office.version(id)).isEqualTo(before + n);
      assertThat(proxy.swallowed()).isEqualTo(n);
    }
  }

  @Test void many_callers_lose_nothing_and_double_nothing_while_the_wire_is_cut_again_and_again() {
    var ids = IntStream.range(0, 10).mapToObj(n -> office.filed("cut-" + n)).toList();
    var before = ids.stream().map(office::version).toList();
    var all = new ArrayList<CompletableFuture<Answer>>();
    for (int n = 0; n < 200; n++) {
      all.add(desk.ask(message(ids.get(n % 10), "message " + n)));
      if (n % 50 == 20) {
        proxy.cut();
        proxy.restore();
      }
      if (n % 50 == 40) proxy.swallowNextCommit();
    }
    assertThat(all).allSatisfy(answer -> assertThat(answer.join()).isInstanceOf(Done.class));
    for (int n = 0; n < 10; n++) assertThat(messages(ids.get(n))).isEqualTo(20);
    for (int n = 0; n < 10; n++) assertThat(office.version(ids.get(n))).isEqualTo(before.get(n) + 20);
  }

  @Test void while_the_database_is_away_callers_are_told_so_in_bounded_time_and_then_served_again() {
    var id = office.filed("away");
    try (var hasty = desk(Duration.ofMillis(500))) {
      assertThat(hasty.handle(message(id, "before"))).isInstanceOf(Done.class);
      proxy.cut();
      assertThat(hasty.ask(message(id, "lost"))).succeedsWithin(Duration.ofSeconds(10)).isInstanceOf(Busy.class);
      proxy.restore();
      var asked = hasty.ask(message(id, "after"));
      for (int n = 0; n < 20 && asked.join() instanceof Busy; n++) asked = hasty.ask(message(id, "after"));
      assertThat(asked.join()).isInstanceOf(Done.class);
    }
    assertThat(messages(id)).isEqualTo(2);
  }

  @Test void a_full_desk_says_so_at_once() {
    var id = office.filed("full");
    assertThat(desk.handle(message(id, "before"))).isInstanceOf(Done.class);
    proxy.cut();
    var all = IntStream.range(0, 2_000).mapToObj(n -> desk.ask(message(id, "message " + n))).toList();
    assertThat(all).anyMatch(answer -> answer.isDone() && answer.join() instanceof Busy);
    proxy.restore();
    var done = all.stream().map(CompletableFuture::join).filter(Done.class::isInstance).count();
    assertThat(done).isGreaterThanOrEqualTo(256);
    assertThat(messages(id)).isEqualTo(done + 1);
  }

  @Test void a_killed_server_comes_back_and_every_acknowledged_command_is_there() {
    var id = office.filed("killed");
    var all = new ArrayList<CompletableFuture<Answer>>();
    for (int n = 0; n < 100; n++) {
      all.add(desk.ask(message(id, "message " + n)));
      if (n == 50) ProcessHandle.of(office.database.postgres.pid()).orElseThrow().destroyForcibly();
    }
    var done = all.stream().map(CompletableFuture::join).filter(Done.class::isInstance).count();
    assertThat(done).isEqualTo(100);
    assertThat(messages(id)).isEqualTo(100);
  }

  private static long messages(DisputeId id) {
    return office.count("select count(*) from event where dispute = ? and type = 'MessageSent'", id.number());
  }
}
