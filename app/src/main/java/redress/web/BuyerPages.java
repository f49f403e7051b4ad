package redress.web;

import gg.jte.generated.precompiled.Templates;
import gg.jte.models.runtime.JteModel;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import redress.api.Answers;
import redress.view.Seats;

/** Pages about one dispute that are about one thing: it is filed, day 2 asks, somebody needs help. */
@RestController
public final class BuyerPages {
  private final Seats seats;
  private final Answers answers;
  private final DisputePages pages;
  private final Frames frames;
  private final Templates templates;

  public BuyerPages(Seats seats, Answers answers, DisputePages pages, Frames frames, Templates templates) {
    this.seats = seats;
    this.answers = answers;
    this.pages = pages;
    this.frames = frames;
    this.templates = templates;
  }

  @GetMapping("/disputes/{id}/filed") JteModel filed(HttpServletRequest request, @PathVariable String id) {
    return templates.buyerFiled(page(request, id));
  }

  @GetMapping("/disputes/{id}/follow-up") JteModel followUp(HttpServletRequest request, @PathVariable String id) {
    return templates.buyerFollowUp(page(request, id));
  }

  @GetMapping("/disputes/{id}/help") JteModel help(HttpServletRequest request, @PathVariable String id) {
    return templates.buyerHelp(page(request, id));
  }

  private DisputePage page(HttpServletRequest request, String id) {
    var at = seats.at(frames.reader(request), id);
    return pages.page(request, at, answers.matter(at.id()), "", null);
  }
}
