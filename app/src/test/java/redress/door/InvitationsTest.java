package redress.door;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import redress.dispute.DisputeId;
import redress.dispute.Errand.Audience;
import redress.dispute.Notice;
import redress.notify.Channel.Addressee;
import redress.store.Delivery;
import redress.store.Party.Contact;
import redress.store.SignIns;
import redress.store.TestDatabase;

/** The links in notices: one buyer, one page, once, and for a week. */
class InvitationsTest {
  private static final Instant NOW = Instant.parse("2026-03-04T09:00:00Z");
  private static final DisputeId DISPUTE = new DisputeId(5, 77);
  private static final String PLAIN = "https://pay.example/disputes/" + DISPUTE;
  private static final Addressee BUYER = new Addressee("buyer-1", Contact.NONE, true);

  @Test void a_link_leads_its_buyer_to_the_one_page_once_and_for_a_week() {
    try (var database = new TestDatabase()) {
      var sessions = sessions(database, NOW);
      var invitations = new Invitations(sessions, "https://pay.example");
      var kept = delivery(Audience.BUYER, Notice.FOLLOW_UP);
      var sent = invitations.open(kept, BUYER);
      assertThat(kept.text()).as("what is kept lets nobody in").contains(PLAIN).doesNotContain("/in/");
      var secret = sent.text().replaceFirst("(?s).*https://pay.example/in/(\\S+).*", "$1");
      assertThat(secret).matches("[\\w-]{22}");
      assertThat(sent.text()).doesNotContain(PLAIN);

      assertThat(sessions.opens(sessions.link(secret).orElseThrow())).as("looking changes nothing").isTrue();
      var begun = sessions.begin(secret).orElseThrow();
      assertThat(begun.leads()).isEqualTo("/disputes/" + DISPUTE + "/follow-up");
      assertThat(begun.session().person().subject()).isEqualTo("buyer-1");
      assertThat(begun.session().person().live()).isTrue();
      assertThat(sessions.begin(secret)).as("a second time").isEmpty();

      var late = invitations.open(kept, BUYER).text().replaceFirst("(?s).*/in/(\\S+).*", "$1");
      assertThat(sessions(database, NOW.plus(Duration.ofDays(7))).begin(late)).as("after a week").isEmpty();
    }
  }

  @Test void merchants_and_notices_without_an_address_get_none() {
    try (var database = new TestDatabase()) {
      var invitations = new Invitations(sessions(database, NOW), "https://pay.example");
      var merchant = delivery(Audience.MERCHANT, Notice.SETTLED);
      assertThat(invitations.open(merchant, new Addressee("shop-1", Contact.NONE, true))).isEqualTo(merchant);
      var bare = delivery(Audience.BUYER, Notice.SETTLED).saying("no address");
      assertThat(invitations.open(bare, BUYER)).isEqualTo(bare);
      assertThat(new Invitations(sessions(database, NOW), "").open(bare, BUYER)).isEqualTo(bare);
    }
  }

  private static Sessions sessions(TestDatabase database, Instant now) {
    return new Sessions(new SignIns(database.sql), Clock.fixed(now, ZoneOffset.UTC));
  }

  private static Delivery delivery(Audience audience, Notice notice) {
    var text = "Was the promise kept? " + PLAIN + "\nDispute " + DISPUTE;
    return Delivery.toInbox(DISPUTE, "ntc_1", "e", audience, "buyer-1", notice, 0, "en", "Is all well?", "", text, NOW)
        .over("SMS", "ntc_1", text);
  }
}
