package redress.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.net.URI;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.bind.annotation.RestController;
import redress.dispute.Refusal;
import redress.dispute.Stage;
import redress.door.Fault;
import redress.evidence.Bounds;
import redress.evidence.Uploading;
import redress.evidence.Uploading.Checksum;
import redress.policy.Role;
import redress.store.Uploads.Giver;
import redress.store.Uploads.State;
import redress.store.Uploads.Upload;
import redress.view.Seats;
import redress.view.Seats.At;

/**
 * Files on their way to be evidence: whole ones as a form (multipart/form-data), or in parts by tus 1.0 with creation,
 * checksum, expiration and termination (tus.io/protocols/resumable-upload), which clients for browsers and telephones
 * have.
 */
@RestController
public final class UploadsApi {
  private static final Pattern NUMBER = Pattern.compile("\\d{1,12}");
  private static final Map<String, String> DIGESTS = Map.of("sha1", "SHA-1", "sha256", "SHA-256");
  private static final String TUS = "1.0.0";

  private final Seats seats;
  private final Answers answers;
  private final Uploading uploading;
  private final Pieces pieces;

  public UploadsApi(Seats seats, Answers answers, Uploading uploading, Pieces pieces) {
    this.seats = seats;
    this.answers = answers;
    this.uploading = uploading;
    this.pieces = pieces;
  }

  /** Files that are no evidence yet. */
  record UploadsView(List<UploadView> items) {}

  /**
   * A file that is no evidence yet: {@code received} of its {@code size} bytes are here; {@code mediaType} and {@code
   * sha256} are empty until all are; {@code sameAs} are pieces of evidence with the very same bytes.
   */
  public record UploadView(String id, String name, String mediaType, long size, long received, State state,
      String sha256, Instant at, Instant expires, List<Integer> sameAs) {}

  @PostMapping("/v1/disputes/{id}/uploads") ResponseEntity<Object> create(HttpServletRequest request,
      @PathVariable String id) throws IOException {
    var at = seats.at(request, id);
    var giver = giver(at);
    var refusal = refusal(at);
    if (refusal != null) return answers.refused(request, refusal);
    if (Form.isForm(request)) return take(request, at, giver);
    if (request.getHeader("Upload-Length") == null) {
      throw Fault.MEDIA_TYPE.away("", "Send files as multipart/form-data, or begin a resumable upload with"
          + " Upload-Length.");
    }
    return begin(request, at);
  }

  /** Why nothing can be added to this dispute now, null when something can. */
  public @Nullable Refusal refusal(At at) {
    var matter = answers.matter(at.id());
    if (matter.dispute().stage() instanceof Stage.Closed) return Refusal.CLOSED;
    boolean full = matter.dispute().tally().evidence() >= matter.rules().limits().evidencePieces();
    return full ? Refusal.TOO_MUCH_EVIDENCE : null;
  }

  private ResponseEntity<Object> take(HttpServletRequest request, At at, Giver giver) throws IOException {
    try (var form = new Form(uploading)) {
      var files = form.read(request);
      var drafts = uploading.take(at.id(), giver, files);
      var body = new UploadsView(drafts.stream().map(it -> view(at, it)).toList());
      return ResponseEntity.status(201).location(place(at, drafts.getFirst())).body(body);
    }
  }

  /** Begins a file that comes in parts. */
  public ResponseEntity<Object> begin(HttpServletRequest request, At at) {
    var giver = giver(at);
    tus(request);
    long length = number(request, "Upload-Length");
    if (length == 0) throw Fault.FIELD_VALUE.away("Upload-Length");
    var about = metadata(request);
    var draft = uploading.begin(at.id(), giver, about.getOrDefault("filename", ""),
        about.getOrDefault("filetype", ""), length);
    return headed(201, draft).location(place(at, draft)).body(view(at, draft));
  }

  @RequestMapping(path = "/v1/disputes/{id}/uploads", method = RequestMethod.OPTIONS) ResponseEntity<Object> options(
      HttpServletRequest request, @PathVariable String id) {
    seats.at(request, id);
    return ResponseEntity.status(204).header("Tus-Resumable", TUS).header("Tus-Version", TUS)
        .header("Tus-Extension", "creation,checksum,expiration,termination")
        .header("Tus-Max-Size", "" + Bounds.FILE).header("Tus-Checksum-Algorithm", "sha1,sha256").build();
  }

  @PatchMapping("/v1/disputes/{id}/uploads/{upload}") ResponseEntity<Object> append(HttpServletRequest request,
      @PathVariable String id, @PathVariable String upload) throws IOException {
    return append(request, seats.at(request, id), upload);
  }

  /** Adds a part to a file. */
  public ResponseEntity<Object> append(HttpServletRequest request, At at, String upload) throws IOException {
    var giver = giver(at);
    tus(request);
    var type = request.getContentType();
    if (type == null || !type.toLowerCase(Locale.ROOT).startsWith("application/offset+octet-stream")) {
      throw Fault.MEDIA_TYPE.away("", "Parts are application/offset+octet-stream.");
    }
    long start = number(request, "Upload-Offset");
    var draft = uploading.own(at.id(), giver, upload);
    var grown = uploading.append(draft, start, request.getInputStream(), checksum(request));
    return headed(204, grown).build();
  }

  /** Answers HEAD as well, as resumable uploads have it. */
  @GetMapping("/v1/disputes/{id}/uploads/{upload}") ResponseEntity<Object> read(HttpServletRequest request,
      @PathVariable String id, @PathVariable String upload) {
    return read(seats.at(request, id), upload);
  }

  /** How far a file has come. */
  public ResponseEntity<Object> read(At at, String upload) {
    var draft = uploading.finished(uploading.own(at.id(), giver(at), upload));
    return headed(200, draft).body(view(at, draft));
  }

  @GetMapping("/v1/disputes/{id}/uploads") UploadsView list(HttpServletRequest request, @PathVariable String id) {
    var at = seats.at(request, id);
    return new UploadsView(uploading.drafts(at.id(), giver(at)).stream().map(it -> view(at, it)).toList());
  }

  @DeleteMapping("/v1/disputes/{id}/uploads/{upload}") ResponseEntity<Object> drop(HttpServletRequest request,
      @PathVariable String id, @PathVariable String upload) {
    var at = seats.at(request, id);
    uploading.drop(uploading.own(at.id(), giver(at), upload));
    return ResponseEntity.status(204).header("Tus-Resumable", TUS).build();
  }

  /** Only those give evidence that can submit it. */
  public static Giver giver(At at) {
    var caller = at.reader().caller();
    caller.mustBe(Role.BUYER, Role.MERCHANT_OWNER, Role.MERCHANT_AGENT);
    return new Giver(at.reader().side().orElseThrow(), caller.subject(), caller.person());
  }

  private UploadView view(At at, Upload it) {
    var same = it.content().sha256().isEmpty() ? List.<Integer>of()
        : pieces.visible(at).stream().filter(piece -> piece.given().sha256().equals(it.content().sha256()))
            .map(piece -> piece.given().id()).toList();
    return view(it, same);
  }

  static UploadView view(Upload it, List<Integer> same) {
    return new UploadView(it.id(), it.name(), it.content().mediaType(), it.length(), it.received(), it.state(),
        it.content().sha256(), it.createdAt(), it.touchedAt().plus(Bounds.DRAFT), same);
  }

  private static URI place(At at, Upload it) {
    return URI.create("/v1/disputes/" + at.id() + "/uploads/" + it.id());
  }

  private static ResponseEntity.BodyBuilder headed(int status, Upload it) {
    return ResponseEntity.status(status).header("Tus-Resumable", TUS).header("Upload-Offset", "" + it.received())
        .header("Upload-Length", "" + it.length());
  }

  private static void tus(HttpServletRequest request) {
    var version = request.getHeader("Tus-Resumable");
    if (version != null && !version.equals(TUS)) throw Fault.TUS_VERSION.away("Tus-Resumable");
  }

  private static long number(HttpServletRequest request, String header) {
    var value = request.getHeader(header);
    if (value == null) throw Fault.FIELD_MISSING.away(header);
    if (!NUMBER.matcher(value).matches()) throw Fault.FIELD_VALUE.away(header);
    return Long.parseLong(value);
  }

  /** Names and values in Base64, parted by commas, as tus writes them. */
  private static Map<String, String> metadata(HttpServletRequest request) {
    var all = new HashMap<String, String>();
    var header = request.getHeader("Upload-Metadata");
    for (var pair : header == null ? new String[0] : header.split(",", -1)) {
      var parts = pair.strip().split(" ", 2);
      all.put(parts[0], parts.length < 2 ? "" : Form.name(decoded(parts[1], "Upload-Metadata")));
    }
    return all;
  }

  private static String decoded(String base64, String header) {
    return new String(bytes(base64, header), UTF_8);
  }

  private static byte[] bytes(String base64, String header) {
    try {
      return Base64.getDecoder().decode(base64.strip());
    } catch (IllegalArgumentException e) {
      throw Fault.FIELD_VALUE.away(header);
    }
  }

  private static @Nullable Checksum checksum(HttpServletRequest request) {
    var header = request.getHeader("Upload-Checksum");
    if (header == null) return null;
    var parts = header.strip().split(" ", 2);
    var algorithm = DIGESTS.get(parts[0].toLowerCase(Locale.ROOT));
    if (algorithm == null || parts.length < 2) throw Fault.CHECKSUM_UNKNOWN.away("Upload-Checksum");
    try {
      return new Checksum(MessageDigest.getInstance(algorithm),
          HexFormat.of().formatHex(bytes(parts[1], "Upload-Checksum")));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has " + algorithm, e);
    }
  }
}
