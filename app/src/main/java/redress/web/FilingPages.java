package redress.web;

import gg.jte.generated.precompiled.Templates;
import gg.jte.models.runtime.JteModel;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import redress.desk.Answer;
import redress.dispute.Reason;
import redress.dispute.Refusal;
import redress.dispute.Remedy;
import redress.door.Fault;
import redress.door.Gate;
import redress.door.Problem;
import redress.door.Problems;
import redress.door.Turned;
import redress.policy.Deadline;
import redress.policy.Limits;
import redress.store.RuleSets;
import redress.verb.Field;
import redress.verb.Fields;
import redress.web.FilingDesk.Begun;
import redress.web.FilingPage.Leg;

/**
 * Filing a dispute step by step. Each step has an address and keeps what was said, so that nothing is lost when
 * somebody goes back, is called away or loses the network.
 */
@RestController
public final class FilingPages {
  static final Map<String, Field> PROBLEM = Fields.of(
      Field.choice("reason", Reason.class, "Why.").needed(),
      Field.ids("items", "Which items of the payment; none for all of it."),
      Field.text("description", "What happened.").upTo(Limits.STANDARD.messageChars()).needed());
  static final Map<String, Field> REMEDY = Fields.of(
      Field.choice("wish", Remedy.class, "What would put it right.").needed(),
      Field.amount("amount", "The disputed amount.").needed());

  private final FilingDesk desk;
  private final RuleSets rules;
  private final Problems problems;
  private final Frames frames;
  private final Templates templates;

  public FilingPages(FilingDesk desk, RuleSets rules, Problems problems, Frames frames, Templates templates) {
    this.desk = desk;
    this.rules = rules;
    this.problems = problems;
    this.frames = frames;
    this.templates = templates;
  }

  @GetMapping("/file") JteModel choose(HttpServletRequest request, @RequestParam(required = false) String payment) {
    var only = payment == null || payment.isBlank() ? null : payment.strip();
    return templates.buyerPayments(frames.of(request), desk.choices(frames.reader(request), only), only);
  }

  @PostMapping("/file") ResponseEntity<JteModel> begin(HttpServletRequest request,
      @RequestParam(defaultValue = "") String guard, @RequestParam(defaultValue = "") String payment) {
    Gate.guard(request, guard);
    return see("/file/" + desk.begin(frames.reader(request), payment) + "/problem");
  }

  @GetMapping("/file/{id}") ResponseEntity<JteModel> go(HttpServletRequest request, @PathVariable String id) {
    var it = desk.begun(frames.reader(request), id);
    return see("/file/" + id + "/" + next(it).path());
  }

  @GetMapping("/file/{id}/{step}") ResponseEntity<JteModel> show(HttpServletRequest request, @PathVariable String id,
      @PathVariable String step) {
    var it = desk.begun(frames.reader(request), id);
    var wanted = step(step);
    var first = next(it);
    if (wanted.compareTo(first) > 0) return see("/file/" + id + "/" + first.path());
    return ResponseEntity.ok(draw(request, it, wanted, null));
  }

  /** The first step that is not done yet; evidence may be left out. */
  private static Leg next(Begun it) {
    var said = it.draft().said();
    return !said.containsKey("description") ? Leg.PROBLEM : !said.containsKey("wish") ? Leg.REMEDY : Leg.REVIEW;
  }

  private static Leg step(String path) {
    for (var step : Leg.values()) if (step != Leg.PAYMENT && step.path().equals(path)) return step;
    throw Fault.NOT_FOUND.away();
  }

  @PostMapping("/file/{id}/problem") ResponseEntity<JteModel> problem(HttpServletRequest request,
      @PathVariable String id) {
    return say(request, id, Leg.PROBLEM, PROBLEM, Leg.REMEDY);
  }

  @PostMapping("/file/{id}/remedy") ResponseEntity<JteModel> remedy(HttpServletRequest request,
      @PathVariable String id) {
    return say(request, id, Leg.REMEDY, REMEDY, Leg.EVIDENCE);
  }

  private ResponseEntity<JteModel> say(HttpServletRequest request, String id, Leg step, Map<String, Field> fields,
      Leg then) {
    var it = desk.begun(frames.reader(request), id);
    try {
      Gate.guard(request, guard(request));
      var posted = new Posted(request, it.payment().currency());
      posted.body(fields);
      var said = new LinkedHashMap<String, Object>();
      if (fields.containsKey("items")) said.put("items", List.of());
      said.putAll(posted.said(fields));
      var refusal = refusal(it, said);
      if (refusal != null) return again(request, it, step, about(refusal, field(refusal), it));
      desk.say(it, said);
      // Who comes back to change one thing goes straight on to the review.
      return see("/file/" + id + "/" + (next(it) == Leg.REVIEW ? Leg.REVIEW : then).path());
    } catch (Turned turned) {
      return again(request, it, step, problems.about(turned, it.at().reader().language()));
    }
  }

  /** What filing would be refused for is said where it is typed. */
  private static @Nullable Refusal refusal(Begun it, Map<String, Object> said) {
    if (Reason.UNAUTHORISED.name().equals(said.get("reason"))) return Refusal.FRAUD_IS_ELSEWHERE;
    if (!(said.get("amount") instanceof Long minor)) return null;
    return minor <= 0 ? Refusal.AMOUNT_MISSING
        : minor > it.payment().refundable() ? Refusal.AMOUNT_TOO_HIGH : null;
  }

  private static String field(Refusal refusal) {
    return refusal == Refusal.FRAUD_IS_ELSEWHERE ? "reason" : "amount";
  }

  @PostMapping("/file/{id}") ResponseEntity<JteModel> file(HttpServletRequest request, @PathVariable String id) {
    var it = desk.begun(frames.reader(request), id);
    var language = it.at().reader().language();
    try {
      Gate.guard(request, guard(request));
      return switch (desk.file(it)) {
        case Answer.Done _,Answer.Repeated _,Answer.KeyReused _ -> see("/disputes/" + id + "/filed");
        case Answer.Refused refused -> again(request, it, Leg.REVIEW, about(refused.why(), refused.field(), it));
        case Answer.KeyInFlight _,Answer.Busy _,Answer.VersionMismatch _ -> again(request, it, Leg.REVIEW,
            problems.about(Fault.BUSY, "", language));
      };
    } catch (Turned turned) {
      return again(request, it, Leg.REVIEW, problems.about(turned, language));
    }
  }

  @PostMapping("/file/{id}/removal") ResponseEntity<JteModel> forget(HttpServletRequest request,
      @PathVariable String id) {
    var it = desk.begun(frames.reader(request), id);
    Gate.guard(request, guard(request));
    desk.forget(it);
    return see("/file");
  }

  private Problem about(Refusal refusal, String field, Begun it) {
    return problems.about(refusal, field, it.at().reader().language());
  }

  private ResponseEntity<JteModel> again(HttpServletRequest request, Begun it, Leg step, Problem problem) {
    return ResponseEntity.status(problem.status()).body(draw(request, it, step, problem));
  }

  /** The page of a step, with what was typed where something is wrong with it. */
  JteModel draw(HttpServletRequest request, Begun it, Leg step, @Nullable Problem problem) {
    var now = desk.now(it);
    var typed = new LinkedHashMap<String, List<String>>();
    if (problem != null) request.getParameterMap().forEach((name, values) -> typed.put(name, List.of(values)));
    var page = new FilingPage(frames.of(request, now), step, it.draft(), it.payment(), desk.files(it),
        rules.inForce(now).due(Deadline.MERCHANT_REPLY, now), problem, typed);
    return switch (step) {
      case PAYMENT -> throw new IllegalStateException("a draft has its payment");
      case PROBLEM -> templates.buyerProblem(page);
      case REMEDY -> templates.buyerRemedy(page);
      case EVIDENCE -> templates.buyerEvidence(page);
      case REVIEW -> templates.buyerReview(page);
    };
  }

  private static String guard(HttpServletRequest request) {
    var said = request.getParameter(Gate.GUARD);
    return said == null ? "" : said;
  }

  static ResponseEntity<JteModel> see(String path) {
    return ResponseEntity.status(HttpStatus.SEE_OTHER).location(URI.create(path)).build();
  }
}
