package redress.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.ContentDisposition;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import redress.api.Pieces.Piece;
import redress.door.Fault;
import redress.policy.Role;
import redress.store.Custody;
import redress.store.Custody.Act;
import redress.store.Uploads;
import redress.store.Uploads.Upload;
import redress.vault.Vault;
import redress.view.Seats;
import redress.view.Seats.At;

/**
 * The files behind evidence: given out as copies and never shown here as what they are; and in whose hands they were.
 */
@RestController
public final class EvidenceApi {
  private static final Logger LOG = LoggerFactory.getLogger(EvidenceApi.class);
  private static final int MOST_ENTRIES = 10_000;
  private static final int PIECE = 1 << 16;

  private final Seats seats;
  private final Pieces pieces;
  private final Uploads uploads;
  private final Custody custody;
  private final Vault vault;
  private final Submissions submissions;

  public EvidenceApi(Seats seats, Pieces pieces, Uploads uploads, Custody custody, Vault vault,
      Submissions submissions) {
    this.submissions = submissions;
    this.seats = seats;
    this.pieces = pieces;
    this.uploads = uploads;
    this.custody = custody;
    this.vault = vault;
  }

  /** In whose hands a piece was, in order. */
  record CustodyView(List<CustodyEntryView> items) {}

  /** What was done with a piece; {@code who} names the person of it to staff and to its own side only. */
  record CustodyEntryView(Act act, Instant at, String local, String by, @Nullable String who) {}

  @PostMapping("/v1/disputes/{id}/evidence/thread") ResponseEntity<Object> seal(HttpServletRequest request,
      @PathVariable String id) throws IOException {
    var at = seats.at(request, id);
    return submissions.seal(request, at, Asking.of(request), seats.now(at.place()));
  }

  @GetMapping("/v1/disputes/{id}/evidence/{number}/custody") CustodyView custody(HttpServletRequest request,
      @PathVariable String id, @PathVariable String number) {
    var at = seats.at(request, id);
    var piece = pieces.one(at, number);
    return new CustodyView(custody.of(at.id(), piece.given().id(), MOST_ENTRIES).stream().map(it -> view(at, it))
        .toList());
  }

  private static CustodyEntryView view(At at, Custody.Entry it) {
    var reader = at.reader();
    boolean own = reader.side().isPresent()
        && new redress.dispute.Actor(it.role(), it.subject()).side().equals(reader.side());
    var person = it.person().isEmpty() ? it.subject() : it.person();
    return new CustodyEntryView(it.act(), it.at(), reader.wall(it.at()), by(it.role()),
        own || reader.isStaff() ? person : null);
  }

  private static String by(Role role) {
    return role == Role.BUYER ? "BUYER" : role.isMerchant() ? "MERCHANT" : "PLATFORM";
  }

  @GetMapping("/v1/disputes/{id}/evidence/{number}/file") void file(HttpServletRequest request,
      HttpServletResponse response, @PathVariable String id, @PathVariable String number) throws IOException {
    file(request, response, seats.at(request, id), number);
  }

  /** Gives out the file of a piece, or the part of it that is asked for, and writes down who took it. */
  public void file(HttpServletRequest request, HttpServletResponse response, At at, String number)
      throws IOException {
    var piece = pieces.one(at, number);
    var upload = stored(piece);
    var span = Span.of(request, upload);
    try (var bytes = vault.open(piece.given().sha256())) {
      bytes.skipNBytes(span.from());
      took(at, piece, Act.DOWNLOADED);
      describe(response, piece, upload, span);
      if (request.getMethod().equals("HEAD")) return;
      var out = response.getOutputStream();
      var buffer = new byte[PIECE];
      for (long left = span.length(); left > 0;) {
        int read = bytes.read(buffer, 0, (int) Math.min(PIECE, left));
        if (read < 0) throw new IOException("the bytes of " + piece.given().sha256() + " end too early");
        out.write(buffer, 0, read);
        left -= read;
      }
    } catch (java.nio.file.NoSuchFileException e) {
      LOG.error("The bytes of {} evidence {} are gone from the vault: {}", at.id(), number, piece.given().sha256());
      throw Fault.EVIDENCE_GONE.away();
    }
  }

  private Upload stored(Piece piece) {
    if (!piece.given().isStored()) throw Fault.EVIDENCE_ELSEWHERE.away();
    return uploads.find(piece.dispute(), piece.given().upload()).orElseThrow(() -> Fault.EVIDENCE_GONE.away());
  }

  /** Whoever looks is written down before there is anything to see. */
  private void took(At at, Piece piece, Act act) {
    var caller = at.reader().caller();
    custody.add(at.id(), piece.given().id(),
        new Custody.Entry(act, seats.now(at.place()), caller.role(), caller.subject(), caller.person()));
  }

  private static void describe(HttpServletResponse response, Piece piece, Upload upload, Span span) {
    response.setStatus(span.whole() ? 200 : 206);
    harmless(response);
    response.setContentType(upload.content().mediaType());
    response.setContentLengthLong(span.length());
    response.setHeader("Content-Disposition",
        ContentDisposition.attachment().filename(upload.name(), UTF_8).build().toString());
    response.setHeader("Accept-Ranges", "bytes");
    response.setHeader("ETag", "\"" + piece.given().sha256() + "\"");
    if (!span.whole()) response.setHeader("Content-Range", span + "/" + upload.length());
  }

  /** Nothing in it runs, and no page of another origin can use it. */
  static void harmless(HttpServletResponse response) {
    response.setHeader("X-Content-Type-Options", "nosniff");
    response.setHeader("Content-Security-Policy", "sandbox; default-src 'none'");
    response.setHeader("Cross-Origin-Resource-Policy", "same-origin");
  }
}
