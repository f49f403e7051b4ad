package redress.web;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.function.Function;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import redress.api.UploadsApi;
import redress.door.Gate;
import redress.door.Turned;
import redress.evidence.Declined;
import redress.evidence.Uploading;
import redress.view.Seats;
import redress.view.Seats.At;

/**
 * Files in parts (tus 1.0) for the scripts of our own pages, which show how far a file has come and go on where the
 * network broke: for a dispute, and for a draft of one. They carry the cookie and the guard.
 */
@RestController
public final class UploadPages {
  private final UploadsApi uploads;
  private final Uploading uploading;
  private final Bringing bringing;
  private final FilingDesk desk;
  private final Seats seats;
  private final Frames frames;

  public UploadPages(UploadsApi uploads, Uploading uploading, Bringing bringing, FilingDesk desk, Seats seats,
      Frames frames) {
    this.uploads = uploads;
    this.uploading = uploading;
    this.bringing = bringing;
    this.desk = desk;
    this.seats = seats;
    this.frames = frames;
  }

  /** What is done with files at a place. */
  private interface Step {
    ResponseEntity<Object> at(At at) throws IOException;
  }

  @PostMapping("/disputes/{id}/uploads") ResponseEntity<Object> begin(HttpServletRequest request,
      @PathVariable String id) throws IOException {
    return guarded(request, dispute(request), id, at -> uploads.begin(request, at));
  }

  @PatchMapping("/disputes/{id}/uploads/{upload}") ResponseEntity<Object> append(HttpServletRequest request,
      @PathVariable String id, @PathVariable String upload) throws IOException {
    return guarded(request, dispute(request), id, at -> uploads.append(request, at, upload));
  }

  @GetMapping("/disputes/{id}/uploads/{upload}") ResponseEntity<Object> read(HttpServletRequest request,
      @PathVariable String id, @PathVariable String upload) throws IOException {
    return told(request, dispute(request), id, at -> uploads.read(at, upload));
  }

  @DeleteMapping("/disputes/{id}/uploads/{upload}") ResponseEntity<Object> drop(HttpServletRequest request,
      @PathVariable String id, @PathVariable String upload) throws IOException {
    return guarded(request, dispute(request), id, at -> dropped(at, upload));
  }

  @PostMapping("/file/{id}/uploads") ResponseEntity<Object> beginDraft(HttpServletRequest request,
      @PathVariable String id) throws IOException {
    return guarded(request, draft(request), id, at -> uploads.begin(request, at));
  }

  @PatchMapping("/file/{id}/uploads/{upload}") ResponseEntity<Object> appendDraft(HttpServletRequest request,
      @PathVariable String id, @PathVariable String upload) throws IOException {
    return guarded(request, draft(request), id, at -> uploads.append(request, at, upload));
  }

  @GetMapping("/file/{id}/uploads/{upload}") ResponseEntity<Object> readDraft(HttpServletRequest request,
      @PathVariable String id, @PathVariable String upload) throws IOException {
    return told(request, draft(request), id, at -> uploads.read(at, upload));
  }

  @DeleteMapping("/file/{id}/uploads/{upload}") ResponseEntity<Object> dropDraft(HttpServletRequest request,
      @PathVariable String id, @PathVariable String upload) throws IOException {
    return guarded(request, draft(request), id, at -> dropped(at, upload));
  }

  private Function<String, At> dispute(HttpServletRequest request) {
    return id -> seats.at(frames.reader(request), id);
  }

  private Function<String, At> draft(HttpServletRequest request) {
    return id -> desk.begun(frames.reader(request), id).at();
  }

  private ResponseEntity<Object> dropped(At at, String upload) {
    uploading.drop(uploading.own(at.id(), UploadsApi.giver(at), upload));
    return ResponseEntity.noContent().build();
  }

  private ResponseEntity<Object> guarded(HttpServletRequest request, Function<String, At> place, String id, Step step)
      throws IOException {
    return told(request, place, id, at -> {
      var said = request.getHeader(Gate.GUARD_HEADER);
      Gate.guard(request, said == null ? "" : said);
      return step.at(at);
    });
  }

  /** Scripts are told what is wrong as programs are; what they show is in the reader's language. */
  private ResponseEntity<Object> told(HttpServletRequest request, Function<String, At> place, String id, Step step)
      throws IOException {
    try {
      return step.at(place.apply(id));
    } catch (Turned | Declined wrong) {
      var problem = bringing.about(wrong, frames.plain(request).language());
      return ResponseEntity.status(problem.status()).contentType(MediaType.APPLICATION_PROBLEM_JSON).body(problem);
    }
  }
}
