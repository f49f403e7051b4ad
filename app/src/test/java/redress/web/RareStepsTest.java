package redress.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import redress.house.Browser;

/** The steps that are seldom taken, by buttons all the same, in a browser that runs no scripts. */
@EnabledIf(value = "thereIsABrowser", disabledReason = "no Chromium on this machine: apt-get install chromium")
class RareStepsTest {
  private static Guests guests;
  private static Cases cases;

  static boolean thereIsABrowser() {
    return Browser.program().isPresent();
  }

  @BeforeAll static void open() {
    guests = new Guests();
    cases = guests.cases;
  }

  @AfterAll static void close() {
    if (guests != null) guests.close();
  }

  /** Somebody at the dispute with this name. */
  private static Page at(Guest guest, String name) {
    var page = guests.plain(guest, "en");
    page.navigate(guests.url(cases.at(name)));
    return page;
  }

  private static void press(Page page, String name) {
    page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true)).first().click();
  }

  private static void fill(Page page, String form, String text) {
    Stops.open(page, form);
    page.locator(form + " textarea").first().fill(text);
  }

  @Clicks({"Escalate", "Withdraw"}) @Test void a_buyer_calls_the_platform_in_and_takes_the_dispute_back() {
    cases.countered("back");
    cases.say(Guest.SHOP, "back", "offers/2/decline", "{\"reason\":\"Too much.\"}");
    var li = at(Guest.LI, "back");
    fill(li, "form[action$='/escalation']", "They do not listen.");
    press(li, "Call the platform in");
    assertThat(cases.status("back")).isEqualTo("MEDIATION_QUEUED");
    Stops.open(li, "form[action$='/withdrawal']");
    press(li, "Take it back");
    assertThat(cases.status("back")).isEqualTo("CLOSED");
    assertThat(li.locator("h1").innerText()).contains("took the dispute back");
  }

  @Clicks("DeclineProposal") @Test void a_buyer_declines_what_the_mediator_proposes() {
    cases.proposed("declined");
    var li = at(Guest.LI, "declined");
    fill(li, "form[action$='/decline']", "I want all of it back.");
    press(li, "Decline it");
    assertThat(cases.status("declined")).isEqualTo("MEDIATING");
  }

  @Clicks({"ShipReturn", "WaiveObligation"}) @Test void a_buyer_sends_the_phone_back_and_gives_the_rest_up() {
    cases.returning("sent");
    var li = at(Guest.LI, "sent");
    li.getByLabel("Carrier and tracking number of the return").fill("SF 1234");
    press(li, "I sent it back");
    assertThat(li.locator(".settled").innerText()).doesNotContain("not done yet\nnot done yet");
    Stops.open(li, "form[action$='/waiver']");
    press(li, "Give it up");
    assertThat(li.locator(".settled").innerText()).contains("given up by the side it was owed to");
  }

  @Clicks("Reopen") @Test void a_buyer_opens_a_closed_dispute_again_with_a_new_fact() {
    cases.closed("again");
    var li = at(Guest.LI, "again");
    fill(li, "form[action$='/reopening']", "The screen went dark a week later.");
    press(li, "Open it again");
    assertThat(cases.status("again")).isEqualTo("AWAITING_MERCHANT");
  }

  @Clicks("Assign") @Test void a_mediator_takes_the_next_from_the_queue() {
    cases.queued("next", 129_900);
    var mia = guests.plain(Guest.MIA, "en");
    mia.navigate(guests.url("/queue"));
    press(mia, "Take the next");
    assertThat(mia.url()).contains("/disputes/");
    mia.navigate(guests.url("/queue?pile=MINE"));
    assertThat(mia.locator(".line").count()).isPositive();
  }

  @Clicks({"AskSupport", "AnswerSupport", "GiveFeedback", "AnswerFeedback"})
  @Test void customer_service_answers_what_it_is_asked_and_told() {
    cases.filed("help");
    var li = at(Guest.LI, "help");
    fill(li, "form[action$='/support-questions']", "How long does it take?");
    press(li, "Ask");
    Stops.open(li, "form[action$='/feedback']");
    li.locator("input[name=rating][value='4']").check();
    press(li, "Send feedback");
    var sue = at(Guest.SUE, "help");
    fill(sue, "form[action$='/support-questions/1/answer']", "Three days at most.");
    press(sue, "Send the answer");
    fill(sue, "form[action$='/feedback/1/answer']", "Thank you.");
    press(sue, "Send the answer");
    li.navigate(guests.url(cases.at("help") + "/help"));
    assertThat(li.locator("main").innerText()).contains("Three days at most.", "Thank you.");
  }

  @Clicks("Cure") @Test void a_verifier_puts_a_problem_right_when_there_is_proof() {
    cases.returning("cured");
    var sent = "obligations/" + cases.promise("cured", "RETURN_ITEM");
    cases.say(Guest.LI, "cured", sent + "/shipment", "{\"tracking\":\"SF 1234\"}");
    cases.say(Guest.SHOP, "cured", "obligations/" + cases.promise("cured", "ACKNOWLEDGE_RETURN") + "/acknowledgement",
        "{\"condition\":\"EMPTY\"}");
    assertThat(cases.status("cured")).isEqualTo("EXCEPTION");
    var vera = at(Guest.VERA, "cured");
    fill(vera, "form[action$='/cure']", "The carrier's scales say that it was in: 4711.");
    press(vera, "Send the proof");
    assertThat(vera.locator(".found.over").first().innerText()).contains("4711");
  }

  @Clicks({"Enforce", "ApprovePayout"}) @Test void a_verifier_enforces_what_was_not_paid() {
    cases.broken("forced", 900_000);
    cases.advance("forced", "PT25H");
    cases.say(Guest.FAY, "forced", "payout/rejection", "{\"reason\":\"Call the shop first.\"}");
    var vera = at(Guest.VERA, "forced");
    press(vera, "Enforce what is missing now");
    var fay = at(Guest.FAY, "forced");
    press(fay, "Approve the payment");
    cases.advance("forced", "PT1H");
    assertThat(cases.status("forced")).isNotEqualTo("EXCEPTION");
  }

  @Clicks("RecordRefund") @Test void a_verifier_records_what_a_silent_provider_said_on_the_phone() {
    cases.returning("silent");
    cases.say(Guest.LI, "silent", "obligations/" + cases.promise("silent", "RETURN_ITEM") + "/shipment",
        "{\"tracking\":\"SF 1234\"}");
    Cases.ok(guests.server.post(cases.platform, "/v1/wallet/payments/silent/manner",
        "{\"manner\":\"UNKNOWN\",\"times\":100}"));
    cases.say(Guest.SHOP, "silent", "obligations/" + cases.promise("silent", "ACKNOWLEDGE_RETURN") + "/acknowledgement",
        "{\"condition\":\"AS_SENT\"}");
    for (int hours = 0; hours < 6 && !may(Guest.VERA, "silent", "RecordRefund"); hours++) {
      cases.advance("silent", "PT1H");
    }
    var vera = at(Guest.VERA, "silent");
    Stops.open(vera, "form[action$='/result']");
    vera.locator("form[action$='/result'] input[value=SUCCEEDED]").check();
    press(vera, "Record it");
    assertThat(vera.locator(".done[role=status]").count()).isOne();
  }

  @Clicks("EndException") @Test void a_lead_ends_for_good_what_fails_for_the_sixth_time() {
    cases.filed("sixth");
    var promises = IntStream.rangeClosed(1, 6).mapToObj(it -> """
        {"kind":"COMPENSATION","amount":%d,"executor":"MERCHANT","within":"P%dD"}""".formatted(it * 100, it * 2));
    cases.say(Guest.SHOP, "sixth", "offers", """
        {"terms":{"remedy":"COMPENSATION","currency":"CNY","promises":[%s]}}"""
        .formatted(promises.collect(Collectors.joining(","))));
    cases.say(Guest.LI, "sixth", "offers/1/acceptance", "");
    cases.say(Guest.SHOP, "sixth", "statement", "{\"text\":\"One by one.\"}");
    for (int days = 0; days < 16 && !may(Guest.LEA, "sixth", "EndException"); days++) {
      seen();
      cases.advance("sixth", "PT24H");
    }
    var lea = at(Guest.LEA, "sixth");
    fill(lea, "form[action$='/exception-end']", "Six times is enough.");
    press(lea, "End it");
    assertThat(cases.status("sixth")).isEqualTo("CLOSED");
  }

  /** Whether the rules offer this to somebody now. */
  private static boolean may(Guest guest, String name, String command) {
    var actions = Cases.ok(guests.server.get(cases.key(guest), "/v1" + cases.at(name))).json().path("availableActions");
    return actions.valueStream().anyMatch(it -> it.path("command").asString().equals(command));
  }

  /** The verifier strikes out whatever stops it and signs the rest; what is still missing stops it again. */
  private static void seen() {
    var now = Cases.ok(guests.server.get(cases.key(Guest.VERA), "/v1" + cases.at("sixth"))).json();
    for (var it : now.path("availableActions")) {
      var to = "/v1" + cases.at("sixth") + "/findings/" + it.path("about").asInt();
      switch (it.path("command").asString()) {
        case "SignFinding" -> guests.server.post(cases.key(Guest.VERA), to + "/signature", "{}");
        case "RefuteFinding" -> guests.server.post(cases.key(Guest.VERA), to + "/refutation", "{\"proof\":\"No.\"}");
        default -> {}
      }
    }
  }

  @Test void finance_records_what_a_merchant_pays_back() {
    advanced();
    var fay = guests.plain(Guest.FAY, "en");
    fay.navigate(guests.url("/books/receivables"));
    assertThat(fay.locator("article.card h2").innerText()).contains("50.00");
    Stops.open(fay, "form[action='/books/receivables']");
    fay.locator("[name=amount]").first().fill("15");
    fay.locator("[name=reference]").first().fill("bank-77");
    press(fay, "Record it");
    assertThat(fay.locator(".done").count()).isOne();
    assertThat(fay.locator("article.card h2").innerText()).contains("35.00");
  }

  /**
   * The shop promised half as much again as was paid and did not pay: the fund advances what the hold does not have.
   */
  private static void advanced() {
    var fay = cases.key(Guest.FAY);
    Cases.ok(guests.server.post(fay, "/v1/funds/CNY/top-ups", "{\"amount\":8000,\"reference\":\"bank-1\"}",
        "Idempotency-Key", "top-up"));
    Cases.ok(guests.server.put(fay, "/v1/funds/CNY/limits", "{\"perDispute\":6000}"));
    cases.filed("owed", 10_000);
    cases.say(Guest.SHOP, "owed", "offers", """
        {"terms":{"remedy":"COMPENSATION","compensation":15000,"currency":"CNY","executor":"MERCHANT"}}""");
    cases.say(Guest.LI, "owed", "offers/1/acceptance", "");
    cases.say(Guest.SHOP, "owed", "statement", "{\"text\":\"Tomorrow.\"}");
    cases.advance("owed", "P4D");
  }
}
