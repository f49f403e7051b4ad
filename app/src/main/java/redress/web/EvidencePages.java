package redress.web;

import gg.jte.models.runtime.JteModel;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import redress.api.Counter;
import redress.api.EvidenceApi;
import redress.api.PreviewApi;
import redress.api.UploadsApi;
import redress.door.Problem;
import redress.door.Problems;
import redress.door.Turned;
import redress.evidence.Declined;
import redress.evidence.Uploading;
import redress.seal.Digest;
import redress.store.Key;
import redress.store.Uploads.Upload;
import redress.view.Seats;
import redress.view.Seats.At;
import redress.web.Bringing.Brought;

/** Evidence on the page of a dispute: given with its files at once, looked at, and taken away as a copy. */
@RestController
public final class EvidencePages {
  private static final int LONGEST_KEY = 35;

  private final Seats seats;
  private final Counter counter;
  private final EvidenceApi evidence;
  private final PreviewApi previews;
  private final UploadsApi uploads;
  private final Uploading uploading;
  private final Bringing bringing;
  private final DisputePages pages;
  private final Problems problems;
  private final Frames frames;

  public EvidencePages(Seats seats, Counter counter, EvidenceApi evidence, PreviewApi previews, UploadsApi uploads,
      Uploading uploading, Bringing bringing, DisputePages pages, Problems problems, Frames frames) {
    this.seats = seats;
    this.counter = counter;
    this.evidence = evidence;
    this.previews = previews;
    this.uploads = uploads;
    this.uploading = uploading;
    this.bringing = bringing;
    this.pages = pages;
    this.problems = problems;
    this.frames = frames;
  }

  @GetMapping("/disputes/{id}/evidence/{number}/file") void file(HttpServletRequest request,
      HttpServletResponse response, @PathVariable String id, @PathVariable String number) throws IOException {
    evidence.file(request, response, seats.at(frames.reader(request), id), number);
  }

  @GetMapping("/disputes/{id}/evidence/{number}/preview") void preview(HttpServletRequest request,
      HttpServletResponse response, @PathVariable String id, @PathVariable String number) throws IOException {
    previews.preview(response, seats.at(frames.reader(request), id), number);
  }

  @TakesFiles
  @PostMapping("/disputes/{id}/evidence") ResponseEntity<JteModel> give(HttpServletRequest request,
      @PathVariable String id) throws IOException {
    var at = seats.at(frames.reader(request), id);
    try {
      var refusal = uploads.refusal(at);
      if (refusal != null) return again(request, at, problems.about(refusal, "", at.reader().language()));
      var brought = bringing.read(request, at);
      var problem = give(at, brought);
      return problem == null ? see(at) : again(request, at, problem);
    } catch (Turned | Declined wrong) {
      return again(request, at, bringing.about(wrong, at.reader().language()));
    }
  }

  @PostMapping("/disputes/{id}/evidence/{upload}/removal") ResponseEntity<JteModel> remove(HttpServletRequest request,
      @PathVariable String id, @PathVariable String upload) {
    var at = seats.at(frames.reader(request), id);
    try {
      bringing.drop(request, at, upload);
      return see(at);
    } catch (Turned | Declined wrong) {
      return again(request, at, bringing.about(wrong, at.reader().language()));
    }
  }

  /** Gives one file after the other; why the first of them was not taken, if one was not. What is left is dropped. */
  private @Nullable Problem give(At at, Brought brought) {
    for (int i = 0; i < brought.files().size(); i++) {
      var problem = give(at, brought, brought.files().get(i));
      if (problem == null) continue;
      for (var left : brought.files().subList(i, brought.files().size())) uploading.drop(left);
      return problem;
    }
    return null;
  }

  private @Nullable Problem give(At at, Brought brought, Upload file) {
    var said = new LinkedHashMap<String, Object>(Map.of("evidenceType", brought.evidenceType(), "visibility",
        brought.visibility(), "upload", file.id()));
    if (!brought.text().isEmpty()) said.put("text", brought.text());
    var verb = FilingDesk.evidence();
    var answer = counter.say(at, verb, 0, Posted.body(said, verb.fields()), key(at, brought, file), null);
    return Replies.problem(answer, problems, at.reader().language());
  }

  /** The same file given twice by the same form, by a finger or a network, is one piece of evidence. */
  private static @Nullable Key key(At at, Brought brought, Upload file) {
    if (brought.key().isEmpty() || brought.key().length() > LONGEST_KEY) return null;
    var said = brought.evidenceType() + '\n' + brought.visibility() + '\n' + brought.text();
    return new Key(at.reader().caller().principal(), brought.key() + "-" + file.content().sha256(),
        Digest.sha256(said));
  }

  private static ResponseEntity<JteModel> see(At at) {
    return ResponseEntity.status(HttpStatus.SEE_OTHER)
        .location(URI.create("/disputes/" + at.id() + "?done=SubmitEvidence")).build();
  }

  private ResponseEntity<JteModel> again(HttpServletRequest request, At at, Problem problem) {
    var typed = new LinkedHashMap<String, String>();
    request.getParameterMap().forEach((name, values) -> typed.put(name, values[0]));
    return pages.again(request, at, new DisputePage.Trouble("/disputes/" + at.id() + "/evidence", problem, typed));
  }
}
