package redress.web;

import gg.jte.generated.precompiled.Templates;
import gg.jte.models.runtime.JteModel;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import redress.api.Staffroom;
import redress.api.Worklists;
import redress.door.Gate;
import redress.store.Worklist.Pile;
import redress.verb.Field;
import redress.verb.Fields;
import redress.verb.Query;
import redress.view.Reader;
import redress.view.Seats;

/** The board of the verifiers: problems first, then the confirmations and the three days; and asking for facts. */
@RestController
public final class BoardPages {
  static final Map<String, Field> PARAMETERS = Fields.of(Field.choice("pile", Pile.class, "Only this one."));
  private static final List<Pile> COLUMNS = List.of(Pile.EXCEPTIONS, Pile.CONFIRMATIONS, Pile.DAY_1, Pile.DAY_2,
      Pile.DAY_3, Pile.PERFORMING);
  private static final int FEW = 6;
  private static final int MANY = 60;

  private final Worklists worklists;
  private final Staffroom staffroom;
  private final Seats seats;
  private final Frames frames;
  private final Templates templates;

  public BoardPages(Worklists worklists, Staffroom staffroom, Seats seats, Frames frames, Templates templates) {
    this.worklists = worklists;
    this.staffroom = staffroom;
    this.seats = seats;
    this.frames = frames;
    this.templates = templates;
  }

  @GetMapping("/board") JteModel board(HttpServletRequest request) {
    var reader = frames.reader(request);
    var piles = Worklists.board(reader);
    var only = new Query(request, PARAMETERS).text("pile");
    var shown = only == null ? COLUMNS : List.of(Pile.valueOf(only));
    int most = only == null ? FEW : MANY;
    var columns = shown.stream().map(it -> column(reader, piles, it, most)).toList();
    return templates.board(new Board(frames.of(request), columns, only != null));
  }

  private Board.Column column(Reader reader, Set<Pile> piles, Pile pile, int most) {
    var view = worklists.list(reader, piles, pile, 0, most);
    var cards = view.items().stream().map(it -> new Board.Card(it, worklists.whole(reader, it))).toList();
    return new Board.Column(pile, view.counts().getOrDefault(pile, 0), cards);
  }

  @PostMapping("/disputes/{id}/confirmations/identity") ResponseEntity<JteModel> identity(HttpServletRequest request,
      @PathVariable String id, @RequestParam(defaultValue = "") String guard) {
    staffroom.askIdentity(guarded(request, id, guard));
    return asked(id);
  }

  @PostMapping("/disputes/{id}/confirmations/transaction") ResponseEntity<JteModel> transaction(
      HttpServletRequest request, @PathVariable String id, @RequestParam(defaultValue = "") String guard) {
    staffroom.askTransaction(guarded(request, id, guard));
    return asked(id);
  }

  @PostMapping("/disputes/{id}/audits") ResponseEntity<JteModel> audit(HttpServletRequest request,
      @PathVariable String id, @RequestParam(defaultValue = "") String guard) {
    staffroom.askAudit(guarded(request, id, guard));
    return asked(id);
  }

  @PostMapping("/disputes/{id}/refunds/{number}/enquiry") ResponseEntity<JteModel> refund(HttpServletRequest request,
      @PathVariable String id, @PathVariable String number, @RequestParam(defaultValue = "") String guard) {
    staffroom.askRefund(guarded(request, id, guard), number);
    return asked(id);
  }

  private Seats.At guarded(HttpServletRequest request, String id, String guard) {
    Gate.guard(request, guard);
    return seats.at(frames.reader(request), id);
  }

  private static ResponseEntity<JteModel> asked(String id) {
    return ResponseEntity.status(HttpStatus.SEE_OTHER).location(URI.create("/disputes/" + id + "?done=Asked")).build();
  }
}
