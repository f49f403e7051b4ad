package redress.api;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.regex.Pattern;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import redress.api.Registrations.ContactView;
import redress.verb.Scribe;
import redress.verb.Verbs;
import redress.view.Seats.At;
import redress.desk.Answer;
import redress.desk.Desk;
import redress.desk.Request;
import redress.dispute.Command;
import redress.dispute.Command.SubmitEvidence;
import redress.dispute.Side;
import redress.door.Fault;
import redress.store.Parties;
import redress.store.SubjectKeys;
import redress.view.Seats;

/** Takes every command about a filed dispute: the address names the command, the body holds its fields. */
@RestController
public final class Commands {
  private static final Pattern NUMBER = Pattern.compile("[1-9]\\d{0,8}");

  private final Desk desk;
  private final Seats seats;
  private final SubjectKeys keys;
  private final Parties parties;
  private final Answers answers;
  private final Submissions submissions;

  public Commands(Desk desk, Seats seats, SubjectKeys keys, Parties parties, Answers answers,
      Submissions submissions) {
    this.desk = desk;
    this.seats = seats;
    this.keys = keys;
    this.parties = parties;
    this.answers = answers;
    this.submissions = submissions;
  }

  @PostMapping("/v1/disputes/{id}/{noun}") ResponseEntity<Object> post(HttpServletRequest request,
      @PathVariable String id, @PathVariable String noun)
      throws IOException {
    return say(request, id, noun, 0);
  }

  @PostMapping("/v1/disputes/{id}/{noun}/{verb}") ResponseEntity<Object> post(HttpServletRequest request,
      @PathVariable String id, @PathVariable String noun,
      @PathVariable String verb) throws IOException {
    return say(request, id, noun + "/" + verb, 0);
  }

  @PostMapping("/v1/disputes/{id}/{noun}/{number}/{verb}") ResponseEntity<Object> post(HttpServletRequest request,
      @PathVariable String id, @PathVariable String noun,
      @PathVariable String number, @PathVariable String verb) throws IOException {
    if (!NUMBER.matcher(number).matches()) throw Fault.NOT_FOUND.away();
    return say(request, id, noun + "/{n}/" + verb, Integer.parseInt(number));
  }

  private ResponseEntity<Object> say(HttpServletRequest request, String id, String path, int number)
      throws IOException {
    var at = seats.at(request, id);
    var verb = Verbs.at(path);
    if (verb == null) throw Fault.NOT_FOUND.away();
    var asking = Asking.of(request);
    var scribe = new Scribe(at.reader().caller(), keys, at.place().currency());
    var command = verb.maker().make(asking.body(verb.fields()), scribe, number);
    var key = asking.key(at.reader().caller());
    if (key == null && Verbs.MONEY.contains(verb.command())) {
      throw Fault.IDEMPOTENCY_KEY_NEEDED.away("Idempotency-Key");
    }
    if (command instanceof SubmitEvidence given) {
      return submissions.give(request, at, asking, scribe, given);
    }
    var answer = desk.handle(Request.of(at.seat(), command).saying(scribe.texts()).keyed(key).ifAt(asking.ifVersion()));
    boolean happened = answer instanceof Answer.Done || answer instanceof Answer.Repeated;
    if (happened && command instanceof Command.RevealPersonalData revealed) return contact(at, revealed.of());
    return answers.to(request, at, answer, asking.wantsLittle());
  }

  /** What was asked for with a recorded reason. */
  private ResponseEntity<Object> contact(At at, Side of) {
    var party = of == Side.BUYER ? at.place().buyer() : at.place().merchant();
    var contact = parties.contact(party);
    return ResponseEntity.ok(new ContactView(contact.name(), contact.email(), contact.phone()));
  }
}
