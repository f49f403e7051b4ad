package redress.command;

import static java.nio.charset.StandardCharsets.UTF_8;
import static redress.command.Scene.money;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import redress.policy.Role;

/** The three stories of the demonstration, told through the API by separate people. */
final class Scenes {
  private static final Instant MONDAY = Instant.parse("2026-03-02T01:00:00Z");
  private static final Duration DAY = Duration.ofDays(1);
  private static final String LI = "Li";
  private static final String SHOP = "The merchant";
  private static final String MEDIATOR = "The mediator";
  private static final long PRICE = 329_900;

  private final Narrator narrator;
  private final Cast cast;
  private final Visitor li;
  private final Visitor shop;
  private final Visitor mediator;
  private final Visitor lead;
  private final Map<String, byte[]> home = new TreeMap<>();

  Scenes(Narrator narrator, Cast cast) {
    this.narrator = narrator;
    this.cast = cast;
    this.mediator = cast.staff(Role.MEDIATOR, "mediator-chen");
    this.lead = cast.staff(Role.MEDIATOR_LEAD, "lead-wang");
    this.li = cast.party("li", "Li Na", true, "EN", MONDAY.minus(DAY));
    this.shop = cast.party("bright-phones", "Bright Phones", false, "EN", MONDAY.minus(DAY));
  }

  /** Plays all of it: the outcomes in order. */
  List<String> play() {
    return List.of(fullRefund(), merchantDoesNotPay(), notSatisfied());
  }

  /** The platform's worked example: a phone that was not as described. */
  private String fullRefund() {
    narrator.scene("Li bought a phone that was not as described");
    var scene = new Scene(narrator, cast.platform(), lead, "demo-phone", MONDAY);
    scene.paid("li", "bright-phones", PRICE);
    scene.files(li, LI, "FULL_REFUND", PRICE,
        "It was sold as new, but the frame is scratched and the battery is worn.");
    scene.shows(li, LI, "PHOTO_OF_ITEM", "scratches.png", Snapshots.scratches(),
        "Scratches on the frame; battery health 81 %.", "AWAITING_MERCHANT");
    scene.wait(Duration.ofHours(5), "the merchant reads its notice");
    scene.notice("FILED", "MERCHANT", "the merchant");
    negotiate(scene);
    mediate(scene);
    verify(scene);
    scene.tells("Li takes home a bundle of everything: what was said, shown, promised, paid and found");
    var dispute = "/v1/disputes/" + scene.dispute();
    home.put(Keepsake.BUNDLE, li.file(dispute + "/bundle"));
    for (var language : List.of("en", "zh")) {
      home.put("result-" + language + ".pdf", li.file(dispute + "/result.pdf?language=" + language));
    }
    return scene.ends();
  }

  /** The files that Li took home of the first dispute, by their names. */
  Map<String, byte[]> home() {
    return Map.copyOf(home);
  }

  private void negotiate(Scene scene) {
    scene.does(shop, SHOP, "offers " + money(50_000) + " back: “Scratches are normal for this price.”", "offers",
        Map.of("terms", refund("PARTIAL_REFUND", 50_000, "PLATFORM"), "text", "Scratches are normal for this price."),
        "AWAITING_BUYER");
    scene.wait(Duration.ofHours(2), "Li thinks about it");
    scene.does(li, LI, "makes a counter-offer: everything back, " + money(PRICE), "offers",
        Map.of("terms", refund("FULL_REFUND", PRICE, "PLATFORM"), "text", "It was sold as new. I want my money back."),
        "AWAITING_MERCHANT");
    scene.wait(Duration.ofHours(20), "the merchant lets Li wait");
    scene.does(shop, SHOP, "declines: “We do not take phones back.”", "offers/2/decline",
        Map.of("reason", "We do not take phones back."), "AWAITING_BUYER");
    scene.does(li, LI, "asks the platform to step in", "escalation",
        Map.of("reason", "The merchant does not even look at my photos."), "MEDIATION_QUEUED");
  }

  private void mediate(Scene scene) {
    scene.wait(Duration.ofHours(3), "the dispute waits in the mediators’ queue");
    scene.does(mediator, MEDIATOR, "takes the dispute", "assignment", Map.of(), "MEDIATING");
    scene.does(mediator, MEDIATOR, "writes to both (first round): “What exactly was promised?”", "messages",
        Map.of("text", "I have read everything. What exactly was promised in the listing?"), "MEDIATING");
    scene.does(mediator, MEDIATOR, "asks the merchant for the listing, within 48 hours", "evidence-requests",
        Map.of("requests", List.of(Map.of("side", "MERCHANT", "types", List.of("LISTING_SNAPSHOT"))), "within",
            "PT48H"),
        "AWAITING_EVIDENCE");
    scene.wait(DAY, "the merchant looks for the listing");
    var listing = "Bright Phone 12, brand new, sealed box, " + money(PRICE);
    scene.shows(shop, SHOP, "LISTING_SNAPSHOT", "listing.txt", listing.getBytes(UTF_8), listing, "MEDIATING");
    scene.does(mediator, MEDIATOR, "proposes to share it: " + money(150_000) + " back", "proposals",
        Map.of("terms", refund("PARTIAL_REFUND", 150_000, "PLATFORM"), "text", "Half each, and both can move on."),
        "PROPOSED");
    scene.wait(Duration.ofHours(6), "both read the proposal");
    scene.does(li, LI, "declines: “The listing says brand new. It is not.”", "proposals/1/decline",
        Map.of("reason", "The listing says brand new. It is not."), "MEDIATING");
    scene.does(mediator, MEDIATOR, "writes to both (second round): “Li is right about the listing.”", "messages",
        Map.of("text", "The listing promises a new phone; a worn battery is not new. Please agree to a full refund."),
        "MEDIATING");
    scene.does(shop, SHOP, "answers: “We see the point.”", "messages", Map.of("text", "We see the point."),
        "MEDIATING");
    scene.does(mediator, MEDIATOR, "proposes a full refund of " + money(PRICE), "proposals",
        Map.of("terms", refund("FULL_REFUND", PRICE, "PLATFORM"), "text", "A full refund, paid by the platform."),
        "PROPOSED");
    scene.wait(Duration.ofHours(4), "both read the second proposal");
    scene.does(shop, SHOP, "accepts the proposal", "proposals/2/acceptance", Map.of(), "PROPOSED");
    scene.does(li, LI, "accepts the proposal: this is the settlement", "proposals/2/acceptance", Map.of(),
        "CONFIRMING");
  }

  private void verify(Scene scene) {
    scene.wait(Duration.ofMinutes(1), "both sides are told what was agreed and what follows when");
    scene.notice("SETTLED", "BUYER", "Li");
    scene.notice("SETTLED", "MERCHANT", "the merchant");
    scene.tells("identity and transaction record were confirmed from the registered party and the provider’s books");
    scene.does(shop, SHOP, "makes its statement: “Refund through the platform, today.”", "statement",
        Map.of("text", "Refund through the platform, today."), "AUDITING");
    scene.tells("all three confirmations within 24 hours: the platform pays, day 1 begins");
    scene.wait(Duration.ofMinutes(1), "the refund is paid from the hold");
    scene.notice("REFUND_ARRIVED", "BUYER", "Li");
    scene.wait(DAY, "day 1: evidence is hashed again, the refund is looked up in the provider’s own books");
    scene.expect("FOLLOWING_UP");
    scene.tells("day 1 passed: amount, payee and evidence are right");
    scene.wait(Duration.ofHours(9), "Li is asked when it is day where Li lives");
    scene.notice("FOLLOW_UP", "BUYER", "Li");
    scene.does(li, LI, "answers on day 2: satisfied", "follow-up",
        Map.of("answer", "SATISFIED", "text", "The money is here. Thank you."), "FOLLOWING_UP");
    scene.wait(DAY, "day 2 ends");
    scene.expect("CONCLUDING");
    scene.wait(DAY, "day 3: everything is checked once more");
    scene.expect("CLOSED");
    scene.notice("CLOSED", "BUYER", "Li");
    scene.does(li, LI, "praises the platform: five stars, “You listened to me.”", "feedback",
        Map.of("kind", "RATING", "rating", 5, "text", "You listened to me."), "CLOSED");
    scene.tells("closed as " + scene.view().path("outcome").asString("") + ", " + paid(scene) + " paid");
  }

  /** The merchant promises to pay at its own provider and does not. */
  private String merchantDoesNotPay() {
    narrator.scene("the merchant promises to pay and does not");
    var wu = cast.party("wu", "Wu Ming", true, "EN", MONDAY.minus(DAY));
    var scene = new Scene(narrator, cast.platform(), lead, "demo-broken-promise", MONDAY);
    scene.paid("wu", "bright-phones", 89_900);
    scene.files(wu, "Wu", "FULL_REFUND", 89_900, "The headphones crackle.");
    scene.does(shop, SHOP, "offers a full refund that it will pay itself", "offers",
        Map.of("terms", refund("FULL_REFUND", 89_900, "MERCHANT")), "AWAITING_BUYER");
    scene.does(wu, "Wu", "accepts", "offers/1/acceptance", Map.of(), "CONFIRMING");
    scene.wait(Duration.ofMinutes(1), "identity and transaction record are confirmed");
    scene.does(shop, SHOP, "makes its statement: “We will pay tomorrow.”", "statement",
        Map.of("text", "We will pay tomorrow."), "AUDITING");
    scene.wait(Duration.ofHours(25), "a day goes by and nothing was paid");
    scene.expect("EXCEPTION");
    scene.notice("PROBLEM_FOUND", "MERCHANT", "the merchant");
    scene.tells("the merchant has 24 hours to put it right");
    scene.wait(Duration.ofHours(24), "the cure time is over: the platform enforces the promise from the hold");
    scene.notice("ENFORCED", "BUYER", "Wu");
    scene.wait(Duration.ofMinutes(30), "the enforced refund arrives, verification begins again");
    scene.expect("AUDITING");
    scene.wait(DAY, "day 1: the refund is in the provider’s own books");
    scene.expect("FOLLOWING_UP");
    scene.does(wu, "Wu", "answers on day 2: satisfied", "follow-up", Map.of("answer", "SATISFIED"), "FOLLOWING_UP");
    scene.wait(DAY.multipliedBy(2), "days 2 and 3");
    scene.expect("CLOSED");
    scene.tells("closed as " + scene.view().path("outcome").asString("") + ", " + paid(scene) + " paid");
    return scene.ends();
  }

  /** The buyer is asked on day 2, is not satisfied, and the very settlement is negotiated again. */
  private String notSatisfied() {
    narrator.scene("the buyer is not satisfied on day 2, and the negotiation reopens");
    var zhao = cast.party("zhao", "Zhao Lei", true, "EN", MONDAY.minus(DAY));
    var scene = new Scene(narrator, cast.platform(), lead, "demo-second-round", MONDAY);
    scene.paid("zhao", "bright-phones", 120_000);
    scene.files(zhao, "Zhao", "PARTIAL_REFUND", 60_000, "The tablet came without its pen and keyboard.");
    agree(scene, zhao, 1, 20_000);
    scene.wait(DAY, "day 1");
    scene.expect("FOLLOWING_UP");
    scene.does(zhao, "Zhao", "answers on day 2: not satisfied", "follow-up",
        Map.of("answer", "DISSATISFIED", "text", "The pen alone costs more than that."), "AWAITING_MERCHANT");
    scene.wait(Duration.ofMinutes(1), "both are told that round " + scene.view().path("round").asInt(0) + " begins");
    scene.notice("NEGOTIATION_REOPENED", "MERCHANT", "the merchant");
    agree(scene, zhao, 2, 30_000);
    scene.wait(DAY, "day 1 of the new settlement");
    scene.does(zhao, "Zhao", "answers on day 2: satisfied", "follow-up", Map.of("answer", "SATISFIED"), "FOLLOWING_UP");
    scene.wait(DAY.multipliedBy(2), "days 2 and 3");
    scene.expect("CLOSED");
    scene.tells("closed as " + scene.view().path("outcome").asString("") + ", " + paid(scene) + " paid in two rounds");
    return scene.ends();
  }

  private void agree(Scene scene, Visitor buyer, int offer, long minor) {
    scene.does(shop, SHOP, "offers " + money(minor) + (offer > 1 ? " more" : ""), "offers",
        Map.of("terms", refund("PARTIAL_REFUND", minor, "PLATFORM")), "AWAITING_BUYER");
    scene.does(buyer, "Zhao", "accepts", "offers/" + offer + "/acceptance", Map.of(), "CONFIRMING");
    scene.wait(Duration.ofMinutes(1), "identity and transaction record are confirmed");
    scene.does(shop, SHOP, "makes its statement", "statement", Map.of("text", "Through the platform, at once."),
        "AUDITING");
  }

  private static Map<String, Object> refund(String remedy, long minor, String executor) {
    return Map.of("remedy", remedy, "amount", minor, "currency", "CNY", "executor", executor);
  }

  private static String paid(Scene scene) {
    return money(scene.view().at("/amounts/paid").asLong(0));
  }
}
