package redress.web;

import java.time.Instant;
import java.util.List;
import redress.api.Answers;
import redress.door.Fault;
import redress.door.Problems;
import redress.door.Turned;
import redress.view.DisputeView;
import redress.view.DisputeView.ActionView;
import redress.view.DisputeView.TermsView;
import redress.view.Reader;
import redress.view.Seats;
import redress.view.Views;
import redress.web.BulkPage.Item;
import redress.web.BulkPage.Item.Mark;

/** Says of several disputes what would happen if the same were done with each of them now. */
public final class Prospects {
  private final Seats seats;
  private final Answers answers;
  private final Problems problems;

  public Prospects(Seats seats, Answers answers, Problems problems) {
    this.seats = seats;
    this.answers = answers;
    this.problems = problems;
  }

  /** One item for each of {@code picked}: a dispute's id, or that, a colon and the number of the offer shown. */
  List<Item> of(Reader reader, Bulk bulk, List<String> picked) {
    return picked.stream().map(it -> one(reader, bulk, it)).toList();
  }

  private Item one(Reader reader, Bulk bulk, String picked) {
    int colon = picked.indexOf(':');
    var id = colon < 0 ? picked : picked.substring(0, colon);
    try {
      var at = seats.at(reader, id);
      var view = Views.of(answers.matter(at.id()), reader, seats.now(at.place()));
      var frame = new Frame(reader, reader.language(), reader.zone(), "", "", "", 0, Instant.EPOCH);
      var item = new Item(id, 0, frame.money(view.amounts().disputed(), view.currency()),
          frame.word("reason", view.reason()), "", Mark.READY);
      return view.availableActions().stream().filter(it -> it.command().equals(bulk.command))
          .filter(it -> colon < 0 || picked.substring(colon + 1).equals("" + it.about())).findFirst()
          .map(it -> ready(item, it, view, frame, bulk))
          .orElseGet(() -> item.as(frame.say("Cannot be done now: ", "当前不可操作：") + frame.word("status", view.status()),
              Mark.NOT_NOW));
    } catch (Turned turned) {
      if (turned.fault != Fault.NOT_FOUND) throw turned;
      return new Item(id, 0, "", "", problems.about(turned, reader.language()).detail(), Mark.NOT_NOW);
    }
  }

  private static Item ready(Item item, ActionView action, DisputeView view, Frame frame, Bulk bulk) {
    var words = switch (bulk) {
      case ACCEPT, DECLINE -> view.offers().stream().filter(it -> it.number() == action.about()).findFirst()
          .map(it -> terms(it.terms(), view.currency(), frame)).orElse("");
      case MESSAGE -> frame.word("status", view.status());
      case REFUND -> frame.say("Refund of ", "退款 ") + frame.money(
          view.amounts().disputed() - view.amounts().paid() - view.amounts().inFlight(), view.currency());
    };
    return new Item(item.id(), action.about(), item.amount(), item.reason(), words, Mark.READY);
  }

  private static String terms(TermsView terms, String currency, Frame frame) {
    var remedy = frame.word("remedy", terms.remedy());
    return terms.pays() == 0 ? remedy : remedy + frame.say(": ", "：") + frame.money(terms.pays(), currency);
  }
}
