package redress.web;

import gg.jte.models.runtime.JteModel;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import redress.door.Turned;
import redress.evidence.Declined;
import redress.store.Uploads.Upload;
import redress.web.FilingDesk.Begun;
import redress.web.FilingPage.Leg;

/** The files a buyer wants to show, sent before the dispute is filed. */
@RestController
public final class FilingFiles {
  private final FilingDesk desk;
  private final FilingPages pages;
  private final Bringing bringing;
  private final Frames frames;

  public FilingFiles(FilingDesk desk, FilingPages pages, Bringing bringing, Frames frames) {
    this.desk = desk;
    this.pages = pages;
    this.bringing = bringing;
    this.frames = frames;
  }

  @TakesFiles
  @PostMapping("/file/{id}/evidence") ResponseEntity<JteModel> bring(HttpServletRequest request,
      @PathVariable String id) throws IOException {
    var it = desk.begun(frames.reader(request), id);
    try {
      var brought = bringing.read(request, it.at());
      desk.describe(it, brought.files().stream().map(Upload::id).toList(), brought.evidenceType());
      return FilingPages.see("/file/" + id + "/evidence");
    } catch (Turned | Declined wrong) {
      return again(request, it, wrong);
    }
  }

  @PostMapping("/file/{id}/evidence/{upload}/removal") ResponseEntity<JteModel> remove(HttpServletRequest request,
      @PathVariable String id, @PathVariable String upload) {
    var it = desk.begun(frames.reader(request), id);
    try {
      bringing.drop(request, it.at(), upload);
      return FilingPages.see("/file/" + id + "/evidence");
    } catch (Turned | Declined wrong) {
      return again(request, it, wrong);
    }
  }

  private ResponseEntity<JteModel> again(HttpServletRequest request, Begun it, RuntimeException wrong) {
    var problem = bringing.about(wrong, it.at().reader().language());
    return ResponseEntity.status(problem.status()).body(pages.draw(request, it, Leg.EVIDENCE, problem));
  }
}
