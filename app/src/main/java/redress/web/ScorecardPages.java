package redress.web;

import gg.jte.generated.precompiled.Templates;
import gg.jte.models.runtime.JteModel;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import redress.api.Figures;
import redress.door.Caller;
import redress.policy.Role;
import redress.web.ScorecardPage.Month;

/** The scorecard a merchant has of itself. */
@RestController
public final class ScorecardPages {
  private static final int MONTHS = 6;

  private final Figures figures;
  private final Frames frames;
  private final Templates templates;

  public ScorecardPages(Figures figures, Frames frames, Templates templates) {
    this.figures = figures;
    this.frames = frames;
    this.templates = templates;
  }

  @GetMapping("/scorecard") JteModel show(HttpServletRequest request, @RequestParam(defaultValue = "90") String days) {
    var caller = Caller.of(request);
    caller.mustBe(Role.MERCHANT_OWNER, Role.MERCHANT_AGENT, Role.MERCHANT_VIEWER);
    var frame = frames.of(request);
    int back = ScorecardPage.SPANS.stream().filter(it -> days.equals(it.toString())).findFirst().orElse(90);
    var from = back == 0 ? null : frame.now().minus(Duration.ofDays(back));
    var whole = figures.view(caller.live(), caller.subject(), from, null);
    return templates.scorecard(new ScorecardPage(frame, caller.subject(), back, whole, months(caller, frame)));
  }

  private List<Month> months(Caller caller, Frame frame) {
    var start = frame.now().atZone(frame.zone()).toLocalDate().withDayOfMonth(1).minusMonths(MONTHS - 1L);
    var months = new ArrayList<Month>();
    for (int n = 0; n < MONTHS; n++) {
      Instant from = start.plusMonths(n).atStartOfDay(frame.zone()).toInstant();
      Instant to = start.plusMonths(n + 1L).atStartOfDay(frame.zone()).toInstant();
      months.add(new Month(from, figures.view(caller.live(), caller.subject(), from, to)));
    }
    return months;
  }
}
