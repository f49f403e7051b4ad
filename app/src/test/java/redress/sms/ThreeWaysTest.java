package redress.sms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import jakarta.mail.internet.MimeMultipart;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jsmpp.SMPPConstant;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import redress.dispute.Errand;
import redress.dispute.Errand.Audience;
import redress.dispute.Notice;
import redress.notify.Channel;
import redress.notify.Entrance;
import redress.notify.Mail;
import redress.notify.MailSettings;
import redress.notify.Notifier;
import redress.notify.Notifier.Outside;
import redress.notify.Sample;
import redress.notify.Sent;
import redress.store.Delivery;
import redress.store.Delivery.State;
import redress.store.NoticeBook;
import redress.store.Party;
import redress.store.Party.Contact;
import redress.store.PostBook;
import redress.store.TestDatabase;
import redress.store.Wish;
import redress.store.Wish.Quiet;
import redress.store.Wishes;

/** The notice of an agreement on its way to a buyer over inbox, e-mail and SMS, and whatever may come between. */
class ThreeWaysTest {
  private static final Instant NOW = Sample.T0;
  private static final Errand.Tell SETTLED = new Errand.Tell(NOW, Notice.SETTLED, Audience.BUYER, 0);
  private static final Errand.Tell REFUND = new Errand.Tell(NOW, Notice.REFUND_SENT, Audience.BUYER, 1);
  private static final ZoneId SHANGHAI = ZoneId.of("Asia/Shanghai");
  private static final Duration HOUR = Duration.ofHours(1);
  private static TestDatabase database;

  private NoticeBook book;
  private PostBook after;
  private Wishes wishes;
  private GreenMail mail;
  private SmsCentre centre;
  private Smpp smpp;
  private String errand;

  @BeforeAll static void begin() {
    database = new TestDatabase();
  }

  @AfterAll static void end() {
    database.close();
  }

  @BeforeEach void open(TestInfo test) throws Exception {
    book = new NoticeBook(database.sql);
    after = new PostBook(database.sql);
    wishes = new Wishes(database.sql);
    mail = new GreenMail(ServerSetup.SMTP.dynamicPort());
    mail.start();
    centre = new SmsCentre(0);
    smpp = smpp(centre.port());
    errand = test.getDisplayName();
    buyer("en", "li@example.org");
    wishes.put("buyer-1", Wish.NONE);
    database.sql.sql("delete from notice_part").update();
    Sample.dispute(database.sql);
  }

  @AfterEach void close() throws Exception {
    smpp.close();
    centre.close();
    mail.stop();
  }

  private static void buyer(String language, String email) {
    database.parties.put(new Party("buyer-1", Party.Kind.BUYER, "acc-1", 1, null, SHANGHAI, language),
        new Contact("Li Wei", email, "+12025550123"));
  }

  private Smpp smpp(int port) {
    return new Smpp(new SmppSettings("127.0.0.1", port, "redress", "secret", "", "Redress", "",
        Duration.ofSeconds(30), Duration.ofSeconds(3)), after, Clock.fixed(NOW, ZoneOffset.UTC));
  }

  private Notifier notifier() {
    return Sample.notifier("https://pay.example/disputes/{dispute}", database.parties, outside());
  }

  private Outside outside() {
    var settings = new MailSettings("127.0.0.1", mail.getSmtp().getPort(), MailSettings.Security.NONE, "", "",
        "notices@redress.example", "", Duration.ofSeconds(5));
    return new Outside(book, after, List.<Channel>of(new Mail(settings), smpp), Entrance.NONE);
  }

  @Test void t0_reaches_a_buyer_on_three_channels_with_equal_dates() throws Exception {
    for (var language : List.of("en", "zh")) {
      buyer(language, "li@example.org");
      var key = errand + language;
      assertThat(notifier().tell(Sample.confirming(), SETTLED, key, NOW)).isInstanceOf(Sent.Done.class);
      assertThat(rows(key)).containsOnlyKeys("EMAIL", "IN_APP", "SMS");
      var letters = mail.getReceivedMessages();
      var letter = ((MimeMultipart) letters[letters.length - 1].getContent()).getBodyPart(0).getContent().toString();
      var dates = dates(row(key, "IN_APP").text());
      assertThat(dates).hasSize(4);
      assertThat(dates(letter)).isEqualTo(dates);
      var sms = centre.texts().getLast();
      assertThat(briefDates(sms, language)).isEqualTo(dates);
      assertThat(sms).contains("UTC+8", "https://pay.example/disputes/" + Sample.ID);
      assertThat(row(key, "SMS").text()).isEqualTo(sms.substring(sms.indexOf(' ') + 1));
      assertThat(row(key, "SMS").parts()).as(sms).isBetween(1, 2);
    }
  }

  @Test void a_centre_that_is_down_is_tried_again_and_nothing_goes_out_twice() throws Exception {
    int port = centre.port();
    centre.close();
    assertThat(notifier().tell(Sample.confirming(), SETTLED, errand, NOW)).isInstanceOf(Sent.Later.class);
    assertThat(row(errand, "SMS").state()).isEqualTo(State.WAITING);
    assertThat(mail.getReceivedMessages()).hasSize(1);
    centre = new SmsCentre(port);
    for (int i = 1; i < 4; i++) {
      assertThat(notifier().tell(Sample.confirming(), SETTLED, errand, NOW.plusSeconds(60L * i)))
          .isInstanceOf(Sent.Done.class);
    }
    assertThat(centre.texts()).hasSize(1);
    assertThat(mail.getReceivedMessages()).hasSize(1);
  }

  @Test void at_night_a_telephone_is_silent_except_for_what_must_not_wait() {
    var night = Instant.parse("2026-03-04T16:00:00Z");
    assertThat(notifier().tell(Sample.confirming(), new Errand.Tell(night, Notice.SETTLED, Audience.BUYER, 0), errand,
        night)).isInstanceOf(Sent.Done.class);
    assertThat(centre.texts()).hasSize(1);
    var refund = new Errand.Tell(night, Notice.REFUND_SENT, Audience.BUYER, 1);
    var sent = (Sent.Later) notifier().tell(Sample.auditing(), refund, errand + 2, night);
    assertThat(sent.at().atZone(SHANGHAI).toLocalTime()).hasToString("09:00");
    assertThat(row(errand + 2, "SMS").result()).isEqualTo("quiet hours");
    assertThat(row(errand + 2, "EMAIL").state()).isEqualTo(State.DELIVERED);
    assertThat(notifier().tell(Sample.auditing(), refund, errand + 2, sent.at())).isInstanceOf(Sent.Done.class);
    assertThat(centre.texts()).hasSize(2);
    assertThat(mail.getReceivedMessages()).hasSize(2);
  }

  @Test void whoever_names_quiet_hours_is_left_alone_on_every_channel_and_no_channel_is_used_that_was_left_out() {
    wishes.put("buyer-1", new Wish(Set.of("EMAIL"), new Quiet(12, 18), null, true, true));
    assertThat(notifier().tell(Sample.auditing(), REFUND, errand, NOW)).isInstanceOf(Sent.Later.class);
    assertThat(centre.texts()).isEmpty();
    assertThat(notifier().tell(Sample.auditing(), REFUND, errand, NOW.plus(HOUR.multipliedBy(2))))
        .isInstanceOf(Sent.Done.class);
    assertThat(centre.texts()).hasSize(1);
    assertThat(mail.getReceivedMessages()).isEmpty();
    wishes.put("buyer-1", new Wish(Set.of(), null, "zh", false, true));
    notifier().tell(Sample.auditing(), new Errand.Tell(NOW, Notice.MESSAGE, Audience.BUYER, 0), errand + 2, NOW);
    assertThat(rows(errand + 2)).containsOnlyKeys("IN_APP");
    assertThat(row(errand + 2, "IN_APP").language()).isEqualTo("zh-CN");
  }

  @Test void where_the_only_wanted_channel_fails_for_good_another_one_is_taken() {
    wishes.put("buyer-1", new Wish(Set.of("EMAIL"), null, null, true, true));
    centre.refuse(SMPPConstant.STAT_ESME_RINVDSTADR);
    assertThat(notifier().tell(Sample.auditing(), REFUND, errand, NOW)).isEqualTo(new Sent.Done(true, "EMAIL"));
    assertThat(row(errand, "SMS").state()).isEqualTo(State.FAILED);
    assertThat(mail.getReceivedMessages()).hasSize(1);
  }

  @Test void a_message_that_comes_back_later_finds_another_way() throws Exception {
    wishes.put("buyer-1", new Wish(Set.of("EMAIL"), null, null, true, true));
    notifier().tell(Sample.auditing(), REFUND, errand, NOW);
    assertThat(mail.getReceivedMessages()).isEmpty();
    SmsCentre.tell(centre.session(), "1000", "UNDELIV", "001");
    await().until(() -> row(errand, "SMS").state() == State.FAILED);
    Sample.look(outside(), database.parties, NOW.plus(HOUR));
    assertThat(mail.getReceivedMessages()).hasSize(1);
    assertThat(row(errand, "EMAIL").text()).isEqualTo(row(errand, "IN_APP").text());
    Sample.look(outside(), database.parties, NOW.plus(HOUR.multipliedBy(2)));
    assertThat(mail.getReceivedMessages()).hasSize(1);
  }

  @Test void what_came_back_goes_out_again_when_somebody_says_so_and_its_old_receipts_count_no_more() throws Exception {
    notifier().tell(Sample.auditing(), REFUND, errand, NOW);
    var session = centre.session();
    SmsCentre.tell(session, "1000", "UNDELIV", "001");
    await().until(() -> row(errand, "SMS").state() == State.FAILED);
    var id = row(errand, "SMS").id();
    assertThat(after.anew(id, true, Set.of("EMAIL"), NOW)).as("that channel is gone").isFalse();
    assertThat(after.anew(id, false, Set.of("SMS"), NOW)).as("not theirs to send").isFalse();
    assertThat(after.anew(id, true, Set.of("SMS"), NOW)).isTrue();
    assertThat(after.anew(id, true, Set.of("SMS"), NOW)).as("it is on its way").isFalse();
    Sample.look(outside(), database.parties, NOW);
    assertThat(centre.texts()).hasSize(2);
    assertThat(row(errand, "SMS").state()).isEqualTo(State.DELIVERED);
    SmsCentre.tell(session, "1001", "DELIVRD", "000");
    await().until(() -> row(errand, "SMS").receivedAt() != null);
    assertThat(mail.getReceivedMessages()).hasSize(1);
  }

  @Test void what_the_dispute_has_left_behind_is_not_sent_late() throws Exception {
    centre.close();
    var offer = new Errand.Tell(NOW, Notice.OFFER_MADE, Audience.BUYER, 1);
    assertThat(notifier().tell(Sample.offered(), offer, errand, NOW)).isInstanceOf(Sent.Later.class);
    centre = new SmsCentre(0);
    smpp = smpp(centre.port());
    assertThat(notifier().tell(Sample.confirming(), offer, errand, NOW.plus(HOUR)))
        .isEqualTo(new Sent.Suppressed("the dispute has moved on"));
    assertThat(row(errand, "SMS").state()).isEqualTo(State.SUPPRESSED);
    assertThat(row(errand, "SMS").result()).isEqualTo("the dispute has moved on");
    assertThat(row(errand, "IN_APP").state()).isEqualTo(State.DELIVERED);
    assertThat(centre.texts()).isEmpty();
  }

  private Delivery row(String key, String channel) {
    return Objects.requireNonNull(rows(key).get(channel), channel);
  }

  private Map<String, Delivery> rows(String key) {
    var rows = new TreeMap<String, Delivery>();
    for (var row : book.ofDispute(Sample.ID)) if (row.errand().equals(key)) rows.put(row.channel(), row);
    return rows;
  }

  /** The instants that a text names, each once, in order. */
  private static List<Instant> dates(String text) {
    return Pattern.compile("\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d").matcher(text).results()
        .map(it -> LocalDateTime.parse(it.group().replace(' ', 'T')).atZone(SHANGHAI).toInstant()).sorted().distinct()
        .toList();
  }

  private static List<Instant> briefDates(String text, String language) {
    boolean english = language.equals("en");
    var pattern = english ? "\\d{1,2} [A-Z][a-z]{2} \\d\\d:\\d\\d" : "\\d{1,2}月\\d{1,2}日\\d\\d:\\d\\d";
    var format = DateTimeFormatter.ofPattern(english ? "uuuu d MMM HH:mm" : "uuuu M月d日HH:mm", Locale.ENGLISH);
    var dates = new ArrayList<Instant>();
    Pattern.compile(pattern).matcher(text).results()
        .forEach(it -> dates.add(LocalDateTime.parse("2026 " + it.group(), format).atZone(SHANGHAI).toInstant()));
    return dates.stream().sorted().distinct().toList();
  }
}
