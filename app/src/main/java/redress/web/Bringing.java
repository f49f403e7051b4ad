package redress.web;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import redress.api.Form;
import redress.api.Turning;
import redress.api.UploadsApi;
import redress.dispute.EvidenceType;
import redress.dispute.Visibility;
import redress.door.Fault;
import redress.door.Gate;
import redress.door.Language;
import redress.door.Problem;
import redress.door.Problems;
import redress.door.Turned;
import redress.evidence.Declined;
import redress.evidence.Uploading;
import redress.store.Uploads.State;
import redress.store.Uploads.Upload;
import redress.view.Seats.At;

/**
 * Takes in the files that a form brings: all of them in the form itself, or, where scripts have sent them in parts
 * before, by the ids of their uploads. The guard is asked before anything is kept.
 */
public final class Bringing {
  private static final Set<String> NAMES =
      Set.of(Gate.GUARD, "key", "evidenceType", "visibility", "text", "upload", "request");

  private final Uploading uploading;
  private final Problems problems;

  public Bringing(Uploading uploading, Problems problems) {
    this.uploading = uploading;
    this.problems = problems;
  }

  /** The files that were brought and are drafts now, and what was said with them. */
  record Brought(List<Upload> files, String evidenceType, String visibility, String text, String key) {}

  /** What the form brings. Turns away what may not come in, and declines files that may not. */
  Brought read(HttpServletRequest request, At at) throws IOException {
    if (!Form.isForm(request)) return named(request, at);
    try (var form = new Form(uploading, NAMES)) {
      var files = form.read(request);
      Gate.guard(request, form.field(Gate.GUARD));
      typed(form.field("evidenceType"));
      return new Brought(uploading.take(at.id(), UploadsApi.giver(at), files), form.field("evidenceType"),
          visible(form.field("visibility")), form.field("text").strip(), form.field("key"));
    }
  }

  private Brought named(HttpServletRequest request, At at) {
    Gate.guard(request, said(request, Gate.GUARD));
    var ids = request.getParameterValues("upload");
    if (ids == null) throw Fault.FIELD_MISSING.away("file");
    typed(said(request, "evidenceType"));
    var giver = UploadsApi.giver(at);
    var files = Arrays.stream(ids).distinct().map(id -> uploading.finished(uploading.own(at.id(), giver, id)))
        .filter(it -> it.state() == State.READY).toList();
    return new Brought(files, said(request, "evidenceType"), visible(said(request, "visibility")),
        said(request, "text").strip(), said(request, "key"));
  }

  private static void typed(String type) {
    if (type.isEmpty()) throw Fault.FIELD_MISSING.away("evidenceType");
    for (var known : EvidenceType.values()) if (known.name().equals(type)) return;
    throw Fault.FIELD_VALUE.away("evidenceType");
  }

  private static String visible(String said) {
    return said.isEmpty() ? Visibility.PARTIES.name() : said;
  }

  /** The same file of the giver's, forgotten. */
  void drop(HttpServletRequest request, At at, String upload) {
    Gate.guard(request, said(request, Gate.GUARD));
    uploading.drop(uploading.own(at.id(), UploadsApi.giver(at), upload));
  }

  /** What to say of something that went wrong on the way. */
  Problem about(RuntimeException wrong, Language language) {
    return switch (wrong) {
      case Turned turned -> told(problems.about(turned, language), language);
      case Declined declined -> Turning.about(problems, declined, language);
      default -> throw wrong;
    };
  }

  /** Who forgot to choose a file is told that, in the words of the page. */
  private static Problem told(Problem it, Language language) {
    boolean nothing = it.code().equals(Fault.FIELD_MISSING.name()) && it.field().equals("file");
    return !nothing ? it : new Problem(it.type(), it.title(), it.status(),
        language.pick("Choose a file or take a photo first.", "请先选择文件或拍照。"), it.code(), it.field(), it.debugId());
  }

  static String said(HttpServletRequest request, String name) {
    var said = request.getParameter(name);
    return said == null ? "" : said;
  }
}
