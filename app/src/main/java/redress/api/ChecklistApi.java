package redress.api;

import jakarta.servlet.http.HttpServletRequest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import redress.api.Pieces.Piece;
import redress.api.UploadsApi.UploadView;
import redress.dispute.Action;
import redress.dispute.Checklist;
import redress.dispute.Event;
import redress.dispute.EvidenceRequest;
import redress.dispute.EvidenceType;
import redress.dispute.Matter;
import redress.dispute.Rules;
import redress.dispute.Side;
import redress.dispute.Stage;
import redress.evidence.Uploading;
import redress.policy.Role;
import redress.store.Disputes;
import redress.store.Uploads.Giver;
import redress.view.Seats;
import redress.view.Seats.At;

/** What helps in a dispute, what was asked for and until when, what is there, and what waits to be submitted. */
@RestController
public final class ChecklistApi {
  private static final Set<String> REQUESTED = Set.of("EvidenceRequested");

  private final Seats seats;
  private final Answers answers;
  private final Pieces pieces;
  private final Disputes disputes;
  private final Uploading uploading;

  public ChecklistApi(Seats seats, Answers answers, Pieces pieces, Disputes disputes, Uploading uploading) {
    this.seats = seats;
    this.answers = answers;
    this.pieces = pieces;
    this.disputes = disputes;
    this.uploading = uploading;
  }

  /**
   * {@code open}: whether the reader can submit evidence now, until {@code until} where a deadline runs for it; a party
   * sees what helps its own side, anybody else what helps each; {@code drafts} are the reader's own.
   */
  public record ChecklistView(boolean open, @Nullable Instant until, List<HelpView> helps, List<WantedView> requests,
      List<UploadView> drafts) {}

  /** A kind of document that helps a side, what it should show, and the numbers of the pieces there are of it. */
  public record HelpView(Side side, EvidenceType evidenceType, String words, List<Integer> supplied) {}

  /** What the mediator asked a side for: when it is due, whether it still is, what is there and what is missing. */
  public record WantedView(int number, Side side, Instant due, boolean open, List<EvidenceType> supplied,
      List<EvidenceType> missing) {}

  @GetMapping("/v1/disputes/{id}/evidence-checklist") ChecklistView read(HttpServletRequest request,
      @PathVariable String id) {
    var at = seats.at(request, id);
    return of(at, answers.matter(at.id()));
  }

  /** The same for a reader at {@code matter}. */
  public ChecklistView of(At at, Matter matter) {
    var submit = Rules.actions(matter, at.reader().actor(), seats.now(at.place())).stream()
        .filter(it -> it.command().equals("SubmitEvidence")).findFirst();
    var visible = pieces.visible(at);
    return new ChecklistView(submit.isPresent(), submit.map(Action::due).orElse(null), helps(at, matter, visible),
        requests(at, matter, visible), drafts(at));
  }

  private static List<HelpView> helps(At at, Matter matter, List<Piece> visible) {
    var all = new ArrayList<HelpView>();
    var sides = at.reader().side().map(List::of).orElse(List.of(Side.values()));
    for (var side : sides) {
      for (var item : Checklist.of(matter.dispute().about().reason(), side)) {
        all.add(new HelpView(side, item.type(), at.reader().pick(item.english(), item.chinese()),
            visible.stream().filter(it -> it.given().side() == side && it.given().evidenceType() == item.type())
                .map(it -> it.given().id()).toList()));
      }
    }
    return all;
  }

  /** Open ones as the dispute tells them; for those that are over, what the reader can see of them. */
  private List<WantedView> requests(At at, Matter matter, List<Piece> visible) {
    var open = matter.dispute().stage() instanceof Stage.AwaitingEvidence waiting ? waiting.requests()
        : List.<EvidenceRequest>of();
    var all = new ArrayList<WantedView>();
    for (var it : disputes.events(at.id(), REQUESTED, 0, Integer.MAX_VALUE)) {
      if (!(it.event() instanceof Event.EvidenceRequested asked)) continue;
      for (var one : asked.requests()) {
        var now = open.stream().filter(still -> still.id() == one.id()).findFirst();
        var supplied = now.map(EvidenceRequest::supplied).orElseGet(() -> since(it.at(), asked.due(), one, visible));
        all.add(new WantedView(one.id(), one.side(), asked.due(), now.isPresent(), supplied.stream().sorted().toList(),
            one.types().stream().filter(type -> !supplied.contains(type)).sorted().toList()));
      }
    }
    return all;
  }

  private static Set<EvidenceType> since(Instant asked, Instant due, EvidenceRequest one, List<Piece> visible) {
    var found = new HashSet<EvidenceType>();
    for (var it : visible) {
      boolean inTime = !it.how().at().isBefore(asked) && !it.how().at().isAfter(due);
      if (inTime && it.given().side() == one.side() && one.types().contains(it.given().evidenceType())) {
        found.add(it.given().evidenceType());
      }
    }
    return found;
  }

  private List<UploadView> drafts(At at) {
    var caller = at.reader().caller();
    var side = at.reader().side();
    if (side.isEmpty() || caller.role() == Role.MERCHANT_VIEWER) return List.of();
    return uploading.drafts(at.id(), new Giver(side.get(), caller.subject(), caller.person())).stream()
        .map(it -> UploadsApi.view(it, List.of())).toList();
  }
}
