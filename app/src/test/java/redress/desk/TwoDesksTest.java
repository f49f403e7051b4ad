package redress.desk;

import static org.assertj.core.api.Assertions.assertThat;
import static redress.desk.Office.filing;
import static redress.desk.Office.message;

import java.util.ArrayList;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import redress.desk.Answer.Done;
import redress.desk.Answer.Repeated;
import redress.dispute.DisputeId;
import redress.store.Key;

/** Two nodes with a desk each on one database. */
class TwoDesksTest {
  private static Office office;
  private static Desk there;

  @BeforeAll static void open() {
    office = new Office();
    there = office.desk(office.wire());
  }

  @AfterAll static void close() {
    there.close();
    office.close();
  }

  @AfterEach void audit() {
    office.audit();
  }

  private static Desk desk(int n) {
    return n % 2 == 0 ? office.desk : there;
  }

  @Test void two_nodes_share_twenty_disputes_and_every_command_counts_once() {
    var ids = IntStream.range(0, 20).mapToObj(n -> office.filed("shared-" + n)).toList();
    var before = ids.stream().map(office::version).toList();
    var all = new ArrayList<CompletableFuture<Answer>>();
    for (int n = 0; n < 1_000; n++) all.add(desk(n).ask(message(ids.get(n / 2 % 20), "message " + n)));
    assertThat(all).allSatisfy(answer -> assertThat(answer.join()).isInstanceOf(Done.class));
    for (int n = 0; n < 20; n++) assertThat(office.version(ids.get(n))).isEqualTo(before.get(n) + 50);
    assertThat(office.desk.figures().lost() + there.figures().lost()).as("races that happened").isPositive();
  }

  @Test void two_disputes_of_one_payment_cannot_hold_the_same_money_twice() {
    for (int n = 0; n < 20; n++) {
      var payment = office.database.pay("held-once-" + n);
      var lamp = office.desk.ask(filing(payment, 7_000, "lamp"));
      var shade = there.ask(filing(payment, 7_000, "shade"));
      assertThat(lamp.join()).isInstanceOf(Done.class);
      assertThat(shade.join()).isInstanceOf(Done.class);
      var after = office.database.payments.find(payment.id()).orElseThrow().payment();
      assertThat(after.available()).isZero();
      assertThat(after.holds().values()).containsExactlyInAnyOrder(7_000L, 3_000L);
    }
  }

  @Test void rivals_for_one_item_on_two_nodes_open_one_dispute() {
    for (int n = 0; n < 20; n++) {
      var payment = office.database.pay("opened-once-" + n);
      var answers = IntStream.range(0, 6).mapToObj(m -> desk(m).ask(filing(payment, 1_000, "lamp"))).toList().stream()
          .map(CompletableFuture::join).toList();
      assertThat(answers).filteredOn(Done.class::isInstance).hasSize(1);
      assertThat(answers).filteredOn(Answer.Refused.class::isInstance).hasSize(5);
    }
  }

  @Test void one_key_on_two_nodes_is_served_once() {
    var id = office.filed("one-key");
    for (int n = 0; n < 50; n++) {
      var asked = message(id, "once").keyed(new Key("buyer-1", "both-" + n, "hash"));
      var here = office.desk.ask(asked);
      var elsewhere = there.ask(asked);
      assertThat(new Answer[] {here.join(), elsewhere.join()}).hasOnlyElementsOfTypes(Done.class, Repeated.class)
          .hasAtLeastOneElementOfType(Done.class).hasAtLeastOneElementOfType(Repeated.class);
    }
    assertThat(messages(id)).isEqualTo(50);
  }

  @Test void one_key_files_one_dispute_whichever_node_is_asked() {
    for (int n = 0; n < 20; n++) {
      var payment = office.database.pay("one-filing-" + n);
      var key = new Key("buyer-1", "file-" + n, "hash");
      var id = Desk.newDispute(payment.id(), key);
      var here = office.desk.ask(filing(id, payment, 1_000, "lamp").keyed(key));
      var elsewhere = there.ask(filing(id, payment, 1_000, "lamp").keyed(key));
      assertThat(new Answer[] {here.join(), elsewhere.join()}).hasOnlyElementsOfTypes(Done.class, Repeated.class)
          .hasAtLeastOneElementOfType(Repeated.class);
      assertThat(office.count("select count(*) from dispute where payment = ?", payment.id())).isOne();
    }
  }

  private static long messages(DisputeId id) {
    return office.count("select count(*) from event where dispute = ? and type = 'MessageSent'", id.number());
  }
}
