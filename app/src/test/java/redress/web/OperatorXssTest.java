package redress.web;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.options.FilePayload;
import java.net.URLEncoder;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import redress.house.Browser;
import tools.jackson.databind.json.JsonMapper;

/** No text runs that those write who run the centre, that a bank's book says, or that somebody uploads or wishes. */
@EnabledIf(value = "thereIsABrowser", disabledReason = "no Chromium on this machine: apt-get install chromium")
class OperatorXssTest {
  private static final int ADDRESS = 1_200;
  /** The field of a WeChat Pay bill that names what was bought. */
  private static final String GOODS = "`台灯,`";
  private static Guests guests;
  private static Hunt hunt;

  static boolean thereIsABrowser() {
    return Browser.program().isPresent();
  }

  @BeforeAll static void open() {
    guests = new Guests();
    hunt = new Hunt(guests);
  }

  @AfterAll static void close() {
    if (guests != null) guests.close();
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, UTF_8).replace("+", "%20");
  }

  /** Types the text into fields of a form on a page, and looks at what comes back and at every page named. */
  private static void typed(Guest guest, String address, String form, Map<String, String> fields, String... seen) {
    var page = hunt.page(guest);
    page.navigate(guests.url(address));
    hunt.send(page, form, fields);
    hunt.trap(guest).isEmpty(page);
    hunt.look(guest, seen);
  }

  @Test void keys_clocks_rule_sets_and_wishes_run_nothing() {
    for (var text : Payloads.packed(180).subList(0, 12)) {
      typed(Guest.ADA, "/accounts", "form[action='/accounts']", Map.of("subject", text, "name", text), "/accounts");
      typed(Guest.ADA, "/accounts", "form[action='/accounts']", Map.of("subject", "aud", "name", text), "/accounts");
      typed(Guest.ADA, "/clocks", "form[action='/clocks'][method=post]", Map.of("id", text, "now", text), "/clocks");
      typed(Guest.ADA, "/rule-sets", "form[action='/rule-sets']", Map.of("version", text), "/rule-sets");
      typed(Guest.LI, "/help", "main form", Map.of("text", text), "/help");
    }
    hunt.page(Guest.ADA).navigate(guests.url("/accounts"));
    hunt.shows(Guest.ADA, Payloads.packed(180).getFirst());
  }

  @Test void what_a_template_says_is_shown_and_runs_nothing() {
    for (var text : Payloads.packed(5_000)) {
      var source = "A subject " + text.lines().findFirst().orElseThrow() + "\n\n@everyone\n"
          + text.replace("{", "(").replace("}", ")").replace("@", "(at)") + "\n\nShort: " + text.substring(0, 60)
              .replace("{", "(").replace("}", ")").replace("\n", " ");
      typed(Guest.ADA, "/templates/MESSAGE/EN", "form[action='/templates/MESSAGE/EN']", Map.of("source", source));
    }
  }

  @Test void addresses_of_the_operator_run_nothing() {
    for (var text : Payloads.packed(ADDRESS).subList(0, 6)) {
      var it = encoded(text);
      hunt.look(Guest.ADA, "/deliveries?channel=" + it, "/deliveries?dispute=" + it, "/deliveries?state=" + it,
          "/clocks?q=" + it, "/accounts?all=" + it, "/errands?kind=" + it, "/outbox?before=" + it,
          "/rule-sets/2026-1?with=" + it, "/log?size=" + it);
      hunt.look(Guest.NOBODY, "/statistics?days=" + it, "/rules?version=" + it, "/verify/upload?key=" + it);
      hunt.look(Guest.FAY, "/books/receivables?currency=" + it, "/books/statements?book=" + it);
    }
  }

  @Test void what_banks_and_payers_call_things_runs_nothing() {
    guests.cases.stated();
    var goods = String.join(" ", Payloads.packed(900).getFirst().lines().toList()).replace("\"", "\"\"");
    var bill = new String(Tour.made("wechatpay-overlap-1.csv"), UTF_8).replace(GOODS, "\"`" + goods + "\",`")
        .replace("`refund-1", "`<svg onload=alert(1)>");
    var page = hunt.page(Guest.FAY);
    page.navigate(guests.url("/books/statements"));
    page.locator("#book").fill("WX-1");
    page.locator("#file").setInputFiles(new FilePayload("bill.csv", "text/csv", bill.getBytes(UTF_8)));
    page.locator("main form[enctype] button").click();
    page.waitForURL("**/books/statements/*");
    hunt.trap(Guest.FAY).isEmpty(page);
    hunt.look(Guest.FAY, "/books/statements", "/books/strays", "/books/strays?all=true", "/books/clearing");
    for (var reference : Payloads.all().stream().filter(it -> it.length() <= 100)
        .filter(it -> it.chars().allMatch(at -> at > ' ' && at < 0x7f)).limit(40).toList()) {
      Cases.ok(guests.server.post(guests.server.key(Guest.FAY.role, "finn"), "/v1/deposits/shop-1/top-ups",
          JsonMapper.shared().writeValueAsString(Map.of("amount", 100, "currency", "CNY", "reference", reference)),
          "Idempotency-Key", "plant-" + reference.hashCode()));
    }
    hunt.look(Guest.SHOP, "/purse", "/purse?currency=CNY");
    hunt.look(Guest.FAY, "/books", "/books/receivables");
  }

  @Test void a_bundle_with_a_wicked_name_runs_nothing() {
    for (var name : List.of("<img src=x onerror=alert(1)>.zip", "\"><script>alert(1)</script>.zip")) {
      var page = hunt.page(Guest.NOBODY);
      page.navigate(guests.url("/verify/upload"));
      page.locator("#known").fill("<svg onload=alert(1)>");
      page.locator("#file").setInputFiles(new FilePayload(name, "application/zip", name.getBytes(UTF_8)));
      page.locator("main form[enctype] button").click();
      page.waitForLoadState();
      hunt.trap(Guest.NOBODY).isEmpty(page);
      assertThat(page.locator("main").textContent()).isNotBlank();
    }
  }
}
