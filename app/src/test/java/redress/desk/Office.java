package redress.desk;

import static org.assertj.core.api.Assertions.assertThat;
import static redress.store.TestDatabase.MORNING;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import redress.desk.Answer.Done;
import redress.dispute.Actor;
import redress.dispute.Command;
import redress.dispute.Command.File;
import redress.dispute.Command.SendMessage;
import redress.dispute.DisputeId;
import redress.dispute.Filing;
import redress.dispute.Payment;
import redress.dispute.Reason;
import redress.dispute.Remedy;
import redress.dispute.Words;
import redress.policy.Role;
import redress.store.TestDatabase;
import redress.store.Text;
import redress.store.Wire;

/** A desk on a database of its own, and the words of the people who come to it. */
final class Office implements AutoCloseable {
  static final Actor BUYER = new Actor(Role.BUYER, "buyer-1");
  static final Actor MERCHANT = new Actor(Role.MERCHANT_OWNER, "shop-1");
  static final Clock CLOCK = Clock.fixed(MORNING, ZoneOffset.UTC);

  final TestDatabase database = new TestDatabase();
  final Desk desk = desk(wire());

  Wire wire() {
    return Wire.to(database.url(), database.user(), database.password());
  }

  /** Another desk, as another node would have it. */
  Desk desk(Wire wire) {
    return desk(wire, DeskSettings.STANDARD);
  }

  Desk desk(Wire wire, DeskSettings settings) {
    return new Desk(settings, wire, database.ruleSets, CLOCK);
  }

  /** A filing by the buyer about these items of a payment of {@link TestDatabase#pay}. */
  static Request filing(Payment payment, long minor, String... items) {
    var id = Desk.newDispute(payment.id(), null);
    return filing(id, payment, minor, items);
  }

  static Request filing(DisputeId id, Payment payment, long minor, String... items) {
    var filing = new Filing(id, payment.id(), payment.payer(), payment.merchant(), payment.currency(), minor,
        Set.of(items), Reason.NOT_AS_DESCRIBED, Remedy.PARTIAL_REFUND, words("description"), Instant.EPOCH, "",
        ZoneId.of("Europe/Berlin"), true);
    return request(id, BUYER, new File(filing));
  }

  static Request request(DisputeId id, Actor by, Command command) {
    var payment = command instanceof File(var filing) ? filing.payment() : "";
    return Request.of(new Seat(id, payment, by, by.subject()), command);
  }

  static Request message(DisputeId id, String body) {
    var words = words(body);
    return request(id, BUYER, new SendMessage(words, List.of()))
        .saying(List.of(new Text(words, BUYER.subject(), BUYER.role(), body)));
  }

  static Words words(String body) {
    return new Words("w" + java.util.UUID.randomUUID(), "commitment", body.length());
  }

  /** Files a dispute of 60.00 EUR about the lamp of a new payment. */
  DisputeId filed(String payment) {
    var request = filing(database.pay(payment), 6_000, "lamp");
    assertThat(desk.handle(request)).isInstanceOf(Done.class);
    return request.dispute();
  }

  int version(DisputeId id) {
    return database.disputes.find(id).orElseThrow().dispute().version();
  }

  List<Integer> eventNumbers(DisputeId id) {
    return database.sql.sql("select n from event where home = ? and dispute = ? order by n")
        .param(id.home()).param(id.number()).query((row, _) -> row.getInt(1)).list();
  }

  long count(String sql, Object... parameters) {
    return database.sql.sql(sql).params(parameters).query(Long.class).single();
  }

  /** Nothing in the journal or the books contradicts anything else. */
  void audit() {
    assertThat(count("""
        select count(*) from dispute d where version <> (
          select count(*) from event e where e.home = d.home and e.dispute = d.id
            and n between 1 and d.version)
        """)).as("disputes whose events have gaps").isZero();
    assertThat(count("select count(*) from event e where not exists ("
        + "select 1 from dispute d where d.home = e.home and d.id = e.dispute and d.version >= e.n)"))
        .as("events of nothing").isZero();
    assertThat(count("select count(*) from (select 1 from ledger_line group by home, entry having sum(minor) <> 0) v"))
        .as("entries that do not balance").isZero();
    assertThat(count("""
        select count(*) from payment p where (p.state ->> 'available')::bigint <> (
          select -coalesce(sum(minor), 0) from ledger_line l
          where l.home = p.home and l.payment = p.id and l.account = 'merchant.available')
        """)).as("payments whose books say something else").isZero();
    assertThat(count("""
        select count(*) from open_item i join dispute d on d.home = i.home and d.id = i.dispute where d.phase = 'CLOSED'
        """)).as("items held by what is closed").isZero();
  }

  @Override public void close() {
    desk.close();
    database.close();
  }
}
