package redress.web;

import gg.jte.generated.precompiled.Templates;
import gg.jte.models.runtime.JteModel;
import jakarta.servlet.http.HttpServletRequest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import redress.api.LogApi;
import redress.bundle.Verifier;
import redress.door.Fault;
import redress.door.Gate;
import redress.door.Problems;
import redress.door.Turned;

/** Checks a bundle for whose browser runs no scripts: it is sent here, looked at, and not kept. */
@RestController
public final class VerifyUploadPages {
  private final Verifier verifier;
  private final LogApi log;
  private final Problems problems;
  private final Frames frames;
  private final Templates templates;

  public VerifyUploadPages(Verifier verifier, LogApi log, Problems problems, Frames frames, Templates templates) {
    this.verifier = verifier;
    this.log = log;
    this.problems = problems;
    this.frames = frames;
    this.templates = templates;
  }

  @GetMapping("/verify/upload") JteModel form(HttpServletRequest request) {
    return templates.outsideVerify(VerifyUpload.empty(frames.of(request), verifier.canCheck()));
  }

  @Anybody("nothing is kept of what is checked")
  @TakesFiles
  @PostMapping("/verify/upload") ResponseEntity<JteModel> check(HttpServletRequest request) throws IOException {
    var frame = frames.of(request);
    if (!verifier.canCheck()) {
      return ResponseEntity.status(HttpStatus.NOT_IMPLEMENTED)
          .body(templates.outsideVerify(VerifyUpload.empty(frame, false)));
    }
    var key = "";
    try (var parcel = Parcel.open(request)) {
      Gate.guard(request, parcel.field(Gate.GUARD));
      key = parcel.field("known");
      var bytes = parcel.file().readNBytes(Verifier.LARGEST + 1);
      if (bytes.length > Verifier.LARGEST) throw Fault.REQUEST_TOO_LARGE.away("file");
      if (parcel.name().isEmpty()) throw Fault.FIELD_MISSING.away("file");
      var verdict = verifier.check(new ByteArrayInputStream(bytes), key).orElseThrow(() -> Fault.BUSY.away());
      return ResponseEntity.ok(templates.outsideVerify(
          new VerifyUpload(frame, parcel.name(), key, verdict, log.whose(verdict.key()), null, true)));
    } catch (Turned turned) {
      var problem = problems.about(turned, frame.language());
      return ResponseEntity.status(problem.status())
          .body(templates.outsideVerify(new VerifyUpload(frame, "", key, null, "", problem, true)));
    }
  }
}
