package redress.web;

import static redress.web.Guest.ADA;
import static redress.web.Guest.FAY;
import static redress.web.Guest.LEA;
import static redress.web.Guest.LI;
import static redress.web.Guest.MIA;
import static redress.web.Guest.NEWCOMER;
import static redress.web.Guest.NEW_SHOP;
import static redress.web.Guest.NOBODY;
import static redress.web.Guest.OLA;
import static redress.web.Guest.SHOP;
import static redress.web.Guest.SUE;
import static redress.web.Guest.VERA;
import static redress.web.Guest.VIEWER;
import static redress.web.Stop.at;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.FilePayload;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Every state of every page that is looked at, photographed and held against the rules of access: one line each. */
final class Stops {
  // @formatter:off
  private static final List<Stop> PUBLIC = List.of(
      at("home", NOBODY, "/"),
      at("sign-in", NOBODY, "{link}"),
      at("sign-in-over", NOBODY, "/in/used-or-never-made"),
      at("sign-in-needed", NOBODY, "/disputes"),
      at("not-found", NOBODY, "/nowhere"),
      at("rules", NOBODY, "/rules"),
      at("statistics", NOBODY, "/statistics"),
      at("certificate", NOBODY, "{certificate}"),
      at("certificate-none", NOBODY, "/certificates/nothing"),
      at("verify", NOBODY, "/verify"),
      at("verify-upload", NOBODY, "/verify/upload"),
      at("style", NOBODY, "/style"));

  private static final List<Stop> BUYER = List.of(
      at("buyer-disputes", LI, "/disputes"),
      at("buyer-disputes-none", NEWCOMER, "/disputes"),
      at("buyer-disputes-nothing-fits", LI, "/disputes?q=nowhere"),
      at("buyer-payments", LI, "/file"),
      at("buyer-payments-none", NEWCOMER, "/file"),
      at("buyer-problem", LI, "{draft-begun}/problem"),
      at("buyer-problem-fraud", LI, "{draft-begun}/problem").after(refused(page -> {
        page.locator("input[value=UNAUTHORISED]").check();
        page.locator("#description").fill("It was not me.");
        page.locator("main form button.main").click();
      })),
      at("buyer-remedy", LI, "{draft-half}/remedy"),
      at("buyer-remedy-too-much", LI, "{draft-half}/remedy").after(refused(page -> {
        page.locator("input[value=FULL_REFUND]").check();
        page.locator("#amount").fill("99,999");
        page.locator("main form button.main").click();
      })),
      at("buyer-evidence", LI, "{draft-ready}/evidence"),
      at("buyer-review", LI, "{draft-ready}/review"),
      at("buyer-filed", LI, "{fresh}/filed"),
      at("buyer-dispute", LI, "{fresh}"),
      at("buyer-offer", LI, "{offered}"),
      at("buyer-agreed", LI, "{agreed}"),
      at("buyer-return", LI, "{returning}"),
      at("buyer-asked-for-evidence", LI, "{requested}"),
      at("buyer-file-refused", LI, "{fresh}").after(refused(page -> {
        page.locator("#give > summary").click();
        page.locator("#files").setInputFiles(new FilePayload("run.exe", "application/pdf", bytes("MZ no paper")));
        page.locator("#bring button:not([name])").click();
      })),
      at("buyer-proposal", LI, "{proposed}"),
      at("buyer-decision", LI, "{decided}"),
      at("buyer-day-1", LI, "{auditing}"),
      at("buyer-follow-up", LI, "{asked}/follow-up"),
      at("buyer-follow-up-answered", LI, "{answered}/follow-up"),
      at("buyer-problem-found", LI, "{broken}"),
      at("buyer-result", LI, "{closed}/result"),
      at("buyer-closed", LI, "{closed}"),
      at("buyer-withdrawn", LI, "{withdrawn}"),
      at("buyer-help", LI, "/help"),
      at("buyer-dispute-help", LI, "{broken}/help"),
      at("buyer-notices", LI, "/notices"),
      at("buyer-notices-none", NEWCOMER, "/notices"),
      at("buyer-settings", LI, "/settings"),
      at("buyer-not-yours", NEWCOMER, "{fresh}"),
      at("buyer-not-for-you", LI, "/queue"));

  private static final List<Stop> MERCHANT = List.of(
      at("merchant-inbox", SHOP, "/disputes"),
      at("merchant-inbox-none", NEW_SHOP, "/disputes"),
      at("merchant-inbox-filtered", SHOP, "/disputes?reason=NOT_AS_DESCRIBED&amountFrom=1000"),
      at("merchant-inbox-refused", SHOP, "/disputes?amountFrom=a+lot"),
      at("merchant-bulk", SHOP, "/disputes/bulk?act=DECLINE&pick={countered:id}&pick={fresh:id}"),
      at("merchant-bulk-nothing", SHOP, "/disputes/bulk?act=DECLINE"),
      at("merchant-dispute", SHOP, "{fresh}"),
      at("merchant-counter-offer", SHOP, "{countered}"),
      at("merchant-offer-too-high", SHOP, "{fresh}").after(refused(page -> {
        page.locator("#make-offer").click();
        page.locator("form[action$='/offers'] [name='terms.amount']").fill("12999999");
        page.locator("form[action$='/offers'] button.main").click();
      })),
      at("merchant-statement", SHOP, "{agreed}"),
      at("merchant-return", SHOP, "{shipped}"),
      at("merchant-finding", SHOP, "{broken}"),
      at("merchant-decision", SHOP, "{decided}"),
      at("merchant-result", SHOP, "{shown}/result"),
      at("merchant-answers", SHOP, "/answers"),
      at("merchant-answers-none", NEW_SHOP, "/answers"),
      at("merchant-scorecard", SHOP, "/scorecard"),
      at("merchant-scorecard-none", NEW_SHOP, "/scorecard"),
      at("merchant-purse", SHOP, "/purse"),
      at("merchant-purse-none", NEW_SHOP, "/purse"),
      at("merchant-people", SHOP, "/people"),
      at("merchant-notices", SHOP, "/notices"),
      at("merchant-viewer", VIEWER, "{fresh}"),
      at("merchant-viewer-not-allowed", VIEWER, "/people"));

  private static final List<Stop> STAFF = List.of(
      at("mediator-queue", MIA, "/queue"),
      at("mediator-queued", MIA, "{queued}"),
      at("mediator-dispute", MIA, "{mediating}"),
      at("mediator-asks", MIA, "{mediating}").after(page -> open(page, "form[action$='/evidence-requests']")),
      at("mediator-preview", MIA, "{mediating}").after(page -> {
        open(page, "form[action$='/decision']");
        page.locator("#decide-remedy").selectOption("PARTIAL_REFUND");
        page.locator("form[action$='/decision'] input[value=DECIDED_SPLIT]").check();
        page.locator("form[action$='/decision'] input[value=BOTH]").check();
        page.locator("#decide-amount").fill("3250");
        page.locator("#reasons").fill("Both are right in part.");
        page.locator("form[action$='/decision'] button.main").click();
        page.locator(".preview").waitFor();
      }),
      at("mediator-decision-refused", MIA, "{mediating}").after(refused(page -> {
        open(page, "form[action$='/decision']");
        page.locator("form[action$='/decision'] input[value=DECIDED_SPLIT]").check();
        page.locator("form[action$='/decision'] input[value=BOTH]").check();
        page.locator("#decide-remedy").selectOption("PARTIAL_REFUND");
        page.locator("#decide-amount").fill("99,999");
        page.locator("#reasons").fill("Both are right in part.");
        page.locator("form[action$='/decision'] button.main").click();
      })),
      at("lead-approvals", LEA, "/queue?pile=APPROVALS"),
      at("lead-approval", LEA, "{approval}"),
      at("lead-appeal", LEA, "{appealed}"),
      at("verifier-board", VERA, "/board"),
      at("verifier-exception", VERA, "{broken}"),
      at("verifier-follow-up", VERA, "{asked}"),
      at("finance-waiting", FAY, "/books"),
      at("finance-payout", FAY, "{payout}"),
      at("finance-strays", FAY, "/books/strays"),
      at("finance-receivables", FAY, "/books/receivables"),
      at("finance-clearing", FAY, "/books/clearing"),
      at("finance-statements", FAY, "/books/statements"),
      at("finance-statement", FAY, "{statement}"),
      at("finance-statement-refused", FAY, "/books/statements").after(refused(page -> {
        page.locator("#book").fill("WX-1");
        page.locator("#file").setInputFiles(new FilePayload("nothing.txt", "text/plain", bytes("no statement")));
        page.locator("main form[enctype] button").click();
      })),
      at("support-question", SUE, "{broken}"),
      at("auditor-dispute", OLA, "{closed}"),
      at("staff-not-for-you", FAY, "/queue"));

  private static final List<Stop> OPERATOR = List.of(
      at("operator-health", ADA, "/health"),
      at("operator-errands", ADA, "/errands"),
      at("operator-deliveries", ADA, "/deliveries"),
      at("operator-rule-sets", ADA, "/rule-sets"),
      at("operator-rule-set", ADA, "/rule-sets/2026-1"),
      at("operator-accounts", ADA, "/accounts"),
      at("operator-clocks", ADA, "/clocks"),
      at("operator-log", ADA, "/log"),
      at("operator-outbox", ADA, "/outbox"),
      at("operator-templates", ADA, "/templates"),
      at("operator-not-for-you", MIA, "/accounts"),
      at("buyer-wishes", LI, "/settings/notices"),
      at("merchant-wishes", SHOP, "/settings/notices"),
      at("unsubscribe-over", NOBODY, "/unsubscribe/nothing"));
  // @formatter:on

  private Stops() {}

  /** All of them. */
  static List<Stop> all() {
    return Stream.of(PUBLIC, BUYER, MERCHANT, STAFF, OPERATOR).flatMap(List::stream).toList();
  }

  /** Does what is refused, and waits until the page says so. */
  private static Consumer<Page> refused(Consumer<Page> act) {
    return page -> {
      act.accept(page);
      page.locator(".problem").first().waitFor();
    };
  }

  /** Opens whatever the form with this selector is folded into. */
  static void open(Page page, String form) {
    page.locator("details:has(" + form + ") > summary").first().click();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
