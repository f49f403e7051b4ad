package redress.errand;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import redress.connect.Behaviour;
import redress.dispute.DisputeId;
import redress.dispute.Executor;
import redress.store.Party.Kind;

/** However a test clock gets there, forty days later everything is the same. */
class FortyDaysTest {
  private static final int DAYS = 40;
  private static World world;

  @BeforeAll static void open() {
    world = new World();
    world.party("buyer-1", Kind.BUYER, 1);
    world.party("shop-1", Kind.MERCHANT, 1);
  }

  @AfterAll static void close() {
    world.close();
  }

  static Stream<Arguments> lives() {
    return Stream.of(
        life("silent-merchant", (_, _) -> {}),
        life("settled-and-silent", (payment, id) -> LifeTest.settle(world, id, Executor.PLATFORM)),
        life("never-paid", (payment, id) -> LifeTest.settle(world, id, Executor.MERCHANT)),
        life("slow-wallet", (payment, id) -> {
          world.wallet.tell(payment, new Behaviour.Slow(Duration.ofHours(40)));
          LifeTest.settle(world, id, Executor.PLATFORM);
        }),
        life("lost-answers", (payment, id) -> {
          world.wallet.tell(payment, new Behaviour.Unknown(5, true));
          LifeTest.settle(world, id, Executor.PLATFORM);
        }),
        life("taken-back", (payment, id) -> {
          world.wallet.tell(payment, new Behaviour.ReverseLater(Duration.ofHours(30)));
          LifeTest.settle(world, id, Executor.PLATFORM);
        }));
  }

  private static Arguments life(String name, BiConsumer<String, DisputeId> story) {
    return Arguments.of(name, story);
  }

  @ParameterizedTest(name = "{0}") @MethodSource("lives") void one_jump_of_forty_days_and_forty_of_one_day_end_alike(
      String name, BiConsumer<String, DisputeId> story) {
    var jump = begin(name + "-jump", story);
    var steps = begin(name + "-steps", story);
    world.testTime().advance(name + "-jump", World.MORNING.plus(Duration.ofDays(DAYS)));
    for (int day = 1; day <= DAYS; day++) {
      world.testTime().advance(name + "-steps", World.MORNING.plus(Duration.ofDays(day)));
    }
    assertThat(told(steps, name + "-steps")).hasSizeGreaterThan(3).isEqualTo(told(jump, name + "-jump"));
    assertThat(noticed(steps)).isEqualTo(noticed(jump));
    assertThat(world.look(steps).stage()).isEqualTo(world.look(jump).stage());
    assertThat(world.database.errands.parked(10)).isEmpty();
    assertThat(world.wallet.unbalanced()).isEmpty();
  }

  private static DisputeId begin(String payment, BiConsumer<String, DisputeId> story) {
    world.database.clocks.create(payment, World.MORNING);
    world.pay(payment, payment);
    var id = LifeTest.file(world, payment, World.MORNING);
    story.accept(payment, id);
    return id;
  }

  /** Every event with its instant, as it is kept, but for the names of this payment and dispute, and of texts. */
  private static List<String> told(DisputeId id, String payment) {
    return world.database.sql.sql("select at, row, type, body from event where home = ? and dispute = ? order by n")
        .param(id.home()).param(id.number())
        .query((row, _) -> row.getString("at") + " " + row.getInt("row") + " " + row.getString("type") + " "
            + row.getString("body").replace(id.toString(), "dispute").replace(payment, "payment")
                .replaceAll("\"(id|commitment|termsHash)\": \"[^\"]*\"", ""))
        .list();
  }

  private static List<String> noticed(DisputeId id) {
    return world.database.sql
        .sql("select at, kind, recipient, channel, state from notice where home = ? and dispute = ?"
            + " order by at, kind, recipient, channel, state")
        .param(id.home()).param(id.number())
        .query((row, _) -> String.join(" ", IntStream.rangeClosed(1, 5).mapToObj(n -> column(row, n)).toList())).list();
  }

  private static String column(java.sql.ResultSet row, int n) {
    try {
      return row.getString(n);
    } catch (java.sql.SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
