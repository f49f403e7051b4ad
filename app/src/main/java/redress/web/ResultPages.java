package redress.web;

import gg.jte.generated.precompiled.Templates;
import gg.jte.models.runtime.JteModel;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.util.List;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import redress.api.Answers;
import redress.api.CertificateApi;
import redress.api.ResultApi;
import redress.dispute.Status;
import redress.door.Gate;
import redress.door.Turned;
import redress.view.Seats;
import redress.view.Seats.At;
import redress.web.ResultPage.Words;

/** How a dispute ended: the three checks, its papers, and what of it is shown to everybody. */
@RestController
public final class ResultPages {
  private final Seats seats;
  private final Answers answers;
  private final DisputePages pages;
  private final ResultApi results;
  private final CertificateApi certificates;
  private final Frames frames;
  private final Templates templates;

  public ResultPages(Seats seats, Answers answers, DisputePages pages, ResultApi results, CertificateApi certificates,
      Frames frames, Templates templates) {
    this.seats = seats;
    this.answers = answers;
    this.pages = pages;
    this.results = results;
    this.certificates = certificates;
    this.frames = frames;
    this.templates = templates;
  }

  private At at(HttpServletRequest request, String id) {
    return seats.at(frames.reader(request), id);
  }

  @GetMapping("/disputes/{id}/result") JteModel show(HttpServletRequest request, @PathVariable String id) {
    var at = at(request, id);
    var page = pages.page(request, at, answers.matter(at.id()), "", null);
    return templates.buyerResult(new ResultPage(page, isWritten(at, page), certificates.standing(at), own(page)));
  }

  private boolean isWritten(At at, DisputePage page) {
    if (page.view().status() != Status.CLOSED) return false;
    try {
      return results.wanted(at, 0).number() > 0;
    } catch (Turned notYet) {
      return false;
    }
  }

  /** What the reader wrote as feedback, and could show. */
  private static List<Words> own(DisputePage page) {
    return page.work().told("FeedbackGiven").stream()
        .filter(it -> page.isMine(it.by()) && !it.texts().isEmpty())
        .map(it -> new Words(it.details().path("id").asInt(), it.texts().getFirst())).toList();
  }

  @GetMapping("/disputes/{id}/result.pdf") ResponseEntity<byte[]> paper(HttpServletRequest request,
      @PathVariable String id) {
    return results.paper(request, at(request, id));
  }

  @GetMapping("/disputes/{id}/result.jws") ResponseEntity<byte[]> signed(HttpServletRequest request,
      @PathVariable String id) {
    return results.signed(request, results.wanted(at(request, id), 0));
  }

  @PostMapping("/disputes/{id}/result/consent") ResponseEntity<Void> agree(HttpServletRequest request,
      @PathVariable String id, @RequestParam(defaultValue = "") String guard) {
    Gate.guard(request, guard);
    var at = at(request, id);
    certificates.agree(at, new Posted(request, at.place().currency()).body(CertificateApi.CONSENT));
    return see(at);
  }

  @PostMapping("/disputes/{id}/result/revocation") ResponseEntity<Void> revoke(HttpServletRequest request,
      @PathVariable String id, @RequestParam(defaultValue = "") String guard, @RequestParam String what) {
    Gate.guard(request, guard);
    var at = at(request, id);
    certificates.revoke(at, what);
    return see(at);
  }

  private static ResponseEntity<Void> see(At at) {
    return ResponseEntity.status(HttpStatus.SEE_OTHER).location(URI.create("/disputes/" + at.id() + "/result#shown"))
        .build();
  }
}
