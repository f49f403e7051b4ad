package redress.api;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.StandardCopyOption;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import redress.admission.Previews;
import redress.api.Pieces.Piece;
import redress.door.Fault;
import redress.store.Custody;
import redress.store.Custody.Act;
import redress.store.Uploads;
import redress.vault.Vault;
import redress.view.Seats;
import redress.view.Seats.At;

/** What a piece of evidence looks like: drawn anew and small, so that nothing noted in the original is told. */
@RestController
public final class PreviewApi {
  private final Seats seats;
  private final Pieces pieces;
  private final Uploads uploads;
  private final Custody custody;
  private final Vault vault;
  private final Previews previews;

  public PreviewApi(Seats seats, Pieces pieces, Uploads uploads, Custody custody, Vault vault, Previews previews) {
    this.seats = seats;
    this.pieces = pieces;
    this.uploads = uploads;
    this.custody = custody;
    this.vault = vault;
    this.previews = previews;
  }

  @GetMapping("/v1/disputes/{id}/evidence/{number}/preview") void preview(HttpServletRequest request,
      HttpServletResponse response, @PathVariable String id, @PathVariable String number) throws IOException {
    preview(response, seats.at(request, id), number);
  }

  /** Gives out what a piece looks like, and writes down who saw it. */
  public void preview(HttpServletResponse response, At at, String number) throws IOException {
    var piece = pieces.one(at, number);
    if (!piece.given().isStored()) throw Fault.EVIDENCE_ELSEWHERE.away();
    var upload = uploads.find(piece.dispute(), piece.given().upload()).orElseThrow(() -> Fault.EVIDENCE_GONE.away());
    var png = draw(piece, upload.content().mediaType());
    saw(at, piece);
    EvidenceApi.harmless(response);
    response.setContentType("image/png");
    response.setHeader("Content-Disposition", "inline; filename=\"preview.png\"");
    response.setHeader("Cache-Control", "private, no-store");
    response.setContentLength(png.length);
    response.getOutputStream().write(png);
  }

  /** Drawn from a copy, as what draws wants to go back and forth in a file. */
  private byte[] draw(Piece piece, String mediaType) throws IOException {
    var copy = Files.createTempFile("redress-preview", "");
    try (var bytes = vault.open(piece.given().sha256())) {
      Files.copy(bytes, copy, StandardCopyOption.REPLACE_EXISTING);
      return previews.png(copy, mediaType).orElseThrow(() -> Fault.NO_PREVIEW.away());
    } catch (NoSuchFileException e) {
      throw Fault.EVIDENCE_GONE.away();
    } finally {
      Files.delete(copy);
    }
  }

  /** Whoever looks is written down before there is anything to see. */
  private void saw(At at, Piece piece) {
    var caller = at.reader().caller();
    custody.add(at.id(), piece.given().id(),
        new Custody.Entry(Act.SAW, seats.now(at.place()), caller.role(), caller.subject(), caller.person()));
  }
}
