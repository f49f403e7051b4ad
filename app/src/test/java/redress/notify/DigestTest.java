package redress.notify;

import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import jakarta.mail.internet.MimeMultipart;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import redress.store.Digests;
import redress.store.Party;
import redress.store.Party.Contact;
import redress.store.TestDatabase;
import redress.store.Wish;
import redress.store.Wishes;

/** The morning overview of what waits for a merchant. */
class DigestTest {
  /** Ten in the morning in Berlin. */
  private static final Instant TEN = Instant.parse("2026-03-04T09:00:00Z");
  private final TestDatabase database = new TestDatabase();
  private final GreenMail post = new GreenMail(ServerSetup.SMTP.dynamicPort());
  private Digest digest;

  @BeforeEach void open() {
    post.start();
    var settings = new MailSettings("127.0.0.1", post.getSmtp().getPort(), MailSettings.Security.NONE, "", "",
        "notices@redress.example", "", Duration.ofSeconds(5));
    digest = new Digest(new Mail(settings), new Digests(database.sql), database.parties, "https://pay.example",
        party -> "https://pay.example/unsubscribe/" + party);
    merchant("shop-1", "shop@example.org");
    merchant("shop-2", "quiet@example.org");
    merchant("shop-3", "nothing@example.org");
    for (int n = 1; n <= 12; n++) {
      dispute(n, "shop-1", n == 12 ? TEN.plusSeconds(60) : TEN.plus(Duration.ofDays(n)));
      dispute(100 + n, "shop-2", TEN.plus(Duration.ofDays(n)));
    }
    new Wishes(database.sql).put("shop-2", new Wish(Set.of(), null, null, true, false));
  }

  @AfterEach void close() {
    post.stop();
    database.close();
  }

  @Test void a_merchant_is_told_once_each_morning_what_is_due_first() throws Exception {
    assertThat(digest.send(TEN.minus(Duration.ofHours(2)))).as("it is eight in the morning there").isZero();
    assertThat(digest.send(TEN)).isEqualTo(1);
    assertThat(digest.send(TEN.plus(Duration.ofHours(3)))).as("once a day").isZero();
    var letter = post.getReceivedMessages()[0];
    assertThat(letter.getAllRecipients()[0]).hasToString("shop@example.org");
    assertThat(letter.getSubject()).isEqualTo("Waiting for you: 12");
    assertThat(letter.getHeader("List-Unsubscribe")).containsExactly("<https://pay.example/unsubscribe/shop-1>");
    var text = ((MimeMultipart) letter.getContent()).getBodyPart(0).getContent().toString();
    assertThat(text.lines().filter(line -> line.startsWith("- ")).toList()).hasSize(10).first().asString()
        .startsWith("- 2026-03-04 10:01 (UTC+01:00, Europe/Berlin): CNY 4,999.00, the merchant has to answer");
    assertThat(text).contains("And 2 more.", "https://pay.example/disputes");
    assertThat(Grade.of(text)).isLessThanOrEqualTo(800);
    assertThat(digest.send(TEN.plus(Duration.ofDays(1)))).as("the next morning").isEqualTo(1);
    assertThat(post.getReceivedMessages()).hasSize(2);
  }

  private void merchant(String id, String email) {
    database.parties.put(new Party(id, Party.Kind.MERCHANT, id, 1, null, ZoneId.of("Europe/Berlin"), "en"),
        new Contact("Shop", email, ""));
  }

  private void dispute(int n, String merchant, Instant due) {
    database.sql.sql("""
        insert into dispute (home, id, payment, version, stage, phase, status, awaited, buyer, merchant, reason, wish,
          minor, currency, live, rules, round, due, mediator, verifier, filed_at, updated_at, paid, compensated,
          settlements, reopenings, exceptions, breaches, buyer_late, merchant_late, enforced, appealed, overturned,
          not_reached, charged_back)
        values (5, ?, 'pay-1', 1, '{}', 'NEGOTIATION', 'AWAITING_MERCHANT', 'MERCHANT', 'buyer-1', ?, 'OTHER',
          'FULL_REFUND', 499900, 'CNY', true, '2026-1', 1, ?::timestamptz, '', '', now(), now(), 0, 0, 0, 0, 0, 0,
          false, false, false, false, false, false, false)
        """).param(n).param(merchant).param(due.toString()).update();
  }
}
