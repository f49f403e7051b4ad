package redress.api;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import redress.dispute.DisputeId;
import redress.dispute.Errand;
import redress.dispute.Status;
import redress.door.Caller;
import redress.door.Fault;
import redress.errand.Runner;
import redress.policy.Role;
import redress.store.Errands;
import redress.store.Errands.Work;
import redress.verb.Field;
import redress.verb.Fields;
import redress.verb.Query;
import redress.view.Seats;
import redress.view.Seats.At;

/** What staff set going themselves: checks asked afresh, and errands that were laid aside. */
@RestController
public final class Staffroom {
  static final Map<String, Field> PAGE = Fields.of(
      Field.number("limit", 100, "How many, 1 to 100; 20 when left out."));

  private final Seats seats;
  private final Errands errands;
  private final Runner runner;
  private final Answers answers;

  public Staffroom(Seats seats, Errands errands, Runner runner, Answers answers) {
    this.seats = seats;
    this.errands = errands;
    this.runner = runner;
    this.answers = answers;
  }

  /** Errands that lie aside, longest first. */
  public record ErrandsView(List<ErrandView> items) {}

  /** An errand that lies aside; {@code why} says what was in the way. */
  public record ErrandView(String id, String dispute, String work, int tries, boolean test, Instant since,
      String why) {}

  /** An errand that will be tried again. */
  public record ResumedView(String id) {}

  @PostMapping("/v1/disputes/{id}/confirmations/identity") ResponseEntity<Object> identity(HttpServletRequest request,
      @PathVariable String id) throws IOException {
    var at = verifier(request, id);
    askIdentity(at);
    return accepted(at);
  }

  @PostMapping("/v1/disputes/{id}/confirmations/transaction") ResponseEntity<Object> transaction(
      HttpServletRequest request, @PathVariable String id) throws IOException {
    var at = verifier(request, id);
    askTransaction(at);
    return accepted(at);
  }

  @PostMapping("/v1/disputes/{id}/audits") ResponseEntity<Object> audit(HttpServletRequest request,
      @PathVariable String id) throws IOException {
    var at = verifier(request, id);
    askAudit(at);
    return accepted(at);
  }

  @PostMapping("/v1/disputes/{id}/refunds/{number}/enquiry") ResponseEntity<Object> enquire(HttpServletRequest request,
      @PathVariable String id, @PathVariable String number)
      throws IOException {
    var at = verifier(request, id);
    askRefund(at, number);
    return accepted(at);
  }

  /** Has it asked for a verifier who paid. Turns away when nothing is being confirmed. */
  public void askIdentity(At at) {
    confirming(at);
    ask(at, new Errand.CheckIdentity(seats.now(at.place())), "ask-identity");
  }

  /** Has the provider asked for a verifier about the payment. Turns away when nothing is being confirmed. */
  public void askTransaction(At at) {
    confirming(at);
    ask(at, new Errand.CheckTransaction(seats.now(at.place())), "ask-transaction");
  }

  /** Has the records looked at again for a verifier. */
  public void askAudit(At at) {
    ask(at, new Errand.Audit(seats.now(at.place())), "ask-audit");
  }

  /** Has the provider asked for a verifier what became of a refund. Turns away when there is none of this number. */
  public void askRefund(At at, String number) {
    if (!number.matches("[1-9]\\d{0,6}")) throw Fault.NOT_FOUND.away();
    int refund = Integer.parseInt(number);
    if (answers.matter(at.id()).dispute().refund(refund).isEmpty()) throw Fault.NOT_FOUND.away();
    ask(at, new Errand.Enquire(seats.now(at.place()), refund), "ask-refund-" + refund);
  }

  private At verifier(HttpServletRequest request, String id) throws IOException {
    var at = seats.at(request, id);
    at.reader().caller().mustBe(Role.VERIFIER);
    Asking.of(request).body(Map.of());
    return at;
  }

  private void confirming(At at) {
    var status = answers.matter(at.id()).dispute().status();
    if (status != Status.CONFIRMING && status != Status.EXCEPTION) throw Fault.NOTHING_TO_ASK.away();
  }

  /** Asked again while it is being asked changes nothing; the facts come from their source and from nobody else. */
  private void ask(At at, Errand errand, String key) {
    at.reader().caller().mustBe(Role.VERIFIER);
    errands.add(at.id(), key, errand.at(), errand);
    runner.wake();
  }

  private ResponseEntity<Object> accepted(At at) {
    var answer = answers.now(at);
    return ResponseEntity.status(202).headers(answer.getHeaders()).body(answer.getBody());
  }

  @GetMapping("/v1/errands") ErrandsView parked(HttpServletRequest request) {
    watcher(Caller.of(request));
    return new ErrandsView(errands.parked(new Query(request, PAGE).limit()).stream().map(Staffroom::view).toList());
  }

  /** At most {@code limit} errands that lie aside, longest first or latest first, after the first {@code skip}. */
  public ErrandsView parked(Caller caller, boolean oldestFirst, int skip, int limit) {
    watcher(caller);
    return new ErrandsView(errands.parked(oldestFirst, skip, limit).stream().map(Staffroom::view).toList());
  }

  /** All of them as a table for spreadsheets. */
  public void export(Caller caller, HttpServletResponse response) throws IOException {
    watcher(caller);
    var csv = Csv.begin(response, "errands.csv", "id", "dispute", "work", "tries", "test", "since", "why");
    errands.eachParked(parked -> {
      var it = view(parked);
      csv.row(it.id(), it.dispute(), it.work(), it.tries(), it.test(), it.since(), it.why());
    });
  }

  private static ErrandView view(Errands.Parked it) {
    var due = it.due();
    var work = switch (due.work()) {
      case Work.Passing passing -> passing.timer().deadline().key;
      case Work.Outside outside -> outside.errand().getClass().getSimpleName();
    };
    return new ErrandView(due.dispute() + "." + due.key(), due.dispute().toString(), work, due.tries(), !due.live(),
        it.since(), it.why());
  }

  @PostMapping("/v1/errands/{id}/resume") ResumedView resume(HttpServletRequest request, @PathVariable String id)
      throws IOException {
    var caller = Caller.of(request);
    watcher(caller);
    Asking.of(request).body(Map.of());
    return resume(caller, id);
  }

  /** Has an errand tried again at once. Turns away when it does not lie aside. */
  public ResumedView resume(Caller caller, String id) {
    watcher(caller);
    int dot = id.indexOf('.');
    var dispute = dot < 0 ? null : DisputeId.parse(id.substring(0, dot)).orElse(null);
    if (dispute == null) throw Fault.NOT_FOUND.away();
    var at = seats.clockOf(dispute);
    if (!errands.resume(dispute, id.substring(dot + 1), at)) throw Fault.NOT_FOUND.away();
    runner.wake();
    return new ResumedView(id);
  }

  private static void watcher(Caller caller) {
    caller.mustBe(Role.ADMIN, Role.MEDIATOR_LEAD, Role.VERIFIER, Role.FINANCE, Role.AUDITOR);
  }
}
