package redress.api;

import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import redress.door.Fault;
import redress.result.Jws;
import redress.result.Registrar;
import redress.result.Stationer;
import redress.store.ResultBook;
import redress.verb.Field;
import redress.verb.Fields;
import redress.verb.Query;
import redress.view.Seats;

/** The record of a dispute's result, byte for byte as it was written: as JSON and signed. */
@RestController
public final class ResultApi {
  static final Map<String, Field> WHICH = Fields.of(
      Field.number("number", 999, "Which record of the dispute, from 1; the newest when left out."));
  static final Map<String, Field> PAPER = Fields.of(
      Field.number("number", 999, "Which record of the dispute, from 1; the newest when left out."),
      new Field("language", Field.Kind.CHOICE, false, 0, List.of("zh", "en"),
          "The language of the paper; your own when left out."));
  private static final MediaType JOSE = MediaType.parseMediaType("application/jose");
  private static final MediaType JOSE_JSON = MediaType.parseMediaType("application/jose+json");

  private final Seats seats;
  private final Registrar registrar;
  private final Stationer stationer;

  public ResultApi(Seats seats, Registrar registrar, Stationer stationer) {
    this.seats = seats;
    this.registrar = registrar;
    this.stationer = stationer;
  }

  @GetMapping("/v1/disputes/{id}/result") ResponseEntity<byte[]> result(HttpServletRequest request,
      @PathVariable String id) {
    var kept = wanted(request, id);
    return answer(kept, MediaType.APPLICATION_JSON, kept.json().getBytes(StandardCharsets.UTF_8));
  }

  /** The compact form, or the JSON form for whoever asks for that. */
  @GetMapping("/v1/disputes/{id}/result.jws") ResponseEntity<byte[]> signed(HttpServletRequest request,
      @PathVariable String id) {
    return signed(request, wanted(request, id));
  }

  /** A record, signed. */
  public ResponseEntity<byte[]> signed(HttpServletRequest request, ResultBook.Kept kept) {
    var accept = request.getHeader("Accept");
    boolean json = accept != null && accept.contains(JOSE_JSON.toString());
    var text = json ? Jws.json(kept.jws()) : kept.jws();
    return answer(kept, json ? JOSE_JSON : JOSE, text.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * On paper, as an attachment, in the language that is asked for or else the reader's own; the ETag is the SHA-256
   * that the log knows it by.
   */
  @GetMapping("/v1/disputes/{id}/result.pdf") ResponseEntity<byte[]> paper(HttpServletRequest request,
      @PathVariable String id) {
    return paper(request, seats.at(request, id));
  }

  /** The paper of a dispute's result. */
  public ResponseEntity<byte[]> paper(HttpServletRequest request, Seats.At at) {
    var query = new Query(request, PAPER);
    var said = query.text("language");
    var language = said != null ? said : at.reader().language().pick("en", "zh");
    var kept = wanted(at, query.number("number"));
    var pdf = stationer.paper(kept, language);
    var name = "result-%s-%d-%s.pdf".formatted(kept.dispute(), kept.number(), language);
    return ResponseEntity.ok().contentType(MediaType.APPLICATION_PDF)
        .header("Content-Disposition", "attachment; filename=\"" + name + "\"")
        .eTag("\"" + ResultBook.fingerprint(pdf) + "\"").body(pdf);
  }

  private ResultBook.Kept wanted(HttpServletRequest request, String id) {
    return wanted(seats.at(request, id), new Query(request, WHICH).number("number"));
  }

  /** The record with this number, the newest for 0. Turns away when there is none. */
  public ResultBook.Kept wanted(Seats.At at, int number) {
    var all = registrar.wanted(at.id(), seats.now(at.place()));
    if (number > 0) {
      return all.stream().filter(it -> it.number() == number).findFirst()
          .orElseThrow(() -> Fault.NOT_FOUND.away("number"));
    }
    if (all.isEmpty()) throw Fault.RESULT_NOT_YET.away();
    return all.getLast();
  }

  private static ResponseEntity<byte[]> answer(ResultBook.Kept kept, MediaType type, byte[] body) {
    return ResponseEntity.ok().contentType(type).eTag("\"" + kept.sha256() + "\"").body(body);
  }
}
