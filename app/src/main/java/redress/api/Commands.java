package redress.api;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.regex.Pattern;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import redress.api.Registrations.ContactView;
import redress.desk.Answer;
import redress.dispute.Side;
import redress.door.Fault;
import redress.store.Parties;
import redress.verb.Verbs;
import redress.view.Seats;
import redress.view.Seats.At;

/** Takes every command about a filed dispute: the address names the command, the body holds its fields. */
@RestController
public final class Commands {
  private static final Pattern NUMBER = Pattern.compile("[1-9]\\d{0,8}");

  private static final String REVEAL = "RevealPersonalData";

  private final Counter counter;
  private final Seats seats;
  private final Parties parties;
  private final Answers answers;

  public Commands(Counter counter, Seats seats, Parties parties, Answers answers) {
    this.counter = counter;
    this.seats = seats;
    this.parties = parties;
    this.answers = answers;
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
    var body = asking.body(verb.fields());
    var answer = counter.say(at, verb, number, body, asking.key(at.reader().caller()), asking.ifVersion());
    boolean happened = answer instanceof Answer.Done || answer instanceof Answer.Repeated;
    if (happened && verb.command().equals(REVEAL)) return ResponseEntity.ok(contact(at, body.choice("of", Side.class)));
    return answers.to(request, at, answer, asking.wantsLittle());
  }

  /** How a side is called and reached: for whom it was just revealed to, with a recorded reason. */
  public ContactView contact(At at, Side of) {
    var party = of == Side.BUYER ? at.place().buyer() : at.place().merchant();
    var contact = parties.contact(party);
    return new ContactView(contact.name(), contact.email(), contact.phone());
  }
}
