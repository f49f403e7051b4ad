package redress.seal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import redress.seal.Parts.Booked;

/** Entries are what the format says: the values here were worked out with another language's JSON and SHA-256. */
class EntryTest {
  private static final byte[] SALT = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15};
  private static final Instant AT = Instant.parse("2026-03-02T08:00:00.123456Z");
  private static final String DISPUTE = "dsp_0010000000000000002";

  private static final Booked HOLD = new Booked(7, "hold", "CNY", 0,
      List.of(new Booked.Line("merchant.available", 100), new Booked.Line("merchant.hold", -100)));
  private static final Booked REFUND = new Booked(Long.MAX_VALUE, "refund", "CNY", 2,
      List.of(new Booked.Line("buyer.clearing", 1), new Booked.Line("merchant.hold", -1)));
  private static final String BODY = Canonical.of("""
      {"type": "OfferEnded", "row": 4, "offer": 1, "by": "BUYER", "state": "REJECTED",
        "reason": {"id": "w1", "chars": 3}}""");

  private static Parts parts(Booked... booked) {
    return new Parts(Parts.event("FILED", "NEGOTIATING", 4, "OfferEnded", BODY),
        Parts.actor("BUYER", "buyer-1", "Zoë \"Z\" 王😀"), Parts.money(List.of(booked)));
  }

  @Test void an_entry_of_a_dispute_is_worked_out_by_hand() {
    var entry = parts(REFUND, HOLD).entry(DISPUTE, 12, AT, Entry.NONE, SALT);
    assertThat(entry.json()).isEqualTo("""
        {"actor":"1d96aa94b66c46f23407a5aeca399a04f5d3e57cdc16c3e5b82590dc6324db1e","at":"2026-03-02T08:00:00.123456Z",\
        "dispute":"dsp_0010000000000000002",\
        "event":"3ea66acffce7af39d968d792c73f5541a50dda03936766cdbbf930f633307efe",\
        "money":"26e88240a60220013be0585d5e71d1b16ec42b01133b4666208b783a74ace07a","n":12,\
        "previous":"0000000000000000000000000000000000000000000000000000000000000000","v":1}""");
    assertThat(entry.hash()).isEqualTo("d4cdbec803c5612d8a28b383ce1f64728d536865faa60130271a5dcc46d9cf68");
  }

  @Test void an_act_is_worked_out_by_hand() {
    var entry = new Entry.OfAct("key.made", Instant.parse("2026-03-02T08:00:00Z"),
        Opening.of("body", "{\"id\":\"k1\"}", SALT).commitment());
    assertThat(entry.json()).isEqualTo("""
        {"act":"key.made","at":"2026-03-02T08:00:00Z",\
        "body":"b6ee57e0cbe050cc9aa3f50077838069ce7035837bc229cd4469ecfb91cb1b48","v":1}""");
    assertThat(entry.hash()).isEqualTo("fad9c3ac824651bccaa487a9c289553a420f2a7a9c50f3a0e75bd3f7bbf67060");
  }

  @Test void every_part_has_a_salt_of_its_own() {
    assertThat(parts().eventOpening(SALT).salt()).isEqualTo("2a33ddad8b9d26b41e0d0bcabeb06b27");
    assertThat(parts().actorOpening(SALT).salt()).isEqualTo("0f82c96332e113dd53fcffe9d0b7fad6");
    assertThat(parts().moneyOpening(SALT).salt()).isEqualTo("25252a12d155a6b110ddf8bdcf71cd4e");
  }

  @Test void everything_is_canonical() {
    var parts = parts(HOLD, REFUND);
    var entry = parts.entry(DISPUTE, 12, AT, Entry.NONE, SALT);
    for (var text : List.of(parts.event(), parts.actor(), parts.money(), parts.eventOpening(SALT).json(), entry.json(),
        new Entry.OfAct("a \"quoted\" one", AT, Entry.NONE).json())) {
      assertThat(Canonical.of(text)).isEqualTo(text);
    }
  }

  @Test void whatever_differs_the_hash_differs() {
    var salt = SALT.clone();
    salt[15]++;
    var entry = parts(HOLD).entry(DISPUTE, 12, AT, Entry.NONE, SALT);
    var event = parts(HOLD).event();
    var hashes = new HashSet<>(Set.of(entry.hash()));
    var others = List.of(parts(HOLD).entry(DISPUTE, 12, AT, Entry.NONE, salt),
        parts(HOLD).entry(DISPUTE, 13, AT, Entry.NONE, SALT),
        parts(HOLD).entry("dsp_0010000000000000003", 12, AT, Entry.NONE, SALT),
        parts(HOLD).entry(DISPUTE, 12, AT.plusNanos(1000), Entry.NONE, SALT),
        parts(HOLD).entry(DISPUTE, 12, AT, entry.hash(), SALT),
        parts().entry(DISPUTE, 12, AT, Entry.NONE, SALT), parts(REFUND).entry(DISPUTE, 12, AT, Entry.NONE, SALT),
        parts(HOLD, REFUND).entry(DISPUTE, 12, AT, Entry.NONE, SALT),
        with(Parts.event("FILED", "NEGOTIATING", 5, "OfferEnded", BODY), Parts.actor("BUYER", "b", "b")),
        with(Parts.event("FILED", "FILED", 4, "OfferEnded", BODY), Parts.actor("BUYER", "b", "b")),
        with(Parts.event("NEGOTIATING", "NEGOTIATING", 4, "OfferEnded", BODY), Parts.actor("BUYER", "b", "b")),
        with(Parts.event("FILED", "NEGOTIATING", 4, "OfferMade", BODY), Parts.actor("BUYER", "b", "b")),
        with(Parts.event("FILED", "NEGOTIATING", 4, "OfferEnded", "{}"), Parts.actor("BUYER", "b", "b")),
        with(event, Parts.actor("MERCHANT", "b", "b")), with(event, Parts.actor("BUYER", "b", "c")),
        with(event, Parts.actor("BUYER", "c", "b")));
    for (var other : others) assertThat(hashes.add(other.hash())).as(other.json()).isTrue();
  }

  private static Entry.OfDispute with(String event, String actor) {
    return new Parts(event, actor, Parts.NO_MONEY).entry(DISPUTE, 12, AT, Entry.NONE, SALT);
  }
}
