package redress.api;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import redress.dispute.Side;
import redress.door.Fault;
import redress.policy.Role;
import redress.result.Qr;
import redress.result.Registrar;
import redress.result.Showcase;
import redress.store.Certificates.What;
import redress.store.ResultBook;
import redress.verb.Body;
import redress.verb.Field;
import redress.verb.Fields;
import redress.verb.Query;
import redress.view.Seats;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Public certificates: what each side agrees to show, and what anybody with the address sees. */
@RestController
public final class CertificateApi {
  public static final Map<String, Field> CONSENT = Fields.of(
      Field.choice("what", What.class, "RESULT: how it ended and whether the promise was kept, shown when both sides"
          + " agree; NAME: the merchant's id with it, by the merchant alone; WORDS: a piece of your own feedback.")
          .needed(),
      Field.number("feedback", 999_999, "The number of your feedback, for WORDS."));
  static final Map<String, Field> REVOKED = Fields.of(
      Field.choice("what", What.class, "What is taken back; all of it when left out."));
  private static final MediaType SVG = MediaType.parseMediaType("image/svg+xml");
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final Seats seats;
  private final Showcase showcase;
  private final Registrar registrar;

  public CertificateApi(Seats seats, Showcase showcase, Registrar registrar) {
    this.seats = seats;
    this.showcase = showcase;
    this.registrar = registrar;
  }

  /** What the sides have agreed to, and where it is shown; null while it is not. */
  public record CertificateView(List<ConsentView> consents, @Nullable String address) {}

  /** One agreement that stands. */
  public record ConsentView(Side by, What what, int feedback, Instant at) {}

  /** A certificate and the same signed (JWS). */
  public record PublicView(JsonNode certificate, String jws) {}

  @GetMapping("/v1/disputes/{id}/certificate") CertificateView read(HttpServletRequest request,
      @PathVariable String id) {
    return standing(seats.at(request, id));
  }

  @PostMapping("/v1/disputes/{id}/certificate/consent") CertificateView agree(HttpServletRequest request,
      @PathVariable String id) throws IOException {
    return agree(seats.at(request, id), Asking.of(request).body(CONSENT));
  }

  /** Agrees to what {@code body} says of {@link #CONSENT}. */
  public CertificateView agree(Seats.At at, Body body) {
    var side = side(at);
    var what = body.choice("what", What.class);
    int feedback = (int) body.number("feedback");
    if (registrar.wanted(at.id(), seats.now(at.place())).isEmpty()) throw Fault.RESULT_NOT_YET.away();
    if (what == What.NAME && side != Side.MERCHANT) throw Fault.FIELD_VALUE.away("what");
    boolean fits = what == What.WORDS ? showcase.isOwn(at.id(), side, feedback) : feedback == 0;
    if (!fits) throw Fault.FIELD_VALUE.away("feedback");
    showcase.agree(at.id(), side, what, feedback, at.reader().caller().person(), seats.now(at.place()));
    return standing(at);
  }

  @DeleteMapping("/v1/disputes/{id}/certificate/consent") CertificateView revoke(HttpServletRequest request,
      @PathVariable String id) {
    return revoke(seats.at(request, id), new Query(request, REVOKED).text("what"));
  }

  /** Takes back what was agreed to; all of it when {@code said} is null. */
  public CertificateView revoke(Seats.At at, @Nullable String said) {
    var side = side(at);
    for (var what : What.values()) {
      if (said == null || what.name().equals(said)) showcase.revoke(at.id(), side, what, seats.now(at.place()));
    }
    return standing(at);
  }

  private static Side side(Seats.At at) {
    at.reader().caller().mustBe(Role.BUYER, Role.MERCHANT_OWNER, Role.MERCHANT_AGENT);
    return at.reader().actor().side().orElseThrow();
  }

  /** What the sides have agreed to, and where it is shown. */
  public CertificateView standing(Seats.At at) {
    var standing = showcase.standing(at.id());
    return new CertificateView(standing.consents().stream()
        .map(it -> new ConsentView(it.side(), it.what(), it.feedback(), it.at())).toList(),
        standing.token() == null ? null : "/v1/certificates/" + standing.token());
  }

  @GetMapping("/v1/certificates/{id}") PublicView show(HttpServletRequest request, @PathVariable String id) {
    return view(id);
  }

  /** What is shown under this address. Turns away when nothing ever was, or is not any more. */
  public PublicView view(String token) {
    var shown = shown(token);
    return new PublicView(JSON.readTree(shown.json()), shown.jws());
  }

  @GetMapping("/v1/certificates/{id}/qr.png") ResponseEntity<byte[]> picture(HttpServletRequest request,
      @PathVariable String id) {
    shown(id);
    return ResponseEntity.ok().contentType(MediaType.IMAGE_PNG).body(code(request).png());
  }

  /** The address of the request up to its last slash as a QR code, when something is shown there. */
  @GetMapping("/v1/certificates/{id}/qr.svg") public ResponseEntity<byte[]> drawing(HttpServletRequest request,
      @PathVariable String id) {
    shown(id);
    return ResponseEntity.ok().contentType(SVG).header("Content-Security-Policy", "default-src 'none'; sandbox")
        .body(code(request).svg().getBytes(StandardCharsets.UTF_8));
  }

  /** Whoever has an address hears that nothing is shown there any more, and not why. */
  private Showcase.Shown shown(String token) {
    return showcase.find(token, seats::clockOf)
        .orElseThrow(() -> (showcase.isKnown(token) ? Fault.CERTIFICATE_WITHDRAWN : Fault.NOT_FOUND).away());
  }

  private static Qr code(HttpServletRequest request) {
    var address = request.getRequestURL().toString();
    return Qr.of(address.substring(0, address.lastIndexOf('/')));
  }
}
