package redress.api;

import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.time.Instant;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import redress.desk.Answer;
import redress.dispute.DisputeId;
import redress.dispute.Matter;
import redress.dispute.Refusal;
import redress.dispute.Status;
import redress.door.Fault;
import redress.door.Language;
import redress.door.Problem;
import redress.door.Problems;
import redress.store.Disputes;
import redress.store.RuleSets;
import redress.view.Seats;
import redress.view.Seats.At;
import redress.view.Views;

/** Turns what the desk answers into what HTTP says. */
public final class Answers {
  private static final String FILE = "File";

  private final Disputes disputes;
  private final RuleSets ruleSets;
  private final Seats seats;
  private final Problems problems;

  public Answers(Disputes disputes, RuleSets ruleSets, Seats seats, Problems problems) {
    this.disputes = disputes;
    this.ruleSets = ruleSets;
    this.seats = seats;
    this.problems = problems;
  }

  /** What a caller gets that asked for little. */
  record Done(String id, int version, Status status) {}

  /** The answer to a command. */
  ResponseEntity<Object> to(HttpServletRequest request, At at, Answer answer, boolean little) {
    return switch (answer) {
      case Answer.Done done -> little ? brief(at.id(), done.after(), 200) : view(at, done.after(), done.at(), 200);
      case Answer.Refused refused -> refused(request, refused.why(), refused.field());
      case Answer.Repeated repeated -> repeated(at, repeated, little);
      case Answer.KeyReused _ -> fault(request, Fault.IDEMPOTENCY_KEY_REUSED);
      case Answer.KeyInFlight _ -> fault(request, Fault.IDEMPOTENCY_IN_FLIGHT);
      case Answer.VersionMismatch _ -> fault(request, Fault.VERSION_MISMATCH);
      case Answer.Busy _ -> fault(request, Fault.BUSY);
    };
  }

  /** The answer to a filing that happened. */
  ResponseEntity<Object> filed(At at, Answer.Done done, boolean little) {
    return little ? brief(at.id(), done.after(), 201) : view(at, done.after(), done.at(), 201);
  }

  /** The dispute as it stands now, for this reader. Turns away when it is not there. */
  ResponseEntity<Object> now(At at) {
    return now(at, matter(at.id()));
  }

  /** The same for whoever has looked it up already. */
  ResponseEntity<Object> now(At at, Matter matter) {
    return view(at, matter, seats.now(at.place()), 200);
  }

  /** The dispute with its payment and the rules it was filed under. */
  public Matter matter(DisputeId id) {
    var found = disputes.find(id).orElseThrow(() -> Fault.NOT_FOUND.away());
    return new Matter(ruleSets.version(found.dispute().about().rules()), found.payment(), found.dispute());
  }

  private ResponseEntity<Object> repeated(At at, Answer.Repeated repeated, boolean little) {
    var matter = matter(repeated.receipt().dispute());
    int status = repeated.receipt().command().equals(FILE) ? 201 : 200;
    var answer = little ? brief(at.id(), matter, status) : view(at, matter, seats.now(at.place()), status);
    return ResponseEntity.status(answer.getStatusCode()).headers(answer.getHeaders())
        .header("Idempotent-Replayed", "true").body(answer.getBody());
  }

  private static ResponseEntity<Object> view(At at, Matter matter, Instant now, int status) {
    return headed(at.id(), matter, status).body(Views.of(matter, at.reader(), now));
  }

  private static ResponseEntity<Object> brief(DisputeId id, Matter matter, int status) {
    return headed(id, matter, status).header("Preference-Applied", "return=minimal")
        .body(new Done(id.toString(), matter.dispute().version(), matter.dispute().status()));
  }

  /** For whoever asked for little where nothing needs to be said. */
  static ResponseEntity<Object> little(int status) {
    return ResponseEntity.status(status).header("Preference-Applied", "return=minimal").build();
  }

  private static ResponseEntity.BodyBuilder headed(DisputeId id, Matter matter, int status) {
    var builder = ResponseEntity.status(status).contentType(MediaType.APPLICATION_JSON)
        .eTag("\"" + matter.dispute().version() + "\"");
    return status == 201 ? builder.location(URI.create("/v1/disputes/" + id)) : builder;
  }

  /** What a caller is told for whom the rules have no such step now. */
  ResponseEntity<Object> refused(HttpServletRequest request, Refusal why) {
    return refused(request, why, "");
  }

  private ResponseEntity<Object> refused(HttpServletRequest request, Refusal why, String field) {
    return problem(problems.about(why, field, Language.of(request)));
  }

  private ResponseEntity<Object> fault(HttpServletRequest request, Fault fault) {
    return problem(problems.about(fault, "", Language.of(request)));
  }

  static ResponseEntity<Object> problem(Problem problem) {
    var builder = ResponseEntity.status(problem.status()).contentType(MediaType.APPLICATION_PROBLEM_JSON);
    return (problem.status() == 503 ? builder.header("Retry-After", "1") : builder).body(problem);
  }
}
