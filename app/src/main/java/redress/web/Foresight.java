package redress.web;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import redress.dispute.Decision;
import redress.dispute.Event;
import redress.dispute.Matter;
import redress.dispute.Ruling;
import redress.policy.Deadline;
import redress.view.DisputeView.TermsView;
import redress.view.Views;

/**
 * What a decision would lead to, as the rules themselves answer before it is sent; nothing of it has happened. It waits
 * for a second person until {@code approveBy} (null: it needs none), can be appealed until {@code appealBy} (null: it
 * is final at once) and is paid by {@code paidBy} at the latest when nobody appeals. Amounts are minor units:
 * {@code held} is held now, {@code back} of it goes back to the merchant. {@code said} is what the form held.
 */
public record Foresight(String to, Ruling ruling, TermsView terms, @Nullable Instant approveBy,
    @Nullable Instant appealBy, Instant paidBy, long held, long back, Map<String, List<String>> said) {
  public Foresight {
    said = Map.copyOf(said);
  }

  /** The consequences of what the rules answered at {@code now}; null when it is no decision. */
  static @Nullable Foresight of(String to, Matter matter, Decision.Yes yes, Instant now,
      Map<String, List<String>> said) {
    for (var event : yes.events()) {
      switch (event) {
        case Event.DecisionWaits it -> {
          return of(to, matter, it.ruling(), it.approveBy(),
              matter.rules().due(Deadline.APPEAL_WINDOW, it.approveBy()), said);
        }
        case Event.Decided it -> {
          return of(to, matter, it.ruling(), null, it.appealBy(), said);
        }
        case Event.AppealDecided it -> {
          return of(to, matter, it.ruling(), null, null, now, said);
        }
        case Event _ -> {}
      }
    }
    return null;
  }

  private static Foresight of(String to, Matter matter, Ruling ruling, @Nullable Instant approveBy, Instant appealBy,
      Map<String, List<String>> said) {
    return of(to, matter, ruling, approveBy, appealBy, appealBy, said);
  }

  private static Foresight of(String to, Matter matter, Ruling ruling, @Nullable Instant approveBy,
      @Nullable Instant appealBy, Instant isFinal, Map<String, List<String>> said) {
    var rules = matter.rules();
    var paidBy = rules.due(Deadline.OBLIGATION_REFUND, rules.due(Deadline.SETTLEMENT_CONFIRM, isFinal));
    long held = matter.payment().held(matter.dispute().about().id());
    return new Foresight(to, ruling, Views.terms(ruling.terms()), approveBy, appealBy, paidBy, held,
        Math.max(0, held - ruling.terms().pays()), said);
  }

  /** What a second form holds that says the same again: every field of the first but its guard and its key. */
  static Map<String, List<String>> said(Map<String, String[]> form) {
    var all = new TreeMap<String, List<String>>();
    form.forEach((name, values) -> {
      if (!name.equals("guard") && !name.equals("key") && !name.equals("preview")) all.put(name, List.of(values));
    });
    return all;
  }
}
