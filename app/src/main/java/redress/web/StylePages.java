package redress.web;

import gg.jte.generated.precompiled.Templates;
import gg.jte.models.runtime.JteModel;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import redress.door.Fault;
import redress.door.Problems;
import redress.web.Chart.Point;

/** The living style page: every token and part of the stylesheet, drawn by the stylesheet. */
@RestController
public final class StylePages {
  private static final Stylesheet OURS = Stylesheet.ours();

  private final Problems problems;
  private final Frames frames;
  private final Templates templates;

  public StylePages(Problems problems, Frames frames, Templates templates) {
    this.problems = problems;
    this.frames = frames;
    this.templates = templates;
  }

  @GetMapping("/style") JteModel style(HttpServletRequest request) {
    var frame = frames.of(request);
    var title = frame.say("A chart", "图表");
    var some =
        List.of(new Point(frame.say("One", "甲"), "80.0 %", 8_000), new Point(frame.say("Two", "乙"), "35.0 %", 3_500),
            new Point(frame.say("Three", "丙"), "–", -1));
    return templates.outsideStyle(frame, OURS, Chart.shares("lying", title, title, some),
        Chart.columns("upright", title, title, some, 10_000),
        problems.about(Fault.FIELD_MISSING, "", frame.language()));
  }
}
