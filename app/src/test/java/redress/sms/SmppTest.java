package redress.sms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.jsmpp.SMPPConstant;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import redress.dispute.DisputeId;
import redress.dispute.Errand.Audience;
import redress.dispute.Notice;
import redress.notify.Channel.Addressee;
import redress.notify.Channel.Result;
import redress.store.Delivery;
import redress.store.Delivery.State;
import redress.store.NoticeBook;
import redress.store.Party.Contact;
import redress.store.PostBook;
import redress.store.TestDatabase;

/** Short messages over SMPP, held against a centre that speaks it. The numbers are reserved for fiction. */
class SmppTest {
  private static final Instant NOW = Instant.parse("2026-03-04T09:00:00Z");
  private static final DisputeId DISPUTE = new DisputeId(5, 77);
  private static final Addressee BUYER = new Addressee("buyer-1", new Contact("Li", "", "+1 (202) 555-0123"), true);
  private static TestDatabase database;

  private NoticeBook book;
  private PostBook after;
  private SmsCentre centre;
  private Smpp smpp;
  private String id;

  @BeforeAll static void begin() {
    database = new TestDatabase();
  }

  @AfterAll static void end() {
    database.close();
  }

  @BeforeEach void open(TestInfo test) throws Exception {
    book = new NoticeBook(database.sql);
    after = new PostBook(database.sql);
    id = NoticeBook.id(DISPUTE, test.getDisplayName(), Audience.BUYER, "SMS");
    centre = new SmsCentre(0);
    smpp = smpp(centre.port(), "secret");
  }

  @AfterEach void close() throws Exception {
    smpp.close();
    centre.close();
    database.sql.sql("delete from notice_part").update();
  }

  private Smpp smpp(int port, String password) {
    return new Smpp(new SmppSettings("127.0.0.1", port, "redress", password, "", "Redress", "",
        Duration.ofMillis(300), Duration.ofSeconds(3)), after, Clock.fixed(NOW, ZoneOffset.UTC));
  }

  @Test void a_short_text_goes_out_as_one_message_and_asks_for_a_receipt() throws Exception {
    assertThat(smpp.send(delivery("It is settled: €5 back."), BUYER))
        .isEqualTo(new Result.Accepted(1, List.of("1000"), null));
    assertThat(centre.texts()).containsExactly("+12025550123 It is settled: €5 back.");
    var message = centre.taken().getFirst();
    assertThat(message.isUdhi()).isFalse();
    assertThat(message.getDataCoding()).isEqualTo((byte) 0);
    assertThat(message.getRegisteredDelivery()).isEqualTo((byte) 1);
    assertThat(message.getSourceAddr()).isEqualTo("Redress");
  }

  @Test void a_long_text_goes_in_parts_that_know_each_other() throws Exception {
    var text = "纠纷已达成处理结果😀".repeat(10);
    var accepted = (Result.Accepted) smpp.send(delivery(text), BUYER);
    assertThat(accepted.parts()).isEqualTo(2);
    assertThat(accepted.references()).containsExactly("1000", "1001");
    assertThat(centre.texts()).containsExactly("+12025550123 " + text);
    assertThat(centre.taken()).allSatisfy(part -> {
      assertThat(part.isUdhi()).isTrue();
      assertThat(part.getDataCoding()).isEqualTo((byte) 8);
      assertThat(part.getShortMessage().length).isLessThanOrEqualTo(140);
      assertThat(part.getShortMessage()).startsWith(5, 0, 3)
          .satisfies(bytes -> assertThat(bytes[4]).isEqualTo((byte) 2));
    });
  }

  @Test void a_receipt_for_every_part_makes_it_received() throws Exception {
    var delivery = sent("a".repeat(200));
    var session = centre.session();
    SmsCentre.tell(session, "1000", "DELIVRD", "000");
    await().until(() -> after.open(delivery).equals(List.of("1001")));
    assertThat(found().receivedAt()).isNull();
    SmsCentre.tell(session, "1001", "DELIVRD", "000");
    await().until(() -> found().receivedAt() != null);
    assertThat(found().parts()).isEqualTo(2);
    assertThat(found().state()).isEqualTo(State.DELIVERED);
  }

  @Test void a_message_that_comes_back_has_failed_and_says_why() throws Exception {
    sent("hello");
    var session = centre.session();
    SmsCentre.tell(session, "1000", "ENROUTE", "000");
    SmsCentre.tell(session, "1000", "UNDELIV", "0db");
    await().until(() -> found().state() == State.FAILED);
    assertThat(found().result()).isEqualTo("came back: UNDELIV 0db");
    assertThat(after.claim(NOW, Duration.ofMinutes(1), 10)).as("nobody looks at what has no dispute").isEmpty();
  }

  @Test void a_receipt_that_is_quicker_than_our_own_book_is_kept() {
    var delivery = delivery("hello");
    book.add(delivery);
    book.begin(DISPUTE, id, NOW);
    after.receipt("SMS", "1000", new PostBook.Receipt(true, "DELIVRD"), NOW);
    book.end(DISPUTE, id, State.DELIVERED, "", NOW);
    after.handed(delivery, 1, List.of("1000"), null, NOW);
    assertThat(found().receivedAt()).isEqualTo(NOW);
  }

  @Test void what_the_centre_will_never_take_is_refused_and_what_it_may_take_later_is_not() throws Exception {
    centre.refuse(SMPPConstant.STAT_ESME_RINVDSTADR);
    assertThat(smpp.send(delivery("x"), BUYER)).isEqualTo(new Result.Refused("SMPP 0x000b"));
    centre.refuse(SMPPConstant.STAT_ESME_RTHROTTLED);
    assertThat(smpp.send(delivery("x"), BUYER)).isEqualTo(new Result.Unavailable("SMPP 0x0058"));
    try (var stranger = smpp(centre.port(), "wrong")) {
      assertThat(stranger.send(delivery("x"), BUYER)).isInstanceOf(Result.Unavailable.class);
    }
  }

  @Test void a_lost_session_is_bound_again_without_a_message_to_send() throws Exception {
    smpp.start();
    centre.session().close();
    var again = centre.session();
    assertThat(smpp.send(delivery("after the storm"), BUYER)).isInstanceOf(Result.Accepted.class);
    assertThat(again.getSessionState().isBound()).isTrue();
    int port = centre.port();
    centre.close();
    again.close();
    assertThat(smpp.send(delivery("x"), BUYER)).isInstanceOf(Result.Unavailable.class);
    centre = new SmsCentre(port);
    centre.session();
    assertThat(smpp.send(delivery("y"), BUYER)).isInstanceOf(Result.Accepted.class);
  }

  @Test void only_whole_numbers_are_reached_and_tests_reach_only_testers() {
    var numbers = new Numbers("+12025550199");
    assertThat(numbers.of(BUYER)).isEqualTo("+12025550123");
    assertThat(numbers.of(new Addressee("b", BUYER.contact(), false))).isEqualTo("+12025550199");
    for (var phone : new String[] {"", "2025550123", "+1", "+0123456789", "+1202555;ext=1", "tel:+12025550123"})
      assertThat(numbers.of(new Addressee("b", new Contact("", "", phone), true))).as(phone).isEmpty();
  }

  private Delivery sent(String text) {
    var delivery = delivery(text);
    book.add(delivery);
    book.begin(DISPUTE, id, NOW);
    var accepted = (Result.Accepted) smpp.send(delivery, BUYER);
    book.end(DISPUTE, id, State.DELIVERED, "", NOW);
    after.handed(delivery, accepted.parts(), accepted.references(), accepted.inquire(), NOW);
    return delivery;
  }

  private Delivery found() {
    return book.find(DISPUTE, id).orElseThrow();
  }

  private Delivery delivery(String text) {
    return Delivery.toInbox(DISPUTE, "ntc_0", id, Audience.BUYER, "buyer-1", Notice.SETTLED, 0, "en", "Settled", "",
        text, NOW).over("SMS", id, text);
  }
}
