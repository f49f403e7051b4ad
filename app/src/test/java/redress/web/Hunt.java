package redress.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** People who look at pages with a trap set, and who type what no browser would let them type. */
final class Hunt {
  private final Map<Guest, Trap> traps = new EnumMap<>(Guest.class);
  private final Guests guests;

  Hunt(Guests guests) {
    this.guests = guests;
  }

  Page page(Guest guest) {
    var page = guests.page(guest, "en");
    traps.computeIfAbsent(guest, it -> new Trap(page.context(), guests.url("")));
    return page;
  }

  Trap trap(Guest guest) {
    page(guest);
    return Objects.requireNonNull(traps.get(guest));
  }

  void look(Guest guest, String... addresses) {
    for (var address : addresses) {
      page(guest).navigate(guests.url(address));
      trap(guest).isEmpty(page(guest));
    }
  }

  /** Whether the page shows a text as it was written, so that it is shown at all. */
  void shows(Guest guest, String text) {
    var first = text.lines().findFirst().orElseThrow();
    assertThat(page(guest).locator("main").textContent()).contains(first);
  }

  /** Fills fields past what a browser would let through, and sends the form. */
  void send(Page page, String form, Map<String, String> fields) {
    page.evaluate("document.querySelector('main').dataset.old = 'yes'");
    page.evaluate("""
        ([form, fields]) => {
          const it = document.querySelector(form);
          for (const [name, value] of Object.entries(fields)) {
            const field = it.elements[name];
            field.removeAttribute('maxlength');
            if (field.type === 'date' || field.inputMode === 'decimal') field.type = 'text';
            field.value = value;
          }
          for (const radio of it.querySelectorAll('[type=radio]')) radio.checked = true;
          it.noValidate = true;
          it.requestSubmit();
        }""", List.of(form, fields));
    page.waitForCondition(() -> page.locator("main[data-old]").count() == 0);
  }
}
