package redress.notify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import redress.dispute.Actor;
import redress.dispute.DisputeId;
import redress.dispute.Errand;
import redress.dispute.Errand.Audience;
import redress.dispute.FollowUp;
import redress.dispute.Matter;
import redress.dispute.Notice;
import redress.dispute.Side;
import redress.policy.Deadline;
import redress.policy.Role;
import redress.store.Delivery;
import redress.store.Delivery.State;
import redress.store.NoticeBook;
import redress.store.PostBook;
import redress.store.Party;
import redress.store.Party.Contact;
import redress.store.TestDatabase;
import redress.store.Wish;
import redress.store.Wishes;

class NotifierTest {
  private static final Instant NOW = Matters.T0;
  private static final Errand.Tell SETTLED = new Errand.Tell(NOW, Notice.SETTLED, Audience.BUYER, 0);
  private static TestDatabase database;

  private GreenMail post;
  private NoticeBook book;
  private String errand;

  @BeforeAll static void open() {
    database = new TestDatabase();
    buyer(new Contact("Li Wei", "li@example.com", ""));
    database.parties.put(new Party("shop-1", Party.Kind.MERCHANT, "acc-2", 1, null, ZoneId.of("Europe/Berlin"), "en"),
        Contact.NONE);
  }

  @AfterAll static void close() {
    database.close();
  }

  @BeforeEach void set(TestInfo test) {
    post = new GreenMail(ServerSetup.SMTP.dynamicPort());
    book = new NoticeBook(database.sql);
    errand = test.getDisplayName();
    post.start();
  }

  @AfterEach void stop() {
    post.stop();
    buyer(new Contact("Li Wei", "li@example.com", ""));
  }

  @Test void the_notice_of_an_agreement_arrives_by_email_and_in_the_inbox() throws Exception {
    var sent = notifier(mail()).tell(settled(), SETTLED, errand, NOW);
    assertThat(sent).isEqualTo(new Sent.Done(true, "EMAIL"));
    var message = post.getReceivedMessages()[0];
    assertThat(message.getSubject()).isEqualTo("纠纷已有处理结果：纠纷单 " + Matters.ID);
    assertThat(message.getContentLanguage()).containsExactly("zh-CN");
    assertThat(message.getContentType()).startsWith("multipart/alternative");
    var page = ((MimeMultipart) message.getContent()).getBodyPart(1);
    assertThat(page.getContentType()).isEqualTo("text/html; charset=UTF-8");
    assertThat(page.getContent().toString())
        .contains("<li>第三天（结果确认）：最迟于 2026-03-08 17:00 (UTC+08:00, Asia/Shanghai) 结束。</li>");
    assertThat(message.getHeader("To")).containsExactly("li@example.com");
    assertThat(message.getHeader("Auto-Submitted")).containsExactly("auto-generated");
    assertThat(message.getSentDate()).isEqualTo(NOW);
    assertThat(text(message)).contains("第三天（结果确认）：最迟于 2026-03-08 17:00 (UTC+08:00, Asia/Shanghai) 结束。");
    var rows = rows();
    assertThat(rows.values()).allSatisfy(row -> {
      assertThat(row.state()).isEqualTo(State.DELIVERED);
      assertThat(row.deliveredAt()).isEqualTo(NOW);
      assertThat(row.text()).isEqualTo(text(message));
    });
    assertThat(message.getMessageID()).isEqualTo("<" + row("EMAIL").id() + "@redress.example>");
    assertThat(row("EMAIL").attempts()).isEqualTo(1);
  }

  @Test void what_nobody_must_get_can_be_ended_in_the_mail_program_and_what_one_must_know_cannot() throws Exception {
    var wishes = new Wishes(database.sql);
    var mail =
        new Mail(settings(post.getSmtp().getPort(), ""), party -> "https://pay.example/u/" + wishes.token(party));
    notifier(mail).tell(settled(), SETTLED, errand, NOW);
    notifier(mail).tell(settled(), new Errand.Tell(NOW, Notice.EVIDENCE_ADDED, Audience.BUYER, 0), errand + 2, NOW);
    var letters = post.getReceivedMessages();
    assertThat(letters[0].getHeader("List-Unsubscribe")).isNull();
    var place = letters[1].getHeader("List-Unsubscribe")[0];
    assertThat(letters[1].getHeader("List-Unsubscribe-Post")).containsExactly("List-Unsubscribe=One-Click");
    assertThat(wishes.end(place.substring("<https://pay.example/u/".length(), place.length() - 1))).isTrue();
    assertThat(wishes.of("buyer-1").news()).isFalse();
    notifier(mail).tell(settled(), new Errand.Tell(NOW, Notice.EVIDENCE_ADDED, Audience.BUYER, 0), errand + 3, NOW);
    notifier(mail).tell(settled(), SETTLED, errand + 4, NOW);
    assertThat(post.getReceivedMessages()).hasSize(3);
    wishes.put("buyer-1", Wish.NONE);
  }

  @Test void what_was_delivered_is_not_sent_again() {
    var notifier = notifier(mail());
    notifier.tell(settled(), SETTLED, errand, NOW);
    var before = rows();
    assertThat(notifier.tell(settled(), SETTLED, errand, NOW.plusSeconds(60))).isEqualTo(new Sent.Done(true, "EMAIL"));
    assertThat(rows()).isEqualTo(before);
    assertThat(post.getReceivedMessages()).hasSize(1);
  }

  @Test void a_server_that_is_down_is_tried_again_and_that_can_be_seen() throws Exception {
    var down = notifier(unreachable());
    var first = down.tell(settled(), SETTLED, errand, NOW);
    assertThat(first).isEqualTo(new Sent.Later(NOW.plusSeconds(60), "EMAIL: MailConnectException"));
    assertThat(row("IN_APP").state()).isEqualTo(State.DELIVERED);
    assertThat(row("EMAIL").state()).isEqualTo(State.WAITING);
    assertThat(down.tell(settled(), SETTLED, errand, NOW.plusSeconds(60)))
        .isEqualTo(new Sent.Later(NOW.plusSeconds(240), "EMAIL: MailConnectException"));

    assertThat(notifier(mail()).tell(settled(), SETTLED, errand, NOW.plusSeconds(240)))
        .isEqualTo(new Sent.Done(true, "EMAIL"));
    var row = row("EMAIL");
    assertThat(row.attempts()).isEqualTo(3);
    assertThat(row.repeats()).isZero();
    assertThat(row.at()).isEqualTo(NOW);
    assertThat(row.deliveredAt()).isEqualTo(NOW.plusSeconds(240));
    assertThat(post.getReceivedMessages()[0].getMessageID()).contains(row.id());
    assertThat(rows()).hasSize(2);
  }

  @Test void after_three_days_it_is_given_up() throws Exception {
    var notifier = notifier(unreachable());
    notifier.tell(settled(), SETTLED, errand, NOW);
    assertThat(notifier.tell(settled(), SETTLED, errand, NOW.plus(Duration.ofDays(3))))
        .isEqualTo(new Sent.Done(false, "IN_APP"));
    assertThat(row("EMAIL").state()).isEqualTo(State.FAILED);
    assertThat(row("EMAIL").result()).startsWith("given up");
  }

  @Test void a_process_that_dies_between_sending_and_marking_repeats_the_same_message_and_counts_it() throws Exception {
    var first = new Dying(mail());
    try {
      notifier(first).tell(settled(), SETTLED, errand, NOW);
    } catch (Killed expected) {
      assertThat(row("EMAIL").state()).isEqualTo(State.SENDING);
    }
    long before = book.repeats();
    notifier(mail()).tell(settled(), SETTLED, errand, NOW.plusSeconds(5));
    var received = post.getReceivedMessages();
    assertThat(received).hasSize(2);
    assertThat(received[1].getMessageID()).isEqualTo(received[0].getMessageID());
    assertThat(row("EMAIL").repeats()).isEqualTo(1);
    assertThat(book.repeats()).isEqualTo(before + 1);
  }

  @Test void what_a_server_says_decides_whether_it_is_tried_again() throws Exception {
    try (var gruff = new GruffServer("550 5.1.1 <li@example.com> is unknown here")) {
      assertThat(notifier(mail(gruff.port())).tell(settled(), SETTLED, errand, NOW))
          .isEqualTo(new Sent.Done(false, "IN_APP"));
    }
    assertThat(row("EMAIL").state()).isEqualTo(State.FAILED);
    assertThat(row("EMAIL").result()).isEqualTo("SMTP 550");
    try (var gruff = new GruffServer("451 4.7.1 come back later")) {
      assertThat(notifier(mail(gruff.port())).tell(settled(), SETTLED, errand + 2, NOW))
          .isEqualTo(new Sent.Later(NOW.plusSeconds(60), "EMAIL: SMTP 451"));
    }
  }

  @Test void a_channel_that_fails_does_not_repeat_the_one_that_worked() throws Exception {
    var letters = new Letters();
    var notifier = notifier(letters, unreachable());
    assertThat(notifier.tell(settled(), SETTLED, errand, NOW)).isInstanceOf(Sent.Later.class);
    notifier.tell(settled(), SETTLED, errand, NOW.plusSeconds(60));
    assertThat(letters.sent).hasSize(1);
    assertThat(row("LETTER").state()).isEqualTo(State.DELIVERED);
    assertThat(row("EMAIL").attempts()).isEqualTo(2);
  }

  @Test void an_address_cannot_smuggle_in_headers_or_recipients() {
    for (var address : List.of("li@example.com\r\nBcc: all@example.com", "li@example.com, all@example.com",
        "friends: li@example.com, all@example.com;", "nobody", "<li@example.com> x")) {
      buyer(new Contact("Li", address, ""));
      var key = errand + address.hashCode();
      assertThat(notifier(mail()).tell(settled(), SETTLED, key, NOW)).isEqualTo(new Sent.Done(false, "IN_APP"));
      assertThat(book.ofDispute(Matters.ID))
          .filteredOn(row -> row.errand().equals(key) && row.channel().equals("EMAIL"))
          .extracting(Delivery::state, Delivery::result).containsExactly(tuple(State.FAILED,
              "the address is not one"));
    }
    assertThat(post.getReceivedMessages()).isEmpty();
  }

  @Test void a_party_without_an_outside_contact_is_told_in_the_inbox() {
    var tell = new Errand.Tell(NOW, Notice.STATEMENT_WANTED, Audience.MERCHANT, 0);
    assertThat(notifier(mail()).tell(settled(), tell, errand, NOW)).isEqualTo(new Sent.Done(true, "IN_APP"));
    assertThat(rows()).containsOnlyKeys("IN_APP");
    assertThat(row("IN_APP").language()).isEqualTo("en");
    assertThat(row("IN_APP").text()).contains("(UTC+01:00, Europe/Berlin)");
  }

  @Test void nobody_real_gets_mail_about_a_test() {
    var test = Matters.inTest(settled());
    assertThat(notifier(mail()).tell(test, SETTLED, errand, NOW)).isEqualTo(new Sent.Done(true, "IN_APP"));
    assertThat(post.getReceivedMessages()).isEmpty();
    var toTesters = new Mail(settings(post.getSmtp().getPort(), "tests@example.com"));
    assertThat(notifier(toTesters).tell(test, SETTLED, errand + 2, NOW))
        .isEqualTo(new Sent.Done(true, "EMAIL"));
    assertThat(post.getReceivedMessages()).hasSize(1).allSatisfy(message -> assertThat(message.getHeader("To"))
        .containsExactly("tests@example.com"));
  }

  @Test void a_reminder_that_became_pointless_is_suppressed_and_that_can_be_seen() {
    var remind = new Errand.Remind(NOW, Deadline.OFFER_VALIDITY, NOW.plusSeconds(99), Side.BUYER);
    var sent = notifier(mail()).remind(settled(), remind, errand, NOW);
    assertThat(sent).isEqualTo(new Sent.Suppressed("offer.validity no longer stands"));
    assertThat(post.getReceivedMessages()).isEmpty();
    assertThat(row("IN_APP").state()).isEqualTo(State.SUPPRESSED);
    assertThat(row("IN_APP").result()).isEqualTo("offer.validity no longer stands");
    assertThat(book.inbox("buyer-1", EnumSet.of(Audience.BUYER), false, null, 100)).extracting(Delivery::errand)
        .doesNotContain(errand);
  }

  @Test void dates_that_two_errands_tell_at_once_are_told_once() {
    var day1 = Matters.auditing(Matters.full(), NOW);
    var dates = new Errand.Tell(NOW, Notice.VERIFICATION_DATES, Audience.BUYER, 0);
    var notifier = notifier(mail());
    assertThat(notifier.tell(day1, dates, errand + "-confirmed", NOW)).isEqualTo(new Sent.Done(true, "EMAIL"));
    assertThat(notifier.tell(day1, dates, errand + "-day1", NOW)).isInstanceOf(Sent.Suppressed.class);
    assertThat(notifier.tell(day1, dates, errand + "-confirmed", NOW)).isEqualTo(new Sent.Done(true, "EMAIL"));
    var later = Matters.auditing(Matters.full(), NOW.plusSeconds(3600));
    assertThat(notifier.tell(later, dates, errand + "-again", NOW)).isEqualTo(new Sent.Done(true, "EMAIL"));
    assertThat(post.getReceivedMessages()).hasSize(2);
  }

  @Test void nobody_is_asked_for_what_is_there_already() {
    var statement = new Errand.Tell(NOW, Notice.STATEMENT_WANTED, Audience.MERCHANT, 0);
    assertThat(notifier().tell(Matters.auditing(Matters.full(), NOW), statement, errand, NOW))
        .isEqualTo(new Sent.Suppressed("nothing is asked for any more"));
    assertThat(row("IN_APP").state()).isEqualTo(State.SUPPRESSED);
    var offered = Matters.all().getFirst();
    assertThat(notifier().tell(offered, new Errand.Tell(NOW, Notice.OFFER_MADE, Audience.BUYER, 1), errand + 1, NOW))
        .isInstanceOf(Sent.Done.class);
    assertThat(notifier().tell(offered, new Errand.Tell(NOW, Notice.OFFER_MADE, Audience.BUYER, 2), errand + 2, NOW))
        .isInstanceOf(Sent.Suppressed.class);
  }

  @Test void nobody_is_told_their_own_words_and_answers_go_to_who_asked() {
    happened(1, "MessageSent", Role.MERCHANT_AGENT, "{}");
    happened(2, "SupportAsked", Role.BUYER, "{\"id\": 7}");
    var sent = new TreeMap<String, Boolean>();
    for (var to : List.of(Audience.BUYER, Audience.MERCHANT)) {
      var message = notifier().tell(settled(), new Errand.Tell(NOW, Notice.MESSAGE, to, 0), "1-0", NOW);
      var answer = notifier().tell(settled(), new Errand.Tell(NOW, Notice.SUPPORT_ANSWERED, to, 7), "3-0", NOW);
      sent.put("message to " + to, message instanceof Sent.Done);
      sent.put("answer to " + to, answer instanceof Sent.Done);
    }
    assertThat(sent).isEqualTo(Map.of("message to BUYER", true, "message to MERCHANT", false, "answer to BUYER", true,
        "answer to MERCHANT", false));
  }

  private static void happened(int n, String type, Role role, String body) {
    database.sql.sql("""
        insert into event (home, dispute, n, at, row, status_before, status_after, role, subject, by_person, type,
          batch, body)
        values (5, 77, ?, now(), 0, '', '', ?, 'x', 'x', ?, 1, ?::jsonb)
        """).param(n).param(role.name()).param(type).param(body).update();
    database.sql.sql("""
        insert into errand (home, dispute, key, n, due, live, body) values (5, 77, ?, ?, now(), true, '{}'::jsonb)
        """).param(n + "-0").param(n).update();
  }

  @Test void the_buyer_is_asked_over_two_channels_in_three_attempts() {
    var matter = Matters.followingUp(null);
    var channels = new ArrayList<String>();
    for (int attempt = 1; attempt <= 3; attempt++) {
      var sent = notifier(mail()).contact(matter, new Errand.Contact(NOW, attempt), errand + attempt, NOW);
      if (sent instanceof Sent.Done(boolean delivered, String channel) && delivered) channels.add(channel);
    }
    assertThat(channels).containsExactly("EMAIL", "IN_APP", "EMAIL");
    assertThat(post.getReceivedMessages()).hasSize(2);
  }

  @Test void a_buyer_who_has_answered_is_not_asked_again() {
    var answered = Matters.followingUp(FollowUp.Answer.SATISFIED);
    assertThat(notifier(mail()).contact(answered, new Errand.Contact(NOW, 2), errand, NOW))
        .isInstanceOf(Sent.Suppressed.class);
  }

  @Test void an_inbox_shows_its_owner_what_is_new_and_what_is_for_the_role() {
    var notifier = notifier();
    notifier.tell(settled(), new Errand.Tell(NOW, Notice.STAFF_ALERT, Audience.LEAD, 0), errand + 1, NOW);
    notifier.tell(settled(), new Errand.Tell(NOW, Notice.MEDIATOR_ASSIGNED, Audience.MEDIATOR, 0), errand + 2, NOW);
    notifier.tell(settled(), SETTLED, errand + 3, NOW);

    var lead = Notifier.inboxes(new Actor(Role.MEDIATOR_LEAD, "lead-1"));
    var mediator = Notifier.inboxes(new Actor(Role.MEDIATOR, "m1"));
    var alerts = book.inbox("lead-1", lead, true, null, 10);
    assertThat(alerts).extracting(Delivery::notice).containsExactly(Notice.STAFF_ALERT);
    assertThat(book.inbox("m1", mediator, false, null, 10)).extracting(Delivery::notice)
        .containsExactly(Notice.MEDIATOR_ASSIGNED);
    assertThat(book.inbox("m2", mediator, false, null, 10)).isEmpty();

    var alert = alerts.getFirst().id();
    assertThat(book.read(alert, "m1", mediator, NOW)).isFalse();
    assertThat(book.read(alert, "lead-1", lead, NOW)).isTrue();
    assertThat(book.unread("lead-1", lead)).isZero();
    assertThat(book.inbox("lead-1", lead, true, null, 10)).isEmpty();
    var mark = new NoticeBook.Mark(NOW, alert);
    assertThat(book.inbox("lead-1", lead, false, null, 10)).extracting(Delivery::id).contains(alert);
    assertThat(book.inbox("lead-1", lead, false, mark, 10)).extracting(Delivery::id).doesNotContain(alert);
  }

  @Test void mail_settings_are_read_or_refused_with_a_sentence() {
    assertThat(MailSettings.read(_ -> null)).isEmpty();
    var set = Map.of("redress.mail.host", "mail.example", "redress.mail.from", "a@b.example");
    assertThat(MailSettings.read(set::get).orElseThrow().port()).isEqualTo(587);
    assertThatThrownBy(() -> MailSettings.read(Map.of("redress.mail.host", "mail.example")::get))
        .hasMessageContaining("redress.mail.from");
  }

  @Test void a_notifier_is_set_up_by_the_operators_settings() {
    var port = Integer.toString(post.getSmtp().getPort());
    var set = Map.of("redress.mail.host", "127.0.0.1", "redress.mail.port", port,
        "redress.mail.security", "none", "redress.mail.from", "Redress <notices@redress.example>",
        "redress.notices.link", "https://pay.example/d/{dispute}");
    Notifier.open(set::get, database.parties, outside(new Mail(MailSettings.read(set::get).orElseThrow())))
        .tell(settled(), SETTLED, errand, NOW);
    assertThat(post.getReceivedMessages()).hasSize(1);
    assertThat(row("EMAIL").text()).contains("https://pay.example/d/" + Matters.ID);
    assertThatThrownBy(
        () -> Notifier.open(Map.of("redress.notices.staff-zone", "Mars")::get, database.parties, outside()))
        .hasMessageContaining("Mars");
  }

  private Notifier notifier(Channel... outside) {
    return new Notifier(new Notices(""), database.parties, outside(outside), Language.EN, ZoneId.of("UTC"));
  }

  private Notifier.Outside outside(Channel... channels) {
    return new Notifier.Outside(book, new PostBook(database.sql), List.of(channels), Entrance.NONE);
  }

  private Mail mail() {
    return mail(post.getSmtp().getPort());
  }

  private static Mail mail(int port) {
    return new Mail(settings(port, ""));
  }

  /** To a port at which nobody listens. */
  private static Mail unreachable() throws IOException {
    try (var closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return mail(closed.getLocalPort());
    }
  }

  private static MailSettings settings(int port, String testTo) {
    return new MailSettings("127.0.0.1", port, MailSettings.Security.NONE, "", "",
        "notices@redress.example", testTo, Duration.ofSeconds(5));
  }

  private static Matter settled() {
    return Matters.confirming(Matters.full());
  }

  private Map<String, Delivery> rows() {
    var rows = new TreeMap<String, Delivery>();
    for (var row : book.ofDispute(new DisputeId(5, 77))) if (row.errand().equals(errand)) rows.put(row.channel(), row);
    return rows;
  }

  private Delivery row(String channel) {
    var row = rows().get(channel);
    if (row == null) throw new AssertionError("nothing went over " + channel);
    return row;
  }

  private static void buyer(Contact contact) {
    database.parties.put(new Party("buyer-1", Party.Kind.BUYER, "acc-1", 1, null, ZoneId.of("Asia/Shanghai"), "zh"),
        contact);
  }

  private static String text(MimeMessage message) {
    try {
      var plain = ((MimeMultipart) message.getContent()).getBodyPart(0);
      return plain.getContent().toString().replace("\r\n", "\n").stripTrailing();
    } catch (IOException | MessagingException e) {
      throw new AssertionError(e);
    }
  }

  /** The process dies. */
  private static final class Killed extends Error {}

  /** Sends, and dies before it can say so. */
  private record Dying(Channel real) implements Channel {
    @Override public String name() {
      return real.name();
    }

    @Override public boolean reaches(Addressee to) {
      return real.reaches(to);
    }

    @Override public Result send(Delivery delivery, Addressee to) {
      real.send(delivery, to);
      throw new Killed();
    }
  }

  /** Letters on paper: another channel, which always works. */
  private static final class Letters implements Channel {
    private final List<String> sent = new ArrayList<>();

    @Override public String name() {
      return "LETTER";
    }

    @Override public boolean reaches(Addressee to) {
      return to.live();
    }

    @Override public Result send(Delivery delivery, Addressee to) {
      sent.add(delivery.text());
      return new Result.Accepted();
    }
  }
}
